import type { RowStore } from "./row_store.ts";
import { Snapshot } from "./snapshot.ts";
import type { SnapshotLayout } from "./snapshot_layout.ts";
import { walkToId } from "./sorted_ids.ts";
import { sameWords } from "./words.ts";

/**
 * The entities that a consumer is shown at a frame, ids ascending: a snapshot whose rows may be
 * anywhere in `words`, and shared. Where two views name the same row of the same words, the entity
 * is the same version: not a field of it changed.
 */
export class View extends Snapshot {
  /** How many refer to the view, for who keeps it. */
  references: number = 0;
  /** Number among the views of its frame; 0 for the whole world. */
  number: number = 0;
  /** How often its memory was used again. */
  lives: number = 0;
  /** Where the rows are when they are not its own. */
  readonly store: RowStore;

  /** View of nothing. */
  constructor(layout: SnapshotLayout, store: RowStore) {
    super(layout);
    this.store = store;
    this.isPacked = false;
  }

  /**
   * Shows an entity of another view of the frame as well; ids have to ascend.
   *
   * @throws {RangeError} when they do not, or the other view is none of the same tracker's
   */
  show(from: View, position: number): this {
    const id = from.ids[position]!;
    if (this.count > 0 && this.ids[this.count - 1]! >= id) {
      throw new RangeError(`Entity ${id} follows ${this.ids[this.count - 1]}, ids must ascend`);
    }
    if (from.isPacked || from.store !== this.store) {
      throw new RangeError("The views share no rows; get both from one tracker");
    }
    if (this.count > 0 && this.frame !== from.frame) {
      throw new RangeError(`A view of frame ${this.frame} cannot show one of frame ${from.frame}`);
    }
    this.frame = from.frame;
    this.words = from.words;
    this.pushFrom(from, position);
    return this;
  }

  /** Shows a snapshot, by the rows of the view before where nothing changed. */
  follow(snapshot: Snapshot, before: View | undefined): this {
    const { store } = this;
    this.clear(snapshot.frame, snapshot.timeMs);
    let b = 0;
    for (let i = 0; i < snapshot.count; i++) {
      const id = snapshot.ids[i]!;
      const kind = snapshot.kinds[i]!;
      const layout = this.layout.kinds[kind]!;
      const from = snapshot.rows[i]!;
      if (before) b = walkToId(before.ids, b, before.count, id);
      const isThere = before && b < before.count && before.ids[b] === id &&
        before.kinds[b] === kind;
      let row = isThere ? before.rows[b]! : -1;
      if (row >= 0 && sameWords(store.words, row, snapshot.words, from, layout.stride)) {
        store.retain(row);
      } else row = store.add(layout, snapshot.words, from);
      this.push(id, kind, row);
    }
    this.words = store.words;
    return this;
  }

  /** Shows an entity of another view as well, unchecked. */
  pushFrom(from: View, position: number): void {
    this.push(from.ids[position]!, from.kinds[position]!, from.rows[position]!);
  }

  /** True when both name the same rows. */
  isSame({ count, rows, isPacked }: View): boolean {
    if (this.count !== count || this.isPacked || isPacked) return false;
    for (let i = 0; i < count; i++) if (this.rows[i] !== rows[i]) return false;
    return true;
  }

  /** The same as a snapshot of its own. */
  toSnapshot(frame: number, timeMs: number): Snapshot {
    const snapshot = new Snapshot(this.layout).copy(this);
    snapshot.frame = frame;
    snapshot.timeMs = timeMs;
    return snapshot;
  }
}
