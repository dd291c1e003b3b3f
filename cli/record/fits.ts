import type { Schema, StateFrame } from "../../lib/ingest.ts";
import { Snapshot } from "../../lib/core/state/snapshot.ts";
import { SnapshotLayout } from "../../lib/core/state/snapshot_layout.ts";

/** Whether a schema can hold a frame. */
export function fits(frame: StateFrame, schema: Schema): boolean {
  try {
    Snapshot.of(new SnapshotLayout(schema), frame);
    return true;
  } catch {
    return false;
  }
}
