/** Counts frames that were left out, by the least step that frames have taken so far. */
export class FrameGaps {
  /** Frames that never came. */
  missing = 0;
  #last: number | undefined;
  #step = Infinity;

  /** Takes the next frame; one that goes back starts anew. */
  add(frame: number): void {
    const last = this.#last;
    this.#last = frame;
    if (last === undefined || frame <= last) return;
    this.#step = Math.min(this.#step, frame - last);
    this.missing += Math.floor((frame - last) / this.#step) - 1;
  }
}
