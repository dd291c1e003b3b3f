import type { Histogram } from "./histogram.ts";

/** Largest value that is counted. */
export const WHOLE_MAX = 2 ** 31 - 1;

/** Bits below the highest that tell buckets apart, as in a {@linkcode Histogram}. */
const BITS = 10;
const BUCKETS = (31 - BITS + 1) << BITS;

/**
 * Counts of whole numbers from 0 to {@linkcode WHOLE_MAX}, by the buckets of a
 * {@linkcode Histogram}: in more memory, and for a part of its time where there are many.
 */
export class WholeCounts {
  /** By bucket, how many values and the largest. */
  readonly #counts: Float64Array = new Float64Array(2 * BUCKETS);

  /** Adds a value, which is not checked. */
  add(value: number): void {
    // Below 2^11 each value has a bucket of its own, above it each power of two has 2^10.
    const shift = Math.max(0, 31 - BITS - Math.clz32(value));
    const at = 2 * ((shift << BITS) + (value >>> shift));
    const counts = this.#counts;
    counts[at]!++;
    if (value > counts[at + 1]!) counts[at + 1] = value;
  }

  /** Adds all values to a histogram, where those of a bucket count as the largest of them. */
  addTo(histogram: Histogram): void {
    for (let at = 0; at < this.#counts.length; at += 2) {
      const times = this.#counts[at]!;
      if (times > 0) histogram.add(this.#counts[at + 1]!, times);
    }
  }
}
