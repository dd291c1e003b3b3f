/**
 * Running 64-bit fingerprint of words, the same on every runtime: two
 * 32-bit lanes of FNV-1a with different primes. It shows equality, it does not resist forgery.
 */
export class Fingerprint {
  #a = 0x811c9dc5 | 0;
  #b = 0x1b873593 | 0;

  /** Adds a 32-bit word. */
  word(value: number): void {
    this.#a = Math.imul(this.#a ^ value, 0x01000193);
    this.#b = Math.imul(this.#b ^ value ^ (this.#a >>> 15), 0x85ebca6b);
  }

  /** Adds the first words of an array, in order. */
  words(values: Int32Array, count: number): void {
    let a = this.#a;
    let b = this.#b;
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      a = Math.imul(a ^ value, 0x01000193);
      b = Math.imul(b ^ value ^ (a >>> 15), 0x85ebca6b);
    }
    this.#a = a;
    this.#b = b;
  }

  /** Adds a non-negative integer below 2^53, such as a time in microseconds. */
  integer(value: number): void {
    this.word(value | 0);
    this.word(Math.floor(value / 4294967296));
  }

  /** Adds the two words of another fingerprint. */
  add(other: Fingerprint): void {
    this.word(other.#a);
    this.word(other.#b);
  }

  /** Sixteen hexadecimal digits. */
  toString(): string {
    const hex = (lane: number) => (lane >>> 0).toString(16).padStart(8, "0");
    return hex(this.#a) + hex(this.#b);
  }
}
