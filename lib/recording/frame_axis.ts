import type { Frame } from "../core/time/frame.ts";

/** Frames of a recording as a line that counts across 2^32. */
export class FrameAxis {
  /** First frame; undefined in a recording without frames. */
  readonly first: Frame | undefined;
  /** Last frame; undefined in a recording without frames. */
  readonly last: Frame | undefined;
  /** Frames from the first to the last. */
  readonly span: number;

  /** Axis from a frame to another; undefined when there is none. */
  constructor(first: Frame | undefined, last: Frame | undefined) {
    this.first = first;
    this.last = last;
    this.span = first === undefined || last === undefined ? 0 : (last - first) >>> 0;
  }

  /** Frames from the first to another; negative before the first. */
  offsetOf(frame: Frame): number {
    const offset = (frame - (this.first ?? 0)) >>> 0;
    if (offset <= this.span) return offset;
    return this.isFuture(frame) ? offset : offset - 2 ** 32;
  }

  /** True for a frame after the last; outside of a line that wraps, the nearer end decides. */
  isFuture(frame: Frame): boolean {
    const { first, last } = this;
    if (first === undefined || last === undefined) return true;
    if (first <= last) return frame > last;
    if (frame >= first || frame <= last) return false;
    return frame - last <= first - frame;
  }
}
