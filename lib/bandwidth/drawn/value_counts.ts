import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { KindPlan } from "./drawn_plan.ts";

/** How many values of recorded frames are sent, and so compared. */
export class ValueCounts {
  /** By recorded kind, values of an entity; 0 of one that is not sent. */
  readonly #counts: Uint32Array;

  /** Counts of frames with the recorded layout. */
  constructor(plans: readonly KindPlan[], recorded: SnapshotLayout) {
    this.#counts = new Uint32Array(recorded.kinds.length);
    for (const { kind, recordedIndex } of plans) this.#counts[recordedIndex] = kind.fields.length;
  }

  /** Values of a recorded frame. */
  of({ count, kinds }: Snapshot): number {
    let values = 0;
    for (let i = 0; i < count; i++) values += this.#counts[kinds[i]!]!;
    return values;
  }
}
