import assert from "node:assert/strict";
import { test } from "node:test";
import {
  LONG_ENTITIES,
  LONG_FRAMES,
  longRecording,
  UsedMemory,
} from "../select/long_recording_test_helper.ts";
import { diffRecordings } from "./diff_recordings.ts";

const HALF = LONG_ENTITIES / 2;

test("diffRecordings() holds no more after many blocks of differences than after some", async () => {
  // Nothing is as in the other: values, half of the entities, and every event. New entities come in
  // each frame, so that a list of all that differ would grow.
  const [a, b] = [1, 2].map((seed) =>
    longRecording(seed, (i, frame) => i < HALF ? i : (frame * 2 + seed) * LONG_ENTITIES + i)
  );
  const [one, other] = [await a!, await b!];
  for (const by of ["frame", "time"] as const) {
    const used = new UsedMemory();
    const { onFrame } = used;
    const { structural, fields, events } = await diffRecordings(one, other, { by, onFrame });
    const counts = structural.entities.map(({ count, runs }) => [count, runs.length]);
    assert.deepEqual(counts, [[LONG_FRAMES * HALF, 64], [LONG_FRAMES * HALF, 64]]);
    assert.ok(fields[0]!.count > LONG_FRAMES * LONG_ENTITIES * 0.49);
    assert.ok(events[0]!.changed > LONG_FRAMES * 0.99);
    assert.equal(used.bytes.length, 8);
    const { early, late } = used.ends;
    // Differences as objects would be 20 MB.
    assert.ok(late - early < 1.5e6, `${early} bytes, then ${late}`);
  }
});
