import type { Frame } from "../../core/time/frame.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import { PLAIN_IDS } from "../ids/entity_ids.ts";
import { indexAtFrame, indexAtTime, indexOfFrame, msAtFramePoint } from "../past/frame_time.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import { emptyPose, type PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";

/** What ends the past that a server can rewind to. */
export type OldestLimit = "ring" | "recording";

/** A server at the time of a shot: which frames it has. */
export interface Moment {
  /** Frames, which may go on after this moment; a server does not see those. */
  readonly source: PoseSource;
  /** Index of the newest frame. */
  readonly nowIndex: number;
  /**
   * Index of the newest frame that is certainly before the shot: the frame that carries a shot may
   * already hold its effect. -1 when there is none.
   */
  readonly beforeIndex: number;
  /**
   * Time of the newest state that the server had: that of its newest frame, recorded or not, or of the
   * shot where that is dated before the end of its frame.
   */
  readonly presentMs: number;
  /** Index of the last frame that is not later than that. */
  readonly presentIndex: number;
  /** Place of the present between that frame and the newest, from 0 up to 1. */
  readonly presentPart: number;
  /** Frame that the shot belongs to; it need not be recorded. */
  readonly frame: Frame;
  /** Time of the shot in milliseconds. */
  readonly nowMs: number;
  /** Index of the oldest frame that is still held. */
  readonly oldestIndex: number;
  /** Why there is nothing older. */
  readonly oldestLimit: OldestLimit;
  /** Facts of who shoots, as the model's plan lists them; undefined when nobody is known. */
  readonly shooterFacts?: readonly (FieldValue | undefined)[];
}

/**
 * The server at a frame of a source.
 *
 * @param nowIndex index of its newest frame
 * @param nowMs time of the shot in milliseconds
 * @param ringFrames size of its ring in frames: the window is `(now - size, now]` in frame numbers,
 *   as {@linkcode Ring} keeps it; undefined when it holds all that was recorded
 */
export function momentAt(
  source: PoseSource,
  nowIndex: number,
  nowMs: number,
  ringFrames?: number,
): Moment {
  return {
    source,
    nowIndex,
    ...presentAt(source, nowIndex, Math.min(nowMs, source.timeMsAt(nowIndex))),
    beforeIndex: nowMs > source.timeMsAt(nowIndex) ? nowIndex : nowIndex - 1,
    frame: source.frameAt(nowIndex),
    nowMs,
    ...oldestAt(source, nowIndex, source.frameAt(nowIndex), ringFrames),
  };
}

/** Oldest of the frames up to an index that a ring holds whose newest frame is given. */
function oldestAt(
  source: PoseSource,
  index: number,
  newest: Frame,
  ringFrames: number | undefined,
): Pick<Moment, "oldestIndex" | "oldestLimit"> {
  let low = 0;
  let high = ringFrames === undefined ? 0 : index;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (((newest - source.frameAt(middle)) | 0) < ringFrames!) high = middle;
    else low = middle + 1;
  }
  return { oldestIndex: low, oldestLimit: low > 0 ? "ring" : "recording" };
}

function presentAt(
  source: PoseSource,
  nowIndex: number,
  presentMs: number,
): Pick<Moment, "presentMs" | "presentIndex" | "presentPart"> {
  const presentIndex = indexAtTime(source, presentMs, 0, nowIndex);
  const fromMs = source.timeMsAt(presentIndex);
  const isBetween = presentIndex < nowIndex && presentMs > fromMs;
  const presentPart = isBetween
    ? (presentMs - fromMs) / (source.timeMsAt(presentIndex + 1) - fromMs)
    : 0;
  return { presentMs, presentIndex, presentPart };
}

/** How a moment is looked at. */
export interface MomentOptions {
  /** Size of the server's ring in frames; default all that was recorded. */
  readonly ringFrames?: number | undefined;
  /**
   * True for a game whose shots are decided before the state of their frame is made, so that the
   * newest frame that the server had is the one before; default false.
   */
  readonly eventsFirst?: boolean | undefined;
}

/**
 * The server at a shot, which is placed by its time: its newest frame is the last that is not later,
 * and of frames at one time the shot's own. A shot that is dated before the end of its own frame has
 * that frame up to its time; one whose frame was not recorded has it where it lies between two that
 * were.
 *
 * @throws {RangeError} when no frame is that old, or the shooter lacks what a condition of the model
 *   reads of him
 */
export function momentOf(
  source: PoseSource,
  shot: Shot,
  model: HitModel,
  options: MomentOptions = {},
): Moment {
  const isFirst = options.eventsFirst === true;
  const nowIndex = isFirst ? indexBeforeShot(source, shot) : newestIndex(source, shot);
  if (nowIndex < 0) {
    throw new RangeError(
      source.length === 0
        ? "the recording is empty"
        : isFirst
        ? "there is no frame before it, and events come first"
        : `its time ${shot.timeMs} ms is before the first frame`,
    );
  }
  const isAhead = source.timeMsAt(nowIndex) > shot.timeMs;
  const present = presentAt(
    source,
    nowIndex,
    isAhead ? Math.min(shot.timeMs, msAtFramePoint(source, shot.frame)) : source.timeMsAt(nowIndex),
  );
  const newest = isAhead ? shot.frame : source.frameAt(nowIndex);
  const moment = {
    ...momentAt(source, nowIndex, shot.timeMs),
    ...present,
    ...oldestAt(source, present.presentIndex, newest, options.ringFrames),
  };
  const beforeIndex = shot.isBetweenFrames === true || isFirst
    ? indexAtFrame(source, shot.frame, 0, nowIndex)
    : Math.min(nowIndex, indexAtFrame(source, (shot.frame - 1) >>> 0, 0, nowIndex));
  const plan = planOf(model);
  if (!plan.readsShooter) return { ...moment, beforeIndex, frame: shot.frame };
  const shooterFacts = factsOf(source, shot.shooter, Math.max(beforeIndex, 0), nowIndex);
  const missing = plan.shooterFacts.find((name) =>
    shooterFacts?.[plan.facts.indexOf(name)] === undefined
  );
  if (missing !== undefined) {
    throw new RangeError(
      `the shooter ${(source.ids ?? PLAIN_IDS).textOf(shot.shooter)} has no ${
        JSON.stringify(missing)
      } at frame ${source.frameAt(nowIndex)}, which a condition reads of him`,
    );
  }
  return { ...moment, beforeIndex, frame: shot.frame, shooterFacts: shooterFacts! };
}

/** Index of the newest frame that the server had at a shot; -1 for none. */
function newestIndex(source: PoseSource, shot: Shot): number {
  const last = source.length - 1;
  if (last < 0) return -1;
  const index = indexAtTime(source, shot.timeMs, 0, last);
  const own = indexAtFrame(source, shot.frame, 0, last);
  const isRecorded = own >= 0 && source.frameAt(own) === shot.frame;
  // Between two frames the clock may have gone past the later, which was not made yet.
  if (isRecorded && shot.isBetweenFrames === true) return own;
  // A server that names its frame had it, though the command may be dated before its end.
  if (isRecorded && (own > index || source.timeMsAt(own) === source.timeMsAt(index))) return own;
  // It had a frame, too, that the recording left out: that lies between the recorded ones.
  if (!isRecorded && own > index) return own;
  const isLeftOut = !isRecorded && own === index && own < last;
  if (isLeftOut && source.timeMsAt(index) < shot.timeMs) return index + 1;
  return source.timeMsAt(index) > shot.timeMs ? -1 : index;
}

/** The same for a game that decides its shots before it makes the state of their frame. */
function indexBeforeShot(source: PoseSource, shot: Shot): number {
  const last = source.length - 1;
  if (last < 0) return -1;
  let index = indexAtTime(source, shot.timeMs, 0, last);
  const own = indexOfFrame(source, shot.frame);
  if (own >= 0) return Math.min(index, own - 1);
  while (index >= 0 && source.timeMsAt(index) >= shot.timeMs) index--;
  return index;
}

/** Facts of an entity in the state before a shot, else in the frame that carries it. */
function factsOf(
  source: PoseSource,
  id: number,
  beforeIndex: number,
  nowIndex: number,
): readonly (FieldValue | undefined)[] | undefined {
  const pose = emptyPose();
  for (const index of [beforeIndex, nowIndex]) {
    const position = source.find(index, id);
    if (position < 0) continue;
    source.readPose(index, position, pose);
    return pose.facts;
  }
  return undefined;
}
