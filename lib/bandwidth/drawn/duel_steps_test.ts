import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { test } from "node:test";
import type { Schema } from "../../core/state/schema.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { readStates } from "../../ingest/read_states.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { RUN_DEFAULTS } from "../../replication/run_options.ts";
import { SchemaInference } from "../../schema/infer.ts";
import { measureBandwidth } from "../meter/measure_bandwidth.ts";
import type { FieldError } from "../report/seen_figures.ts";

const DUEL = new URL("../../../testdata/duel/duel.state.ndjson.gz", import.meta.url);
const STEPS = [1, 4, 16];

/** The schema with x and y of players in steps. */
function stepped({ kinds }: Schema, step: number): Schema {
  return {
    kinds: kinds.map((kind) => ({
      ...kind,
      fields: kind.fields.map((field) =>
        kind.name === "player" && ["x", "y"].includes(field.name)
          ? { name: field.name, type: "fixed", step }
          : field
      ),
    })),
  };
}

function ofPlayer(errors: readonly FieldError[], field: string): FieldError {
  return errors.find((error) => error.kind === "player" && error.field === field)!;
}

test("wireError of a duel in steps of 1, 4 and 16 is half a step, and what is drawn grows with it", async () => {
  const frames: StateFrame[] = [];
  const inference = new SchemaInference();
  for await (const frame of readStates(createReadStream(DUEL))) {
    frames.push(frame);
    inference.observe(frame);
  }
  const schema = inference.schema();
  const layout = new SnapshotLayout(schema);
  const snapshots = frames.map((frame) => Snapshot.of(layout, frame));
  const runs = [undefined, ...STEPS].map((step) => ({
    ...RUN_DEFAULTS,
    net: parseNetSpec("4g"),
    ...(step === undefined ? {} : { wire: { name: `${step}`, schema: stepped(schema, step) } }),
  }));
  const [plain, ...coarse] = await measureBandwidth(layout, snapshots, runs);
  assert.deepEqual(plain!.wireError, []);
  let before = ofPlayer(plain!.drawnError!, "position");
  assert.equal(before.p50, 0);
  for (const [i, step] of STEPS.entries()) {
    const { drawnError, wireError } = coarse[i]!;
    assert.equal(ofPlayer(wireError!, "x").max, step / 2);
    assert.equal(ofPlayer(wireError!, "y").max, step / 2);
    for (const field of ["z", "yaw", "health", "weapon"]) {
      assert.equal(ofPlayer(wireError!, field).max, 0, field);
    }
    // By hand over all rows of the input.
    let farthest = 0;
    const off = (value: number) => Math.abs(Math.round(value / step) * step - value);
    for (const { entities } of frames) {
      for (const { kind, fields: { x, y } } of entities) {
        if (kind !== "player") continue;
        farthest = Math.max(farthest, Math.sqrt(off(x as number) ** 2 + off(y as number) ** 2));
      }
    }
    const position = ofPlayer(wireError!, "position");
    assert.ok(Math.abs(position.max - farthest) < 1e-9, `${position.max}, expected ${farthest}`);
    assert.ok(position.max <= step / 2 * Math.sqrt(2));
    const drawn = ofPlayer(drawnError!, "position");
    assert.ok(drawn.mean > before.mean && drawn.p50 > before.p50, `step ${step}`);
    before = drawn;
  }
});
