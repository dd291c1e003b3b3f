import { Histogram } from "../spread/histogram.ts";

/** Stretches of time, in microseconds, in which a consumer was given no new state. */
export class Stretches {
  /** Those between two newly applied states, and all freezes. */
  readonly gapsUs: Histogram = new Histogram();
  /** How many freezes. */
  freezes: number = 0;
  /** Time of all freezes. */
  frozenUs: number = 0;
  /** Longest freeze. */
  longestUs: number = 0;
  readonly #freezeUs: number;

  /** No stretch yet; those of more than `freezeUs` are freezes. */
  constructor(freezeUs: number) {
    this.#freezeUs = freezeUs;
  }

  /**
   * Takes in a stretch.
   *
   * @param us its length as the consumer saw it
   * @param holesUs holes of the recording between the state before and the one after it
   * @param isGap true when there was a state before and one after it
   */
  add(us: number, holesUs: number, isGap: boolean): void {
    const lengthUs = holesUs > 0 ? us - holesUs : us;
    if (lengthUs > this.#freezeUs) this.#freeze(lengthUs);
    // What a hole leaves of a stretch says nothing of the gaps that the consumer sees.
    else if (!isGap || holesUs > 0) return;
    this.gapsUs.add(lengthUs);
  }

  #freeze(lengthUs: number): void {
    this.freezes++;
    this.frozenUs += lengthUs;
    if (lengthUs > this.longestUs) this.longestUs = lengthUs;
  }
}
