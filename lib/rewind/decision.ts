import type { NumberLookup } from "./expression.ts";
import type { Moment } from "./moment.ts";
import { emptyWish, type RewindPolicy, type RewindWish } from "./policy.ts";
import { indexAtFrame, indexAtTime } from "./pose.ts";

/**
 * What kept a policy from what it wanted: `now` (it asked for the future), `limit` (its own
 * maximum), `ring` (the frame was evicted), `recording` (the frame was never recorded).
 */
export type ClampReason = "now" | "limit" | "ring" | "recording";

/** What a policy wanted and what it got. */
export interface RewindDecision {
  /** Milliseconds to go back as the formula gives them; may be below 0. */
  wantedMs: number;
  /** Milliseconds that it went back. */
  usedMs: number;
  /** Frame at or before the wanted time; -1 when that is outside the recording. */
  wantedFrame: number;
  /** Index of the frame at or before the used time. */
  index: number;
  /** Index of the frame that is interpolated to; the same as `index` at a whole frame. */
  nextIndex: number;
  /** Place between the two, from 0 up to 1. */
  fraction: number;
  /** The last clamp that took hold, or null. */
  clamp: ClampReason | null;
  /** The formula with its numbers. */
  reason: string;
}

/** A decision not to rewind, at index 0. */
export function emptyDecision(): RewindDecision {
  return {
    wantedMs: 0,
    usedMs: 0,
    wantedFrame: -1,
    index: 0,
    nextIndex: 0,
    fraction: 0,
    clamp: null,
    reason: "",
  };
}

const wish: RewindWish = emptyWish();

/** How a decision may differ from the policy's own, for counterfactuals. */
export interface DecideOptions {
  /** True to let the policy's own limits go. */
  readonly ignoresLimit?: boolean;
  /** Whole frames instead of points between them, or the reverse. */
  readonly interpolates?: boolean;
}

/**
 * Asks a policy what to rewind to and looks that up among the frames that the server holds.
 *
 * @throws {RangeError} when the shot lacks a number that the policy needs
 */
export function decide(
  policy: RewindPolicy,
  numbers: NumberLookup,
  moment: Moment,
  out: RewindDecision,
  options: DecideOptions = {},
): void {
  policy.wish(moment, numbers, wish);
  out.reason = wish.reason;
  const isLimited = wish.isLimited && options.ignoresLimit !== true;
  out.clamp = isLimited ? "limit" : null;
  if (!Number.isNaN(wish.wantedFrames)) {
    goBackFrames(moment, isLimited ? wish.limitedFrames : wish.wantedFrames, out);
    out.wantedMs = framesToMs(moment, wish.wantedFrames, out);
    return;
  }
  const interpolates = options.interpolates ?? policy.rules?.interpolates ?? true;
  goBackMs(moment, isLimited ? wish.limitedMs : wish.wantedMs, interpolates, out);
  out.wantedMs = wish.wantedMs;
  out.wantedFrame = frameAtMs(moment, moment.nowMs - wish.wantedMs);
}

/** Fills a decision to go back `ms`, clamped to what the server holds. */
export function goBackMs(
  moment: Moment,
  ms: number,
  interpolates: boolean,
  out: RewindDecision,
): void {
  const { source, nowIndex, nowMs, oldestIndex } = moment;
  if (ms < 0) out.clamp = "now";
  const usedMs = ms > 0 ? ms : 0;
  const oldestMs = source.timeMsAt(oldestIndex);
  let timeMs = nowMs - usedMs;
  if (timeMs < oldestMs) {
    timeMs = oldestMs;
    out.clamp = moment.oldestLimit;
    out.usedMs = nowMs - oldestMs;
  } else {
    out.usedMs = usedMs;
  }
  out.index = indexAtTime(source, timeMs, oldestIndex, nowIndex);
  out.nextIndex = out.index;
  out.fraction = 0;
  const fromMs = source.timeMsAt(out.index);
  if (!interpolates) {
    out.usedMs = nowMs - fromMs;
  } else if (out.index < nowIndex && timeMs > fromMs) {
    out.nextIndex = out.index + 1;
    out.fraction = (timeMs - fromMs) / (source.timeMsAt(out.nextIndex) - fromMs);
  }
}

/** Fills a decision to use the frame at an index as a whole. */
export function goToIndex(moment: Moment, index: number, out: RewindDecision): void {
  out.index = out.nextIndex = index;
  out.fraction = 0;
  out.usedMs = moment.nowMs - moment.source.timeMsAt(index);
}

function goBackFrames(moment: Moment, frames: number, out: RewindDecision): void {
  if (frames < 0) out.clamp = "now";
  const { source, nowIndex, oldestIndex } = moment;
  const wanted = (source.frameAt(nowIndex) - Math.max(frames, 0)) >>> 0;
  const index = indexAtFrame(source, wanted, oldestIndex, nowIndex);
  if (index < 0) out.clamp = moment.oldestLimit;
  goToIndex(moment, index < 0 ? oldestIndex : index, out);
}

/** Milliseconds back to a frame that the source may have and the server may have lost. */
function framesToMs(moment: Moment, frames: number, out: RewindDecision): number {
  const { source, nowIndex } = moment;
  out.wantedFrame = (source.frameAt(nowIndex) - Math.max(frames, 0)) >>> 0;
  const index = indexAtFrame(source, out.wantedFrame, 0, nowIndex);
  return moment.nowMs - source.timeMsAt(index < 0 ? 0 : index);
}

function frameAtMs(moment: Moment, timeMs: number): number {
  const { source } = moment;
  const last = source.length - 1;
  if (timeMs < source.timeMsAt(0) || (timeMs > source.timeMsAt(last) && timeMs > moment.nowMs)) {
    return -1;
  }
  return source.frameAt(indexAtTime(source, timeMs, 0, last));
}
