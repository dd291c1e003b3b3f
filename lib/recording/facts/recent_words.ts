const SLOT_BITS_MAX = 12;

/** Values of a column that came lately, by their words: one for each slot, up to 4096 of them. */
export class RecentWords {
  readonly #lows = new Int32Array(1 << SLOT_BITS_MAX);
  readonly #highs = new Int32Array(1 << SLOT_BITS_MAX);
  #shift = 32 - SLOT_BITS_MAX;

  /** Forgets all. @param count number of values to come, of which a few need few slots */
  clear(count: number): this {
    const bits = Math.min(Math.max(1, 32 - Math.clz32(count)), SLOT_BITS_MAX);
    this.#shift = 32 - bits;
    this.#lows.fill(0, 0, 1 << bits);
    this.#highs.fill(0, 0, 1 << bits);
    // Zeros are at home in the first slot alone, which therefore holds something else.
    this.#lows[0] = 1;
    return this;
  }

  /** Adds the one or two words of a value. @returns false when it is known to have come before */
  add(low: number, high: number): boolean {
    // The upper bits of a product, which all bits of the words have a part in.
    const slot = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> this.#shift;
    if (this.#lows[slot] === low && this.#highs[slot] === high) return false;
    this.#lows[slot] = low;
    this.#highs[slot] = high;
    return true;
  }
}
