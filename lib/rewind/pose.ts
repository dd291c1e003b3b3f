import type { Frame } from "../core/frame.ts";

/** Where an entity is, as far as hitting it goes; one object is filled again and again. */
export interface Pose {
  /** Position, x. */
  x: number;
  /** Position, y. */
  y: number;
  /** Position, z. */
  z: number;
  /** Yaw in degrees, counter-clockwise from +x; 0 for a kind without. */
  yawDegrees: number;
  /** False when the entity's alive expression fails. */
  isAlive: boolean;
  /** Index into the hit model's kinds; -1 for a kind that the model does not name. */
  kind: number;
}

/** A pose at the origin. */
export function emptyPose(): Pose {
  return { x: 0, y: 0, z: 0, yawDegrees: 0, isAlive: false, kind: -1 };
}

/**
 * Frames that can be rewound to, oldest first, by index from 0.
 *
 * A recording that was read into a {@linkcode PoseHistory} is one, a server's ring of snapshots
 * another ({@linkcode RingPoses}).
 */
export interface PoseSource {
  /** Number of frames. */
  readonly length: number;
  /** Frame at an index. */
  frameAt(index: number): Frame;
  /** Time of that frame in milliseconds; never below the one before. */
  timeMsAt(index: number): number;
  /** Entities of that frame. */
  countAt(index: number): number;
  /** Entity at a position of that frame; ids ascend with the position. */
  idAt(index: number, position: number): number;
  /** Position of an entity in that frame, or -1. */
  find(index: number, id: number): number;
  /** Fills `out` with the pose at a position of that frame. */
  readPose(index: number, position: number, out: Pose): void;
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
