import { nearestRank } from "./nearest_rank.ts";

/** Bits of a mantissa that tell buckets apart: each is 1/1024 of its power of two wide. */
const MANTISSA_BITS = 10;
const KEY_SHIFT = 20 - MANTISSA_BITS;
const SLOTS_MIN = 64;
const EMPTY = -1;

const VALUE = new Float64Array(1);
const WORDS = new Uint32Array(VALUE.buffer);
VALUE[0] = 1;
/** Where sign, exponent and the top of the mantissa lie. */
const HIGH_WORD = WORDS[1] === 0 ? 0 : 1;

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
  /** By slot, which bucket it is of: exponent and top of the mantissa. */
  #keys: Int32Array<ArrayBuffer> = new Int32Array(SLOTS_MIN).fill(EMPTY);
  /** By slot, how many values and the largest. */
  #counts: Float64Array<ArrayBuffer> = new Float64Array(2 * SLOTS_MIN);
  #used = 0;
  /** Leaves as many bits of a hash as there are slots for. */
  #hashShift = Math.clz32(SLOTS_MIN - 1);

  /** Adds a value, `times` times. @throws {RangeError} for one that is below 0 or no number */
  add(value: number, times: number = 1): void {
    if (!(value >= 0)) throw new RangeError(`value is ${value}, expected 0 or more`);
    this.count += times;
    this.sum += value * times;
    if (value > this.max) this.max = value;
    VALUE[0] = value;
    // The shift takes the sign of -0 off.
    const key = (WORDS[HIGH_WORD]! << 1) >>> (1 + KEY_SHIFT);
    const slot = this.#slotOf(key);
    const counts = this.#counts;
    counts[2 * slot]! += times;
    if (value > counts[2 * slot + 1]!) counts[2 * slot + 1] = value;
  }

  /** Mean; 0 without values. */
  get mean(): number {
    return this.count === 0 ? 0 : this.sum / this.count;
  }

  /**
   * Smallest value that at least the given share of all values do not exceed (nearest rank).
   *
   * @param shares each 0 to 1; 1 gives the maximum
   * @returns one value per share; zeros without values
   */
  quantiles(shares: readonly number[]): number[] {
    const sorted = this.sorted();
    return shares.map((share) => {
      const rank = nearestRank(share, this.count);
      let below = 0;
      for (const [value, times] of sorted) {
        below += times;
        if (below >= rank) return value;
      }
      return 0;
    });
  }

  /** Largest value and number of values of each bucket, ascending. */
  sorted(): [value: number, times: number][] {
    const pairs: [number, number][] = [];
    for (const [slot, key] of this.#keys.entries()) {
      if (key !== EMPTY) pairs.push([this.#counts[2 * slot + 1]!, this.#counts[2 * slot]!]);
    }
    return pairs.sort(([a], [b]) => a - b);
  }

  /** Slot of a bucket, which it gets when it has none. */
  #slotOf(key: number): number {
    const keys = this.#keys;
    const last = keys.length - 1;
    let slot = Math.imul(key, 0x9e3779b1) >>> this.#hashShift;
    while (keys[slot] !== key) {
      if (keys[slot] === EMPTY) {
        keys[slot] = key;
        if (++this.#used <= last >> 1) return slot;
        this.#grow();
        return this.#slotOf(key);
      }
      slot = (slot + 1) & last;
    }
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const counts = this.#counts;
    this.#keys = new Int32Array(2 * keys.length).fill(EMPTY);
    this.#counts = new Float64Array(2 * counts.length);
    this.#hashShift--;
    this.#used = 0;
    for (let slot = 0; slot < keys.length; slot++) {
      if (keys[slot] === EMPTY) continue;
      const to = this.#slotOf(keys[slot]!);
      this.#counts[2 * to] = counts[2 * slot]!;
      this.#counts[2 * to + 1] = counts[2 * slot + 1]!;
    }
  }
}
