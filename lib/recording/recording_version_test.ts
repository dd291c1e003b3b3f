import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { EntityState, StateFrame } from "../core/state/state.ts";
import { eventsOf, framesOf, openBytes, record } from "./memory_recording_test_helper.ts";

const read = (name: string) =>
  readFileSync(new URL(`../../testdata/recording/${name}`, import.meta.url));
const lines = (name: string) =>
  read(name).toString().trim().split("\n").map((line) => JSON.parse(line));

function framesOfRows(name: string): StateFrame[] {
  const frames: { frame: number; timeMs: number; entities: EntityState[] }[] = [];
  for (const { f, t, id, kind, ...fields } of lines(name)) {
    if (frames.at(-1)?.frame !== f) frames.push({ frame: f, timeMs: t, entities: [] });
    frames.at(-1)!.entities.push({ id, kind, fields });
  }
  return frames;
}

describe("A recording of format version 1", () => {
  const bytes = new Uint8Array(read("version-1.mcap"));
  const frames = framesOfRows("version-1.state.ndjson");
  const events = lines("version-1.events.ndjson").map((data) => (
    { frame: data.f, timeMs: data.t, name: data.ev, data }
  ));

  test("says so, and holds each revision whole", () => {
    const text = Buffer.from(bytes).toString("latin1");
    assert.ok(text.includes("x-hindcast/1"));
    assert.ok(!text.includes('"after"'));
  });

  test("reads as what went into it", async () => {
    const reader = await openBytes(bytes);
    assert.equal(reader.revisions, 6);
    assert.equal(reader.declaredRateHz, 4);
    assert.deepEqual([...reader.source], [["game", "hand-made"]]);
    assert.deepEqual(reader.blocks.map((block) => block.revision), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(await framesOf(reader), frames);
    assert.deepEqual(await eventsOf(reader), events);
    for (const frame of frames.toReversed()) {
      const answer = await reader.at(frame.frame);
      assert.deepEqual(answer.found && answer.state.toFrame(), frame);
    }
    const [player] = reader.schema.kinds;
    assert.deepEqual(player!.fields, [
      { name: "x", type: "fixed", step: 0.1 },
      { name: "weapon", type: "enum", values: ["rl", "lg", "gl", "ssg", "ng", "axe"] },
      { name: "hp", type: "i32" },
      { name: "armor", type: "u8", optional: true },
    ]);
  });

  test("holds what this version writes of the same rows in fewer bytes", async () => {
    const again = await record(frames, { rateHz: 4, preview: true, source: { game: "hand-made" } });
    const reader = await openBytes(again);
    assert.ok(Buffer.from(again).toString("latin1").includes("x-hindcast/2"));
    assert.deepEqual(reader.schema, (await openBytes(bytes)).schema);
    assert.deepEqual(await framesOf(reader), frames);
    assert.ok(again.length < bytes.length - 500);
  });
});
