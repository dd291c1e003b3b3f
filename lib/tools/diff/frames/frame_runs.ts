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
  #lastStep = -Infinity;

  /** Adds a frame. @param step number of frames, of either or of both recordings, before it */
  add(frame: Frame, step: number): void {
    this.count++;
    const isNext = step === this.#lastStep + 1;
    this.#lastStep = step;
    const last = this.listed.at(-1);
    if (isNext && last !== undefined && this.unlisted === 0) {
      last.to = frame;
      last.count++;
    } else if (this.listed.length < LISTED_MAX) {
      this.listed.push({ from: frame, to: frame, count: 1 });
    } else this.unlisted++;
  }
}
