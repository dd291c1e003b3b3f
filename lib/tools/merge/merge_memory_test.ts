import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { dice } from "../../core/state/random_world_test_helper.ts";
import { MemorySink } from "../../recording/container/memory_file.ts";
import { collectGarbage } from "../../recording/long_stream_test_helper.ts";
import { openBytes } from "../../recording/memory_recording_test_helper.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import { RecordingWriter } from "../../recording/recording_writer.ts";
import { mergeRecordings } from "./merge_recordings.ts";

const FRAMES = 1600;
const ENTITIES = 100;
const LAYOUT = new SnapshotLayout({
  kinds: [{ name: "ship", fields: [{ name: "x", type: "i32" }, { name: "y", type: "i32" }] }],
});

/** A recording in which everything moves: 27 blocks of 100 kB of rows. */
async function longRecording(firstId: number): Promise<RecordingReader> {
  const roll = dice(firstId);
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { level: 1, rateHz: 60 });
  const snapshot = new Snapshot(LAYOUT);
  for (let frame = 0; frame < FRAMES; frame++) {
    snapshot.clear(frame, (frame * 1000) / 60);
    for (let i = 0; i < ENTITIES; i++) {
      const row = snapshot.add(firstId + i, 0);
      LAYOUT.kinds[0]!.set(snapshot.words, row, 0, roll(1 << 20));
    }
    await writer.writeSnapshot(snapshot);
    await writer.writeEvent({ frame, timeMs: undefined, name: "hit", data: { n: roll(1 << 20) } });
  }
  await writer.close();
  return await openBytes(sink.bytes());
}

test("mergeRecordings() holds no more after many blocks than after some", async () => {
  const inputs = [];
  for (const id of [0, 1000]) inputs.push({ name: `${id}`, reader: await longRecording(id) });
  for (const after of [false, true]) {
    const used: number[] = [];
    let frames = 0;
    const onFrame = () => {
      if (++frames % (FRAMES / 4) !== 0) return;
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      used.push(heapUsed + external);
    };
    await mergeRecordings(inputs, { write: () => {} }, { level: 1, after, onFrame });
    assert.equal(used.length, 8);
    const early = Math.min(...used.slice(1, 4));
    const late = Math.min(...used.slice(-3));
    // All blocks of both are 5 MB.
    assert.ok(late - early < 1.5e6, `${early} bytes, then ${late}`);
  }
});
