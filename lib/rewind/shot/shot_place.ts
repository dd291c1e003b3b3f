import type { StateEvent } from "../../core/state/state.ts";
import { isFrame } from "../../core/time/frame.ts";
import { type FrameCounter, frameOfCounter } from "../past/frame_counter.ts";
import {
  frameIntervalMs,
  framePointAtMs,
  indexOfFrame,
  medianStepMs,
  msAtFramePoint,
} from "../past/frame_time.ts";
import type { PoseSource } from "../shape/pose.ts";
import { numberAt } from "./event_values.ts";
import type { ShotMap } from "./shot_map.ts";

/** Where a shot lies in the recording. */
export interface ShotPlace {
  /** Frame that carries it; of a shot that has only a time, the frame at or before it. */
  readonly frame: number;
  /** Time of the decision in milliseconds. */
  readonly timeMs: number;
  /** True when it is known to fall between two frames. */
  readonly isBetweenFrames: boolean;
  /** True when its time is of another clock than its frame, which then places it. */
  readonly isOtherClock: boolean;
  /** True when its time, which places it, is not that of its frame. */
  readonly isAstray: boolean;
}

/** Frame intervals, and milliseconds, by which the time of a shot may differ from its frame's. */
const APART_FRAMES = 8;
const APART_MS = 500;

/** Usual steps of the recording by which a shot's time may lie beside its frame's without a word. */
const ASTRAY_STEPS = 1.5;

/**
 * Frame that carries the shot, and the time of the decision.
 *
 * @param counter how the recording's frames came from the counter that the map's frame is a value of
 * @throws {RangeError} when it has neither, or lies outside the recording
 */
export function placeInTime(
  event: StateEvent,
  map: ShotMap,
  world: PoseSource,
  counter?: FrameCounter,
): ShotPlace {
  const timeMs = map.time === undefined ? event.timeMs : numberAt(event.data, map.time, "time");
  const last = world.length - 1;
  if (last < 0) throw new RangeError("the recording is empty");
  const frame = frameOf(event, map, world, counter, timeMs);
  const isInside = (ms: number) => ms >= world.timeMsAt(0) && ms <= world.timeMsAt(last);
  if (frame !== undefined) {
    const isRecorded = isFrame(frame) && indexOfFrame(world, frame) >= 0;
    const frameMs = isFrame(frame) ? msAtFramePoint(world, frame) : NaN;
    if (!isRecorded && !isInside(frameMs)) {
      const range = `${world.frameAt(0)} to ${world.frameAt(last)}`;
      throw new RangeError(`frame ${frame} is not in the recording (${range})`);
    }
    const apartMs = Math.max(APART_MS, APART_FRAMES * frameIntervalMs(world));
    const isOtherClock = timeMs !== undefined && !(Math.abs(timeMs - frameMs) <= apartMs);
    // Before its first frame nothing is known.
    const placedMs = Math.max(isOtherClock ? frameMs : timeMs ?? frameMs, world.timeMsAt(0));
    const isBetweenFrames = map.between !== undefined &&
      numberAt(event.data, map.between, "between") !== 0;
    const isAstray = !isBetweenFrames &&
      Math.abs(placedMs - frameMs) > ASTRAY_STEPS * medianStepMs(world);
    return { frame, timeMs: placedMs, isBetweenFrames, isOtherClock, isAstray };
  }
  if (timeMs === undefined) throw new RangeError("it has neither frame nor time");
  if (!isInside(timeMs)) {
    throw new RangeError(
      `time ${timeMs} ms is not in the recording (${world.timeMsAt(0)} to ${world.timeMsAt(last)})`,
    );
  }
  // Rounding must not push a time that is a frame's below it.
  const at = framePointAtMs(world, timeMs);
  const whole = Math.floor(at + 1e-6);
  const isBetweenFrames = at - whole > 1e-6;
  return {
    frame: whole >>> 0,
    timeMs,
    isBetweenFrames,
    isOtherClock: false,
    isAstray: false,
  };
}

/** Frame that the event has, or keeps under the map's key as its game counts. */
function frameOf(
  event: StateEvent,
  map: ShotMap,
  world: PoseSource,
  counter: FrameCounter | undefined,
  timeMs: number | undefined,
): number | undefined {
  if (map.frame === undefined) return event.frame;
  const value = numberAt(event.data, map.frame, "frame");
  if (counter === undefined) return value;
  const near = event.frame ??
    (timeMs === undefined ? undefined : Math.floor(framePointAtMs(world, timeMs)));
  if (near === undefined && counter.bits !== undefined) {
    throw new RangeError(
      `frame ${value} is of a counter of ${counter.bits} bits, and nothing says of which turn`,
    );
  }
  return frameOfCounter(value, near ?? 0, counter);
}
