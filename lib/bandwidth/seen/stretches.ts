import { Histogram } from "../spread/histogram.ts";

/** Microseconds of the longest gap that is counted by itself, which is a few times as fast. */
const SHORT_US = 2 ** 17 - 1;

/** Stretches of time, in microseconds, in which a consumer was given no new state. */
export class Stretches {
  /** How many freezes. */
  freezes: number = 0;
  /** Time of all freezes. */
  frozenUs: number = 0;
  /** Longest freeze. */
  longestUs: number = 0;
  readonly #freezeUs: number;
  readonly #shortUs: number;
  /** Counts of gaps of up to `#shortUs`, by their length. */
  readonly #short: Float64Array;
  readonly #long: Histogram = new Histogram();

  /** No stretch yet; those of more than `freezeUs` are freezes. */
  constructor(freezeUs: number) {
    this.#freezeUs = freezeUs;
    this.#shortUs = Math.min(SHORT_US, freezeUs);
    this.#short = new Float64Array(this.#shortUs + 1);
  }

  /**
   * Takes in a stretch.
   *
   * @param us its length as the consumer saw it
   * @param holesUs holes of the recording between the state before and the one after it
   * @param isGap true when there was a state before and one after it
   */
  add(us: number, holesUs: number, isGap: boolean): void {
    const lengthUs = us - holesUs;
    if (lengthUs > this.#freezeUs) this.#freeze(lengthUs);
    // What a hole leaves of a stretch says nothing of the gaps that the consumer sees.
    else if (isGap && holesUs === 0) this.addGap(us);
  }

  /** Takes in a stretch between two newly applied states without a hole of the recording. */
  addGap(us: number): void {
    if (us <= this.#shortUs) this.#short[us]!++;
    else if (us <= this.#freezeUs) this.#long.add(us);
    else this.#freeze(us);
  }

  /** Those between two newly applied states, and all freezes. */
  gapsUs(): Histogram {
    const all = new Histogram();
    for (const [us, times] of this.#long.sorted()) all.add(us, times);
    this.#short.forEach((times, us) => {
      if (times > 0) all.add(us, times);
    });
    return all;
  }

  #freeze(lengthUs: number): void {
    this.freezes++;
    this.frozenUs += lengthUs;
    if (lengthUs > this.longestUs) this.longestUs = lengthUs;
    this.#long.add(lengthUs);
  }
}
