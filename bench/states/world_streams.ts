import { Receiver } from "../../mod.ts";
import { Snapshot, SnapshotLayout, WorldReader, WorldTracker } from "../../lib/world.ts";
import { PERIOD, unitWorld } from "./worlds.ts";

const { schema, frames } = unitWorld();
const layout = new SnapshotLayout(schema);
const snapshots = frames.map((frame) => Snapshot.of(layout, frame));

/** Snapshot of any frame of the units' world, which bears its number. */
export function snapshotAt(frame: number): Snapshot {
  const snapshot = snapshots[frame % PERIOD]!;
  snapshot.frame = frame;
  return snapshot;
}

/** Tracker of that world without consumers. */
export function worldTracker(): WorldTracker<number> {
  return new WorldTracker<number>(layout, "varint", { schemaHash: false });
}

/** The far end of one consumer. */
export function worldReceiver(): Receiver<Snapshot> {
  return new Receiver(new WorldReader(layout, "varint"), { schemaHash: false });
}

/** Acks of a consumer are 3 to 8 frames late, one in twenty never comes. */
export function ackLate(tracker: WorldTracker<number>, consumer: number, frame: number): void {
  const isLost = Math.imul(frame + consumer * 7, 0x9e3779b1) >>> 0 <= 0x0ccccccc;
  if (!isLost) tracker.ack(consumer, frame - 3 - consumer % 6);
}
