import assert from "node:assert/strict";
import { test } from "node:test";
import { McapIndexedReader } from "@mcap/core";
import { zstdDecompressSync } from "node:zlib";
import {
  type EntityName,
  EntityNames,
  type ReadonlyEntityNames,
} from "../core/names/entity_names.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { StateFrame } from "../core/state/state.ts";
import { MemorySink } from "./container/memory_file.ts";
import { RecordingSyntaxError } from "./container/recording_error.ts";
import { framesOf, openBytes, record } from "./memory_recording_test_helper.ts";
import { RecordingWriter } from "./recording_writer.ts";

const decompressHandlers = {
  zstd: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)),
};

/** Messages of a file as another program reads them: topic, frame and text of names. */
async function messagesOf(bytes: Uint8Array): Promise<string[]> {
  const readable = {
    size: () => Promise.resolve(BigInt(bytes.length)),
    read: (offset: bigint, length: bigint) =>
      Promise.resolve(bytes.slice(Number(offset), Number(offset + length))),
  };
  const reader = await McapIndexedReader.Initialize({ readable, decompressHandlers });
  const chunks = reader.chunkIndexes.toSorted((a, b) =>
    Number(a.chunkStartOffset - b.chunkStartOffset)
  );
  const topics = chunks.map((chunk) =>
    reader.channelsById.get([...chunk.messageIndexOffsets.keys()][0]!)!.topic
  );
  const texts: string[] = [];
  for await (const message of reader.readMessages({ topics: ["names"], validateCrcs: true })) {
    texts.push(`${message.sequence} ${new TextDecoder().decode(message.data)}`);
  }
  return topics.map((topic) => topic === "names" ? texts.shift()! : topic);
}

/** Frames a second apart, so that each is a block. */
function worldOf(...entities: readonly (readonly number[])[]): StateFrame[] {
  return entities.map((ids, i) => ({
    frame: i,
    timeMs: i * 1000,
    entities: ids.map((id) => ({ id, kind: "player", fields: { x: i } })),
  }));
}

const schema = { kinds: [{ name: "player", fields: [{ name: "x", type: "u8" as const }] }] };

test("RecordingWriter keeps each id before the first block of its entity, and no other", async () => {
  const names = new EntityNames();
  const [a, never, b] = ["a", "never", "b"].map((id) => names.entity(id)) as [number, 1, number];
  assert.deepEqual([a, never, b, names.entity(7)], [0, 1, 2, 7]);
  const bytes = await record(worldOf([a], [a], [a, b, 7], [b]), { names, schema });
  assert.deepEqual(await messagesOf(bytes), [
    '0 {"names":[[0,"a"]]}',
    "state",
    "state",
    '2 {"names":[[2,"b"]]}',
    "state",
    "state",
  ]);
  const reader = await openBytes(bytes);
  assert.deepEqual([0, 1, 2, 7].map((entity) => reader.names.idOf(entity)), ["a", 1, "b", 7]);
  assert.deepEqual(reader.names.entitiesOf("b"), [2]);
});

test("RecordingWriter keeps the order of lives and the kinds of ids", async () => {
  const names = new EntityNames();
  const lives = [names.entity("17"), names.renew("17"), names.renew(17)];
  assert.deepEqual(lives, [17, 0, 1]);
  const bytes = await record(worldOf([0, 1, 17]), { names, schema });
  assert.deepEqual((await messagesOf(bytes))[0], '0 {"names":[[17,"17"],[0,"17"],[1,"17"]]}');
  assert.deepEqual((await openBytes(bytes)).names.entitiesOf(17), [17, 0, 1]);
  const byKind = new EntityNames({ isByKind: true });
  const id = byKind.entity(5, "player");
  const kinds = await record(worldOf([id]), { names: byKind, schema });
  assert.deepEqual((await messagesOf(kinds))[0], '0 {"names":[[0,5,"player"]]}');
  assert.equal((await openBytes(kinds)).names.list[0]!.kind, "player");
});

test("RecordingWriter.writeSnapshot() keeps ids as write() does", async () => {
  const names = new EntityNames();
  const id = names.entity("q8");
  const [frame] = worldOf([id]);
  const layout = new SnapshotLayout(schema);
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { names });
  await writer.writeSnapshot(Snapshot.of(layout, frame!));
  await writer.close();
  assert.equal((await messagesOf(sink.bytes()))[0], '0 {"names":[[0,"q8"]]}');
});

test("RecordingWriter writes the same bytes with names that no entity has as without", async () => {
  const names = new EntityNames();
  names.entity("never");
  const frames = worldOf([3], [3, 4]);
  assert.deepEqual(await record(frames, { names }), await record(frames));
});

test("RecordingReader.names are numbers in a file without names", async () => {
  const { names } = await openBytes(await record(worldOf([3])));
  assert.deepEqual([names.list, names.idOf(3), names.entitiesOf("3")], [[], 3, [3]]);
});

test("A file of very many ids keeps them all, in messages of bounded length", async () => {
  const names = new EntityNames();
  const ids = Array.from({ length: 5000 }, (_, i) => names.entity(`${i}-${"é".repeat(40)}`));
  const bytes = await record(worldOf(ids), { names, schema });
  const messages = (await messagesOf(bytes)).filter((text) => text !== "state");
  assert.ok(messages.length > 3 && messages.every((text) => text.length < 70_000));
  const reader = await openBytes(bytes);
  assert.deepEqual(reader.names.list, names.list);
  assert.deepEqual((await framesOf(reader))[0]!.entities.map(({ id }) => id), ids);
});

/** Names that say what they are told to. */
function forged(list: readonly EntityName[]): ReadonlyEntityNames {
  return {
    list,
    idOf: (entity) => entity,
    entitiesOf: () => [],
    placeOf: (entity) => entity < list.length ? entity : -1,
  };
}

for (
  const [what, list, problem] of [
    ["two ids of an entity", [[5, "a"], [5, "b"]], /entity 5 has two ids/],
    ["a kind for some", [[5, "a"], [6, "b", "k"]], /entity 6 has a kind, unlike others/],
    ["an id that is too long", [[5, "x".repeat(1025)]], /an id has 1025 characters/],
    ["an id that is none", [[5, true]], /the id of entity 5 is no number and no text/],
  ] as const
) {
  test(`RecordingReader.open() refuses names with ${what}, in one line`, async () => {
    const names = list.map(([entity, id, kind]) => ({ entity, id, kind })) as EntityName[];
    const bytes = await record(worldOf(names.map((_, i) => i)), { names: forged(names), schema });
    await assert.rejects(openBytes(bytes), (error) => {
      assert.ok(error instanceof RecordingSyntaxError);
      assert.match(error.message, /^Cannot read names at byte \d+: /);
      assert.match(error.message, problem);
      assert.ok(!error.message.includes("\n"));
      return true;
    });
  });
}

test("A recording with names and any bit flipped gives an error or the same ids", async () => {
  const names = new EntityNames();
  const ids = ["a", "b"].map((id) => names.entity(id));
  const file = await record(worldOf(ids), { names, schema });
  const all = async (bytes: Uint8Array) => {
    const reader = await openBytes(bytes);
    return { names: reader.names.list, frames: await framesOf(reader) };
  };
  const whole = await all(file);
  assert.deepEqual(whole.names.map(({ id }) => id), ["a", "b"]);
  for (let at = 0; at < file.length; at++) {
    const bytes = file.slice();
    bytes[at]! ^= 1 << (at % 8);
    try {
      assert.deepEqual(await all(bytes), whole, `byte ${at}`);
    } catch (error) {
      assert.ok(error instanceof RecordingSyntaxError, `byte ${at}: ${error}`);
    }
  }
});
