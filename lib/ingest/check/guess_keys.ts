import { FRAME_MAX } from "../../core/time/frame.ts";
import { timeMsOf } from "../input/time_value.ts";
import {
  FRAME_LIKE,
  FRAME_NAMES,
  ID_LIKE,
  ID_NAMES,
  KIND_NAMES,
  ROW_ID_NAMES,
  TIME_LIKE,
  TIME_NAMES,
} from "./key_names.ts";
import type { SampledLine, Scalars } from "./line_sample.ts";
import { best, keysOf, nameScore, ownKeys, plain, valuesOf } from "./scored_keys.ts";

/** Share of lines that have to have a key of theirs, and of its values that have to be right. */
const SHARE = 0.9;
/** Share of lines whose frame may go back: restarts, disorder. */
const BACK_SHARE = 0.1;
/** Rows of lists that are looked at. */
const ROWS_MAX = 20_000;
/** Rows from which on ids have to come again. */
const ROWS_MIN = 8;
/** Frames from which on a time that never changes is none. */
const STANDING_MIN = 4;

/** A key of frames: no integer of it lies beyond what a frame can be. */
export function guessFrameKey(sample: readonly SampledLine[], taken: readonly string[]) {
  return best(ownKeys(sample, taken), (key) => {
    const values = valuesOf(sample, key).map(integerOf);
    const frames = values.filter((value) => value !== undefined);
    if (frames.length < values.length * SHARE) return 0;
    if (!isCommon(frames, sample)) return 0;
    const steps = frames.slice(1).map((frame, i) => frame - frames[i]!);
    if (!isForward(steps)) return 0;
    const score = nameScore(key, FRAME_NAMES, FRAME_LIKE);
    // Numbers so large are times as well, unless their name says that they are none.
    const isBeyond = frames.some((frame) => Math.abs(frame) > FRAME_MAX);
    if (isBeyond) return score > 1 && frameOffsetOf(sample, key) !== undefined ? score : 0;
    if (score > 0) return score;
    // A counter under any name: it goes on by one step, and no clock does so.
    const forward = steps.filter((step) => step !== 0);
    return forward.length > 1 && forward.every((step) => step === 1) ? 0.5 : 0;
  });
}

/** What brings frames beyond those that a recording holds to 0; undefined where there are none. */
export function frameOffsetOf(sample: readonly SampledLine[], key: string): number | undefined {
  const frames = valuesOf(sample, key).map(integerOf).filter((frame) => frame !== undefined);
  const [least, most] = frames.reduce(
    ([least, most], frame) => [Math.min(least, frame), Math.max(most, frame)],
    [Infinity, -Infinity],
  );
  return least > FRAME_MAX && most - least <= FRAME_MAX ? -least : undefined;
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
    if (times.length < values.length * SHARE || !isCommon(times, sample)) return 0;
    const frames = new Set<unknown>();
    const steps: number[] = [];
    let last: Readonly<{ frame: unknown; spelt: unknown; time: number | undefined }> | undefined;
    let others = 0;
    for (const { own } of sample) {
      const [frame, spelt] = [own.get(frameKey), own.get(key)];
      if (spelt === undefined) continue;
      const time = timeOf(spelt);
      const isSame = frame !== undefined && frame === last?.frame;
      if (isSame && spelt !== last?.spelt) others++;
      // Behind a restart a clock may begin anew as well.
      const isRestart = Number(frame) < Number(last?.frame);
      if (time !== undefined && last?.time !== undefined && !isRestart) {
        steps.push(time - last.time);
      }
      if (frame !== undefined) frames.add(frame);
      last = { frame, spelt, time };
    }
    if (!isForward(steps)) return 0;
    const count = frames.size > 0 ? frames.size : times.length;
    const isStanding = count >= STANDING_MIN && new Set(times).size === 1;
    if (isStanding || others > sample.length * BACK_SHARE) return 0;
    // A date says what it is, whatever its name.
    const isDate = String(spelt[0]).includes(":");
    return nameScore(key, TIME_NAMES, TIME_LIKE) || (isDate ? 0.5 : 0);
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

/** A key that tells the rows of a frame apart, and comes again in the next one. */
export function guessIdKey(
  sample: readonly SampledLine[],
  frameKey: string,
  taken: readonly string[],
): string | undefined {
  const frames = rowsByFrame(sample, frameKey);
  const rows = frames.flat();
  if (rows.length === 0) return undefined;
  return best(keysOf(rows, taken), (key) => {
    const values = rows.map((row) => row.get(key)).filter((value) => value !== undefined);
    if (values.length < Math.min(rows.length * SHARE, rows.length - 1)) return 0;
    const fits = values.filter((value) => typeof value === "string" || Number.isInteger(value));
    if (fits.length < values.length * SHARE) return 0;
    const unique = frames.filter((frame) => {
      const ids = frame.flatMap((row) => row.get(key) ?? []);
      return new Set(ids.map(String)).size === ids.length;
    });
    const uniqueMin = frames.length > 2
      ? Math.min(frames.length * SHARE, frames.length - 1)
      : frames.length;
    if (unique.length < uniqueMin) {
      return ID_NAMES.test(plain(key)) && kindTelling(frames, key, taken) !== undefined ? 1.5 : 0;
    }
    const distinct = new Set(values.map(String)).size;
    if (values.length >= ROWS_MIN && distinct > values.length / 2) return 0;
    const score = nameScore(key, ID_NAMES, ID_LIKE);
    // What tells apart the rows of a frame, and is much the same in all frames.
    const rowsMax = frames.reduce((most, frame) => Math.max(most, frame.length), 0);
    const isText = typeof values[0] === "string";
    const tells = rowsMax > 1 && distinct <= 2 * rowsMax && frames.length > 1 &&
      (isText || values.length >= ROWS_MIN);
    return score > 0 ? score : tells ? (isText ? 0.5 : 0.4) : 0;
  });
}

/** A key by whose few texts each entity has one. */
export function guessKindKey(
  sample: readonly SampledLine[],
  frameKey: string,
  idKey: string,
  taken: readonly string[],
): string | undefined {
  const rows = rowsByFrame(sample, frameKey).flat().filter((row) => row.has(idKey));
  return best(keysOf(rows, taken), (key) => {
    if (!KIND_NAMES.test(plain(key))) return 0;
    const kinds = new Map<string, unknown>();
    for (const row of rows) {
      const kind = row.get(key);
      const id = String(row.get(idKey));
      if (typeof kind !== "string" || (kinds.has(id) && kinds.get(id) !== kind)) return 0;
      kinds.set(id, kind);
    }
    return 1;
  });
}

/** A key by whose texts an id that several have in a frame is another one in each kind. */
export function guessTellingKind(
  sample: readonly SampledLine[],
  frameKey: string,
  idKey: string,
  taken: readonly string[],
): string | undefined {
  return kindTelling(rowsByFrame(sample, frameKey), idKey, taken);
}

function kindTelling(
  frames: readonly (readonly Scalars[])[],
  idKey: string,
  taken: readonly string[],
): string | undefined {
  return keysOf(frames.flat(), taken).filter((key) => KIND_NAMES.test(plain(key)))
    .find((key) =>
      frames.every((frame) => {
        const ids = frame.map((row) => JSON.stringify([row.get(key), row.get(idKey)]));
        return new Set(ids).size === ids.length;
      })
    );
}

/** True for steps of which few lead back, as a restart or a counter that wraps does. */
function isForward(steps: readonly number[]): boolean {
  const back = steps.filter((step) => step < 0).length;
  return back <= Math.max(1, steps.length * BACK_SHARE);
}

/**
 * True for lines of which each is one entity, whatever it lists: several are of one frame, or they
 * have an id that no frame has.
 */
export function areRows(sample: readonly SampledLine[], frameKey: string): boolean {
  const lines = sample.filter(({ own }) => own.has(frameKey));
  const withLists = lines.filter(({ lists }) => lists.size > 0).map(({ own }) => own.get(frameKey));
  const shared = withLists.filter((frame, i) => i > 0 && frame === withLists[i - 1]).length;
  const withId = lines.filter(({ own }) =>
    [...own.keys()].some((key) => !key.includes(".") && ROW_ID_NAMES.test(plain(key)))
  );
  return shared > Math.max(1, withLists.length * BACK_SHARE) ||
    (withId.length > 0 && withId.length >= lines.length * SHARE);
}

/** Rows of each frame of the sample, as far as they follow each other. */
function rowsByFrame(sample: readonly SampledLine[], frameKey: string): Scalars[][] {
  const frames: Scalars[][] = [];
  let last: unknown;
  let rows = 0;
  const isOfRows = areRows(sample, frameKey);
  // A line among whole frames that lists nothing is an event.
  const isOfFrames = !isOfRows &&
    sample.filter(({ lists }) => lists.size > 0).length > sample.length / 2;
  for (const { own, lists } of sample) {
    if (rows > ROWS_MAX) break;
    const frame = own.get(frameKey);
    if (!isOfRows && lists.size > 0 && [...lists.values()].some((rows) => rows.length > 0)) {
      frames.push([...lists.values()].flat());
      rows += frames.at(-1)!.length;
      last = undefined;
    } else if (frame !== undefined && !isOfFrames) {
      if (frames.length === 0 || frame !== last) frames.push([]);
      frames.at(-1)!.push(own);
      last = frame;
    }
  }
  return frames;
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
