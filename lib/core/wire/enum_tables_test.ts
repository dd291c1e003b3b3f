import assert from "node:assert/strict";
import { test } from "node:test";
import { ByteReader, ByteSyntaxError } from "../bytes/bytes.ts";
import { enumTables, readEnumTables } from "./enum_tables.ts";
import { Receiver } from "../tracker/receiver.ts";
import { Snapshot } from "../state/snapshot.ts";
import { SnapshotLayout } from "../state/snapshot_layout.ts";
import { WorldReader } from "./world_reader.ts";
import { WorldTracker } from "../tracker/world_tracker.ts";

const LAYOUT = new SnapshotLayout({
  kinds: [
    {
      name: "player",
      fields: [
        { name: "hp", type: "u8" },
        { name: "arm", type: "enum", values: ["rl", "gün"] },
        { name: "none", type: "enum", values: [], optional: true },
      ],
    },
    { name: "door", fields: [{ name: "is", type: "enum", values: [""] }] },
  ],
});
/** 2 texts, "rl", "gün"; 0 texts; 1 text, "". */
const TABLES = [2, 2, 0x72, 0x6c, 4, 0x67, 0xc3, 0xbc, 0x6e, 0, 1, 0];

function at(frame: number, hp: number): Snapshot {
  const entities = [{ id: 3, kind: "player", fields: { hp, arm: "gün" } }];
  return Snapshot.of(LAYOUT, { frame, timeMs: 0, entities });
}

test("enumTables() lists the texts of every enum in the schema's order", () => {
  assert.deepEqual([...enumTables(LAYOUT)], TABLES);
  const none = { name: "p", fields: [{ name: "x", type: "f32" }, { name: "n", type: "text" }] };
  assert.equal(enumTables(new SnapshotLayout({ kinds: [none as never] })).length, 0);
});

test("readEnumTables() takes its own tables and no others", () => {
  const tables = Uint8Array.from(TABLES);
  const input = new ByteReader(Uint8Array.from([...TABLES, 9]));
  readEnumTables(input, tables);
  assert.equal(input.remaining, 1);
  const other = Uint8Array.from(TABLES.with(2, 0x73));
  assert.throws(() => readEnumTables(new ByteReader(other), tables), /not those of the schema/);
  assert.throws(() => readEnumTables(new ByteReader(tables.subarray(1)), tables), ByteSyntaxError);
  assert.throws(() => readEnumTables(new ByteReader(tables), new Uint8Array()), /has no texts/);
});

/** Header with and without tables, and the record of entity 3: spawn, kind 0, hp, arm, no `none`. */
const joined = (frame: number, hp: number) => [3, frame, 0, 0, 0, ...TABLES, 13, 0, hp, 1, 0];
const keyframe = (frame: number, hp: number) => [0, frame, 0, 0, 0, 13, 0, hp, 1, 0];

/** What a tracker sends to a consumer of a world with one player, by frame and hp. */
function sender(tracker: WorldTracker<string>) {
  return (frame: number, consumer = "a") => {
    if (frame !== tracker.frame) tracker.begin(at(frame, frame));
    return [...tracker.append(consumer)];
  };
}

test("WorldTracker sends tables with every keyframe until a frame is acked", () => {
  for (const policy of ["strict", "nack", "append"] as const) {
    const keyframeEveryFrames = policy === "append" ? 2 : 1;
    const options = { policy, keyframeEveryFrames, schemaHash: false };
    const tracker = new WorldTracker<string>(LAYOUT, "mask", options);
    const send = sender(tracker);
    assert.deepEqual(send(1), joined(1, 1), policy);
    assert.equal(send(2)[0], policy === "append" ? 2 : 3, policy);
    assert.deepEqual(send(3), joined(3, 3), policy);
    send(4);
    tracker.ack("a", 4, 0);
    assert.deepEqual(send(5), keyframe(5, 5), policy);
    tracker.reset("a");
    assert.deepEqual(send(6), joined(6, 6), policy);
    assert.equal(tracker.ack("a", 4, 0b1), false);
    assert.deepEqual(send(8), joined(8, 8), policy);
    assert.equal(tracker.ack("a", 6), true);
    assert.deepEqual(send(10), keyframe(10, 10), policy);
  }
});

test("WorldTracker sends no tables where no enum has a text", () => {
  const layout = new SnapshotLayout({ kinds: [{ name: "mark", fields: [] }] });
  const tracker = new WorldTracker<string>(layout, "mask", { schemaHash: false });
  const entities = [{ id: 0, kind: "mark", fields: {} }];
  tracker.begin(Snapshot.of(layout, { frame: 1, timeMs: 0, entities }));
  assert.deepEqual([...tracker.append("a")], [0, 1, 0, 0, 0, 1]);
  const far = new Receiver(new WorldReader(layout, "mask"), { schemaHash: false });
  assert.equal(far.receive(Uint8Array.of(3, 1, 0, 0, 0, 1)).outcome, "malformed");
});

test("WorldTracker shares a keyframe among those that have the tables, another among those without", () => {
  const options = { keyframeEveryFrames: 1, schemaHash: false };
  const tracker = new WorldTracker<string>(LAYOUT, "mask", options);
  const send = sender(tracker);
  for (const consumer of "abcdef") send(1, consumer);
  for (const consumer of "abc") tracker.ack(consumer, 1);
  assert.equal(tracker.encodes, 1);
  for (const consumer of "adbecf") {
    const bytes = send(2, consumer);
    assert.deepEqual(bytes, "abc".includes(consumer) ? keyframe(2, 2) : joined(2, 2), consumer);
  }
  assert.equal(tracker.encodes, 3);
});

test("Receiver reads past the tables of its own schema and no others", () => {
  const receiver = () => new Receiver(new WorldReader(LAYOUT, "mask"), { schemaHash: false });
  const received = receiver().receive(Uint8Array.from(joined(1, 9)));
  assert.ok(received.outcome === "decoded" && received.state.equals(at(1, 9)));
  for (let i = 0; i < TABLES.length; i++) {
    const damaged = Uint8Array.from(joined(1, 9));
    damaged[5 + i]! ^= 1;
    assert.equal(receiver().receive(damaged).outcome, "malformed", String(i));
  }
});
