import type { Frame } from "../../core/time/frame.ts";
import type { PoseSource } from "../shape/pose.ts";

const FRAMES = 0x100000000;

/**
 * Frames from `a` to `b`, either of which may have a fraction; below 0 when `b` is older. Correct
 * across the wrap at 2^32.
 */
export function framesBetween(a: number, b: number): number {
  const from = Math.floor(a);
  const to = Math.floor(b);
  return ((to - from) | 0) + (b - to) - (a - from);
}

/** Last index in `[low, high]` whose time is at most `timeMs`; `low` when all are later. */
export function indexAtTime(
  source: PoseSource,
  timeMs: number,
  low: number,
  high: number,
): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to + 1) >>> 1;
    if (source.timeMsAt(middle) <= timeMs) from = middle;
    else to = middle - 1;
  }
  return from;
}

/** Index of a frame, or -1 when the source lacks it. Frames ascend as sequence numbers. */
export function indexOfFrame(source: PoseSource, frame: Frame): number {
  const index = indexAtFrame(source, frame, 0, source.length - 1);
  return index >= 0 && source.frameAt(index) === frame ? index : -1;
}

/** Last index in `[low, high]` whose frame is not newer than `frame`; -1 when all are. */
export function indexAtFrame(
  source: PoseSource,
  frame: Frame,
  low: number,
  high: number,
): number {
  if (high < low || ((frame - source.frameAt(low)) | 0) < 0) return -1;
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to + 1) >>> 1;
    if (((frame - source.frameAt(middle)) | 0) >= 0) from = middle;
    else to = middle - 1;
  }
  return from;
}

/**
 * Time of a frame that may have a fraction and need not be recorded: between two recorded frames in
 * proportion, beyond the ends at the pace of the frames next to them.
 *
 * @returns milliseconds
 */
export function msAtFramePoint(source: PoseSource, framePoint: number): number {
  const last = source.length - 1;
  // What is no frame, however often frames wrap, lies farther off than any.
  if (!(Math.abs(framePoint) < FRAMES)) {
    return source.timeMsAt(last) + Math.sign(framePoint) * FRAMES * frameIntervalMs(source);
  }
  const index = Math.max(0, indexAtFrame(source, Math.floor(framePoint) >>> 0, 0, last));
  const into = framesBetween(source.frameAt(index), framePoint);
  if (into === 0) return source.timeMsAt(index);
  const at = Math.min(index, last - 1);
  if (at < 0) return source.timeMsAt(index);
  const frames = framesBetween(source.frameAt(at), source.frameAt(at + 1));
  const spanMs = source.timeMsAt(at + 1) - source.timeMsAt(at);
  return source.timeMsAt(index) + into * spanMs / frames;
}

/**
 * Frame at a time, with its place between two recorded frames as a fraction; the first or last frame
 * beyond the ends.
 *
 * @param timeMs milliseconds
 */
export function framePointAtMs(source: PoseSource, timeMs: number): number {
  const last = source.length - 1;
  const index = indexAtTime(source, timeMs, 0, last);
  const fromMs = source.timeMsAt(index);
  if (index === last || timeMs <= fromMs) return source.frameAt(index);
  return framePointBetween(source, index, index + 1, (timeMs - fromMs) / stepMs(source, index));
}

/** Frame at a part (0 to 1) of the way from one index to another, with a fraction. */
export function framePointBetween(
  source: PoseSource,
  index: number,
  nextIndex: number,
  part: number,
): number {
  const from = source.frameAt(index);
  const point = from + framesBetween(from, source.frameAt(nextIndex)) * part;
  return point >= FRAMES ? point - FRAMES : point;
}

/** Milliseconds from the frame at an index to the next. */
export function stepMs(source: PoseSource, index: number): number {
  return source.timeMsAt(index + 1) - source.timeMsAt(index);
}

/** Mean time from frame number to frame number over the source in milliseconds; 0 for one frame. */
export function frameIntervalMs(source: PoseSource): number {
  const last = source.length - 1;
  if (last < 1) return 0;
  const frames = (source.frameAt(last) - source.frameAt(0)) >>> 0;
  return (source.timeMsAt(last) - source.timeMsAt(0)) / frames;
}

interface KnownMedian {
  readonly length: number;
  readonly newest: Frame;
  readonly ms: number;
}

// A history may grow after it was looked at, and a ring slide.
const medians = new WeakMap<PoseSource, KnownMedian>();

/** Median time from one recorded frame to a later one in milliseconds; 0 for one frame. */
export function medianStepMs(source: PoseSource): number {
  const { length } = source;
  if (length < 2) return 0;
  const newest = source.frameAt(length - 1);
  const known = medians.get(source);
  if (known?.length === length && known.newest === newest) return known.ms;
  const all = new Float64Array(length - 1);
  for (let i = 0; i < all.length; i++) all[i] = stepMs(source, i);
  // Frames at one time are no step.
  const steps = all.filter((step) => step > 0).sort();
  const ms = steps[steps.length >> 1] ?? 0;
  medians.set(source, { length, newest, ms });
  return ms;
}

/** Median steps between two frames above which they have a hole between them. */
const HOLE_STEPS = 4;

/**
 * Milliseconds between the frames at two indexes when that is a hole, in which nobody knows where
 * anything was: more than four times the median step. Else 0.
 */
export function holeMs(source: PoseSource, index: number, nextIndex: number): number {
  const ms = source.timeMsAt(nextIndex) - source.timeMsAt(index);
  return ms > HOLE_STEPS * medianStepMs(source) * Math.max(1, nextIndex - index) ? ms : 0;
}
