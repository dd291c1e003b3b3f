import type { RunSeconds } from "./run_seconds.ts";

/** Position errors that were added up since they were taken last. */
export type TakeErrors = () => {
  readonly count: number;
  readonly sum: number;
  readonly max: number;
};

/** Notes how far off positions are drawn, second by second. */
export class SecondErrors {
  readonly #seconds: RunSeconds;
  readonly #take: TakeErrors;
  #second = 0;

  /** No second yet. */
  constructor(seconds: RunSeconds, take: TakeErrors) {
    this.#seconds = seconds;
    this.#take = take;
  }

  /** Goes on to a time; what was added up belongs before it. */
  reach(nowUs: number): void {
    const second = this.#seconds.of(nowUs);
    if (second !== this.#second) this.end();
    this.#second = second;
  }

  /** Notes the errors of the second at hand. */
  end(): void {
    const { count, sum, max } = this.#take();
    if (count === 0) return;
    const notes = this.#seconds.note(this.#second);
    notes.positions += count;
    notes.positionErrors += sum;
    notes.positionErrorMax = Math.max(notes.positionErrorMax, max);
  }
}
