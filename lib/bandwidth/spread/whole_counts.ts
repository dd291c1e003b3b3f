import type { Histogram } from "./histogram.ts";

/** Largest value that is counted. */
export const WHOLE_MAX = 2 ** 31 - 1;

/** Bits below the highest that tell buckets apart, as in a {@linkcode Histogram}. */
const BITS = 10;
const BUCKETS = (31 - BITS + 1) << BITS;

/** Largest count that is kept in 32 bits. */
const COUNT_MAX = 2 ** 31 - 1;

/**
 * Counts of whole numbers from 0 to {@linkcode WHOLE_MAX}, by the buckets of a
 * {@linkcode Histogram}: in more memory, and for a part of its time where there are many.
 */
export class WholeCounts {
  /** By bucket, how many values and the largest. */
  readonly #counts: Int32Array = new Int32Array(2 * BUCKETS);
  readonly #countMax: number;
  /** By bucket, how many values more; undefined while counts are small. */
  #more: Float64Array | undefined;

  /** No value yet; counts above `countMax`, 2^31 - 1 at most, take memory of their own. */
  constructor(countMax: number = COUNT_MAX) {
    this.#countMax = countMax;
  }

  /** Adds a value, which is not checked. */
  add(value: number): void {
    const whole = value | 0;
    // Below 2^11 each value has a bucket of its own, above it each power of two has 2^10.
    const shift = 31 - BITS - Math.clz32(whole | (1 << BITS));
    const at = 2 * ((shift << BITS) + (whole >>> shift));
    const counts = this.#counts;
    if (++counts[at]! === this.#countMax) this.#empty(at);
    if (whole > counts[at + 1]!) counts[at + 1] = whole;
  }

  /** Adds all values to a histogram, where those of a bucket count as the largest of them. */
  addTo(histogram: Histogram): void {
    for (let at = 0; at < this.#counts.length; at += 2) {
      const times = this.#counts[at]! + (this.#more?.[at >> 1] ?? 0);
      if (times > 0) histogram.add(this.#counts[at + 1]!, times);
    }
  }

  #empty(at: number): void {
    this.#more ??= new Float64Array(BUCKETS);
    this.#more[at >> 1]! += this.#counts[at]!;
    this.#counts[at] = 0;
  }
}
