import type { Fragment } from "./fragment.ts";
import type { RowLayout } from "./row_layout.ts";
import type { Snapshot, SnapshotLayout } from "./snapshot.ts";

/**
 * One entity's row as it stood over one or more frames: the unit that views of many consumers
 * share.
 */
export class RowVersion {
  /** Entity. */
  readonly id: number;
  /** Kind index. */
  readonly kind: number;
  /** The row, `stride` words of its kind's layout. */
  readonly words: Int32Array;
  /** The whole row. */
  spawn: Fragment | undefined;
  /** What brings a far end to this version from the one that it holds. */
  readonly deltas: WeakMap<RowVersion, Fragment> = new WeakMap();
  /** Version of an entity. */
  constructor(id: number, kind: number, words: Int32Array) {
    this.id = id;
    this.kind = kind;
    this.words = words;
  }
}

/** Follows snapshots frame by frame and keeps one version of each row for as long as it stands. */
export class RowVersions {
  /** Versions at the newest frame, ids ascending. */
  current: readonly RowVersion[] = [];
  readonly #layout: SnapshotLayout;

  /** No frame yet. */
  constructor(layout: SnapshotLayout) {
    this.#layout = layout;
  }

  /** Versions of a snapshot's rows. */
  update(snapshot: Snapshot): readonly RowVersion[] {
    const previous = this.current;
    const next: RowVersion[] = [];
    let p = 0;
    for (let i = 0; i < snapshot.count; i++) {
      const id = snapshot.ids[i]!;
      while (p < previous.length && previous[p]!.id < id) p++;
      const candidate = previous[p];
      const layout = this.#layout.kinds[snapshot.kinds[i]!]!;
      const isSame = candidate?.id === id && candidate.kind === snapshot.kinds[i] &&
        isSameRow(candidate.words, snapshot, i);
      next.push(isSame ? candidate : versionOf(snapshot, i, layout));
    }
    return this.current = next;
  }
}

function isSameRow(words: Int32Array, snapshot: Snapshot, position: number): boolean {
  const at = snapshot.rows[position]!;
  for (let w = 0; w < words.length; w++) if (words[w] !== snapshot.words[at + w]) return false;
  return true;
}

function versionOf(snapshot: Snapshot, position: number, layout: RowLayout): RowVersion {
  const at = snapshot.rows[position]!;
  const words = snapshot.words.slice(at, at + layout.stride);
  return new RowVersion(snapshot.ids[position]!, snapshot.kinds[position]!, words);
}
