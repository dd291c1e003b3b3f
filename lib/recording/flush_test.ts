import assert from "node:assert/strict";
import { test } from "node:test";
import { MemorySink, MemorySource } from "./container/memory_file.ts";
import { RecordingReader } from "./recording_reader.ts";
import { RecordingWriter } from "./recording_writer.ts";

/** Number of chunk records. */
function chunkCount(bytes: Uint8Array): number {
  let count = 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 9 <= bytes.length;) {
    if (bytes[at] === 0x06) count++;
    at += 9 + Number(view.getBigUint64(at + 1, true));
  }
  return count;
}

test("RecordingWriter.flush() hands the sink what waits, schema or none", async () => {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { level: 1 });
  await writer.writeEvent({
    name: "early",
    frame: undefined,
    timeMs: undefined,
    data: { ev: "early" },
  });
  await writer.flush();
  assert.equal(chunkCount(sink.bytes()), 0);
  const entities = [{ id: 1, kind: "a", fields: { x: 1 } }];
  await writer.write({ frame: 5, timeMs: 0, entities });
  assert.equal(chunkCount(sink.bytes()), 0);
  await writer.flush();
  assert.equal(chunkCount(sink.bytes()), 2);
  await writer.flush();
  assert.equal(chunkCount(sink.bytes()), 2);
  await writer.write({ frame: 6, timeMs: 16, entities });
  const { frames, events, blocks } = await writer.close();
  assert.deepEqual({ frames, events, blocks }, { frames: 2, events: 1, blocks: 2 });
});

test("RecordingWriter.flush() hands over events before the first frame that say where they stand", async () => {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { level: 1 });
  const event = (name: string, frame?: number, timeMs?: number) =>
    writer.writeEvent({ name, frame, timeMs, data: { ev: name, n: 1 } });
  const names = async (bytes: Uint8Array) => {
    const reader = await RecordingReader.open(new MemorySource(bytes), { damage: "leave-out" });
    return (await Array.fromAsync(reader.events("frame"))).map(({ name }) => name);
  };
  await event("framed", 3);
  await event("nowhere");
  await event("timed", undefined, 20);
  await writer.flush();
  assert.deepEqual((await names(sink.bytes())).sort(), ["framed", "timed"]);
  const { length } = sink.bytes();
  await writer.flush();
  assert.equal(sink.bytes().length, length);
  await writer.write({ frame: 5, timeMs: 50, entities: [{ id: 1, kind: "a", fields: { x: 1 } }] });
  await event("after", 5);
  assert.deepEqual(await writer.close().then(({ frames, events }) => [frames, events]), [1, 4]);
  const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
  assert.equal(reader.firstFrame, 5);
  assert.deepEqual(await names(sink.bytes()), ["timed", "framed", "nowhere", "after"]);
});
