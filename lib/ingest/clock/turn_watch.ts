import { remedy } from "../../core/remedy.ts";
import type { InputNote } from "../input/input_note.ts";

/**
 * Watches the times of a counter that wraps: of one that goes round as a whole, nothing but the
 * time that passes is seen. The longest step tells it, since a step that is counted right has fewer
 * frames than one turn.
 */
export class TurnWatch {
  readonly #bits: number;
  #frame = 0;
  #timeMs = 0;
  #isFresh = true;
  /** The longest step so far: its frames, and the time between them in milliseconds. */
  #from = 0;
  #to = 0;
  #passedMs = 0;

  /** Watch before the first frame of a counter of so many bits. */
  constructor(bits: number) {
    this.#bits = bits;
  }

  /** Adds a frame that is later than the one before. */
  add(frame: number, timeMs: number): void {
    const passedMs = timeMs - this.#timeMs;
    if (!this.#isFresh && passedMs > this.#passedMs) {
      this.#from = this.#frame;
      this.#to = frame;
      this.#passedMs = passedMs;
    }
    this.#frame = frame;
    this.#timeMs = timeMs;
    this.#isFresh = false;
  }

  /** Goes on to a session whose first frame no step leads to. */
  restart(): void {
    this.#isFresh = true;
  }

  /** Note on a step in which the counter may have gone round. @param frameMs time of most frames */
  notes(frameMs: number): InputNote[] {
    const counted = this.#to - this.#from;
    const fitting = Math.round(this.#passedMs / frameMs);
    // Half a turn more is nearer to a whole one than to none.
    if (!(fitting - counted >= 2 ** this.#bits / 2)) return [];
    return [{
      code: "lost-turn",
      problem: `${
        Math.round(this.#passedMs)
      } ms pass from frame ${this.#from} to ${this.#to}, in which ${fitting} frames fit: a counter of ${this.#bits} bits may have gone round unseen`,
      remedy: remedy`if it did, number the frames with more bits, or record what follows by itself`,
    }];
  }
}
