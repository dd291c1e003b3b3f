import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import type { InputNote } from "../input/input_note.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";
import type { FrameCounting } from "./frame_counter.ts";
import { MixedWatch } from "./mixed_watch.ts";

/** Frames that a shuffled line is late by, where a server that starts again is late by more. */
const SHUFFLED_FRAMES = 3;
/** Restarts that are too few to call an input shuffled. */
const SHUFFLED_MIN = 2;
/** Counts before and after a wrap between which no more frames are missing than that. */
export const WRAP_FRAMES: number = 16;

const SORT = remedy`sort the input by frame`;

/** Watches where frames go back: to a new session, or since lines are out of order or mixed. */
export class SessionNotes {
  readonly #bits: number | undefined;
  readonly #offset: number;
  readonly #mixed = new MixedWatch();
  /** Restarts, and those that are as short as a shuffled line. */
  #restarts = 0;
  #short = 0;
  /** Most frames that are missing where the counter wrapped, and times do not tell whether it did. */
  #missing = 0;

  /** No frames yet. */
  constructor({ bits, offset = 0 }: FrameCounting) {
    this.#bits = bits;
    this.#offset = offset;
  }

  /** True where lines of several games seem to be mixed. */
  get isMixed(): boolean {
    return this.#mixed.isMixed;
  }

  /** Goes on to a frame of the same session. */
  add(frame: number): void {
    this.#mixed.add(frame);
  }

  /** Goes on to the first frame of another session. @param before last one of the session before */
  restart(frame: number, before: number): void {
    this.#restarts++;
    if (before - frame <= SHUFFLED_FRAMES) this.#short++;
    this.#mixed.restart(frame);
  }

  /** Adds a wrap that may be a restart as well. @param missing frames between its two frames */
  addWrap(missing: number): void {
    this.#missing = Math.max(this.#missing, missing);
  }

  /** Refuses a session more than are told apart. @throws {RowFault} */
  assertAnother(sessions: number, key: string): void {
    if (sessions + 1 < INPUT_LIMITS.sessions) return;
    throw new RowFault(
      `the frame goes backwards for the ${INPUT_LIMITS.sessions}th time, at most ${INPUT_LIMITS.sessions} sessions are told apart`,
      SORT,
      { path: key, part: "value" },
      { code: "frame-back", field: key },
    );
  }

  /** What to do about a frame that goes back. @param count what the input says it is */
  remedyFor(before: number, count: number): Remedy {
    const split = remedy`${SORT}, or give ${
      optionKey("onRestart")
    } split to record each session by itself`;
    if (this.#bits !== undefined) {
      return remedy`${split}; a gap of more than ${2 ** this.#bits / 2} frames reads so as well`;
    }
    const last = before - this.#offset;
    const bits = [8, 16].find((bits) => {
      const ahead = count + 2 ** bits - last;
      return last < 2 ** bits && ahead > 0 && ahead <= WRAP_FRAMES;
    });
    if (bits === undefined) return split;
    return remedy`${split}, or give ${optionKey("frameBits")} ${bits} if the counter has so many`;
  }

  #wrapNote(): InputNote {
    return {
      code: "wide-wrap",
      problem:
        `the frame counter went back, which is taken for a wrap with ${this.#missing} frames missing, and no time tells whether it started anew`,
      remedy: remedy`if it did, leave out ${optionKey("frameBits")} and give ${
        optionKey("onRestart")
      } split`,
    };
  }

  /** Notes on sessions that look like lines out of order, and on wraps that may be restarts. */
  notes(): InputNote[] {
    const isShuffled = this.#restarts >= SHUFFLED_MIN && this.#short * 2 > this.#restarts;
    const notes = this.#missing === 0 ? [] : [this.#wrapNote()];
    if (this.isMixed) return [...notes, this.#mixed.note()];
    if (!isShuffled) return notes;
    return [...notes, {
      code: "many-sessions",
      problem:
        `the frame goes back ${this.#restarts} times, mostly by ${SHUFFLED_FRAMES} or less, which looks like lines out of order`,
      remedy: SORT,
    }];
  }
}
