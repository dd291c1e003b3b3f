import { type Frame, frameDistance, isNewer } from "../core/frame.ts";

/** Frames that a consumer applied: which baselines it holds, and what its acks say. */
export class HeldFrames {
  /** True once a frame was applied. */
  hasNewest: boolean = false;
  /** Newest frame that was applied. */
  newest: Frame = 0;
  /** Bit n set when frame `newest - 1 - n` was applied. */
  appliedBits: number = 0;
  readonly #window: number;
  readonly #frames: Uint32Array;
  readonly #isHeld: Uint8Array;

  /** Nothing applied; of what will be, the last `historyFrames` frames are held as baselines. */
  constructor(historyFrames: number) {
    const slots = historyFrames <= 1 ? 1 : 1 << (32 - Math.clz32(historyFrames - 1));
    this.#window = historyFrames;
    this.#frames = new Uint32Array(slots);
    this.#isHeld = new Uint8Array(slots);
  }

  /** True when a frame is newer than all applied ones, as a consumer demands of a packet. */
  isNews(frame: Frame): boolean {
    return !this.hasNewest || isNewer(frame, this.newest);
  }

  /** True when a delta against a frame can be decoded. */
  holds(frame: Frame): boolean {
    if (!this.hasNewest) return false;
    const back = frameDistance(this.newest, frame);
    if (back < 0 || back >= this.#window) return false;
    const slot = frame & (this.#frames.length - 1);
    return this.#isHeld[slot] === 1 && this.#frames[slot] === frame;
  }

  /** Notes that a frame was applied; it must be news. */
  note(frame: Frame): void {
    if (this.hasNewest) {
      const ahead = frameDistance(frame, this.newest);
      const shifted = ahead > 31 ? 0 : this.appliedBits << ahead;
      this.appliedBits = ahead > 32 ? 0 : shifted | (1 << (ahead - 1));
    }
    this.hasNewest = true;
    this.newest = frame;
    const slot = frame & (this.#frames.length - 1);
    this.#frames[slot] = frame;
    this.#isHeld[slot] = 1;
  }

  /** Forgets everything, as after a reconnect. */
  reset(): void {
    this.hasNewest = false;
    this.appliedBits = 0;
    this.#isHeld.fill(0);
  }
}
