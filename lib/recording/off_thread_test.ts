import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { EntityNames } from "../core/names/entity_names.ts";
import type { StateEvent, StateFrame } from "../core/state/state.ts";
import { MemorySink } from "./container/memory_file.ts";
import { decompress } from "./container/zstd.ts";
import { framesOf, openBytes, record } from "./memory_recording_test_helper.ts";
import { randomWorld, WORLD_SCHEMA } from "./random_world_test_helper.ts";
import type { RecordingOptions } from "./recording_options.ts";
import { RecordingWriter } from "./recording_writer.ts";

const CHUNK = 0x06;
const ATTACHMENT = 0x09;
const DATA_END = 0x0f;

/** The records of a file's data in order, whatever the chunks were compressed to. */
function recordsOf(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: string[] = [];
  for (let at = 8; bytes[at] !== DATA_END;) {
    const length = Number(view.getBigUint64(at + 1, true));
    const content = bytes.subarray(at + 9, at + 9 + length);
    // What the states hold is sealed with the places of the chunks.
    const shown = bytes[at] === CHUNK
      ? messagesOf(content)
      : bytes[at] === ATTACHMENT
      ? []
      : content;
    records.push(`${bytes[at]}: ${shown}`);
    at += 9 + length;
  }
  return records;
}

/** Times and messages of a chunk. */
function messagesOf(chunk: Uint8Array): number[] {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const rawLength = Number(view.getBigUint64(16, true));
  return [...chunk.subarray(0, 16), ...decompress(chunk.subarray(44), rawLength)];
}

async function recordOffThread(
  frames: readonly StateFrame[],
  options: RecordingOptions,
  events: readonly StateEvent[] = [],
): Promise<Uint8Array> {
  return record(frames, { ...options, offThread: true }, events);
}

function frameOf(frame: number, x: number): StateFrame {
  return { frame, timeMs: frame * 10, entities: [{ id: 1, kind: "a", fields: { x } }] };
}

const event = (name: string, frame?: number, timeMs?: number): StateEvent => {
  return { name, frame, timeMs, data: { ev: name, place: 4 } };
};

describe("RecordingWriter off the thread", () => {
  test("writes the records that it writes on it, whatever the frames", async () => {
    await fc.assert(
      fc.asyncProperty(
        randomWorld,
        fc.boolean(),
        fc.boolean(),
        async (frames, isKnown, preview) => {
          const options = { ...(isKnown ? { schema: WORLD_SCHEMA } : {}), preview, level: 1 };
          const { frame, timeMs } = frames.at(-1) ?? { frame: 0, timeMs: 0 };
          const events = [event("a", frame), event("b", undefined, timeMs), event("c")];
          const bytes = await recordOffThread(frames, options, events);
          assert.deepEqual(recordsOf(bytes), recordsOf(await record(frames, options, events)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("keeps the ids of entities before their blocks, and texts of blocks that wait", async () => {
    const names = new EntityNames();
    const frames = Array.from({ length: 40 }, (_, i): StateFrame => {
      const fields = { text: `said ${i % 7} of ${i}`, n: i };
      const ids = [`p${i >> 2}`, `p${(i >> 2) + 1}`];
      const entities = ids.map((id) => ({ id: names.entity(id), kind: "a", fields }));
      return { frame: i, timeMs: i * 200, entities };
    });
    const schema = {
      kinds: [{
        name: "a",
        fields: [{ name: "text", type: "text" as const }, { name: "n", type: "u8" as const }],
      }],
    };
    const bytes = await recordOffThread(frames, { schema, names });
    assert.deepEqual(recordsOf(bytes), recordsOf(await record(frames, { schema, names })));
    assert.deepEqual(await framesOf(await openBytes(bytes)), frames);
  });

  test("goes on while zstd and the sink are at work, and flush() waits for both", async () => {
    const sink = new MemorySink();
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns++;
      if (!isOver) setImmediate(turn);
    };
    const slow = {
      write: async (bytes: Uint8Array) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        sink.write(bytes);
      },
    };
    const writer = await RecordingWriter.open(slow, { offThread: true });
    await writer.write(frameOf(0, 1));
    for (let i = 1; i < 250; i++) void writer.write(frameOf(i, i));
    assert.ok(writer.waitingBytes > 0);
    const before = sink.bytes().length;
    setImmediate(turn);
    await writer.flush();
    isOver = true;
    assert.ok(turns > 2);
    assert.equal(writer.waitingBytes, 0);
    assert.equal(writer.blocks, 3);
    assert.ok(sink.bytes().length > before);
    const { length } = sink.bytes();
    await writer.flush();
    assert.equal(sink.bytes().length, length);
    await writer.close();
    const read = await framesOf(await openBytes(sink.bytes()));
    assert.deepEqual(read.map(({ frame }) => frame), Array.from({ length: 250 }, (_, i) => i));
  });

  test("asks to wait when much waits, and takes what comes all the same", async () => {
    const taken: (() => void)[] = [];
    const sink = { write: () => new Promise<void>((resolve) => taken.push(resolve)) };
    const opening = RecordingWriter.open(sink, { offThread: true, level: 1 });
    taken.shift()!();
    const writer = await opening;
    let hasRoom = true;
    for (let i = 0; hasRoom && i < 1000; i++) {
      const entities = Array.from({ length: 500 }, (_, id) => {
        return { id, kind: "a", fields: { x: id * i, y: Math.sin(id + i) } };
      });
      const written = writer.write({ frame: i, timeMs: i * 16, entities });
      const isLate = new Promise((resolve) => setTimeout(resolve, 0, "late"));
      hasRoom = i === 0 || await Promise.race([written, isLate]) !== "late";
    }
    assert.equal(hasRoom, false);
    assert.ok(writer.waitingBytes >= 1 << 23 && writer.waitingBytes < 1 << 25);
    const release = setInterval(() => taken.splice(0).forEach((resolve) => resolve()), 1);
    const { blocks } = await writer.close().finally(() => clearInterval(release));
    assert.ok(blocks > 1);
  });
});

for (const [how, fail] of [["throws", () => fault()], ["rejects", async () => fault()]] as const) {
  test(`RecordingWriter off the thread passes on the error of a sink that ${how}`, async () => {
    let writes = 0;
    const sink = { write: () => ++writes > 3 ? fail() : undefined };
    const writer = await RecordingWriter.open(sink, { offThread: true });
    for (let i = 0; i < 300; i++) writer.write(frameOf(i, i)).catch(() => {});
    await assert.rejects(writer.flush(), /disk is full/);
    assert.equal(writes, 4);
    await assert.rejects(writer.write(frameOf(300, 1)), /disk is full/);
    await assert.rejects(writer.close(), /disk is full/);
    assert.equal(writes, 4);
    assert.equal(writer.waitingBytes, 0);
  });
}

function fault(): never {
  throw new Error("the disk is full");
}
