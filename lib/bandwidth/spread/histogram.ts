import { quantilesOf } from "./nearest_rank.ts";

/** Bits of a mantissa that tell buckets apart: each is 1/1024 of its power of two wide. */
const MANTISSA_BITS = 10;
const KEY_SHIFT = 20 - MANTISSA_BITS;
const SLOTS_MIN = 64;

const VALUE = new Float64Array(1);
const WORDS = new Int32Array(VALUE.buffer);
VALUE[0] = 1;
/** Where sign, exponent and the top of the mantissa lie. */
const HIGH_WORD = WORDS[1] === 0 ? 0 : 1;
/** Where they lie of the largest value of a slot, in words. */
const SLOT_HIGH = 2 + HIGH_WORD;

/**
 * Counts of values that are 0 or more, in memory that grows with how far they spread and not with
 * how many they are: values that differ by less than 0.1 % share a bucket, which remembers the
 * largest of them. Number, sum and maximum are exact, and a quantile is where its bucket holds one
 * distinct value; elsewhere it is at most 0.1 % too large.
 */
export class Histogram {
  /** Number of values. */
  count: number = 0;
  /** Sum of the values. */
  sum: number = 0;
  /** Largest value; 0 without values. */
  max: number = 0;
  /**
   * By slot, how many values and the largest of them, which says by its highest bits which bucket the
   * slot is of: so all of a slot lies next to each other, in memory that is seldom in a cache.
   */
  #slots: Float64Array<ArrayBuffer> = new Float64Array(2 * SLOTS_MIN);
  /** The same as words. */
  #words: Int32Array<ArrayBuffer> = new Int32Array(this.#slots.buffer);
  #used = 0;
  /** Leaves as many bits of a hash as there are slots for. */
  #hashShift = Math.clz32(SLOTS_MIN - 1);

  /** Adds a value, `times` times, above 0. @throws {RangeError} for one that is below 0 or no number */
  add(value: number, times: number = 1): void {
    if (!(value >= 0)) throw new RangeError(`value is ${value}, expected 0 or more`);
    this.count += times;
    this.sum += value * times;
    if (value > this.max) this.max = value;
    // Takes the sign of -0 off.
    VALUE[0] = value + 0;
    const key = WORDS[HIGH_WORD]! >>> KEY_SHIFT;
    const words = this.#words;
    const slots = this.#slots;
    const last = (slots.length >> 1) - 1;
    let slot = Math.imul(key, 0x9e3779b1) >>> this.#hashShift;
    while (words[4 * slot + SLOT_HIGH]! >>> KEY_SHIFT !== key || slots[2 * slot] === 0) {
      if (slots[2 * slot] === 0) {
        slots[2 * slot] = times;
        slots[2 * slot + 1] = value + 0;
        if (++this.#used > last >> 1) this.#grow();
        return;
      }
      slot = (slot + 1) & last;
    }
    slots[2 * slot]! += times;
    if (value > slots[2 * slot + 1]!) slots[2 * slot + 1] = value;
  }

  /** Mean; 0 without values. Where the sum is beyond the largest double, at most 0.1 % too large. */
  get mean(): number {
    if (this.count === 0) return 0;
    if (this.sum < Infinity) return this.sum / this.count;
    const parts = this.sorted().reduce(
      (sum, [value, times]) => sum + value * (times / this.count),
      0,
    );
    return Math.min(this.max, parts);
  }

  /**
   * Smallest value that at least the given share of all values do not exceed (nearest rank).
   *
   * @param shares each 0 to 1; 1 gives the maximum
   * @returns one value per share; zeros without values
   */
  quantiles(shares: readonly number[]): number[] {
    return quantilesOf(this.sorted(), this.count, shares);
  }

  /** Largest value and number of values of each bucket, ascending. */
  sorted(): [value: number, times: number][] {
    const pairs: [number, number][] = [];
    const slots = this.#slots;
    for (let at = 0; at < slots.length; at += 2) {
      if (slots[at]! > 0) pairs.push([slots[at + 1]!, slots[at]!]);
    }
    return pairs.sort(([a], [b]) => a - b);
  }

  #grow(): void {
    const slots = this.#slots;
    const last = slots.length - 1;
    this.#slots = new Float64Array(2 * slots.length);
    this.#words = new Int32Array(this.#slots.buffer);
    this.#hashShift--;
    for (let at = 0; at < slots.length; at += 2) {
      if (slots[at] === 0) continue;
      VALUE[0] = slots[at + 1]!;
      const key = WORDS[HIGH_WORD]! >>> KEY_SHIFT;
      let to = Math.imul(key, 0x9e3779b1) >>> this.#hashShift;
      while (this.#slots[2 * to] !== 0) to = (to + 1) & last;
      this.#slots[2 * to] = slots[at]!;
      this.#slots[2 * to + 1] = slots[at + 1]!;
    }
  }
}
