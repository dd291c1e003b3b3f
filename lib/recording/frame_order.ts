import { shownValue } from "../core/shown_value.ts";
import type { FrameHead } from "../core/state/state.ts";
import { assertFrame, isNewer } from "../core/time/frame.ts";

/** Counts the frames of a recording, which go forward and around 2^32 once at most. */
export class FrameOrder {
  /** Number of frames. */
  count = 0;
  /** Time of the last frame in milliseconds. */
  lastTimeMs = 0;
  #lastFrame = 0;
  #span = 0;

  /** Refuses a frame that may not come next. @throws {RangeError} {TypeError} for what is none */
  assertFollows(head: FrameHead): void {
    if (typeof head !== "object" || head === null) {
      throw new TypeError(
        `Cannot record a frame: it is ${shownValue(head)}, expected one with frame and timeMs`,
      );
    }
    const { frame, timeMs } = head;
    assertFrame(frame);
    if (!Number.isFinite(timeMs)) {
      throw new RangeError(
        `Cannot record frame ${frame}: its time is ${shownValue(timeMs)}, expected ms`,
      );
    }
    if (this.count === 0) return;
    if (!isNewer(frame, this.#lastFrame)) {
      throw new RangeError(
        `Cannot record frame ${frame} after ${this.#lastFrame}: frames must go forward, by less than 2^31 at once`,
      );
    }
    if (this.#span + this.#step(frame) > 0xffffffff) {
      throw new RangeError(`Cannot record frame ${frame}: frames went around 2^32 once already`);
    }
  }

  /** Counts a frame that was taken. */
  add({ frame, timeMs }: FrameHead): void {
    if (this.count > 0) this.#span += this.#step(frame);
    this.count++;
    this.#lastFrame = frame;
    this.lastTimeMs = timeMs;
  }

  #step(frame: number): number {
    return (frame - this.#lastFrame) >>> 0;
  }
}
