import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TypedMcapRecords } from "@mcap/core";
import { shortened, withAlteredMessages } from "../altered_message_test_helper.ts";
import { MemorySink, MemorySource } from "../container/memory_file.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import { describeRecording } from "../describe_recording.ts";
import { record } from "../memory_recording_test_helper.ts";
import { RecordingReader } from "../recording_reader.ts";
import { RecordingWriter } from "../recording_writer.ts";
import { verifyRecording } from "../verify/verify_recording.ts";

/** Some runtimes stop a test after 5 s, and a machine may be busy. */
const SLOW = { timeout: 120_000 };

type Message = TypedMcapRecords["Message"];

/** Frames 0 to 29 in blocks of ten; frame 25 is missing. */
const frames = Array.from({ length: 30 }, (_, frame) => ({
  frame,
  timeMs: frame * 100,
  entities: [{ id: 1, kind: "ball", fields: { x: frame * 3 } }],
})).filter(({ frame }) => frame !== 25);
const events = [5, 6, 15, 16, 28].map((frame) => {
  const data = { f: frame, t: frame * 100, ev: frame === 28 ? "end" : "hit" };
  return { frame, timeMs: data.t, name: data.ev, data };
});
const file = await recordInParts();

/** Records with a chunk of events for each block. */
async function recordInParts(): Promise<Uint8Array> {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { rateHz: 10 });
  for (const frame of frames) {
    await writer.write(frame);
    for (const event of events) if (event.frame === frame.frame) await writer.writeEvent(event);
    if (frame.frame % 10 === 9) await writer.flush();
  }
  await writer.close();
  return sink.bytes();
}

const isState = ({ channelId }: Message) => channelId >= 3;
const isEvent = ({ channelId, data }: Message) =>
  channelId < 3 && new TextDecoder().decode(data).startsWith('{"events"');

/** The file with blocks and messages of events that do not decode, by their frames. */
function spoilt(
  { blocks = [], events = [] }: { blocks?: readonly number[]; events?: readonly number[] },
): Uint8Array {
  return withAlteredMessages(file, (message) => {
    if (isState(message) && blocks.includes(message.sequence)) return shortened(message);
    const isBad = isEvent(message) && events.includes(message.sequence);
    return isBad ? { ...message, data: new TextEncoder().encode('{"events":[7]}') } : message;
  });
}

async function opened(bytes: Uint8Array) {
  return await RecordingReader.open(new MemorySource(bytes), { damage: "leave-out" });
}

function damageOf(reader: RecordingReader) {
  return reader.damage;
}

/** Frames that are left, and what the reader says when all is read. */
async function readAll(bytes: Uint8Array) {
  const reader = await opened(bytes);
  const read: number[] = [];
  for await (const snapshot of reader.snapshots()) {
    read.push(snapshot.frame);
    assert.equal(snapshot.entity(0).fields["x"], snapshot.frame * 3);
  }
  return { reader, read, events: await Array.fromAsync(reader.events()) };
}

const numbers = frames.map(({ frame }) => frame);

describe("RecordingReader leaves out what has a right CRC and does not decode:", () => {
  for (
    const [bad, lost] of [
      [[0], [{ known: { from: 0, to: 9, frames: 10 }, after: undefined, before: 10 }]],
      [[10], [{ known: { from: 10, to: 19, frames: 10 }, after: 9, before: 20 }]],
      [[20], [{ known: { from: 20, to: 29, frames: 9 }, after: 19, before: undefined }]],
      [[0, 20], [
        { known: { from: 0, to: 9, frames: 10 }, after: undefined, before: 10 },
        { known: { from: 20, to: 29, frames: 9 }, after: 19, before: undefined },
      ]],
      [[10, 20], [{ known: { from: 10, to: 29, frames: 19 }, after: 9, before: undefined }]],
      [[0, 10, 20], [{
        known: { from: 0, to: 29, frames: 29 },
        after: undefined,
        before: undefined,
      }]],
    ] as const
  ) {
    test(`blocks ${bad.join(" and ")}`, SLOW, async () => {
      const gone = (frame: number) => bad.some((first) => frame >= first && frame < first + 10);
      const left = numbers.filter((frame) => !gone(frame));
      const found = await readAll(spoilt({ blocks: bad }));
      const { reader } = found;
      assert.deepEqual(found.read, left);
      assert.deepEqual(found.events, events);
      assert.equal(reader.frameCount, left.length);
      assert.equal(reader.missingFrames, 30 - left.length);
      const { damage } = reader;
      assert.deepEqual(damage!.lost, lost);
      assert.equal(damage!.lostFrames, numbers.length - left.length);
      assert.equal(damage!.lostEvents, 0);
      assert.equal(damage!.faultCount, bad.length);
      assert.deepEqual(
        damage!.faults.map(({ offset }) => offset),
        reader.blocks.filter(({ firstFrame }) => gone(firstFrame)).map(({ offset }) => offset),
      );
      const gaps: number[] = [];
      for await (const { from, to } of reader.gaps()) {
        for (let frame = from; frame <= to; frame++) gaps.push(frame);
      }
      const there = new Set(left);
      assert.deepEqual(gaps, Array.from({ length: 30 }, (_, i) => i).filter((i) => !there.has(i)));
    });
  }

  test("a block, found by a look-up", SLOW, async () => {
    const reader = await opened(spoilt({ blocks: [10] }));
    assert.equal(damageOf(reader), undefined);
    assert.deepEqual(await reader.at(15), { found: false, frame: 15, reason: "never" });
    assert.equal(reader.damage!.lostFrames, 10);
    assert.equal(await reader.frameAt(1500), 9);
    assert.equal(await reader.frameAt(2000), 20);
    assert.equal((await reader.atRing(24, { size: 16, newest: 24 })).found, true);
    const gaps = await Array.fromAsync(reader.gaps());
    assert.deepEqual(gaps, [{ from: 10, to: 19 }, { from: 25, to: 25 }]);
  });

  test("blocks, before they are counted", SLOW, async () => {
    const reader = await opened(spoilt({ blocks: [10] }));
    const { frames, gaps, kinds, missingFrames } = await describeRecording(reader);
    assert.deepEqual([frames, gaps, missingFrames], [19, 2, 11]);
    assert.equal(kinds[0]!.rows, 19);
  });

  test("messages of events, in either order, and counts the others", SLOW, async () => {
    for (const order of ["written", "frame"] as const) {
      const reader = await opened(spoilt({ events: [6, 28] }));
      assert.equal(damageOf(reader), undefined);
      const read = await Array.fromAsync(reader.events(order));
      assert.deepEqual(read, events.filter(({ frame }) => frame !== 6 && frame !== 28));
      assert.deepEqual(reader.eventCounts, new Map([["hit", 3]]));
      const { damage } = reader;
      assert.deepEqual([damage!.lostEvents, damage!.lostFrames, damage!.faultCount], [2, 0, 2]);
      assert.deepEqual(new Set(damage!.faults.map(({ section }) => section)), new Set(["events"]));
    }
  });

  test(
    "the same in a file without its index, beside a block whose CRC is wrong",
    SLOW,
    async () => {
      const bytes = spoilt({ blocks: [10], events: [15] });
      const { blocks } = await opened(bytes);
      bytes[blocks[0]!.offset + 60]! ^= 1;
      const cut = bytes.subarray(0, bytes.length - 100);
      const { reader, ...found } = await readAll(cut);
      assert.deepEqual(found.read, numbers.filter((frame) => frame >= 20));
      assert.deepEqual(found.events, events.filter(({ frame }) => frame !== 15));
      assert.equal(reader.damage!.lostFrames, 20);
      assert.equal(reader.damage!.lostEvents, 1);
      assert.equal(reader.damage!.faultCount, 3);
    },
  );

  test("nothing where damage is refused", SLOW, async () => {
    const reader = await RecordingReader.open(
      new MemorySource(spoilt({ blocks: [10], events: [15] })),
    );
    await assert.rejects(reader.at(15), RecordingSyntaxError);
    await assert.rejects(Array.fromAsync(reader.events()), RecordingSyntaxError);
    assert.equal((await reader.at(5)).found, true);
  });
});

test("verifyRecording() names each block and each message that does not decode", SLOW, async () => {
  const bytes = spoilt({ blocks: [0, 20], events: [15] });
  const { blocks } = await opened(bytes);
  const found = await verifyRecording(new MemorySource(bytes));
  assert.equal(found.isWhole, false);
  assert.deepEqual([found.frames, found.blocks, found.events], [10, 1, 4]);
  assert.deepEqual(found.faults.map(({ section, cost }) => [section, cost]), [
    ["block", "frames"],
    ["block", "frames"],
    ["events", "events"],
  ]);
  assert.deepEqual(
    found.faults.slice(0, 2).map(({ offset }) => offset),
    [blocks[0]!.offset, blocks[2]!.offset],
  );
  assert.equal(found.damage!.lostFrames, 19);
  assert.equal(found.damage!.lostEvents, 1);
});

test("RecordingReader reads nothing twice of a whole file", SLOW, async () => {
  const whole = await record(frames, { rateHz: 10 }, events);
  class Counted extends MemorySource {
    reads: number[] = [];
    override read(offset: number, length: number): Uint8Array {
      this.reads.push(offset);
      return super.read(offset, length);
    }
  }
  const source = new Counted(whole);
  const reader = await RecordingReader.open(source, { damage: "leave-out" });
  source.reads = [];
  for await (const _ of reader.snapshots()) { /* all */ }
  assert.deepEqual(source.reads, reader.blocks.map(({ offset }) => offset));
});
