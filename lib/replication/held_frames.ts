import { FrameBits } from "../core/frame_bits.ts";
import { type Frame, frameDistance, isNewer } from "../core/frame.ts";

/** Frames that a consumer applied: which baselines it holds, and what its acks say. */
export class HeldFrames {
  /** Bit n set when frame `newest - 1 - n` was applied. */
  appliedBits: number = 0;
  readonly #held: FrameBits;

  /** Nothing applied; of what will be, the last `historyFrames` frames are held as baselines. */
  constructor(historyFrames: number) {
    this.#held = new FrameBits(historyFrames);
  }

  /** True once a frame was applied. */
  get hasNewest(): boolean {
    return this.#held.hasNewest;
  }

  /** Newest frame that was applied. */
  get newest(): Frame {
    return this.#held.newest;
  }

  /** True when a frame is newer than all applied ones, as a consumer demands of a packet. */
  isNews(frame: Frame): boolean {
    return !this.hasNewest || isNewer(frame, this.newest);
  }

  /** True when a delta against a frame can be decoded. */
  holds(frame: Frame): boolean {
    return this.#held.has(frame);
  }

  /** Notes that a frame was applied; it must be news. */
  note(frame: Frame): void {
    if (this.hasNewest) {
      const ahead = frameDistance(frame, this.newest);
      const shifted = ahead > 31 ? 0 : this.appliedBits << ahead;
      this.appliedBits = ahead > 32 ? 0 : shifted | (1 << (ahead - 1));
    }
    this.#held.mark(frame);
  }

  /** Forgets everything, as after a reconnect. */
  reset(): void {
    this.#held.clear();
    this.appliedBits = 0;
  }
}
