import { optionKey, remedy } from "../../core/remedy.ts";
import type { FrameClock } from "./frame_clock.ts";
import type { FrameFormer } from "./frame_former.ts";
import type { FrameHead } from "../../core/state/state.ts";
import type { InputNote } from "../input/input_note.ts";

/** Steps between frames that are too few to tell how frames count. */
const STEPS_MIN = 2;

/**
 * Quiet frames of sparse input: those between two frames with rows, in which nothing changed. They
 * come out one by one, with the very states of the frame before.
 */
export class QuietFrames<T extends FrameHead> {
  readonly #clock: FrameClock;
  readonly #every: number | undefined;
  readonly #former: FrameFormer<T>;
  #before: T | undefined;
  #steps = 0;
  /** Greatest number that divides every step so far; 0 before the first. */
  #divisor = 0;
  #count = 0;

  /**
   * No frame so far.
   *
   * @param every step by which frames count; 1 when undefined
   */
  constructor(clock: FrameClock, every: number | undefined, former: FrameFormer<T>) {
    this.#clock = clock;
    this.#former = former;
    this.#every = every;
  }

  /** Quiet frames between the frame that was given last and this one, which is complete. */
  *before(next: T): Generator<T, void, void> {
    const before = this.#before;
    this.#before = next;
    if (before === undefined) return;
    this.#steps++;
    this.#divisor = commonDivisor(next.frame - before.frame, this.#divisor);
    const step = this.#every ?? 1;
    for (let frame = before.frame + step; frame < next.frame; frame += step) {
      this.#count++;
      const timeMs = this.#clock.timeBetween(before, next, frame);
      yield this.#former.repeat(before, { frame, timeMs });
    }
  }

  /** Goes on to a session, before whose first frame there is none. */
  restart(): void {
    this.#before = undefined;
  }

  /** Note on frames that seem to count by more than 1, though nobody said so. */
  note(): InputNote | undefined {
    const divisor = this.#divisor;
    if (this.#every !== undefined || this.#steps < STEPS_MIN || divisor < 2) return undefined;
    return {
      code: "frames-count-by",
      problem:
        `all frames with rows are a multiple of ${divisor} apart, and ${this.#count} quiet ` +
        `ones were put between: too many if frames count by ${divisor}`,
      remedy: remedy`give ${optionKey("every")} ${divisor}`,
    };
  }
}

function commonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
