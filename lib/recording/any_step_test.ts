import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Snapshot } from "../core/state/snapshot.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { Schema } from "../core/state/schema.ts";
import type { StateFrame } from "../core/state/state.ts";
import { blockBytes, blockFrames } from "./block/block_bytes_test_helper.ts";
import { MemorySink } from "./container/memory_file.ts";
import { framesOf, openBytes, record } from "./memory_recording_test_helper.ts";
import { RecordingWriter } from "./recording_writer.ts";

const K_MAX = 2147483647;

function schemaOf(...steps: number[]): Schema {
  const fields = steps.map((step, i) => ({ name: `x${i}`, type: "fixed" as const, step }));
  return { kinds: [{ name: "crate", fields }] };
}

const crate = (x0: number, x1: number) => ({ id: 7, kind: "crate", fields: { x0, x1 } });

/** Counts of steps of 4 are 2, -3; of 0.3 they are 3, which is 3 * 0.3 and no 0.9, and -1. */
const frames: readonly StateFrame[] = [
  { frame: 0, timeMs: 0, entities: [crate(8, 0.8999999999999999)] },
  { frame: 1, timeMs: 16, entities: [crate(-12, -0.3)] },
];

// Written by hand from FORMAT.md.
// deno-fmt-ignore
const golden = Uint8Array.of(
  0x02,                         // 2 frames
  0x00, 0x00, 0x00, 0x00,       // the first is frame 0
  0x00,                         // left out before the other: 0
  0x00,                         // times: decimals, denominator 10^0
  0, 0, 0, 0, 0, 0, 0, 0,       // the first is 0 ms
  0x01, 0x00, 0x20,             // offsets 0, 16 ms
  0x01,                         // 1 kind
  0x00,                         // kind 0
  0x01,                         // 1 track
  0x01, 0x0e,                   // id 7
  0x00,                         // birth at position 0
  0x01, 0x02,                   // span less one: 1
  0x01, 0x02,                   // samples less one: 1
  0x00,                         // frames without a sample between samples: 0
  0x01, 0x04,                   // x0 of the first sample: 2 steps of 4
  0x01, 0x05,                   // x0 of the other: -3
  0x01, 0x06,                   // x1 of the first sample: 3 steps of 0.3
  0x01, 0x01,                   // x1 of the other: -1
);

test("readBlock() and writeBlock() agree with bytes written by hand for steps of 4 and 0.3", () => {
  const layout = new SnapshotLayout(schemaOf(4, 0.3));
  assert.deepEqual(blockFrames(golden, layout), frames);
  assert.deepEqual(blockBytes(frames, layout), golden);
});

const steps = fc.oneof(
  fc.constantFrom(1, 4, 16, 0.3, 2.5, 0.05, 1 / 3, 1 / 49, 0.01, 2 ** -40, 1e-300, 1e298),
  fc.double({ min: 2 ** -1022, max: 1e298, noNaN: true }),
  fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
);
const counts = fc.oneof(
  fc.integer({ min: -40, max: 40 }),
  fc.integer({ min: -K_MAX, max: K_MAX }),
  fc.constantFrom(-K_MAX, K_MAX),
);

test("a recording gives back every multiple of any step, as the count that it was", async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      steps,
      fc.array(fc.tuple(counts, counts), { minLength: 1, maxLength: 8 }),
      async (a, b, pairs) => {
        const schema = schemaOf(a, b);
        const [row] = new SnapshotLayout(schema).kinds;
        const world = pairs.map((pair, frame): StateFrame => {
          const values = row!.unpack(Int32Array.of(...pair, 0, 0), 0);
          return {
            frame,
            timeMs: frame * 20,
            entities: [{ id: 1, kind: "crate", fields: values }],
          };
        });
        const reader = await openBytes(await record(world, { schema, level: 1 }));
        assert.deepEqual(reader.layout.schema, schema);
        assert.deepEqual(await framesOf(reader), world);
        const words: number[][] = [];
        for await (const snapshot of reader.snapshots()) {
          const at = snapshot.rows[0]!;
          words.push([...snapshot.words.subarray(at, at + 2)]);
        }
        assert.deepEqual(words, pairs.map(([one, other]) => [one, other]));
      },
    ),
    { numRuns: 150 },
  );
});

test("a recording by a declared step refuses what is no multiple of it, and what is out of range", async () => {
  const refused: [x0: number, x1: number, message: RegExp][] = [
    [9, 0.3, /"crate" field "x0" of entity 7 in frame 5: the value is 9, expected a multiple of 4/],
    [4, 0.9, /field "x1" of entity 7 in frame 5: the value is 0.9, expected a multiple of 0.3/],
    [8589934592, 0, /field "x0" .* frame 5: the value is 8589934592, expected within 8589934588/],
  ];
  for (const [x0, x1, message] of refused) {
    const world = [{ frame: 5, timeMs: 0, entities: [crate(x0, x1)] }];
    await assert.rejects(record(world, { schema: schemaOf(4, 0.3) }), message);
  }
});

test("a recording that took a snapshot's step keeps it when a later frame needs a wider schema", async () => {
  const layout = new SnapshotLayout(schemaOf(4, 0.3));
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink);
  const first = { frame: 0, timeMs: 0, entities: [crate(8589934588, 0.3)] };
  await writer.writeSnapshot(Snapshot.of(layout, first));
  await writer.write(frames[1]!);
  // What the snapshot holds has to be read by the wider schema, which saw 6 and -12 alone.
  const wider = { frame: 2, timeMs: 32, entities: [crate(6, 0.3)] };
  await writer.write(wider);
  await writer.close();
  const reader = await openBytes(sink.bytes());
  assert.deepEqual(await framesOf(reader), [first, frames[1], wider]);
  const [, lean] = reader.layout.schema.kinds[0]!.fields;
  assert.deepEqual(lean, { name: "x1", type: "fixed", step: 0.3 });
});
