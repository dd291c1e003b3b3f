import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import { movingUnits } from "./moving_units.ts";
import { RECORDINGS } from "./recorders.ts";
import { stepTimes } from "./slice_times.ts";

const FRAMES = 70;

test("every way of recording that is timed records the world as it is", async () => {
  const world = movingUnits(5, 6);
  const folder = mkdtempSync(join(tmpdir(), "hindcast-stall-"));
  try {
    for (const [name, start] of RECORDINGS) {
      const recording = await start(mkdtempSync(join(folder, "run-")), world.schema);
      for (let frame = 0; frame < FRAMES; frame++) recording.write(world.at(frame));
      const frames = await recording.close();
      assert.equal(frames, name === "not recording" ? undefined : FRAMES, name);
    }
    const recorder = await RECORDINGS.get("Recorder")!(folder, world.schema);
    for (let frame = 0; frame < FRAMES; frame++) recorder.write(world.at(frame));
    await recorder.close();
    const source = new FileSource(join(folder, "server.mcap"));
    const reader = await RecordingReader.open(source);
    for await (const snapshot of reader.snapshots()) {
      assert.ok(snapshot.equals(world.at(snapshot.frame)), `frame ${snapshot.frame}`);
    }
    await source.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("movingUnits() changes two of three fields from frame to frame", () => {
  const world = movingUnits(3, 12);
  const before = world.at(4).words.slice();
  const { words, wordCount } = world.at(5);
  const changed = Array.from({ length: wordCount }, (_, w) => words[w] !== before[w]);
  assert.deepEqual(changed, Array.from({ length: 36 }, (_, w) => w % 3 !== 2));
});

test("stepTimes() times every step, shortest first", async () => {
  const stepsMs = await stepTimes(movingUnits(5, 6), FRAMES);
  assert.ok(stepsMs.length > 20);
  stepsMs.forEach((ms, i) => assert.ok(ms >= 0 && ms >= (stepsMs[i - 1] ?? 0)));
});
