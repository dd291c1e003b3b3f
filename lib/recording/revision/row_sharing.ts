import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { schemaHash } from "./schema_record.ts";

/** Types whose words mean something to their own layout only. */
const LAYOUT_TYPES: ReadonlySet<string> = new Set(["text"]);

/** Tells which layouts have the rows of one layout, word for word. */
export class RowSharing {
  readonly #layout: SnapshotLayout;
  readonly #known: WeakMap<SnapshotLayout, boolean> = new WeakMap();

  /** Layouts that share the rows of this one. */
  constructor(layout: SnapshotLayout) {
    this.#layout = layout;
  }

  /** True when rows of a layout are rows of this one. */
  includes(layout: SnapshotLayout): boolean {
    let isShared = this.#known.get(layout);
    if (isShared === undefined) {
      isShared = standAlone(layout) &&
        schemaHash(layout.schema) === schemaHash(this.#layout.schema);
      this.#known.set(layout, isShared);
    }
    return isShared;
  }
}

function standAlone({ schema }: SnapshotLayout): boolean {
  return schema.kinds.every(({ fields }) => fields.every(({ type }) => !LAYOUT_TYPES.has(type)));
}
