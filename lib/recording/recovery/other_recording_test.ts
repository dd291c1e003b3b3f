import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { describe, test } from "node:test";
import { MemorySink, MemorySource } from "../container/memory_file.ts";
import { RecordingReader } from "../recording_reader.ts";
import { RecordingWriter } from "../recording_writer.ts";
import { verifyRecording } from "../verify/verify_recording.ts";

const FRAMES = 40;
const BLOCKS = 8;

/** One of several recordings, whose only field has a name, with values of a seed. */
async function recorded(name: string, seed: number) {
  const sink = new MemorySink();
  const schema = { kinds: [{ name: "car", fields: [{ name, type: "f64" as const }] }] };
  const writer = await RecordingWriter.open(sink, { schema, rateHz: 60 });
  const xs: number[] = [];
  for (let i = 0; i < FRAMES; i++) {
    // Blocks of other sizes: two of the same ones are told apart by nothing.
    const x = i % seed < seed / 2 ? 0 : ((i * i * seed * 7919) % 100_000) / 8;
    xs.push(x);
    const entities = [{ id: 1, kind: "car", fields: { [name]: x } }];
    await writer.write({ frame: 100 + i, timeMs: i * 16, entities });
    if (i % (FRAMES / BLOCKS) === FRAMES / BLOCKS - 1) await writer.flush();
  }
  await writer.close();
  return { bytes: sink.bytes(), xs };
}

const first = await recorded("x", 3);
const others = {
  "of the same schema": await recorded("x", 5),
  "of another name": await recorded("speed", 7),
};

/** Byte at which the n-th chunk stands, by the lengths of the records before it. */
function chunkAt(bytes: Uint8Array, n: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let seen = 0;
  for (let at = 8;; at += 9 + Number(view.getBigUint64(at + 1, true))) {
    if (bytes[at] === 0x06 && seen++ === n) return at;
  }
}

const concat = (...pieces: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(pieces));

async function readXs(bytes: Uint8Array) {
  const reader = await RecordingReader.open(new MemorySource(bytes), { damage: "leave-out" });
  const read: [number, object][] = [];
  for await (const snapshot of reader.snapshots()) {
    const { frame, entities } = snapshot.toFrame();
    read.push([frame, { ...entities[0]!.fields }]);
  }
  return { reader, read };
}

describe("RecordingReader.open() of a recording that is cut amid a block", () => {
  const torn = chunkAt(first.bytes, 5) + 40;
  const expected = first.xs.slice(0, 5 * FRAMES / BLOCKS).map((x, i) => [100 + i, { x }]);

  for (const [name, { bytes: other }] of Object.entries(others)) {
    const headerEnd = 8 + 9 + Number(new DataView(other.buffer).getBigUint64(9, true));
    for (
      const [how, bytes] of [
        ["another behind it", concat(first.bytes.subarray(0, torn), other)],
        [
          "the rest of an older file behind it",
          concat(first.bytes.subarray(0, torn), other.subarray(torn)),
        ],
        [
          "another without its header behind it",
          concat(first.bytes.subarray(0, torn), other.subarray(headerEnd)),
        ],
      ] as const
    ) {
      // What lies there without anything that begins it cannot be told where the schema is the same.
      const isSameSchema = name === "of the same schema";
      if (isSameSchema && how === "another without its header behind it") continue;
      test(`reads all of the first and nothing else: ${how}, ${name}`, async () => {
        const { read, reader } = await readXs(bytes);
        assert.deepEqual(read, expected);
        const { faults, hasAllData, isCut, lostFrames } = reader.damage!;
        assert.deepEqual([isCut, hasAllData, lostFrames], [true, false, undefined]);
        assert.ok(faults.some(({ section }) => section === "recording"));
        const found = await verifyRecording(new MemorySource(bytes));
        assert.deepEqual([found.isWhole, found.frames], [false, expected.length]);
      });
    }
  }
});

test("RecordingReader.open() reads no block of another recording amid one with its index", async () => {
  const { bytes: other } = others["of the same schema"];
  const [start, end] = [chunkAt(first.bytes, 2) + 60, chunkAt(first.bytes, 5) + 60];
  const bytes = first.bytes.slice();
  bytes.set(other.subarray(start, end), start);
  const { read, reader } = await readXs(bytes);
  const given = new Map<number, object>(first.xs.map((x, i) => [100 + i, { x }]));
  for (const [frame, fields] of read) assert.deepEqual(fields, given.get(frame));
  assert.equal(reader.damage!.lostFrames, FRAMES - read.length);
  assert.ok(read.length >= 4 * FRAMES / BLOCKS);
});
