import { walkToId } from "./sorted_ids.ts";
import { sameWords } from "./words.ts";
import { Snapshot } from "./snapshot.ts";
import type { SnapshotLayout } from "./snapshot_layout.ts";
import type { EntityState, StateFrame } from "./state.ts";

/**
 * Snapshots as objects, frame by frame; a state that did not change since the frame before is the
 * same object, as {@linkcode StateFrame} promises its readers.
 */
export class FrameObjects {
  readonly #before: Snapshot;
  #states: readonly EntityState[] = [];

  /** No frame yet. */
  constructor(layout: SnapshotLayout) {
    this.#before = new Snapshot(layout);
  }

  /** The next snapshot as objects; the snapshot may be used again afterwards. */
  next(snapshot: Snapshot): StateFrame {
    const before = this.#before;
    let b = 0;
    this.#states = Array.from({ length: snapshot.count }, (_, i) => {
      b = walkToId(before.ids, b, before.count, snapshot.ids[i]!);
      return b < before.count && isSame(before, b, snapshot, i)
        ? this.#states[b]!
        : snapshot.entity(i);
    });
    before.copy(snapshot);
    return { frame: snapshot.frame, timeMs: snapshot.timeMs, entities: this.#states };
  }
}

function isSame(a: Snapshot, i: number, b: Snapshot, j: number): boolean {
  const kind = a.kinds[i]!;
  if (a.ids[i] !== b.ids[j] || kind !== b.kinds[j]) return false;
  return sameWords(a.words, a.rows[i]!, b.words, b.rows[j]!, a.layout.kinds[kind]!.stride);
}
