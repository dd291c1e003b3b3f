import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field, FieldValue } from "../core/state/schema.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { StateFrame } from "../core/state/state.ts";
import { MemorySink } from "./container/memory_file.ts";
import { framesOf, openBytes } from "./memory_recording_test_helper.ts";
import { RecordingWriter } from "./recording_writer.ts";

test("a recording of snapshots and frames is read by a schema that holds what both had", async () => {
  const cases: [field: Omit<Field, "name">, ofSnapshot: number, ofFrame: FieldValue][] = [
    [{ type: "fixed", step: 0.01 }, 20000000, 0.001],
    [{ type: "fixed", step: 0.01 }, 0.07, Math.fround(0.1)],
    [{ type: "fixed", step: 4 }, 1000, 6],
    [{ type: "u32" }, 4294967295, -1],
    [{ type: "u8" }, 200, 2n ** 60n],
  ];
  for (const [field, ofSnapshot, ofFrame] of cases) {
    const layout = new SnapshotLayout({
      kinds: [{ name: "a", fields: [{ name: "x", ...field }] }],
    });
    const frameOf = (frame: number, x: FieldValue): StateFrame => {
      return { frame, timeMs: frame * 16, entities: [{ id: 1, kind: "a", fields: { x } }] };
    };
    const sink = new MemorySink();
    const writer = await RecordingWriter.open(sink);
    await writer.writeSnapshot(Snapshot.of(layout, frameOf(0, ofSnapshot)));
    await writer.write(frameOf(1, ofFrame));
    await writer.close();
    const values = (await framesOf(await openBytes(sink.bytes())))
      .map(({ entities }) => entities[0]!.fields.x);
    const isWide = typeof ofFrame === "bigint";
    assert.deepEqual(values, [isWide ? BigInt(ofSnapshot) : ofSnapshot, ofFrame]);
  }
});

test("a recording refuses bigints beside a snapshot's field that no u64 holds, rather than losing it", async () => {
  const layout = new SnapshotLayout({
    kinds: [{ name: "a", fields: [{ name: "x", type: "i8" }] }],
  });
  const entitiesOf = (x: FieldValue) => [{ id: 1, kind: "a", fields: { x } }];
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink);
  const first = { frame: 0, timeMs: 0, entities: entitiesOf(-1) };
  await writer.writeSnapshot(Snapshot.of(layout, first));
  await assert.rejects(async () => {
    await writer.write({ frame: 1, timeMs: 16, entities: entitiesOf(2n ** 60n) });
    await writer.close();
  }, /Field "x" holds -128 beside bigints/);
});
