import { assertFrame, type Frame, frameDistance, isNewer } from "./frame.ts";

/** The states of the last `size` frames, as a game server keeps them for lag compensation. */
export class Ring<S> {
  /** Number of frames in the window. */
  readonly size: number;
  readonly #states: (S | undefined)[];
  readonly #frames: Uint32Array;
  readonly #isFilled: Uint8Array;
  #newest = 0;
  #newestSlot = 0;
  #first = 0;
  #isEmpty = true;

  /** Empty ring. */
  constructor(size: number) {
    if (!Number.isInteger(size) || size < 1 || size > SIZE_MAX) {
      throw new RangeError(`Ring size is ${size}, expected an integer from 1 to ${SIZE_MAX}`);
    }
    this.size = size;
    this.#states = new Array<S | undefined>(size).fill(undefined);
    this.#frames = new Uint32Array(size);
    this.#isFilled = new Uint8Array(size);
  }

  /** Newest frame that was pushed. */
  get newest(): Frame | undefined {
    return this.#isEmpty ? undefined : this.#newest;
  }

  /** Keeps the state of a frame. */
  push(frame: Frame, state: S): S | undefined {
    assertFrame(frame);
    if (this.#isEmpty) {
      this.#isEmpty = false;
      this.#first = this.#newest = frame;
    }
    const ahead = frameDistance(frame, this.#newest);
    if (ahead <= -this.size) {
      throw new RangeError(
        `Cannot push frame ${frame}: the ring holds ${this.size} frames up to ${this.#newest}`,
      );
    }
    if (ahead > 0) {
      this.#vacate(Math.min(ahead, this.size));
      this.#newest = frame;
      this.#newestSlot = (this.#newestSlot + ahead) % this.size;
      if (frameDistance(frame, this.#first) > HORIZON) this.#first = (frame - HORIZON) >>> 0;
    } else if (isNewer(this.#first, frame)) {
      this.#first = frame;
    }
    const slot = ahead > 0 ? this.#newestSlot : this.#slot(-ahead);
    const previous = this.#states[slot];
    this.#states[slot] = state;
    this.#frames[slot] = frame;
    this.#isFilled[slot] = 1;
    return previous;
  }

  /** As `Ring.at`, without an allocation: the state, or undefined on a miss. */
  get(frame: Frame): S | undefined {
    if (this.#isEmpty) return undefined;
    const back = frameDistance(this.#newest, frame);
    if (back < 0 || back >= this.size) return undefined;
    const slot = this.#slot(back);
    return this.#holds(slot, frame) ? this.#states[slot] : undefined;
  }

  /**
   * Marks the next slots as empty: their frames leave the window, and may come again after 2^32.
   */
  #vacate(count: number): void {
    for (let next = 1; next <= count; next++) {
      this.#isFilled[(this.#newestSlot + next) % this.size] = 0;
    }
  }

  /** Slot of the frame that is `back` frames before the newest, 0 <= back < size. */
  #slot(back: number): number {
    const slot = this.#newestSlot - back;
    return slot < 0 ? slot + this.size : slot;
  }

  #holds(slot: number, frame: Frame): boolean {
    return this.#isFilled[slot] === 1 && this.#frames[slot] === frame;
  }
}

const SIZE_MAX = 1 << 24;

/** Frames back to which `never` can be told from `evicted`. */
const HORIZON = 1 << 30;
