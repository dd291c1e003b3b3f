import assert from "node:assert/strict";
import { test } from "node:test";
import { longRecording, UsedMemory } from "../select/long_recording_test_helper.ts";
import { mergeRecordings } from "./merge_recordings.ts";

test("mergeRecordings() holds no more after many blocks than after some", async () => {
  const inputs = [];
  for (const firstId of [0, 1000]) {
    inputs.push({ name: `${firstId}`, reader: await longRecording(firstId, (i) => firstId + i) });
  }
  for (const after of [false, true]) {
    const used = new UsedMemory();
    const { onFrame } = used;
    await mergeRecordings(inputs, { write: () => {} }, { level: 1, after, onFrame });
    assert.equal(used.bytes.length, 8);
    const { early, late } = used.ends;
    // All blocks of both are 5 MB.
    assert.ok(late - early < 1.5e6, `${early} bytes, then ${late}`);
  }
});
