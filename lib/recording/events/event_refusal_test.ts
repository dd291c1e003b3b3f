import assert from "node:assert/strict";
import { test } from "node:test";
import { MemorySink, MemorySource } from "../container/memory_file.ts";
import { RecordingReader } from "../recording_reader.ts";
import { RecordingWriter } from "../recording_writer.ts";
import { verifyRecording } from "../verify/verify_recording.ts";

async function openWriter() {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { level: 1 });
  await writer.write({ frame: 0, timeMs: 0, entities: [] });
  return { sink, writer };
}

const event = (name: string, data: unknown) => ({
  name,
  frame: 0,
  timeMs: 0,
  data: data as Record<string, unknown>,
});

test("RecordingWriter.writeEvent() refuses data that is no object, and records on", async () => {
  const { sink, writer } = await openWriter();
  for (const data of [[1, 2], "hello", 5, null, undefined, new Map(), { m: new Map() }]) {
    await assert.rejects(writer.writeEvent(event("bad", data)), TypeError);
  }
  await assert.rejects(writer.writeEvent(undefined as never), TypeError);
  await writer.writeEvent(event("good", { at: new Date(0), n: 1 }));
  await writer.writeEvent(event("half \ud83d", { s: "\udc00" }));
  await writer.close();
  const source = new MemorySource(sink.bytes());
  assert.equal((await verifyRecording(source)).isWhole, true);
  const reader = await RecordingReader.open(source);
  const read = [];
  for await (const { name, data } of reader.events()) read.push([name, data]);
  assert.deepEqual(read, [
    ["good", { at: "1970-01-01T00:00:00.000Z", n: 1 }],
    ["half \ufffd", { s: "\udc00" }],
  ]);
});

test("RecordingWriter.open() refuses facts that are no texts", async () => {
  const source = { game: undefined } as never;
  await assert.rejects(RecordingWriter.open(new MemorySink(), { source }), TypeError);
});
