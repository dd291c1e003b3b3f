import type { EntityRows } from "./entity_rows.ts";
import { Pool } from "./pool.ts";
import type { RowLayout } from "./row_layout.ts";

/**
 * Rows that views share, each kept while a view refers to it; then its memory is used again. A row
 * is named by its first word, and does not change: two views that name the same show the same.
 *
 * @internal
 */
export class RowStore {
  /** All rows; another array once they outgrow it, which no longer gets new ones. */
  words: Int32Array = new Int32Array(1024);
  /** References of each row, by a quarter of its first word. */
  #references: Uint32Array = new Uint32Array(256);
  #wordCount = 0;
  readonly #released: Pool<number> = new Pool();
  readonly #releasedStrides: Pool<number> = new Pool();
  /** Rows that may be given out again, by a quarter of their words. */
  readonly #free: Pool<number>[] = [];

  /** Makes the rows of a view shared ones, to which it refers. */
  take(view: EntityRows): void {
    if (!view.isPacked) return;
    for (let i = 0; i < view.count; i++) {
      view.rows[i] = this.add(view.layoutOf(i), view.words, view.rows[i]!);
    }
    view.words = this.words;
    view.isPacked = false;
  }

  /** Refers to the rows of a view once more. */
  retainAll(view: EntityRows): void {
    for (let i = 0; i < view.count; i++) this.#references[view.rows[i]! >>> 2]!++;
    view.words = this.words;
    view.isPacked = false;
  }

  /** Gives up the references of a view. */
  releaseAll(view: EntityRows): void {
    if (view.isPacked) return;
    for (let i = 0; i < view.count; i++) this.release(view.layoutOf(i), view.rows[i]!);
  }

  /** Copies the row at `words[at]` in; the caller refers to it. */
  add({ stride }: RowLayout, words: Int32Array, at: number): number {
    const row = this.#free[stride >>> 2]?.pop() ?? this.#grow(stride);
    const to = this.words;
    for (let w = 0; w < stride; w++) to[row + w] = words[at + w]!;
    this.#references[row >>> 2] = 1;
    return row;
  }

  /** Refers to a row once more. */
  retain(row: number): void {
    this.#references[row >>> 2]!++;
  }

  /** Gives up one reference. */
  release({ stride }: RowLayout, row: number): void {
    if (--this.#references[row >>> 2]! > 0) return;
    this.#released.push(row);
    this.#releasedStrides.push(stride);
  }

  /** Lets rows be given out again that nobody refers to; who noted their names forgets them. */
  recycle(): void {
    while (this.#released.count > 0) {
      const row = this.#released.pop()!;
      (this.#free[this.#releasedStrides.pop()! >>> 2] ??= new Pool()).push(row);
    }
  }

  #grow(stride: number): number {
    const row = this.#wordCount;
    this.#wordCount += stride;
    if (this.#wordCount > this.words.length) {
      const words = new Int32Array(this.words.length * 2);
      words.set(this.words);
      this.words = words;
      const references = new Uint32Array(words.length >>> 2);
      references.set(this.#references);
      this.#references = references;
    }
    return row;
  }
}
