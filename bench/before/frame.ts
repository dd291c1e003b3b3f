/** Index of a simulation step: an unsigned 32-bit integer that wraps. */
export type Frame = number;

/** Largest frame index, 2^32 - 1. */
export const FRAME_MAX = 0xffffffff;

/** Throws unless `frame` is a frame. */
export function assertFrame(frame: number): void {
  if (frame >>> 0 !== frame) {
    throw new RangeError(`Frame is ${frame}, expected an integer from 0 to ${FRAME_MAX}`);
  }
}

/** Frames from `b` to `a`, signed, correct across the wrap at 2^32. */
export function frameDistance(a: Frame, b: Frame): number {
  return (a - b) | 0;
}

/** True when frame `a` comes after frame `b`, correct across the wrap at 2^32. */
export function isNewer(a: Frame, b: Frame): boolean {
  return ((a - b) | 0) > 0;
}
