import { RowLayout } from "./row_layout.ts";
import { assertSchema, type Schema } from "./schema.ts";
import { TextPool } from "./text_pool.ts";

/**
 * A schema with the row layout of each of its kinds; what all snapshots of a stream share.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "ship", fields: [{ name: "x", type: "i16" }] }],
 * });
 * const entities = [{ id: 7, kind: "ship", fields: { x: -3 } }];
 * const snapshot = Snapshot.of(layout, { frame: 1, timeMs: 50, entities });
 * assert.deepEqual(snapshot.entity(0), entities[0]);
 * ```
 */
export class SnapshotLayout {
  /** Schema that the layouts were made from. */
  readonly schema: Schema;
  /** One row layout per kind, in the schema's order. */
  readonly kinds: readonly RowLayout[];
  /** Texts of the `text` fields of all kinds. */
  readonly texts: TextPool = new TextPool();
  readonly #indexes: ReadonlyMap<string, number>;
  /** Kind that was looked up last: a frame has many entities of one kind in a row. */
  #lastName: string | undefined;
  #lastIndex = -1;

  /** Layout of every kind. @throws {SchemaError} when the schema cannot be used */
  constructor(schema: Schema) {
    assertSchema(schema);
    this.schema = schema;
    this.kinds = schema.kinds.map((kind) => new RowLayout(kind, this.texts));
    this.#indexes = new Map(schema.kinds.map((kind, i) => [kind.name, i]));
  }

  /** Index of a kind by name, or -1. */
  kindIndex(name: string): number {
    if (name !== this.#lastName) {
      this.#lastIndex = this.#indexes.get(name) ?? -1;
      this.#lastName = name;
    }
    return this.#lastIndex;
  }
}
