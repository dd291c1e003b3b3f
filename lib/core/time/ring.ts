import { assertInteger } from "../bytes/assert_integer.ts";
import { assertFrame, type Frame, frameDistance, isNewer } from "./frame.ts";

/**
 * Why a frame is not there: never pushed, overwritten by a later frame, or not pushed yet.
 *
 * @internal
 */
export type MissReason = "never" | "evicted" | "future";

/**
 * The state of exactly the frame that was asked for.
 *
 * @internal
 */
export interface RingHit<S> {
  /** Discriminates from a miss. */
  readonly found: true;
  /** The frame that was asked for. */
  readonly frame: Frame;
  /** State pushed at that frame. */
  readonly state: S;
}

/**
 * No state, and why.
 *
 * @internal
 */
export interface RingMiss {
  /** Discriminates from a hit. */
  readonly found: false;
  /** The frame that was asked for. */
  readonly frame: Frame;
  /** Why it is not there. */
  readonly reason: MissReason;
}

/** Answer of {@linkcode Ring.at}. */
export type RingAnswer<S> = RingHit<S> | RingMiss;

/**
 * The states of the last `size` frames, as a game server keeps them for lag compensation.
 *
 * The window is `(newest - size, newest]` in frames, whether or not each of them was pushed. Each
 * slot keeps the frame that it holds, so two frames of one slot, or frame 0, cannot be mistaken
 * for one another: a gap in the window answers `never`, a frame before the window `evicted`.
 *
 * Pushing the newest frame again replaces its state. Pushing an older frame that is still in the
 * window fills or replaces it; one that is older than the window is refused. Frames compare as
 * sequence numbers, so a ring goes on across 2^32.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Ring } from "@hindcast/hindcast";
 *
 * const ring = new Ring<string>(2);
 * ring.push(10, "a");
 * ring.push(11, "b");
 * ring.push(13, "c");
 * assert.deepEqual(ring.at(13), { found: true, frame: 13, state: "c" });
 * assert.deepEqual(ring.at(12), { found: false, frame: 12, reason: "never" });
 * assert.deepEqual(ring.at(11), { found: false, frame: 11, reason: "evicted" });
 * ```
 */
export class Ring<S> {
  /** Number of frames in the window. */
  readonly size: number;
  readonly #states: (S | undefined)[];
  /** Frame in each slot, as a signed word; in an empty one, a frame far from the window. */
  readonly #frames: Int32Array;
  /** Answers of `at` that were given, so that asking again allocates nothing. */
  readonly #hits: (RingHit<S> | undefined)[];
  #newest = 0;
  #newestSlot = 0;
  #first = 0;
  #isEmpty = true;

  /**
   * Empty ring.
   *
   * @param size frames in the window, 1 to 2^24
   * @throws {RangeError} for another size
   */
  constructor(size: number) {
    assertInteger("Ring size", size, 1, RING_SIZE_MAX);
    this.size = size;
    this.#states = new Array<S | undefined>(size).fill(undefined);
    this.#hits = new Array<RingHit<S> | undefined>(size).fill(undefined);
    this.#frames = new Int32Array(size).fill(FAR);
  }

  /** Newest frame that was pushed; undefined while the ring is empty. */
  get newest(): Frame | undefined {
    return this.#isEmpty ? undefined : this.#newest;
  }

  /** Oldest frame that the ring still holds; undefined while it is empty. */
  get oldest(): Frame | undefined {
    if (this.#isEmpty) return undefined;
    for (let back = this.size - 1; back > 0; back--) {
      const frame = (this.#newest - back) >>> 0;
      if (this.#frames[this.#slot(back)] === (frame | 0)) return frame;
    }
    return this.#newest;
  }

  /**
   * Keeps the state of a frame.
   *
   * @returns the state that had to make room, which the caller may use again
   * @throws {RangeError} when the frame is none, or is older than the window
   */
  push(frame: Frame, state: S): S | undefined {
    assertFrame(frame);
    if (this.#isEmpty) {
      this.#isEmpty = false;
      this.#first = this.#newest = frame;
      this.#frames.fill(frame ^ FAR);
    }
    const ahead = frameDistance(frame, this.#newest);
    if (ahead <= -this.size) {
      throw new RangeError(
        `Cannot push frame ${frame}: the ring holds ${this.size} frames up to ${this.#newest}`,
      );
    }
    if (ahead > 0) {
      this.#vacate(Math.min(ahead, this.size), frame ^ FAR);
      this.#newest = frame;
      this.#newestSlot = (this.#newestSlot + ahead) % this.size;
      if (frameDistance(frame, this.#first) > HORIZON) this.#first = (frame - HORIZON) >>> 0;
    } else if (isNewer(this.#first, frame)) {
      this.#first = frame;
    }
    const slot = ahead > 0 ? this.#newestSlot : this.#slot(-ahead);
    const previous = this.#states[slot];
    this.#states[slot] = state;
    this.#hits[slot] = undefined;
    this.#frames[slot] = frame;
    return previous;
  }

  /**
   * State of exactly that frame, or why there is none.
   *
   * A frame older than the window is `evicted`, or `never` when it is older than the first frame
   * that was pushed (of the last 2^30 frames: further back, every frame is `never`).
   *
   * @throws {RangeError} when `frame` is no frame
   */
  at(frame: Frame): RingAnswer<S> {
    assertFrame(frame);
    const back = frameDistance(this.#newest, frame);
    if (back < 0 || back >= this.size) return this.#miss(frame);
    const slot = this.#slot(back);
    if (this.#frames[slot] !== (frame | 0)) return this.#miss(frame);
    return this.#hits[slot] ??= { found: true, frame, state: this.#states[slot]! };
  }

  /** As {@linkcode Ring.at}, without an allocation: the state, or undefined on a miss. */
  get(frame: Frame): S | undefined {
    // Written out, since calls would take as long as all the rest; below 0 is far above the size.
    const back = (this.#newest - frame) | 0;
    if (back >>> 0 >= this.size || frame >>> 0 !== frame) return undefined;
    const behind = this.#newestSlot - back;
    const slot = behind + (this.size & (behind >> 31));
    return this.#frames[slot] === (frame | 0) ? this.#states[slot] : undefined;
  }

  #miss(frame: Frame): RingMiss {
    const back = frameDistance(this.#newest, frame);
    const isEvicted = back >= this.size && !isNewer(this.#first, frame);
    const reason = this.#isEmpty ? "never" : back < 0 ? "future" : isEvicted ? "evicted" : "never";
    return { found: false, frame, reason };
  }

  /** Marks the next slots as empty: their frames leave the window, and may come again after 2^32. */
  #vacate(count: number, far: number): void {
    for (let next = 1; next <= count; next++) {
      this.#frames[(this.#newestSlot + next) % this.size] = far;
    }
  }

  /** Slot of the frame that is `back` frames before the newest, 0 <= back < size. */
  #slot(back: number): number {
    const slot = this.#newestSlot - back;
    // Without a branch, which looking up frames at random would mispredict.
    return slot + (this.size & (slot >> 31));
  }
}

/** Most states that a ring keeps. */
export const RING_SIZE_MAX: number = 1 << 24;

/** Frames back to which `never` can be told from `evicted`; half of what sequence compare spans. */
const HORIZON = 1 << 30;

/** Distance of a frame that is in no window from those that are. */
const FAR = 1 << 31;
