import { type RowVersion, RowVersions } from "./row_version.ts";
import type { Snapshot, SnapshotLayout } from "./snapshot.ts";
import type { EntityState, StateFrame } from "./state.ts";

/**
 * Snapshots as objects, frame by frame; a state that did not change since the frame before is the
 * same object, as {@linkcode StateFrame} promises its readers.
 */
export class FrameObjects {
  readonly #layout: SnapshotLayout;
  readonly #versions: RowVersions;
  readonly #states: WeakMap<RowVersion, EntityState> = new WeakMap();

  /** No frame yet. */
  constructor(layout: SnapshotLayout) {
    this.#layout = layout;
    this.#versions = new RowVersions(layout);
  }

  /** The next snapshot as objects; the snapshot may be used again afterwards. */
  next(snapshot: Snapshot): StateFrame {
    const entities = this.#versions.update(snapshot).map((version) => this.#stateOf(version));
    return { frame: snapshot.frame, timeMs: snapshot.timeMs, entities };
  }

  #stateOf(version: RowVersion): EntityState {
    let state = this.#states.get(version);
    if (state === undefined) {
      const layout = this.#layout.kinds[version.kind]!;
      const fields = layout.unpack(version.words, 0);
      state = { id: version.id, kind: layout.kind.name, fields };
      this.#states.set(version, state);
    }
    return state;
  }
}
