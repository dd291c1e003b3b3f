import type { NumberLookup } from "./expression.ts";
import {
  framePointAtMs,
  framePointBetween,
  framesBetween,
  holeMs,
  indexAtTime,
  indexOfFrame,
  msAtFramePoint,
} from "../past/frame_time.ts";
import type { Moment } from "./moment.ts";
import { emptyWish, type FramePair, type RewindPolicy } from "./policy.ts";

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
  /** Frame at the wanted time, with a fraction; -1 when that is outside the recording. */
  wantedFramePoint: number;
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
    wantedFramePoint: -1,
    index: 0,
    nextIndex: 0,
    fraction: 0,
    clamp: null,
    reason: "",
  };
}

/** Frames that sequence numbers can go back or ahead. */
const FRAMES_MAX = 0x7fffffff;

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
  const wish = emptyWish();
  policy.wish(moment, numbers, wish);
  out.reason = wish.reason;
  const isLimited = wish.isLimited && options.ignoresLimit !== true;
  const isInFrames = !Number.isNaN(wish.wantedFrames);
  const frameBack = (frames: number) =>
    (moment.frame - Math.max(-FRAMES_MAX, Math.min(frames, FRAMES_MAX))) >>> 0;
  const wantedMs = isInFrames
    ? msBack(moment, frameBack(wish.wantedFrames), wish.wantedFrames)
    : wish.wantedMs;
  out.clamp = isLimited ? "limit" : null;
  if (isInFrames) {
    goToFrame(moment, frameBack(isLimited ? wish.limitedFrames : wish.wantedFrames), out);
    if (wish.wantedFrames < 0) out.clamp = "now";
  } else if (wish.pair === undefined || isLimited || !goToPair(moment, wish.pair, out)) {
    const interpolates = options.interpolates ?? policy.rules?.interpolates ?? true;
    const ms = isLimited ? wish.limitedMs : wish.wantedMs;
    if (interpolates) goBackMs(moment, ms, out);
    else goBackToFrame(moment, ms, out);
  }
  out.wantedMs = wantedMs;
  out.wantedFramePoint = wantedFramePointOf(moment, moment.nowMs - wantedMs);
}

/** Fills a decision to go back `ms`, to a point between two frames, clamped to what the server holds. */
export function goBackMs(moment: Moment, ms: number, out: RewindDecision): void {
  const { nowIndex, source } = moment;
  const timeMs = goBackToTime(moment, ms, out);
  const fromMs = source.timeMsAt(out.index);
  if (out.index < nowIndex && timeMs > fromMs) {
    out.nextIndex = out.index + 1;
    out.fraction = (timeMs - fromMs) / (source.timeMsAt(out.nextIndex) - fromMs);
  }
}

/** Fills a decision to use the last frame that is at least `ms` back, clamped to what the server holds. */
export function goBackToFrame(moment: Moment, ms: number, out: RewindDecision): void {
  goBackToTime(moment, ms, out);
  out.usedMs = moment.nowMs - moment.source.timeMsAt(out.index);
}

/** Fills a decision with the frame at or before a time back, and returns that time. */
function goBackToTime(moment: Moment, ms: number, out: RewindDecision): number {
  const { source, nowIndex, nowMs, oldestIndex, presentMs } = moment;
  if (ms < 0) out.clamp = "now";
  const usedMs = ms > 0 ? ms : 0;
  const oldestMs = source.timeMsAt(oldestIndex);
  let timeMs = Math.min(nowMs - usedMs, presentMs);
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
  return timeMs;
}

/** Fills a decision to use the frame at an index as a whole. */
export function goToIndex(moment: Moment, index: number, out: RewindDecision): void {
  out.index = out.nextIndex = index;
  out.fraction = 0;
  out.usedMs = moment.nowMs - moment.source.timeMsAt(index);
}

/**
 * Fills a decision to use a frame. One that was not recorded lies in time between its neighbours, as
 * a server has it that makes more frames than were recorded.
 */
function goToFrame(moment: Moment, frame: number, out: RewindDecision): void {
  const { nowIndex, nowMs, oldestIndex, source } = moment;
  const index = indexOfFrame(source, frame);
  const isHeld = index >= oldestIndex && index <= nowIndex && source.timeMsAt(index) <= nowMs;
  if (isHeld) goToIndex(moment, index, out);
  else {
    const ms = nowMs - msAtFramePoint(source, frame);
    goBackMs(moment, frame === moment.frame ? Math.max(ms, 0) : ms, out);
    // Where one frame alone is held, no pace tells how long ago others were.
    const isOlder = framesBetween(frame, source.frameAt(oldestIndex)) > 0;
    if (isOlder && out.clamp === null) out.clamp = moment.oldestLimit;
  }
}

/** Milliseconds back to a frame; a shot inside its own frame goes no less than 0 back to it. */
function msBack({ nowMs, source }: Moment, frame: number, frames: number): number {
  const ms = nowMs - msAtFramePoint(source, frame);
  return frames < 0 ? ms : Math.max(ms, 0);
}

/** Fills a decision to use the point between two held frames; false when the server lacks one. */
function goToPair(moment: Moment, pair: FramePair, out: RewindDecision): boolean {
  const { nowIndex, nowMs, oldestIndex, source } = moment;
  const index = indexOfFrame(source, pair.srcFrame);
  const nextIndex = indexOfFrame(source, pair.dstFrame);
  if (index < oldestIndex || nextIndex <= index || nextIndex > nowIndex) return false;
  const fromMs = source.timeMsAt(index);
  const spanMs = source.timeMsAt(nextIndex) - fromMs;
  if (fromMs + spanMs * pair.fraction > moment.presentMs) return false;
  const isWhole = pair.fraction <= 0 || pair.fraction >= 1;
  if (isWhole) goToIndex(moment, pair.fraction <= 0 ? index : nextIndex, out);
  else {
    out.index = index;
    out.nextIndex = nextIndex;
    out.fraction = pair.fraction;
    out.usedMs = nowMs - fromMs - spanMs * pair.fraction;
  }
  return true;
}

/** Frame that a decision uses, with its place between two frames as a fraction. */
export function usedFramePoint({ source }: Moment, decision: RewindDecision): number {
  return framePointBetween(source, decision.index, decision.nextIndex, decision.fraction);
}

/** Milliseconds between the frames of a decision when they lie across a hole ({@linkcode holeMs}); else 0. */
export function usedHoleMs({ source }: Moment, decision: RewindDecision): number {
  const { fraction, index, nextIndex } = decision;
  return fraction > 0 ? holeMs(source, index, nextIndex) : 0;
}

function wantedFramePointOf({ nowMs, source }: Moment, timeMs: number): number {
  const lastMs = source.timeMsAt(source.length - 1);
  if (timeMs < source.timeMsAt(0) || (timeMs > lastMs && timeMs > nowMs)) return -1;
  return framePointAtMs(source, timeMs);
}
