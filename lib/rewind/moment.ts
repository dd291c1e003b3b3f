import type { PoseSource } from "./pose.ts";

/** What ends the past that a server can rewind to. */
export type OldestLimit = "ring" | "recording";

/** A server at the time of a shot: which frames it has. */
export interface Moment {
  /** Frames, which may go on after this moment; a server does not see those. */
  readonly source: PoseSource;
  /** Index of the newest frame. */
  readonly nowIndex: number;
  /** Time of the shot in milliseconds. */
  readonly nowMs: number;
  /** Index of the oldest frame that is still held. */
  readonly oldestIndex: number;
  /** Why there is nothing older. */
  readonly oldestLimit: OldestLimit;
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
  let oldestIndex = 0;
  if (ringFrames !== undefined) {
    const newest = source.frameAt(nowIndex);
    let low = 0;
    let high = nowIndex;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (((newest - source.frameAt(middle)) | 0) < ringFrames) high = middle;
      else low = middle + 1;
    }
    oldestIndex = low;
  }
  const oldestLimit = oldestIndex > 0 ? "ring" : "recording";
  return { source, nowIndex, nowMs, oldestIndex, oldestLimit };
}

/** Mean time from frame number to frame number over the source in milliseconds; 0 for one frame. */
export function frameIntervalMs(source: PoseSource): number {
  const last = source.length - 1;
  if (last < 1) return 0;
  const frames = (source.frameAt(last) - source.frameAt(0)) >>> 0;
  return (source.timeMsAt(last) - source.timeMsAt(0)) / frames;
}
