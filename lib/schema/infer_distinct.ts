const bits64 = new Float64Array(1);
const words64 = new Int32Array(bits64.buffer);
const integers64 = new BigUint64Array(1);
const wordsOfIntegers = new Int32Array(integers64.buffer);

/** Smallest integer that no number stands for alone. */
export const LARGE_MIN: bigint = 2n ** 53n;

// A NaN that no value has: -1 in both words.
const EMPTY = -1;

/** Memory that the counters of one stream may use together, in values that they hold. */
export class DistinctBudget {
  /** Values that may still be added. */
  remaining: number;

  /** Budget of that many values, 16 to 32 bytes each. */
  constructor(values: number) {
    this.remaining = values;
  }
}

/**
 * Exact count of distinct numbers up to a cap: a hash table of bit patterns, so that 0 and -0
 * differ, without an allocation per value.
 */
export class DistinctNumbers {
  /** Distinct numbers so far; at least so many once {@linkcode DistinctNumbers.isExact} is false. */
  count: number = 0;
  /** False once a number was met that could not be kept. */
  isExact: boolean = true;
  readonly #max: number;
  readonly #budget: DistinctBudget;
  #table: Int32Array = new Int32Array(32).fill(EMPTY);
  #last: number = NaN;

  /**
   * Counter of no numbers.
   *
   * @param max numbers that are kept at most
   */
  constructor(max: number, budget: DistinctBudget) {
    this.#max = max;
    this.#budget = budget;
  }

  /** True when the budget ended the count, and not the cap. */
  get isCut(): boolean {
    return !this.isExact && this.count < this.#max;
  }

  /** Counts a number. @returns false when it was counted before; true also when nobody knows */
  add(value: number): boolean {
    if (!this.isExact) return true;
    if (value === this.#last && value !== 0) return false;
    this.#last = value;
    bits64[0] = value === value ? value : NaN;
    return this.#addWords(words64[0]!, words64[1]!);
  }

  /** As {@linkcode DistinctNumbers.add}, of an integer from 2^53 to 2^64 - 1, of which all others are. */
  addLarge(value: bigint): boolean {
    if (!this.isExact) return true;
    // Less what no value has, so that none is the empty slot.
    integers64[0] = value - LARGE_MIN;
    return this.#addWords(wordsOfIntegers[0]!, wordsOfIntegers[1]!);
  }

  #addWords(a: number, b: number): boolean {
    const table = this.#table;
    const slots = table.length / 2;
    let slot = hash(a, b) & (slots - 1);
    while (table[2 * slot] !== EMPTY || table[2 * slot + 1] !== EMPTY) {
      if (table[2 * slot] === a && table[2 * slot + 1] === b) return false;
      slot = (slot + 1) & (slots - 1);
    }
    if (this.count >= this.#max || this.#budget.remaining <= 0) {
      this.isExact = false;
      this.#budget.remaining += this.count;
      this.#table = new Int32Array(0);
      return true;
    }
    this.#budget.remaining--;
    table[2 * slot] = a;
    table[2 * slot + 1] = b;
    if (++this.count > slots >> 1) this.#grow();
    return true;
  }

  #grow(): void {
    const old = this.#table;
    const table = new Int32Array(old.length * 2).fill(EMPTY);
    const slots = table.length / 2;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i] === EMPTY && old[i + 1] === EMPTY) continue;
      let slot = hash(old[i]!, old[i + 1]!) & (slots - 1);
      while (table[2 * slot] !== EMPTY || table[2 * slot + 1] !== EMPTY) {
        slot = (slot + 1) & (slots - 1);
      }
      table[2 * slot] = old[i]!;
      table[2 * slot + 1] = old[i + 1]!;
    }
    this.#table = table;
  }
}

// Finalizer of MurmurHash3: small integers differ only in the high bits of a double.
function hash(a: number, b: number): number {
  let h = a ^ Math.imul(b, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
