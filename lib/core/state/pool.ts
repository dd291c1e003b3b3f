/**
 * Things to be used again, last in, first out. An array would give its memory away each time that it
 * is emptied.
 */
export class Pool<T> {
  /** Number of things. */
  count: number = 0;
  readonly #items: (T | undefined)[] = [];

  /** Adds one. */
  push(item: T): void {
    this.#items[this.count++] = item;
  }

  /** Takes the newest out; undefined when there is none. */
  pop(): T | undefined {
    if (this.count === 0) return undefined;
    const item = this.#items[--this.count];
    this.#items[this.count] = undefined;
    return item;
  }

  /** The one at an index, 0 for the oldest. */
  at(index: number): T {
    return this.#items[index] as T;
  }
}
