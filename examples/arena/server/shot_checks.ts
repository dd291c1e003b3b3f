/** What of a client's shot is believed. */
import type { Stamp } from "../shared/messages.ts";
import { FRAME_MS, INTERP_MS, RATE_HZ } from "../shared/rules.ts";

/** Frames from one shot of a player to his next. */
export const SHOT_EVERY_FRAMES = Math.round(0.3 * RATE_HZ);
/** Frames that may be lost between two that a client draws between. */
const GAP_FRAMES_MAX = RATE_HZ / 2;
/** How much later than it should a client may draw, for packets that come unevenly. */
const LATE_MS_MAX = 100;

/** What the server knows for itself. */
export interface Known {
  /** Frame at hand. */
  readonly frame: number;
  /** Newest frame that the client acked; undefined before the first. */
  readonly ackedFrame: number | undefined;
}

/**
 * Whether a client can have drawn what it says: two frames that were sent, not far apart, and not
 * long before what it acked. Who acks a frame has it, and draws it {@linkcode INTERP_MS} later.
 */
export function isCredible({ src, dst, fraction }: Stamp, { frame, ackedFrame }: Known): boolean {
  if (ackedFrame === undefined) return false;
  const areFrames = Number.isInteger(src) && Number.isInteger(dst) && 0 <= src && dst <= frame;
  if (!areFrames || !(src < dst && dst - src <= GAP_FRAMES_MAX)) return false;
  if (!(fraction >= 0 && fraction <= 1)) return false;
  const drawn = src + (dst - src) * fraction;
  return (ackedFrame - drawn) * FRAME_MS <= INTERP_MS + LATE_MS_MAX;
}
