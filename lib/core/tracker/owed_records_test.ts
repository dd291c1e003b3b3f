import assert from "node:assert/strict";
import { test } from "node:test";
import { AckLedger } from "./ack_ledger.ts";
import { OwedRecords } from "./owed_records.ts";
import { RECORD_DESPAWN, RECORD_SPAWN, RECORD_UPDATE } from "../wire/entity_records.ts";
import { type Counted, SharedPacket } from "../wire/shared_packet.ts";

type Entry = [id: number, type: number, lo?: number, hi?: number];

function packet(...entries: Entry[]): SharedPacket<Counted> {
  const made = new SharedPacket<Counted>();
  made.form = "patch";
  for (const [id, type, lo = 0, hi = 0] of entries) made.records.add(id, type, lo, hi);
  return made;
}

function keyframe(...entries: Entry[]): SharedPacket<Counted> {
  const made = packet(...entries);
  made.form = "keyframe";
  return made;
}

/** Loses the first of packets that are on their way, and so on; the others stay there. */
function lose(debts: OwedRecords, count: number, ...packets: SharedPacket<Counted>[]): void {
  const ledger = new AckLedger<SharedPacket<Counted>>();
  packets.forEach((one, i) => ledger.note((4294967294 + i) >>> 0, one));
  for (let i = 0; i < count; i++) debts.lose(ledger.shift()!, ledger);
}

const owed = ({ owed: { count, ids, types, los, his } }: OwedRecords): Entry[] =>
  Array.from({ length: count }, (_, i) => [ids[i]!, types[i]!, los[i]!, his[i]!]);

test("OwedRecords owes of a lost packet what no later packet holds", () => {
  const debts = new OwedRecords();
  lose(
    debts,
    1,
    packet(
      [4, RECORD_UPDATE, 0b111, 0b11],
      [5, RECORD_UPDATE, 0b1],
      [6, RECORD_DESPAWN],
      [7, RECORD_UPDATE, 0b1],
      [8, RECORD_DESPAWN],
      [9, RECORD_UPDATE, -2147483648, 1],
    ),
    packet([4, RECORD_UPDATE, 0b010, 0b01], [5, RECORD_UPDATE, 0b11], [7, RECORD_DESPAWN]),
    packet([4, RECORD_UPDATE, 0b001], [8, RECORD_SPAWN]),
  );
  assert.deepEqual(owed(debts), [
    [4, RECORD_UPDATE, 0b100, 0b10],
    [6, RECORD_DESPAWN, 0, 0],
    [9, RECORD_UPDATE, -2147483648, 1],
  ]);
  assert.equal(debts.owesAll, false);
});

test("OwedRecords owes a lost spawn though later packets hold fields of the entity, unless it died", () => {
  const debts = new OwedRecords();
  lose(
    debts,
    1,
    packet([4, RECORD_SPAWN, 0b111], [5, RECORD_SPAWN, 0b111], [6, RECORD_SPAWN, 0b1]),
    packet([4, RECORD_UPDATE, 0b111], [5, RECORD_DESPAWN], [6, RECORD_SPAWN, 0b11]),
  );
  assert.deepEqual(owed(debts).map(([id, type]) => [id, type]), [[4, RECORD_SPAWN]]);
});

test("OwedRecords adds up what several lost packets held", () => {
  const debts = new OwedRecords();
  lose(
    debts,
    2,
    packet([2, RECORD_UPDATE, 0b01], [4, RECORD_SPAWN, 0b11], [9, RECORD_UPDATE, 0b1]),
    packet([1, RECORD_UPDATE, 0b1], [2, RECORD_UPDATE, 0b10, 1], [4, RECORD_UPDATE, 0b01]),
    packet([9, RECORD_UPDATE, 0b1]),
  );
  // Later, one more is lost, and what it held comes on top.
  lose(debts, 1, packet([1, RECORD_DESPAWN], [3, RECORD_UPDATE, 0, 1]));
  assert.deepEqual(owed(debts).map(([id, type]) => [id, type]), [
    [1, RECORD_DESPAWN],
    [2, RECORD_UPDATE],
    [3, RECORD_UPDATE],
    [4, RECORD_SPAWN],
  ]);
  assert.deepEqual(owed(debts)[1]!.slice(2), [0b11, 1]);
  assert.deepEqual(owed(debts)[2]!.slice(2), [0, 1]);
});

test("OwedRecords takes what goes out as paid, and owes it again when that is lost", () => {
  const debts = new OwedRecords();
  lose(debts, 1, packet([1, RECORD_UPDATE, 0b11], [2, RECORD_DESPAWN], [3, RECORD_SPAWN, 1]));
  const sent = packet([1, RECORD_UPDATE, 0b11], [3, RECORD_SPAWN, 1], [8, RECORD_SPAWN, 1]);
  debts.pay(sent.records);
  assert.deepEqual(owed(debts), [[2, RECORD_DESPAWN, 0, 0]]);
  lose(debts, 1, sent);
  assert.deepEqual(owed(debts), [
    [1, RECORD_UPDATE, 0b11, 0],
    [2, RECORD_DESPAWN, 0, 0],
    [3, RECORD_SPAWN, 1, 0],
    [8, RECORD_SPAWN, 1, 0],
  ]);
  debts.clear();
  assert.deepEqual(owed(debts), []);
});

test("OwedRecords owes a keyframe for a lost keyframe, and where too much was sent since", () => {
  const update = packet([1, RECORD_UPDATE, 1]);
  const debts = new OwedRecords();
  lose(debts, 1, keyframe([1, RECORD_SPAWN, 1]), update);
  assert.equal(debts.owesAll, true);
  debts.clear();
  assert.equal(debts.owesAll, false);
  const others = Array.from({ length: 129 }, () => packet([2, RECORD_UPDATE, 1]));
  lose(debts, 1, update, ...others.slice(1));
  assert.equal(debts.owesAll, false);
  assert.deepEqual(owed(debts), [[1, RECORD_UPDATE, 1, 0]]);
  lose(debts, 1, update, ...others);
  assert.equal(debts.owesAll, true);
});
