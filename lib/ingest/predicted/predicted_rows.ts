import type { KindTable } from "../kinds/kind_table.ts";
import type { RowKeys } from "../rows/flat_row.ts";
import type { LineBatch } from "../rows/line_batch.ts";
import { RowShape } from "./row_shape.ts";
import { TextCache } from "./text_cache.ts";

/** Shapes that are kept, and rows that are looked at for one. */
const SHAPES_MAX = 32;
const LOOKS_MAX = 256;

const NEWLINE = 10;
const RETURN = 13;

/**
 * Reads rows of NDJSON that look like rows before them, from their bytes. What looks otherwise in
 * any way, or holds what has to be looked at more closely, is left to those who read all lines.
 */
export class PredictedRows {
  readonly #keys: RowKeys;
  readonly #isLearning: boolean;
  readonly #texts = new TextCache();
  readonly #shapes: RowShape[] = [];
  #last: RowShape | undefined;
  #looks = 0;

  /** No rows so far. @param isLearning false for rows of which something is left out */
  constructor(keys: RowKeys, isLearning: boolean) {
    this.#keys = keys;
    this.#isLearning = isLearning;
  }

  /**
   * Reads the line at hand into the table of its kind.
   *
   * @param isOfKind tells whether a row that was read is of its shape's kind
   * @returns its shape; undefined when it is none that is known
   */
  read(batch: LineBatch, isOfKind: (shape: RowShape) => boolean): RowShape | undefined {
    const last = this.#last;
    if (last === undefined) return undefined;
    const expected = last.next;
    if (this.#reads(expected, batch, isOfKind)) return this.#last = expected;
    for (const shape of this.#shapes) {
      if (shape === expected || !this.#reads(shape, batch, isOfKind)) continue;
      last.next = shape;
      return this.#last = shape;
    }
    return undefined;
  }

  /** Learns the shape of the line at hand, a row that was taken. */
  learn({ bytes, at }: LineBatch, table: KindTable): void {
    if (!this.#isLearning || this.#shapes.length >= SHAPES_MAX || this.#looks >= LOOKS_MAX) return;
    this.#looks++;
    const shape = RowShape.of(bytes, at, table, this.#keys, this.#texts);
    if (shape === undefined) return;
    this.#shapes.push(shape);
    if (this.#last !== undefined) this.#last.next = shape;
    this.#last = shape;
  }

  #reads(shape: RowShape, batch: LineBatch, isOfKind: (shape: RowShape) => boolean): boolean {
    const { bytes } = batch;
    let end = shape.read(bytes, batch.at);
    if (end < 0) return false;
    if (bytes[end] === RETURN) end++;
    if (bytes[end] !== NEWLINE || !isOfKind(shape) || !shape.table.admits(shape.given)) {
      return false;
    }
    batch.lineEnd = end;
    return true;
  }
}
