import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { McapChunkBuilder, McapRecordBuilder } from "@mcap/core";
import { zstdCompressSync } from "node:zlib";
import { MemorySource } from "../container/memory_file.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import { RecordingReader } from "../recording_reader.ts";
import { smallModel } from "./damage_model_test_helper.ts";

/** Some runtimes stop a test after 5 s, and a machine may be busy. */
const SLOW = { timeout: 120_000 };

const model = await smallModel();
/** A recording up to its last chunk, to which anything can be added. */
const cut = model.bytes.subarray(0, model.parts.at(-1)!.end);

function record(opcode: number, length: bigint, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(9 + content.length);
  bytes[0] = opcode;
  new DataView(bytes.buffer).setBigUint64(1, length, true);
  bytes.set(content, 9);
  return bytes;
}

function repeated(piece: Uint8Array, bytes: number): Uint8Array {
  return new Uint8Array(Buffer.alloc(bytes, piece));
}

/** Counts bytes that are asked for, each time anew. */
class CountedSource extends MemorySource {
  bytesRead = 0;

  override read(offset: number, length: number): Uint8Array {
    const bytes = super.read(offset, length);
    this.bytesRead += bytes.length;
    return bytes;
  }
}

async function open(...pieces: readonly Uint8Array[]) {
  const source = new CountedSource(new Uint8Array(Buffer.concat([cut, ...pieces])));
  const reader = await RecordingReader.open(source, { damage: "leave-out" });
  return { reader, source };
}

/** Head of a chunk that says that it has so many bytes. */
function chunkHead(compressed: number, raw: number, length = 44 + compressed): Uint8Array {
  const content = new Uint8Array(44);
  const view = new DataView(content.buffer);
  view.setBigUint64(16, BigInt(raw), true);
  view.setUint32(28, 4, true);
  content.set(new TextEncoder().encode("zstd"), 32);
  view.setBigUint64(36, BigInt(compressed), true);
  return record(0x06, BigInt(length), content);
}

const SIZE = 4 << 20;

describe("RecordingReader.open() bounds what a hostile file costs:", () => {
  const pieces: readonly (readonly [name: string, piece: Uint8Array])[] = [
    ["heads of chunks that lie in each other", chunkHead(1 << 20, 1 << 20)],
    ["heads of chunks of 128 MB", chunkHead(1 << 27, 1 << 27)],
    ["heads of chunks whose lengths disagree", chunkHead(1000, 1000, 1 << 20)],
    ["attachments that lie in each other", attachmentHead(1 << 20)],
    ["schemas that lie in each other", definitionHead(0x03, 1 << 20)],
    ["channels that lie in each other", definitionHead(0x04, 1 << 20)],
    ["metadata that lie in each other", metadataHead(1 << 20)],
    ["records of 2^63 bytes", record(0x06, 1n << 63n, new Uint8Array(8))],
    ["records of no length", record(0x07, 0n, new Uint8Array())],
    ["opcodes alone", Uint8Array.of(6)],
    ["zeros", Uint8Array.of(0)],
  ];
  for (const [name, piece] of pieces) {
    test(name, SLOW, async () => {
      const { reader, source } = await open(Uint8Array.of(0xff), repeated(piece, SIZE));
      assert.equal(reader.frameCount, model.frames.length);
      assert.ok(reader.damage!.faults.length <= 100);
      // Shapes are looked at in pieces of 4 kB that overlap, and each chunk is read once more.
      assert.ok(source.bytesRead < 8 * source.size, `${source.bytesRead} of ${source.size} bytes`);
    });
  }

  test("a chunk whose zstd frame has a gigabyte", SLOW, async () => {
    const bomb = zstdCompressSync(new Uint8Array(1 << 28));
    for (const said of [1000, 1 << 27, 2 ** 40]) {
      const builder = new McapRecordBuilder();
      builder.writeChunk({
        messageStartTime: 0n,
        messageEndTime: 0n,
        uncompressedSize: BigInt(said),
        uncompressedCrc: 1,
        compression: "zstd",
        records: new Uint8Array(bomb),
      });
      const { reader } = await open(builder.buffer.slice());
      assert.equal(reader.frameCount, model.frames.length);
      assert.equal(reader.damage!.faultCount, 1);
    }
  });

  test("blocks that go back, of frames that follow nothing, and of no channel", SLOW, async () => {
    const block = model.parts.find(({ topic }) => topic === "state")!;
    const again = model.bytes.subarray(block.start, block.end);
    const chunk = new McapChunkBuilder({});
    const time = { logTime: 0n, publishTime: 0n };
    chunk.addMessage({ channelId: 999, sequence: 0, ...time, data: new Uint8Array(5) });
    const builder = new McapRecordBuilder();
    builder.writeChunk({
      messageStartTime: 0n,
      messageEndTime: 0n,
      uncompressedSize: BigInt(chunk.buffer.length),
      uncompressedCrc: 0,
      compression: "",
      records: chunk.buffer.slice(),
    });
    const { reader } = await open(again, builder.buffer.slice());
    assert.equal(reader.frameCount, model.frames.length);
    const problems = reader.damage!.faults.map(({ problem }) => problem);
    assert.equal(problems.length, 2);
    assert.match(problems[0]!, /^frames 10 to 11 stand elsewhere as well$/);
    assert.match(problems[1]!, /^channel 999 of its messages is not there$/);
  });
});

test("RecordingReader.open() refuses what holds nothing but hostile records", SLOW, async () => {
  const head = model.bytes.subarray(0, 45);
  const file = new Uint8Array(Buffer.concat([head, repeated(chunkHead(100, 100), 1 << 20)]));
  await assert.rejects(
    RecordingReader.open(new MemorySource(file), { damage: "leave-out" }),
    RecordingSyntaxError,
  );
});

function attachmentHead(bytes: number): Uint8Array {
  const content = new Uint8Array(16 + 4 + 4 + 8);
  new DataView(content.buffer).setBigUint64(24, BigInt(bytes), true);
  return record(0x09, BigInt(content.length + bytes + 4), content);
}

function definitionHead(opcode: number, bytes: number): Uint8Array {
  const numbers = opcode === 0x03 ? 2 : 4;
  const content = new Uint8Array(numbers + 4 + 4 + 4);
  new DataView(content.buffer).setUint32(numbers + 8, bytes, true);
  return record(opcode, BigInt(content.length + bytes), content);
}

function metadataHead(bytes: number): Uint8Array {
  const content = new Uint8Array(8);
  new DataView(content.buffer).setUint32(4, bytes, true);
  return record(0x0c, BigInt(content.length + bytes), content);
}
