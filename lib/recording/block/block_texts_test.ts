import assert from "node:assert/strict";
import { test } from "node:test";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { FieldValues, StateFrame } from "../../core/state/state.ts";
import { TEXT_COST_MAX } from "../../core/state/text_pool.ts";
import {
  assertChangesAnswered,
  assertCutsRefused,
  blockBytes,
  blockFrames,
  patchedBytes,
} from "./block_bytes_test_helper.ts";
import { RecordingReader } from "../recording_reader.ts";
import { RecordingWriter } from "../recording_writer.ts";
import { MemorySink, MemorySource } from "../container/memory_file.ts";

const newLayout = () =>
  new SnapshotLayout({
    kinds: [{
      name: "p",
      fields: [{ name: "n", type: "text" }, { name: "c", type: "text", optional: true }],
    }],
  });

const frameOf = (frame: number, fields: FieldValues): StateFrame => ({
  frame,
  timeMs: frame * 10,
  entities: [{ id: 1, kind: "p", fields }],
});

const frames = [
  frameOf(0, { n: "hi" }),
  frameOf(1, { n: "é", c: "" }),
  frameOf(2, { n: "hi", c: "hi" }),
];

// Written by hand from FORMAT.md.
// deno-fmt-ignore
const golden = Uint8Array.of(
  0x03, 0, 0, 0, 0, 0x00,       // 3 frames from 0 on, none left out
  0x00, 0, 0, 0, 0, 0, 0, 0, 0, // times: decimals from 0
  0x21, 0x00, 0x14, 0x00,       // 0, 10, 20 ms (bends 0, 10, 0)
  0x02,                         // 2 texts besides the empty one
  0x02, 0x68, 0x69,             // 1: "hi"
  0x02, 0xc3, 0xa9,             // 2: "é"
  0x01, 0x00, 0x01,             // 1 kind: kind 0, 1 track
  0x01, 0x02, 0x00,             // id 1, born at position 0
  0x01, 0x04, 0x01, 0x04, 0x00, // for 3 frames, 3 samples, none skipped
  0x00, 0x11, 0x04, 0x00,       // presence: 0, then 2, 2 (steps 2, 0)
  0x01, 0x02, 0x11, 0x02, 0x01, // n: 1, then 2, 1 (steps 1, -1)
  0x00, 0x11, 0x00, 0x02,       // c: 0, then 0, 1 (steps 0, 1)
);
const TEXTS_AT = 19;

function written(source: readonly StateFrame[]): Uint8Array {
  const layout = newLayout();
  // Numbers of the pool are not those of the file.
  for (const text of ["never", "used"]) layout.texts.number(text);
  return blockBytes(source, layout);
}

function read(bytes: Uint8Array): StateFrame[] {
  const layout = newLayout();
  layout.texts.number("of an earlier block");
  return blockFrames(bytes, layout);
}

const patched = (at: number, ...bytes: number[]) => patchedBytes(golden, at, ...bytes);

test("writeBlock() lists the texts that its rows use, in the order of their first use", () => {
  assert.deepEqual([...written(frames)], [...golden]);
});

test("readBlock() reads texts by the block's own list", () => {
  assert.deepEqual(read(golden), frames);
});

test("readBlock() refuses lists of texts that no writer makes", () => {
  assert.throws(() => read(patched(TEXTS_AT, 0x7f)), /127 texts, more than bytes/);
  assert.throws(() => read(patched(TEXTS_AT + 2, 0xff)), /text 1 is not UTF-8/);
  assert.throws(
    () => read(patched(golden.length - 8, 0x0a)),
    /a text is number 5, the block has 2/,
  );
  assertCutsRefused(golden, read);
  assertChangesAnswered(golden, read);
});

/** What a recording without a declared schema gives back, and its file. */
async function recorded(source: readonly StateFrame[]) {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink);
  for (const frame of source) await writer.write(frame);
  await writer.close();
  const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
  return { reader, bytes: sink.bytes().length };
}

test("RecordingWriter makes text of an enum whose texts turn out not to repeat", async () => {
  const source = Array.from({ length: 400 }, (_, i) => ({
    ...frameOf(i, { n: i < 150 ? ["idle", "run"][i & 1]! : `said ${i} \ud83d`, c: "same" }),
  }));
  const { reader } = await recorded(source);
  assert.ok(reader.revisions > 1);
  assert.deepEqual(reader.schema.kinds[0]!.fields.map(({ type }) => type), ["text", "enum"]);
  const back: StateFrame[] = [];
  for await (const snapshot of reader.snapshots()) back.push(snapshot.toFrame());
  assert.deepEqual(back, source);
});

test("RecordingWriter keeps ever new texts out of the schema", async () => {
  const of = (count: number) =>
    Array.from({ length: count }, (_, i) => frameOf(i, { n: `text ${i} of a frame`, c: "" }));
  const short = await recorded(of(2000));
  const long = await recorded(of(8000));
  assert.equal(long.reader.revisions, short.reader.revisions);
  assert.ok(long.bytes < short.bytes * 4.2, `${short.bytes} grows to ${long.bytes}`);
});

test("RecordingWriter lists texts from the revision on that brings a kind with texts", async () => {
  const source = [
    { frame: 0, timeMs: 0, entities: [] },
    { frame: 1, timeMs: 1500, entities: [] },
    ...Array.from({ length: 8 }, (_, i) => frameOf(300 + i, { n: `said ${i}`, c: "same" })),
  ];
  const { reader } = await recorded(source);
  assert.equal(reader.schema.kinds[0]!.fields[0]!.type, "text");
  const back: StateFrame[] = [];
  for await (const snapshot of reader.snapshots()) back.push(snapshot.toFrame());
  assert.deepEqual(back, source);
});

test("RecordingReader reads on where there are more texts than are kept at once", async () => {
  const schema = { kinds: [{ name: "p", fields: [{ name: "n", type: "text" as const }] }] };
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { schema, level: 1 });
  const long = "x".repeat(1 << 20);
  const count = 2 * TEXT_COST_MAX / (1 << 21);
  for (let i = 0; i < count; i++) await writer.write(frameOf(i, { n: long + i }));
  const tooMuch = frameOf(count, { n: "y".repeat(TEXT_COST_MAX / 4) });
  await assert.rejects(
    writer.write(tooMuch),
    /"p" field "n" of entity 1 in frame 32: with it the texts .* cost more than/,
  );
  // A block ends where its texts are many, though its frames last 10 ms.
  assert.equal((await writer.close()).blocks, count);
  const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
  let next = 0;
  for await (const snapshot of reader.snapshots()) {
    assert.ok(snapshot.entity(0).fields["n"] === long + next++);
  }
  assert.equal(next, count);
});
