import { FRAME_MAX } from "../../../core/time/frame.ts";
import { timeMsOf } from "../../input/time_value.ts";
import { isIdName } from "./guess_ids.ts";
import { FRAME_LIKE, FRAME_NAMES, TIME_LIKE, TIME_NAMES } from "./key_names.ts";
import type { SampledLine } from "./line_sample.ts";
import { best, nameScore, ownKeys, valuesOf } from "./scored_keys.ts";

/** Share of lines that have to have a key of theirs, and of its values that have to be right. */
const SHARE = 0.9;
/** Share of lines whose frame may go back: restarts, disorder. */
const BACK_SHARE = 0.1;
/** The shares of lines and values of a frame key whose name says what it is. */
const NAMED_SHARE = 0.4;
/** Share of steps by one of a counter under any name, some of whose lines cannot be read. */
const ONES_SHARE = 0.7;
/** The furthest that it goes on at once. */
const GAP_MAX = 8;
/** How often it begins anew in a sample. */
const RESTARTS_MAX = 3;
/** Share of steps at which one of bits wraps. */
const WRAPS_SHARE = 0.02;
/** The furthest that a counter goes on at once where it leaves what a recording holds. */
const STEP_MAX = 1 << 16;
/** Frames from which on a time that never changes is none. */
const STANDING_MIN = 4;

/**
 * A key of frames: its integers go forward. One whose name says so may be wrong or go back in half
 * of the lines.
 */
export function guessFrameKey(sample: readonly SampledLine[], taken: readonly string[]) {
  return best(ownKeys(sample, taken), (key) => {
    const values = valuesOf(sample, key).map(integerOf);
    const frames = values.filter((value) => value !== undefined);
    const steps = frames.slice(1).map((frame, i) => frame - frames[i]!);
    const score = nameScore(key, FRAME_NAMES, FRAME_LIKE);
    const isClear = frames.length >= values.length * SHARE && isCommon(frames, sample) &&
      isForward(steps);
    const isCounter = countsOn(frames);
    // Numbers so large are times as well, unless their name or their steps say that they are none.
    const isBeyond = frames.some((frame) => Math.abs(frame) > FRAME_MAX);
    const isFrame = (score > 1 || isCounter) && frameOffsetOf(sample, key) !== undefined;
    if (isBeyond && !isFrame) return 0;
    if (isClear && score > 0) return score;
    if (isNamed(frames, steps, sample) && score > 0) return 0.4 + 0.2 * score;
    // A counter under any name: it goes on by one step, and no clock does so.
    return isCounter && isCommon(frames, sample) && !isIdName(key) ? 0.5 : 0;
  });
}

/** True when the name of a key says that it is a frame. */
export function isFrameName(key: string): boolean {
  return nameScore(key, FRAME_NAMES, FRAME_LIKE) > 0;
}

/** What brings frames beyond those that a recording holds to 0; undefined where there are none. */
export function frameOffsetOf(sample: readonly SampledLine[], key: string): number | undefined {
  const frames = valuesOf(sample, key).map(integerOf).filter((frame) => frame !== undefined);
  const [least, most] = frames.reduce(
    ([least, most], frame) => [Math.min(least, frame), Math.max(most, frame)],
    [Infinity, -Infinity],
  );
  const crosses = frames.some((frame, i) =>
    i > 0 && frame > FRAME_MAX && Math.abs(frame - frames[i - 1]!) <= STEP_MAX
  );
  const isBeyond = least > FRAME_MAX || (least >= 0 && crosses);
  return isBeyond && most - least <= FRAME_MAX ? -least : undefined;
}

/** A key of times that go forward with the frames, each of which has one. */
export function guessTimeKey(
  sample: readonly SampledLine[],
  frameKey: string,
  taken: readonly string[],
): string | undefined {
  return best(ownKeys(sample, taken), (key) => {
    const spelt = valuesOf(sample, key);
    const values = spelt.map(timeOf);
    const times = values.filter((time) => time !== undefined);
    const score = nameScore(key, TIME_NAMES, TIME_LIKE);
    const share = score > 0 ? NAMED_SHARE : SHARE;
    if (times.length < values.length * share || times.length < sample.length * share / 2) return 0;
    const frames = new Set<unknown>();
    const steps: number[] = [];
    let last: Readonly<{ frame: unknown; time: number }> | undefined;
    let others = 0;
    for (const { own } of sample) {
      const frame = own.get(frameKey);
      const time = timeOf(own.get(key) ?? "");
      if (time === undefined) continue;
      if (frame !== undefined && frame === last?.frame && time !== last.time) others++;
      // Behind a restart a clock may begin anew as well.
      const isRestart = Number(frame) < Number(last?.frame);
      if (last !== undefined && !isRestart) steps.push(time - last.time);
      if (frame !== undefined) frames.add(frame);
      last = { frame, time };
    }
    if (!isForward(steps)) return 0;
    const count = frames.size > 0 ? frames.size : times.length;
    const isStanding = count >= STANDING_MIN && new Set(times).size === 1;
    if (isStanding || others > sample.length * BACK_SHARE) return 0;
    // A date says what it is, whatever its name.
    const isDate = String(spelt[0]).includes(":");
    return score || (isDate ? 0.5 : 0);
  });
}

/** The usual step of a time from frame to frame; undefined where it has none that goes forward. */
export function guessStep(
  sample: readonly SampledLine[],
  frameKey: string,
  timeKey: string,
): number | undefined {
  const steps: number[] = [];
  let last: { readonly frame: number; readonly time: number } | undefined;
  for (const { own } of sample) {
    const frame = integerOf(own.get(frameKey) ?? "");
    const time = timeOf(own.get(timeKey) ?? "");
    if (frame === undefined || time === undefined) continue;
    const frames = frame - (last?.frame ?? frame);
    if (last !== undefined && frames > 0) steps.push((time - last.time) / frames);
    last = { frame, time };
  }
  const median = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0;
  // A clock of whole milliseconds has steps of 16 and 17; what is far from the usual is no step.
  const usual = steps.filter((step) => step > median / 2 && step < median * 2);
  return median > 0 ? usual.reduce((sum, step) => sum + step, 0) / usual.length : undefined;
}

/** True for steps of which few lead back, as a restart or a counter that wraps does. */
function isForward(steps: readonly number[]): boolean {
  const back = steps.filter((step) => step < 0).length;
  return back <= Math.max(1, steps.length * BACK_SHARE);
}

/** True for numbers that mostly go on by one, and go back seldom, or where a counter of bits wraps. */
function countsOn(frames: readonly number[]): boolean {
  const most = frames.reduce((most, frame) => Math.max(most, frame), 0);
  const moves = frames.slice(1).map((frame, i) => frame - frames[i]!).filter((step) => step !== 0);
  const forward = moves.filter((step) => step > 0);
  const ones = forward.filter((step) => step === 1).length;
  const back = moves.length - forward.length;
  const isWrapping = most === 255 || most === 65_535;
  // Ids of rows count on as well, and begin anew in each frame.
  const isSeldom = back <= RESTARTS_MAX || (isWrapping && back <= moves.length * WRAPS_SHARE);
  return forward.length > 1 && isSeldom && back <= moves.length / 4 &&
    forward.every((step) => step <= GAP_MAX) && ones >= forward.length * ONES_SHARE;
}

/** True for values that half of the lines have, and that go forward more often than back. */
function isNamed(
  frames: readonly number[],
  steps: readonly number[],
  sample: readonly SampledLine[],
): boolean {
  const back = steps.filter((step) => step < 0).length;
  return frames.length > 0 && frames.length >= sample.length * NAMED_SHARE &&
    back <= steps.length * NAMED_SHARE;
}

function isCommon(values: readonly unknown[], sample: readonly SampledLine[]): boolean {
  return values.length > 0 && values.length >= sample.length * (SHARE / 2);
}

function integerOf(value: string | number | boolean): number | undefined {
  const number = typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? number as number : undefined;
}

function timeOf(value: string | number | boolean): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  if (/^-?\d+(?:[.,]\d+)?$/.test(value)) return Number(value.replace(",", "."));
  const epochMs = timeMsOf(value, "ms", () => value);
  return Number.isNaN(epochMs) ? undefined : epochMs;
}
