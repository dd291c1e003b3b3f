import assert from "node:assert/strict";
import { test } from "node:test";
import type { Schema } from "../../core/state/schema.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { RUN_DEFAULTS } from "../../replication/run_options.ts";
import { measureBandwidth } from "./measure_bandwidth.ts";
import { sentFramesOf } from "./sent_frames.ts";
import { UnsendableError } from "./unsendable_error.ts";

const RECORDED = new SnapshotLayout({
  kinds: [{ name: "ship", fields: [{ name: "x", type: "f64" }, { name: "y", type: "f64" }] }],
});

function frameOf(frame: number, x: number): Snapshot {
  const entities = [{ id: 1, kind: "ship", fields: { x, y: 0 } }];
  return Snapshot.of(RECORDED, { frame, timeMs: frame * 20, entities });
}

function wireOf(name: string, ...fields: Schema["kinds"][number]["fields"]) {
  return { wire: { name, schema: { kinds: [{ name: "ship", fields }] } } };
}

test("sentFramesOf() shares frames between runs of equal wire schemas, whatever they are called", () => {
  const whole = () => wireOf("a.json", { name: "x", type: "fixed", step: 1 });
  const half = wireOf("a.json", { name: "x", type: "fixed", step: 0.5 });
  const { wire } = whole();
  const sent = sentFramesOf(RECORDED, [{}, whole(), half, { wire: { ...wire, name: "b" } }, {}]);
  assert.deepEqual(sent.map((one) => sent.indexOf(one)), [0, 1, 2, 1, 0]);
  const frame = frameOf(0, 1.7);
  assert.equal(sent[0]!.of(frame), frame);
  const rounded = sent.slice(1, 3).map((one) => one.of(frame).toFrame().entities[0]!.fields);
  assert.deepEqual(rounded, [{ x: 2 }, { x: 1.5 }]);
});

test("measureBandwidth() sends each run by its own wire schema", async () => {
  const frames = [0, 1, 2, 3].map((frame) => frameOf(frame, frame * 10));
  const runs = await measureBandwidth(RECORDED, frames, [
    RUN_DEFAULTS,
    { ...RUN_DEFAULTS, ...wireOf("x.json", { name: "x", type: "u8" }) },
    { ...RUN_DEFAULTS, ...wireOf("none.json") },
  ], { figures: "cost" });
  assert.deepEqual(runs.map(({ fields }) => fields.map(({ field }) => field).sort()), [
    ["x", "y"],
    ["x"],
    [],
  ]);
  assert.ok(runs.every(({ verified }) => verified));
});

test("measureBandwidth() names wire schema and frame of what cannot be sent", async () => {
  const frames = [7, 8].map((frame) => frameOf(frame, frame * 33));
  const measure = (...given: readonly object[]) =>
    measureBandwidth(RECORDED, frames, given.map((run) => ({ ...RUN_DEFAULTS, ...run })));
  const narrow = wireOf("narrow\n.json", { name: "x", type: "u8" });
  await assert.rejects(measure({}, narrow), (error) => {
    assert.ok(error instanceof UnsendableError);
    assert.deepEqual([error.wire, error.frame], ["narrow\n.json", 8]);
    assert.ok(
      error.message.startsWith("Cannot send frame 8 by narrow\\u{a}.json: "),
      error.message,
    );
    assert.match(error.reason, /264.*0 to 255/);
    return true;
  });
  await assert.rejects(measure({}, wireOf("other.json", { name: "z", type: "u8" })), (error) => {
    assert.ok(error instanceof UnsendableError);
    assert.equal(error.frame, undefined);
    assert.match(error.message, /^Cannot send the recording by other\.json: .*"z"/);
    return true;
  });
});
