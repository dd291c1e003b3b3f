import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { FieldValueError } from "../core/state/field_value_error.ts";
import type { Schema } from "../core/state/schema.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { StateFrame } from "../core/state/state.ts";
import { framesOf, openBytes, record } from "./memory_recording_test_helper.ts";
import { randomWorld, WORLD_SCHEMA } from "./random_world_test_helper.ts";
import type { RecordingOptions } from "./recording_options.ts";
import { RecordingWriter } from "./recording_writer.ts";
import { MemorySink } from "./container/memory_file.ts";

const WORLD = new SnapshotLayout(WORLD_SCHEMA);
const BALL: Schema = { kinds: [{ name: "ball", fields: [{ name: "x", type: "u8" }] }] };

function frameOf(frame: number, ...xs: number[]): StateFrame {
  const entities = xs.map((x, id) => ({ id, kind: "ball", fields: { x } }));
  return { frame, timeMs: frame * 10, entities };
}

/** Bytes of the frames, written as snapshots, all into the memory of one. */
async function recordRows(
  frames: readonly StateFrame[],
  options: RecordingOptions = {},
  layout = WORLD,
): Promise<Uint8Array> {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, options);
  const snapshot = new Snapshot(layout);
  const writes = frames.map((frame) => writer.writeSnapshot(Snapshot.fill(snapshot, frame)));
  snapshot.clear(0, 0);
  snapshot.words.fill(-1);
  await Promise.all(writes);
  await writer.close();
  return sink.bytes();
}

describe("RecordingWriter.writeSnapshot()", () => {
  test("writes the bytes of write() for the same frames", async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, async (world) => {
        // An object keeps no payload of a NaN, so both get what an object keeps.
        const frames = world.map((frame) => Snapshot.of(WORLD, frame).toFrame());
        const options = { schema: WORLD_SCHEMA, level: 1, preview: true };
        assert.deepEqual(await recordRows(frames, options), await record(frames, options));
      }),
      { numRuns: 40 },
    );
  });

  test("takes the schema of the first snapshot where none is declared", async () => {
    const frames = Array.from({ length: 200 }, (_, i) => frameOf(i, i, 7));
    const layout = new SnapshotLayout(BALL);
    const bytes = await recordRows(frames, {}, layout);
    assert.deepEqual(bytes, await record(frames, { schema: BALL }));
  });

  test("converts a snapshot of another schema, value by value", async () => {
    const wide: Schema = {
      kinds: [
        { name: "cube", fields: [] },
        {
          name: "ball",
          fields: [{ name: "y", type: "f32", optional: true }, { name: "x", type: "f64" }],
        },
      ],
    };
    const frames = [frameOf(1, 5), frameOf(2, 6, 7)];
    const reader = await openBytes(
      await recordRows(frames, { schema: wide }, new SnapshotLayout(BALL)),
    );
    assert.deepEqual(reader.schema, wide);
    assert.deepEqual(await framesOf(reader), frames);
  });

  test("refuses one that does not fit, and goes on", async () => {
    const sink = new MemorySink();
    const writer = await RecordingWriter.open(sink, { schema: BALL });
    const of = (schema: Schema, frame: StateFrame) =>
      Snapshot.of(new SnapshotLayout(schema), frame);
    const kind = (name: string, field: string) => (
      { kinds: [{ name, fields: [{ name: field, type: "i16" as const }] }] }
    );
    await writer.writeSnapshot(of(BALL, frameOf(1, 3)));
    await assert.rejects(
      writer.writeSnapshot(of(kind("ball", "x"), frameOf(2, -1))),
      FieldValueError,
    );
    const cube = { frame: 2, timeMs: 2, entities: [{ id: 1, kind: "cube", fields: { x: 1 } }] };
    await assert.rejects(writer.writeSnapshot(of(kind("cube", "x"), cube)), /no kind "cube"/);
    const y = { frame: 2, timeMs: 2, entities: [{ id: 1, kind: "ball", fields: { y: 1 } }] };
    await assert.rejects(writer.writeSnapshot(of(kind("ball", "y"), y)), FieldValueError);
    await assert.rejects(writer.writeSnapshot(of(BALL, frameOf(1, 4))), /frame 1 after 1/);
    const late = { ...frameOf(2, 4), timeMs: NaN };
    await assert.rejects(writer.writeSnapshot(of(BALL, late)), /its time is NaN/);
    await writer.writeSnapshot(of(BALL, frameOf(3, 4)));
    await writer.close();
    await assert.rejects(writer.writeSnapshot(of(BALL, frameOf(4, 4))), /closed/);
    const read = await framesOf(await openBytes(sink.bytes()));
    assert.deepEqual(read, [frameOf(1, 3), frameOf(3, 4)]);
  });

  test("refuses rows filled by hand that no reader would take", async () => {
    const writer = await RecordingWriter.open(new MemorySink(), { schema: BALL });
    const snapshot = new Snapshot(new SnapshotLayout(BALL)).clear(1, 10);
    snapshot.words[snapshot.add(7, 0)] = 256;
    await assert.rejects(
      writer.writeSnapshot(snapshot),
      /^RangeError: Cannot record entity 7 of frame 1: "ball" field "x" holds 256$/,
    );
    snapshot.words[0] = 255;
    snapshot.kinds[0] = 3;
    await assert.rejects(writer.writeSnapshot(snapshot), /kind 3: the schema has 1/);
    snapshot.kinds[0] = 0;
    await writer.writeSnapshot(snapshot);
    assert.equal((await writer.close()).frames, 1);
  });

  test("mixes with write(), whose values may widen the schema in between", async () => {
    const sink = new MemorySink();
    const writer = await RecordingWriter.open(sink);
    const layout = new SnapshotLayout(BALL);
    const frames: StateFrame[] = [];
    for (let i = 0; i < 60; i++) {
      const frame = { ...frameOf(i, i), timeMs: i * 70 };
      if (i % 5 < 3) {
        frames.push(frame);
        await writer.writeSnapshot(Snapshot.of(layout, frame));
      } else {
        const fields = i > 30 ? { x: -i, text: `t${i}` } : { x: i };
        const wide = { ...frame, entities: [{ id: 0, kind: "ball", fields }] } as StateFrame;
        frames.push(wide);
        await writer.write(wide);
      }
    }
    await writer.close();
    assert.deepEqual(await framesOf(await openBytes(sink.bytes())), frames);
  });
});
