import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { describe, test } from "node:test";
import { McapWriter, TempBuffer } from "@mcap/core";
import { MemorySource } from "../container/memory_file.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import { verifyRecording } from "../verify/verify_recording.ts";
import { readAll, smallModel } from "./damage_model_test_helper.ts";

/** Some runtimes stop a test after 5 s, and a machine may be busy. */
const SLOW = { timeout: 300_000 };
const model = await smallModel();
const whole = model.bytes;
const MAGIC = whole.subarray(0, 8);
/** Byte behind the header. */
const headerEnd = 8 + 9 + Number(new DataView(whole.buffer).getBigUint64(9, true));
const lastPart = model.parts.at(-1)!.end;

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

/** Frames and events of parts that lie behind a byte. */
function behind(byte: number) {
  const of = (topic: string) =>
    model.parts.filter((part) => part.topic === topic && part.start >= byte)
      .flatMap(({ holds }) => holds);
  return {
    frames: of("state").map((i) => model.frames[i]!.frame),
    events: of("event").map((i) => model.events[i]!),
  };
}

async function readFrom(bytes: Uint8Array) {
  const { events, frames, reader } = await readAll(bytes);
  return { events, frames: frames.map(({ frame }) => frame), damage: reader.damage! };
}

describe("RecordingReader.open() of a file without its header", () => {
  for (
    const [name, head] of [
      ["removed", MAGIC],
      ["and its magic removed", new Uint8Array()],
      ["overwritten", joined(MAGIC, new Uint8Array(headerEnd - 8))],
      ["and its magic overwritten", new Uint8Array(headerEnd).fill(0x55)],
    ] as const
  ) {
    for (const end of [whole.length, lastPart]) {
      const how = end === lastPart ? ", and without an end" : "";
      test(`reads all, when it was ${name}${how}`, async () => {
        const bytes = joined(head, whole.subarray(headerEnd, end));
        const { events, frames, reader } = await readAll(bytes);
        assert.deepEqual(frames, model.frames);
        assert.deepEqual(events, model.events);
        assert.equal(reader.source.get("game"), "model");
        const { faults, lostEvents, lostFrames } = reader.damage!;
        assert.deepEqual([lostFrames ?? 0, lostEvents ?? 0], [0, 0]);
        assert.ok(faults.some(({ section }) => section === "header"));
        const found = await verifyRecording(new MemorySource(bytes));
        assert.deepEqual([found.isWhole, found.frames], [false, 6]);
        const ofHeader = found.faults.filter(({ section }) => section === "header");
        assert.equal(ofHeader.length, 1);
      });
    }
  }

  for (
    const [name, bytes] of [
      ["lacks its first 8 bytes", whole.subarray(8)],
      ["has a byte order mark before them", joined(Uint8Array.of(0xef, 0xbb, 0xbf), whole)],
      ["has lines before them", joined(new TextEncoder().encode("saved\n".repeat(40)), whole)],
      ["has a line before them and no end", joined(Uint8Array.of(10), whole.subarray(0, lastPart))],
    ] as const
  ) {
    test(`reads all when the file ${name}`, async () => {
      const { events, frames, reader } = await readAll(bytes);
      assert.deepEqual(frames, model.frames);
      assert.deepEqual(events, model.events);
      assert.equal(reader.source.get("game"), "model");
      const { faults, lostEvents, lostFrames } = reader.damage!;
      assert.deepEqual([lostFrames ?? 0, lostEvents ?? 0], [0, 0]);
      assert.ok(faults.some(({ section }) => section === "header"));
      const found = await verifyRecording(new MemorySource(bytes));
      assert.deepEqual([found.isWhole, found.frames, found.rewrittenBy], [false, 6, undefined]);
    });
  }

  test("reads what is behind a cut at any byte, by the schemas at its end", SLOW, async () => {
    const last = model.parts.filter(({ topic }) => topic !== "preview").at(-1)!.start;
    for (let at = headerEnd; at <= last; at += 3) {
      const expected = behind(at);
      const { damage, events, frames } = await readFrom(whole.subarray(at));
      assert.deepEqual({ events, frames }, expected, `byte ${at}`);
      assert.equal(damage.lostFrames, model.frames.length - frames.length, `byte ${at}`);
      assert.equal(damage.lostEvents, model.events.length - events.length, `byte ${at}`);
      const factsLost = damage.faults.some(({ section }) => section === "metadata hindcast");
      assert.equal(factsLost, at > headerEnd, `byte ${at}`);
      if (at % 60 > 2) continue;
      const { faults, isWhole } = await verifyRecording(new MemorySource(whole.subarray(at)));
      assert.equal(isWhole, false);
      // Of what stands whole behind the cut nothing is said for the lack of what stood before.
      assert.ok(!faults.some(({ section }) => section === "chunk"), `byte ${at}`);
    }
  });

  test("says that frames may be lost before the first, where no table has them", async () => {
    const [, second] = model.parts.filter(({ topic }) => topic === "state");
    const facts = whole.subarray(headerEnd, model.parts[0]!.start);
    const start = Buffer.from(facts).indexOf("hindcast.State") - 4 - 2 - 9;
    const pieces = [facts.subarray(start), whole.subarray(second!.start, lastPart)];
    const { damage, frames } = await readFrom(joined(...pieces));
    assert.deepEqual(frames, [12, 13, 14, 15]);
    assert.deepEqual(damage.lost[0], { known: undefined, after: undefined, before: 12 });
    assert.equal(damage.lostFrames, undefined);
  });
});

describe("RecordingReader.open() refuses in one line what is no recording:", () => {
  const open = async (bytes: Uint8Array) => await readAll(bytes);
  const other = async (profile: string, chunks: boolean) => {
    const buffer = new TempBuffer();
    const compressChunk = () => ({ compression: "lz4", compressedData: new Uint8Array(9) });
    const writer = new McapWriter({ writable: buffer, ...(chunks ? {} : { compressChunk }) });
    await writer.start({ profile, library: "other" });
    const schemaId = await writer.registerSchema({
      name: "odom",
      encoding: "ros2msg",
      data: new TextEncoder().encode("float64 x"),
    });
    const channelId = await writer.registerChannel({
      schemaId,
      topic: "/odom",
      messageEncoding: "cdr",
      metadata: new Map(),
    });
    const time = { logTime: 0n, publishTime: 0n };
    await writer.addMessage({ channelId, sequence: 0, ...time, data: new Uint8Array(30) });
    await writer.end();
    return buffer.get().slice();
  };
  const noise = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * i * 31 + (i >> 7)) & 0xff);
  for (
    const [name, made, problem] of [
      [
        "text",
        () => new TextEncoder().encode('{"f":0,"id":1}\n'.repeat(1e5)),
        /this is no MCAP file/,
      ],
      ["noise", () => noise, /this is no MCAP file/],
      ["zeros", () => new Uint8Array(1 << 20), /this is no MCAP file/],
      ["magic and noise", () => joined(MAGIC, noise), /Cannot read header at byte/],
      ["a robot's log", () => other("ros2", true), /of profile "ros2", not of hindcast/],
      ["a log without a profile", () => other("", true), /of profile "", not of hindcast/],
      ["a log of lz4", () => other("ros2", false), /of profile "ros2", not of hindcast/],
      [
        "a log of our profile",
        () => other("x-hindcast/2", true),
        /no states and no events of hindcast/,
      ],
      [
        "a log without its header",
        async () => (await other("ros2", true)).subarray(40),
        /no MCAP file/,
      ],
    ] as const
  ) {
    test(name, SLOW, async () => {
      const bytes = await made();
      await assert.rejects(open(bytes), (error) => {
        assert.ok(error instanceof RecordingSyntaxError, String(error));
        assert.match(error.message, problem);
        assert.ok(!error.message.includes("\n"));
        return true;
      });
    });
  }
});
