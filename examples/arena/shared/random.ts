/**
 * Numbers that look random and are the same for the same seed, on every runtime: Marsaglia's
 * xorshift of 32 bits.
 */
export class Random {
  #state: number;

  /** @param seed any integer */
  constructor(seed: number) {
    // A state of 0 would stay 0; the multiplication parts seeds that are neighbours.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) | 0 || 1;
  }

  /** Next number, 0 <= x < 1. */
  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) / 2 ** 32;
  }

  /** Next number between two others. */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }
}
