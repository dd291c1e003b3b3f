import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { schemaHash } from "./schema_record.ts";

/** Tells which layouts have the rows of one layout, word for word but for the numbers of texts. */
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
      isShared = schemaHash(layout.schema) === schemaHash(this.#layout.schema);
      this.#known.set(layout, isShared);
    }
    return isShared;
  }
}
