import type { KindTable } from "../kinds/kind_table.ts";
import type { RowKeys } from "../rows/flat_row.ts";
import type { LineBatch } from "../rows/line_batch.ts";
import { KnownShapes } from "./known_shapes.ts";
import { RowShape } from "./row_shape.ts";
import { TextCache } from "./text_cache.ts";

/**
 * Reads rows of NDJSON that look like rows before them, from their bytes. What looks otherwise in
 * any way, or holds what has to be looked at more closely, is left to those who read all lines.
 */
export class PredictedRows {
  readonly #keys: RowKeys;
  readonly #isLearning: boolean;
  readonly #texts = new TextCache();
  readonly #shapes = new KnownShapes();

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
    const shape = this.#shapes.read(batch.bytes, batch.at, isOfKind);
    return shape !== undefined && batch.endsAt(this.#shapes.end) ? shape : undefined;
  }

  /** Learns the shape of the line at hand, a row that was taken. */
  learn({ bytes, at }: LineBatch, table: KindTable): void {
    if (!this.#isLearning) return;
    this.#shapes.learn(() => RowShape.of(bytes, at, () => table, this.#keys, this.#texts));
  }
}
