import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MemorySource } from "../container/memory_file.ts";
import { RecordingReader } from "../recording_reader.ts";
import { verifyRecording } from "../verify/verify_recording.ts";
import { readAll, smallModel } from "./damage_model_test_helper.ts";
import { type Rewriting, rewritten } from "./rescued_file_test_helper.ts";

/** Some runtimes stop a test after 5 s, and a machine may be busy. */
const SLOW = { timeout: 120_000 };

const model = await smallModel();
const WAYS: readonly (readonly [name: string, way: Rewriting])[] = [
  ["in one chunk without compression", { compression: "none" }],
  ["in one chunk of zstd", { compression: "zstd" }],
  ["in chunks of a few messages", { compression: "zstd", chunkSize: 500 }],
  ["without what it does not know", { compression: "zstd", chunkSize: 500, isBare: true }],
  ["with a summary that says nothing", { compression: "none", chunkSize: 500, isTerse: true }],
  ["without CRCs", { compression: "zstd", chunkSize: 500, isUnchecked: true }],
];

describe("A recording that another program has written anew", () => {
  for (const [name, way] of WAYS) {
    test(`${name} reads as before`, SLOW, async () => {
      const bytes = await rewritten(model.bytes, way);
      const { events, frames, reader } = await readAll(bytes);
      assert.deepEqual(frames, model.frames);
      assert.deepEqual(events, model.events);
      assert.equal(reader.damage, undefined);
      assert.deepEqual(reader.eventCounts, new Map([["hit", model.events.length]]));
      const inOrder = await Array.fromAsync(reader.events("frame"));
      assert.deepEqual(inOrder, model.events);
      for (const i of [5, 0, 4, 2]) {
        const answer = await reader.at(10 + i);
        assert.ok(answer.found);
        assert.deepEqual(answer.state.entity(0).fields, model.frames[i]!.entities[0]!.fields);
      }
      assert.equal(reader.source.get("game"), way.isBare ? undefined : "model");
      const found = await verifyRecording(new MemorySource(bytes));
      assert.deepEqual([found.isWhole, found.faults], [true, []]);
      assert.equal(found.rewrittenBy, "another program");
    });
  }

  test("opens as a whole file where its data have a CRC", SLOW, async () => {
    const bytes = await rewritten(model.bytes, { compression: "zstd" });
    const reader = await RecordingReader.open(new MemorySource(bytes));
    assert.equal(reader.frameCount, model.frames.length);
  });

  test("in the middle of which a chunk is damaged loses that chunk", SLOW, async () => {
    const bytes = await rewritten(model.bytes, { compression: "zstd", chunkSize: 500 });
    const whole = await readAll(bytes);
    const { offset, length } = whole.reader.blocks[1]!;
    const inChunk = whole.reader.blocks.filter((block) => block.offset === offset);
    bytes[offset + length - 20]! ^= 1;
    const { frames, reader } = await readAll(bytes);
    const lost = inChunk.flatMap(({ firstFrame, lastFrame }) => [firstFrame, lastFrame]);
    const kept = model.frames.map(({ frame }) => frame).filter((frame) => !lost.includes(frame));
    assert.deepEqual(frames.map(({ frame }) => frame), kept);
    assert.equal(reader.damage!.lostFrames, lost.length);
  });

  test("from a file that was cut has its whole blocks, and nothing is at fault", SLOW, async () => {
    const cut = model.bytes.subarray(0, model.parts.at(-1)!.start);
    const bytes = await rewritten(cut, { compression: "none" });
    const { events, frames, reader } = await readAll(bytes);
    assert.deepEqual([frames, events], [model.frames, model.events]);
    assert.equal(reader.damage, undefined);
  });

  test("without some of the blocks that its table has tells which", SLOW, async () => {
    const gone = model.parts.filter(({ topic }) => topic === "state")[1]!;
    const rest = new Uint8Array(model.bytes.length - (gone.end - gone.start));
    rest.set(model.bytes.subarray(0, gone.start));
    rest.set(model.bytes.subarray(gone.end), gone.start);
    const { reader } = await readAll(await rewritten(rest, { compression: "zstd" }));
    assert.deepEqual(reader.damage!.lost, [
      { known: { from: 12, to: 13, frames: 2 }, after: 11, before: 14 },
    ]);
  });

  test("with a compression that is not read says which and what to do", SLOW, async () => {
    const bytes = await rewritten(model.bytes, { compression: "lz4" });
    await assert.rejects(
      readAll(bytes),
      /^RecordingSyntaxError: Cannot read [^\n]*compression is "lz4"[^\n]*mcap compress[^\n]*$/,
    );
  });
});
