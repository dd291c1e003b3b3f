/** Nobody's turn. */
export const NOBODY = -1;
/** Values that may be compared for each consumer of the run in each recorded frame. */
const VALUES_A_CONSUMER = 0.15;
/** Consumers for whom that is the same: a run of few is short, and its looks should be many. */
const CONSUMERS_MIN = 1000;
/** Frames whose credit pays for a look, however much it compares. */
const FRAMES_MAX = 16;

/**
 * Who of a sample is looked at in which recorded frame: one at a time, by turns, so often that the
 * values compared stay in proportion to the consumers of the run, or to a thousand if it has fewer. How long a look is paid off is drawn
 * about that, so that looks fall in step with nothing that comes in periods.
 */
export class LookTurns {
  readonly #count: number;
  readonly #frameCredit: number;
  /** State of a linear congruential sequence; its upper bits are even. */
  #random: number;
  /** Values that may be compared. */
  #credit = 0;
  #frames = 0;
  #looks = 0;

  /**
   * Turns before the first frame.
   *
   * @param seed seed of the run
   * @param consumers consumers of the run
   * @param count how many of them are looked at
   */
  constructor(seed: number, consumers: number, count: number) {
    this.#count = count;
    this.#frameCredit = Math.max(consumers, CONSUMERS_MIN) * VALUES_A_CONSUMER;
    this.#random = Math.imul(seed + 1, 0x9e3779b1);
  }

  /** Recorded frames from one look at a consumer to its next, mean, rounded. */
  get everyFrames(): number {
    return Math.round(this.#count * this.#frames / Math.max(1, this.#looks));
  }

  /**
   * Takes in the next recorded frame.
   *
   * @returns place in the sample of who is looked at; {@linkcode NOBODY} for none
   */
  next(): number {
    this.#frames++;
    this.#credit = Math.min(this.#credit + this.#frameCredit, this.#frameCredit);
    return this.#credit > 0 ? this.#looks++ % this.#count : NOBODY;
  }

  /** Pays for a look at a frame of so many values, half of them up to one and a half times as many. */
  pay(values: number): void {
    this.#random = (Math.imul(this.#random, 1664525) + 1013904223) | 0;
    const part = 0.5 + (this.#random >>> 0) / 2 ** 32;
    this.#credit -= part * Math.min(values, FRAMES_MAX * this.#frameCredit);
  }
}
