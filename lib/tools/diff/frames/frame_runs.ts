import type { Frame } from "../../../core/time/frame.ts";

/** Runs that are listed. */
const LISTED_MAX = 64;

/** Frames that one recording has alone: the first runs, and how many there are besides. */
export class FrameRuns {
  /** Number of frames. */
  count = 0;
  /** Number of those that are in no listed run. */
  unlisted = 0;
  /** The first runs. */
  readonly listed: { from: Frame; to: Frame; count: number }[] = [];
  #last = -Infinity;

  /** Adds a frame. @param index number of frames of its recording before it */
  add(frame: Frame, index: number): void {
    this.count++;
    const isNext = index === this.#last + 1;
    this.#last = index;
    const last = this.listed.at(-1);
    if (isNext && last !== undefined && this.unlisted === 0) {
      last.to = frame;
      last.count++;
    } else if (this.listed.length < LISTED_MAX) {
      this.listed.push({ from: frame, to: frame, count: 1 });
    } else this.unlisted++;
  }
}
