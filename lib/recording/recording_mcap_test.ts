import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import type { TypedMcapRecord, TypedMcapRecords } from "@mcap/core";
import { crc32, zstdDecompressSync } from "node:zlib";
import { EntityNames } from "../core/names/entity_names.ts";
import type { StateEvent, StateFrame } from "../core/state/state.ts";
import { MemorySink } from "./container/memory_file.ts";
import { openBytes, record } from "./memory_recording_test_helper.ts";
import { RecordingWriter } from "./recording_writer.ts";

const decompressHandlers = {
  zstd: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)),
};

const frames: StateFrame[] = Array.from({ length: 200 }, (_, i) => ({
  frame: i,
  timeMs: i * 16,
  // The late fraction makes a second schema revision.
  entities: [{ id: 1, kind: "ball", fields: { x: i < 150 ? i : i + 0.5 } }],
}));
const events: StateEvent[] = Array.from({ length: 40 }, (_, i) => {
  const data = { f: i * 3, t: i * 48, ev: "hit", n: i };
  return { frame: data.f, timeMs: data.t, name: "hit", data };
});

async function indexed(bytes: Uint8Array): Promise<McapIndexedReader> {
  const readable = {
    size: () => Promise.resolve(BigInt(bytes.length)),
    read: (offset: bigint, length: bigint) =>
      Promise.resolve(bytes.slice(Number(offset), Number(offset + length))),
  };
  return await McapIndexedReader.Initialize({ readable, decompressHandlers });
}

async function messages(reader: McapIndexedReader): Promise<TypedMcapRecords["Message"][]> {
  const all = [];
  for await (const message of reader.readMessages({ validateCrcs: true })) all.push(message);
  return all;
}

function streamed(bytes: Uint8Array): TypedMcapRecord[] {
  const reader = new McapStreamReader({ decompressHandlers, validateCrcs: true });
  reader.append(bytes);
  const records = [];
  for (let found; (found = reader.nextRecord());) records.push(found);
  assert.ok(reader.done());
  return records;
}

const parse = (data: Uint8Array) => JSON.parse(new TextDecoder().decode(data));

for (
  const [name, bytes] of [
    ["with everything", await record(frames, { preview: true, rateHz: 62.5 }, events)],
    ["without events", await record(frames)],
    ["without frames", await record([], {}, events)],
    ["without anything", await record([])],
  ] as const
) {
  describe(`@mcap/core reads a recording ${name}`, () => {
    const hasFrames = name === "with everything" || name === "without events";
    const hasEvents = name === "with everything" || name === "without frames";

    test("by its index", async () => {
      const reader = await indexed(bytes);
      assert.equal(reader.header.profile, "x-hindcast/2");
      const all = await messages(reader);
      const statistics = reader.statistics!;
      assert.equal(BigInt(all.length), statistics.messageCount);
      assert.equal(reader.chunkIndexes.length, statistics.chunkCount);
      const topics = all.map((message) => reader.channelsById.get(message.channelId)!.topic);
      const blocks = all.filter((_, i) => topics[i] === "state");
      assert.equal(blocks.length, hasFrames ? 4 : 0);
      for (const block of blocks) {
        assert.equal(block.logTime, BigInt(block.sequence) * 16_000_000n);
        assert.equal(block.logTime, block.publishTime);
      }
      const read = all.filter((_, i) => topics[i] === "event").flatMap((m) => parse(m.data).events);
      assert.deepEqual(read, hasEvents ? events.map((event) => event.data) : []);
      const attached = [];
      for await (const attachment of reader.readAttachments({ validateCrcs: true })) {
        attached.push(attachment.name);
      }
      assert.deepEqual(attached, ["hindcast.blocks", "hindcast.states"]);
      const names = [];
      for await (const metadata of reader.readMetadata()) names.push(metadata.name);
      assert.deepEqual(names, ["hindcast", "hindcast.events"]);
    });

    test("as a stream", async () => {
      const records = streamed(bytes);
      const inStream = records.filter((found) => found.type === "Message");
      assert.equal(inStream.length, (await messages(await indexed(bytes))).length);
      const end = records.find((found) => found.type === "DataEnd")!;
      // From the start up to the record itself, which has 13 bytes and stands before the summary.
      const footer = records.find((found) => found.type === "Footer")!;
      const data = bytes.subarray(0, Number(footer.summaryStart) - 13);
      assert.equal(end.dataSectionCrc, crc32(data));
    });

    test("with summary offsets that lead to their groups", async () => {
      const reader = await indexed(bytes);
      for (const [opcode, { groupStart, groupLength }] of reader.summaryOffsetsByOpcode) {
        assert.equal(bytes[Number(groupStart)], opcode);
        assert.ok(groupLength > 0n);
      }
      assert.ok(reader.summaryOffsetsByOpcode.has(0x0b));
    });
  });
}

test("The preview shows the full state once a second, as JSON that a viewer reads", async () => {
  const bytes = await record(frames, { preview: true });
  assert.ok((await openBytes(bytes)).hasPreviews);
  assert.ok(!(await openBytes(await record(frames))).hasPreviews);
  const reader = await indexed(bytes);
  const channel = [...reader.channelsById.values()].find(({ topic }) => topic === "preview")!;
  assert.equal(channel.messageEncoding, "json");
  assert.equal(reader.schemasById.get(channel.schemaId)!.encoding, "jsonschema");
  const previews = (await messages(reader)).filter((message) => message.channelId === channel.id);
  const expected = [0, 63, 126, 189].map((i) => ({
    f: i,
    t: i * 16,
    entities: frames[i]!.entities,
  }));
  assert.deepEqual(previews.map((preview) => parse(preview.data)), expected);
});

test("The preview names entities by their ids, and spells integers that a double cannot hold", async () => {
  const names = new EntityNames();
  const entities = ["q8", 7].map((id, i) => ({
    id: names.entity(id),
    kind: "player",
    fields: { account: i === 0 ? 2n ** 60n : 5n },
  }));
  const schema = {
    kinds: [{ name: "player", fields: [{ name: "account", type: "u64" as const }] }],
  };
  const bytes = await record([{ frame: 0, timeMs: 0, entities }], { names, schema, preview: true });
  const reader = await indexed(bytes);
  const found = (await messages(reader)).filter(({ channelId }) =>
    reader.channelsById.get(channelId)!.topic === "preview"
  );
  assert.deepEqual(parse(found[0]!.data).entities, [
    { id: "q8", kind: "player", fields: { account: "1152921504606846976" } },
    { id: 7, kind: "player", fields: { account: 5 } },
  ]);
});

test("Events stand on the time line where they name only a frame, only a time, or neither", async () => {
  const placed: StateEvent[] = [
    { frame: 100, timeMs: undefined, name: "f", data: {} },
    { frame: undefined, timeMs: 3000, name: "t", data: {} },
    { frame: undefined, timeMs: undefined, name: "none", data: {} },
    { frame: 500, timeMs: undefined, name: "beyond", data: {} },
    { frame: undefined, timeMs: -5, name: "before", data: {} },
  ];
  const reader = await indexed(await record(frames, {}, placed));
  const found = new Map<string, readonly [number, number]>();
  for (const { channelId, sequence, logTime, data } of await messages(reader)) {
    if (reader.channelsById.get(channelId)!.topic !== "event") continue;
    for (const { ev } of parse(data).events) found.set(ev, [sequence, Number(logTime) / 1e6]);
  }
  assert.deepEqual(Object.fromEntries(found), {
    f: [100, 1600],
    t: [187, 3000],
    none: [199, 3184],
    beyond: [500, 3184],
    before: [0, 0],
  });
});

test("RecordingWriter.writeEvent() puts an event that names no frame where it is told to", async () => {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink);
  for (const frame of frames) await writer.write(frame);
  const told: readonly StateEvent[] = [
    { frame: undefined, timeMs: 3000, name: "t", data: {} },
    { frame: undefined, timeMs: undefined, name: "none", data: {} },
    { frame: 100, timeMs: undefined, name: "f", data: {} },
  ];
  for (const event of told) await writer.writeEvent(event, 12);
  await assert.rejects(writer.writeEvent(told[0]!, -1), RangeError);
  await writer.close();
  const reader = await openBytes(sink.bytes());
  const placed = await Array.fromAsync(reader.placedEvents());
  assert.deepEqual(placed.map(({ offset, event }) => [offset, event]), [
    [12, told[0]],
    [12, told[1]],
    [100, told[2]],
  ]);
});
