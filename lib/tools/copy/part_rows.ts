import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { Block } from "../../recording/block/block.ts";
import type { RecordingPart } from "../select/recording_part.ts";
import { RowConversion } from "./row_conversion.ts";

/** Rows of a part's frames, one after another. */
export class PartRows {
  /** States that were taken so far. */
  taken = 0;
  /** States that were left out of those frames. */
  leftOut = 0;
  readonly #part: RecordingPart;
  readonly #all: Snapshot;
  readonly #some: Snapshot;
  readonly #conversion: RowConversion;

  /** No frame yet. */
  constructor(part: RecordingPart) {
    const { layout } = part.reader;
    const taken = part.hasWholeSchema ? layout : new SnapshotLayout(part.schema);
    this.#part = part;
    this.#all = new Snapshot(layout);
    this.#some = new Snapshot(taken);
    this.#conversion = new RowConversion(layout, taken);
  }

  /** What the part has of a frame of a block, until the next call. */
  read(block: Block, position: number): Snapshot {
    const part = this.#part;
    const all = block.read(position, this.#all);
    const snapshot = part.hasWholeSchema && part.takesAllIds ? all : this.#select(all);
    this.taken += snapshot.count;
    this.leftOut += all.count - snapshot.count;
    return snapshot;
  }

  #select(all: Snapshot): Snapshot {
    const some = this.#some.clear(all.frame, all.timeMs);
    for (let i = 0; i < all.count; i++) {
      const isTaken = this.#conversion.has(all.kinds[i]!) &&
        this.#part.takes(all.ids[i]!, all.layoutOf(i).kind.name);
      if (isTaken) this.#conversion.add(some, all, i);
    }
    return some;
  }
}
