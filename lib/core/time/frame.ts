/** Index of a simulation step: an unsigned 32-bit integer that wraps. */
export type Frame = number;

/** Largest frame index, 2^32 - 1; the one after it is 0. */
export const FRAME_MAX = 0xffffffff;

/** True when `value` is an integer in `[0, 2^32)`. */
export function isFrame(value: unknown): value is Frame {
  return typeof value === "number" && value >>> 0 === value;
}

/**
 * Throws unless `frame` is a frame.
 *
 * @throws {RangeError} when it is not an unsigned 32-bit integer
 */
export function assertFrame(frame: number): void {
  if (!isFrame(frame)) {
    const text = typeof frame === "string" ? JSON.stringify(frame) : String(frame);
    throw new RangeError(`Frame is ${text}, expected an integer from 0 to ${FRAME_MAX}`);
  }
}

/**
 * Frames from `b` to `a`, signed, correct across the wrap at 2^32.
 * Sequence arithmetic as in RFC 1982: distances above 2^31 - 1 read as negative.
 */
export function frameDistance(a: Frame, b: Frame): number {
  return (a - b) | 0;
}

/** True when frame `a` comes after frame `b`, correct across the wrap at 2^32. */
export function isNewer(a: Frame, b: Frame): boolean {
  return ((a - b) | 0) > 0;
}
