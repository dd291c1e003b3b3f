import assert from "node:assert/strict";
import { test } from "node:test";
import { ByteReader, ByteSyntaxError } from "./bytes.ts";
import { enumTables, readEnumTables } from "./enum_tables.ts";
import { PacketBreakdown } from "./packet_breakdown.ts";
import { Receiver } from "./receiver.ts";
import { Snapshot, SnapshotLayout } from "./snapshot.ts";
import { SnapshotCodec } from "./snapshot_codec.ts";
import { Tracker } from "./tracker.ts";

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
});

/** Header with and without tables, and the record of entity 3: spawn, kind 0, hp, arm, no `none`. */
const joined = (frame: number, hp: number) => [3, frame, 0, 0, 0, ...TABLES, 13, 0, hp, 1, 0];
const keyframe = (frame: number, hp: number) => [0, frame, 0, 0, 0, 13, 0, hp, 1, 0];

test("Tracker sends tables with every keyframe until one of them is acked", () => {
  for (const policy of ["strict", "nack", "append"] as const) {
    const codec = new SnapshotCodec(LAYOUT, "mask");
    const keyframeEveryFrames = policy === "strict" ? 1 : 2;
    const tracker = new Tracker<Snapshot>(codec, { policy, keyframeEveryFrames });
    const send = (frame: number) => [...tracker.append("a", frame, at(frame, frame))];
    assert.deepEqual(send(1), joined(1, 1), policy);
    assert.equal(send(2)[0], policy === "strict" ? 3 : 2, policy);
    assert.deepEqual(send(3), joined(3, 3), policy);
    // The ack names frame 4, which was no keyframe with tables, and by its bits frame 3.
    send(4);
    tracker.ack("a", 4, 0b1);
    assert.deepEqual(send(5), keyframe(5, 5), policy);
    tracker.reset("a");
    assert.deepEqual(send(6), joined(6, 6), policy);
    assert.equal(tracker.ack("a", 4, 0b1), false);
    assert.deepEqual(send(8), joined(8, 8), policy);
  }
});

test("Tracker takes an ack of a packet without tables as no word of them", () => {
  const codec = new SnapshotCodec(LAYOUT, "varint");
  const tracker = new Tracker<Snapshot>(codec, { policy: "append", keyframeEveryFrames: 3 });
  for (const frame of [1, 2]) tracker.append("a", frame, at(frame, 0));
  tracker.ack("a", 2);
  assert.equal(tracker.append("a", 4, at(4, 0))[0], 3);
});

test("Tracker shares a keyframe among those that have the tables, another among those without", () => {
  const codec = new SnapshotCodec(LAYOUT, "mask");
  const tracker = new Tracker<Snapshot, number>(codec, { keyframeEveryFrames: 1 });
  for (let i = 0; i < 6; i++) tracker.append(i, 1, at(1, 1));
  for (let i = 0; i < 3; i++) tracker.ack(i, 1);
  assert.equal(tracker.encodes, 1);
  const packets = [0, 1, 2, 3, 4, 5].map((i) => [...tracker.append(i, 2, at(2, 2))]);
  assert.equal(tracker.encodes, 3);
  packets.forEach((bytes, i) => assert.deepEqual(bytes, (i < 3 ? keyframe : joined)(2, 2)));
});

test("SnapshotCodec counts tables as a part of their own, and Receiver reads past them", () => {
  const codec = new SnapshotCodec(LAYOUT, "mask");
  codec.breakdown = new PacketBreakdown(LAYOUT);
  const tracker = new Tracker<Snapshot>(codec);
  const bytes = tracker.append("a", 1, at(1, 9));
  assert.equal(codec.breakdown.tableBits, TABLES.length * 8);
  assert.deepEqual([...codec.breakdown.fieldBits], [8, 8, 8, 0]);
  assert.equal(codec.breakdown.entityBits, 16);
  const receiver = new Receiver(new SnapshotCodec(LAYOUT, "mask"));
  const received = receiver.receive(bytes);
  assert.ok(received.outcome === "decoded" && received.state.equals(at(1, 9)));
  const damaged = bytes.slice();
  damaged[7] = 0x7a;
  assert.equal(new Receiver(codec).receive(damaged).outcome, "malformed");
  tracker.ack("a", 1);
  tracker.append("a", 2, at(2, 9));
  assert.equal(codec.breakdown.tableBits, 0);
});
