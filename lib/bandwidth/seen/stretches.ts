import { Histogram } from "../spread/histogram.ts";
import { WHOLE_MAX, WholeCounts } from "../spread/whole_counts.ts";

/** Stretches of time, in microseconds, in which a consumer was given no new state. */
export class Stretches {
  /** How many freezes. */
  freezes: number = 0;
  /** Time that holes of the recording take off the stretches. */
  leftOutUs: number = 0;
  /** Time of all freezes. */
  frozenUs: number = 0;
  /** Longest freeze. */
  longestUs: number = 0;
  readonly #freezeUs: number;
  /** Longest gap that is among the short ones. */
  readonly #shortUs: number;
  readonly #short: WholeCounts = new WholeCounts();
  /** Freezes, and gaps that are too long for the others. */
  readonly #long: Histogram = new Histogram();

  /** No stretch yet; those of more than `freezeUs` are freezes. */
  constructor(freezeUs: number) {
    this.#freezeUs = freezeUs;
    this.#shortUs = Math.min(freezeUs, WHOLE_MAX);
  }

  /**
   * Takes in a stretch.
   *
   * @param us its length as the consumer saw it
   * @param holesUs holes of the recording between the state before and the one after it
   * @param isGap true when there was a state before and one after it
   * @returns its length without the holes where it is a freeze, else 0
   */
  add(us: number, holesUs: number, isGap: boolean): number {
    // What comes late into a hole may leave a stretch that is shorter than the hole.
    const lengthUs = Math.max(0, us - holesUs);
    this.leftOutUs += us - lengthUs;
    if (lengthUs > this.#freezeUs) return this.#freeze(lengthUs);
    // What a hole leaves of a stretch says nothing of the gaps that the consumer sees.
    return isGap && holesUs === 0 ? this.addGap(us) : 0;
  }

  /**
   * Takes in a stretch between two newly applied states without a hole of the recording.
   *
   * @returns its length where it is a freeze, else 0
   */
  addGap(us: number): number {
    if (us <= this.#shortUs) this.#short.add(us);
    else if (us <= this.#freezeUs) this.#long.add(us);
    else return this.#freeze(us);
    return 0;
  }

  /** Those between two newly applied states, and all freezes. */
  gapsUs(): Histogram {
    const all = new Histogram();
    this.#short.addTo(all);
    for (const [us, times] of this.#long.sorted()) all.add(us, times);
    return all;
  }

  #freeze(lengthUs: number): number {
    this.freezes++;
    this.frozenUs += lengthUs;
    if (lengthUs > this.longestUs) this.longestUs = lengthUs;
    this.#long.add(lengthUs);
    return lengthUs;
  }
}
