/** Words that are kept for the next block; a frame of ever so many is rare. */
const WORDS_KEPT = 1 << 21;

/**
 * Memory for the words that one block needs after another, used again: nothing is allocated, and
 * nothing collected, while a stream runs on.
 */
export class WordArena {
  #words = new Int32Array(1 << 12);
  #used = 0;

  /** Words that are taken. */
  get used(): number {
    return this.#used;
  }

  /** Words of any value, until they are given back. */
  take(count: number): Int32Array {
    const from = this.#used;
    this.#used += count;
    // What was taken before goes on in the memory that it has.
    if (this.#used > this.#words.length) this.#words = new Int32Array(this.#used * 2);
    return this.#words.subarray(from, this.#used);
  }

  /** Gives back the words that were taken since. @param used what `used` was then */
  giveBack(used: number): void {
    this.#used = used;
    if (used === 0 && this.#words.length > WORDS_KEPT) this.#words = new Int32Array(WORDS_KEPT);
  }
}
