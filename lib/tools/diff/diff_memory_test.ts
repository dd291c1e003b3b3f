import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { dice } from "../../core/state/random_world_test_helper.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { MemorySink } from "../../recording/container/memory_file.ts";
import { collectGarbage } from "../../recording/long_stream_test_helper.ts";
import { openBytes } from "../../recording/memory_recording_test_helper.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import { RecordingWriter } from "../../recording/recording_writer.ts";
import { diffRecordings } from "./diff_recordings.ts";

const FRAMES = 1600;
const ENTITIES = 100;
const LAYOUT = new SnapshotLayout({
  kinds: [{ name: "ship", fields: [{ name: "x", type: "i32" }, { name: "y", type: "i32" }] }],
});

/** A recording in which nothing is as in another: values, half of the entities, and every event. */
async function longRecording(seed: number): Promise<RecordingReader> {
  const roll = dice(seed);
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { level: 1, rateHz: 60 });
  const snapshot = new Snapshot(LAYOUT);
  for (let frame = 0; frame < FRAMES; frame++) {
    snapshot.clear(frame, (frame * 1000) / 60);
    for (let i = 0; i < ENTITIES; i++) {
      // New ones in each frame, so that a list of all that differ would grow.
      const id = i < ENTITIES / 2 ? i : (frame * 2 + seed) * ENTITIES + i;
      const row = snapshot.add(id, 0);
      LAYOUT.kinds[0]!.set(snapshot.words, row, 0, roll(1 << 20));
    }
    await writer.writeSnapshot(snapshot);
    await writer.writeEvent({ frame, timeMs: undefined, name: "hit", data: { n: roll(1 << 20) } });
  }
  await writer.close();
  return await openBytes(sink.bytes());
}

test("diffRecordings() holds no more after many blocks of differences than after some", async () => {
  const [a, b] = [await longRecording(1), await longRecording(2)];
  for (const by of ["frame", "time"] as const) {
    const used: number[] = [];
    let frames = 0;
    const onFrame = () => {
      if (++frames % (FRAMES / 4) !== 0) return;
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      used.push(heapUsed + external);
    };
    const { structural, fields, events } = await diffRecordings(a, b, { by, onFrame });
    const counts = structural.entities.map(({ count, runs }) => [count, runs.length]);
    assert.deepEqual(counts, [[FRAMES * ENTITIES / 2, 64], [FRAMES * ENTITIES / 2, 64]]);
    assert.ok(fields[0]!.count > FRAMES * ENTITIES * 0.49 && events[0]!.changed > FRAMES * 0.99);
    assert.equal(used.length, 8);
    const early = Math.min(...used.slice(1, 4));
    const late = Math.min(...used.slice(-3));
    // Differences as objects would be 20 MB.
    assert.ok(late - early < 1.5e6, `${early} bytes, then ${late}`);
  }
});
