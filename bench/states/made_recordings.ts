import { statSync } from "node:fs";
import { FileSink, RecordingWriter } from "../../lib/recording.ts";
import { Snapshot, SnapshotLayout } from "../../lib/world.ts";
import type { Field } from "../../mod.ts";
import { snapshotAt } from "./world_streams.ts";
import { packerOf } from "../../lib/core/state/row_packer.ts";

/** Frames of an hour of the units' world, at 20 Hz. */
export const HOUR_FRAMES = 72_000;

/** Records the units' world over and over: 64 entities of 12 fields. */
export async function writeUnits(path: string, frames: number): Promise<void> {
  const writer = await RecordingWriter.open(new FileSink(path), {
    schema: snapshotAt(0).layout.schema,
    level: 3,
  });
  for (let frame = 0; frame < frames; frame++) {
    const snapshot = snapshotAt(frame);
    snapshot.timeMs = frame * 50;
    await writer.writeSnapshot(snapshot);
  }
  await writer.close();
}

const fields = Array.from({ length: 12 }, (_, i): Field => ({ name: `n${i}`, type: "f64" }));
const layout = new SnapshotLayout({ kinds: [{ name: "noise", fields }] });
const NOISE_ENTITIES = 64;

/** Numbers from 1 to 2 whose bits are noise, the same for each frame whenever it is made. */
export function noiseAt(frame: number, snapshot: Snapshot = new Snapshot(layout)): Snapshot {
  snapshot.clear(frame, frame * 16);
  let word = frame + 1;
  const roll = () => word = Math.imul(word ^ word >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
  for (let id = 0; id < NOISE_ENTITIES; id++) {
    const row = snapshot.add(id, 0);
    for (let field = 0; field < fields.length; field++) {
      const value = 1 + ((roll() >>> 0) / 2 ** 32) + ((roll() >>> 12) / 2 ** 52);
      packerOf(layout.kinds[0]!).set(snapshot.words, row, field, Math.min(value, 2));
    }
  }
  return snapshot;
}

/**
 * Records noise, which hardly compresses, until the file has some size.
 *
 * @returns number of frames
 */
export async function writeNoise(path: string, bytes: number): Promise<number> {
  const schema = layout.schema;
  const writer = await RecordingWriter.open(new FileSink(path), { schema, level: 1 });
  const snapshot = new Snapshot(layout);
  let frame = 0;
  for (; frame % 1000 !== 0 || frame === 0 || statSync(path).size < bytes; frame++) {
    await writer.writeSnapshot(noiseAt(frame, snapshot));
  }
  await writer.close();
  return frame;
}
