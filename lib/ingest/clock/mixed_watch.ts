import { remedy } from "../../core/remedy.ts";
import type { InputNote } from "../input/input_note.ts";

/** Restarts that are too few to tell how they come about. */
const RESTARTS_MIN = 3;
/** One in so many restarts leads from game to game at least, however many games are mixed. */
const SHARE = 3;
/** Frames that a restart goes back by at least; by less, lines may be out of order. */
const BACK_MIN = 4;

/**
 * Watches for the lines of several games in one input. They go forward by a leap, to the frames of
 * another game, and back by as much, behind where the session before began; a server that starts
 * again leaps nowhere.
 */
export class MixedWatch {
  /** First and last frame of the session, and its longest step, in frames. */
  #first = 0;
  #last: number | undefined;
  #leap = 0;
  #restarts = 0;
  #mixed = 0;

  /** True where most restarts lead back to the frames of another game. */
  get isMixed(): boolean {
    return this.#restarts >= RESTARTS_MIN && this.#mixed * SHARE >= this.#restarts;
  }

  /** Goes on to a frame of the same session. */
  add(frame: number): void {
    if (this.#last === undefined) this.#first = frame;
    else this.#leap = Math.max(this.#leap, frame - this.#last);
    this.#last = frame;
  }

  /** Goes on to the first frame of another session. */
  restart(frame: number): void {
    const back = this.#last! - frame;
    this.#restarts++;
    if (frame > this.#first && back >= BACK_MIN && this.#leap * 2 > back) this.#mixed++;
    this.#first = frame;
    this.#last = frame;
    this.#leap = 0;
  }

  /** Note on lines of several games. */
  note(): InputNote {
    return {
      code: "mixed-games",
      problem:
        `the frame leaps to and fro, back ${this.#restarts} times, so lines of several games seem to be mixed`,
      remedy:
        remedy`record each by itself, by what tells them apart, as jq -c 'select(.room == "a")' does`,
    };
  }
}
