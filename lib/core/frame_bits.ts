import { type Frame, frameDistance } from "./frame.ts";

/** Which of the last `window` frames are marked: one bit a frame, correct across 2^32. */
export class FrameBits {
  /** True once a frame was marked. */
  hasNewest: boolean = false;
  /** Newest frame that was marked. */
  newest: Frame = 0;
  /** Number of frames that are told apart. */
  readonly window: number;
  readonly #words: Int32Array;

  /**
   * Nothing marked.
   *
   * @param window frames up to the newest, 1 to 2^24
   */
  constructor(window: number) {
    this.window = window;
    const bits = window <= 32 ? 32 : 1 << (32 - Math.clz32(window - 1));
    this.#words = new Int32Array(bits >>> 5);
  }

  /** Marks a frame, which must be newer than all marked ones. */
  mark(frame: Frame): void {
    const words = this.#words;
    const wrap = words.length * 32 - 1;
    const ahead = this.hasNewest ? frameDistance(frame, this.newest) : 1;
    if (ahead > wrap) words.fill(0);
    else {
      for (let skipped = ahead - 1; skipped > 0; skipped--) {
        const bit = (frame - skipped) & wrap;
        words[bit >>> 5]! &= ~(1 << (bit & 31));
      }
    }
    const bit = frame & wrap;
    words[bit >>> 5]! |= 1 << (bit & 31);
    this.hasNewest = true;
    this.newest = frame;
  }

  /** True when a frame is marked and among the last `window` frames. */
  has(frame: Frame): boolean {
    const back = frameDistance(this.newest, frame);
    if (!this.hasNewest || back < 0 || back >= this.window) return false;
    const bit = frame & (this.#words.length * 32 - 1);
    return ((this.#words[bit >>> 5]! >>> (bit & 31)) & 1) === 1;
  }

  /** Forgets all marks. */
  clear(): void {
    this.hasNewest = false;
    this.#words.fill(0);
  }
}
