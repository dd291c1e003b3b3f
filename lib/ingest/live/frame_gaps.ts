/** Frames that are told apart, before the newest and behind it. */
const FRAMES_MAX = 65_536;

/** Counts frames that never came, by the least step that frames have taken so far. */
export class FrameGaps {
  /** Frames that never came. */
  missing = 0;
  #last: number | undefined;
  #step = Infinity;
  /** Frames that are counted, the newest of them. */
  readonly #counted = new Set<number>();
  /** Frames to come of which something came and was left out. */
  readonly #leftOut = new Set<number>();

  /** Takes the next frame; one that goes back starts anew. */
  add(frame: number): void {
    const last = this.#last;
    this.#last = frame;
    if (last === undefined) return;
    if (frame <= last) {
      this.#leftOut.clear();
      return this.#counted.clear();
    }
    const step = this.#step = Math.min(this.#step, frame - last);
    const count = Math.floor((frame - last) / step) - 1;
    const first = Math.max(1, count - FRAMES_MAX + 1);
    this.missing += first - 1;
    for (let i = first; i <= count; i++) {
      const between = last + i * step;
      if (this.#leftOut.has(between)) continue;
      this.missing++;
      this.#counted.add(between);
    }
    for (const old of this.#counted) {
      if (this.#counted.size <= FRAMES_MAX) break;
      this.#counted.delete(old);
    }
    for (const old of this.#leftOut) if (old <= frame) this.#leftOut.delete(old);
  }

  /** Says that something of a frame came and is left out, which is told as that. */
  leaveOut(frame: number): void {
    if (this.#counted.delete(frame)) this.missing--;
    else if (!(frame <= this.#last!) && this.#leftOut.size < FRAMES_MAX) this.#leftOut.add(frame);
  }
}
