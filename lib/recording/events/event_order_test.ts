import assert from "node:assert/strict";
import { test } from "node:test";
import { inFrameOrder } from "./event_order.ts";
import { eventsOf, openBytes } from "../memory_recording_test_helper.ts";
import { RecordingWriter } from "../recording_writer.ts";
import { MemorySink } from "../container/memory_file.ts";

const at = (offset: number, name: string) => ({ offset, name });

test("inFrameOrder() merges chunks, and keeps the order of the file within a frame", async () => {
  const chunks = [
    [at(1, "a"), at(5, "b"), at(3, "c"), at(9, "d")],
    [at(5, "e"), at(4, "f")],
    [at(9, "g"), at(-2, "h"), at(5, "i")],
  ];
  const read = (i: number) => Promise.resolve(chunks[i]!);
  const names = (await Array.fromAsync(inFrameOrder(3, read))).map(({ name }) => name);
  assert.equal(names.join(""), "hacfbeidg");
});

test("inFrameOrder() gives out what lies before a chunk that cannot be read", async () => {
  const read = (i: number) =>
    i === 1 ? Promise.reject(new RangeError("damaged")) : Promise.resolve([at(9, `n${i}`)]);
  const names: string[] = [];
  await assert.rejects(async () => {
    for await (const { name } of inFrameOrder(3, read)) names.push(name);
  }, /damaged/);
  assert.deepEqual(names, ["n0"]);
});

test("RecordingReader.events() by frame gives late events at their frames, whatever they name", async () => {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink);
  // A hitch: frame 30 takes 0.4 s, so that a line through the block would miss.
  const timeOf = (frame: number) => frame * 20 + (frame > 30 ? 400 : 0);
  for (let frame = 0; frame < 200; frame++) {
    const entities = [{ id: 0, kind: "ball", fields: { x: frame } }];
    await writer.write({ frame, timeMs: timeOf(frame), entities });
  }
  const late = [
    { frame: 150, timeMs: undefined, name: "by frame" },
    { frame: undefined, timeMs: timeOf(40), name: "by time" },
    { frame: 40, timeMs: undefined, name: "of that frame" },
    { frame: 39, timeMs: timeOf(39), name: "before" },
    { frame: 41, timeMs: timeOf(41), name: "after" },
  ];
  for (const event of late) await writer.writeEvent({ ...event, data: { ev: event.name } });
  await writer.close();
  const reader = await openBytes(sink.bytes());
  const names = (await Array.fromAsync(reader.events("frame"))).map(({ name }) => name);
  assert.deepEqual(names, ["before", "by time", "of that frame", "after", "by frame"]);
  assert.deepEqual(
    await eventsOf(reader),
    late.map((event) => ({ ...event, data: { ev: event.name } })),
  );
});
