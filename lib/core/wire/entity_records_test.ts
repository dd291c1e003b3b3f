import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EntityRecords, RECORD_DESPAWN, RECORD_SPAWN, RECORD_UPDATE } from "./entity_records.ts";

const word = fc.oneof(fc.integer(), fc.nat(3));
const record = fc.tuple(
  fc.oneof(fc.nat(60), fc.integer({ min: 0, max: 4294967295 })),
  fc.constantFrom(RECORD_UPDATE, RECORD_SPAWN, RECORD_DESPAWN),
  word,
  word,
);
const recordLists = fc.uniqueArray(record, { selector: ([id]) => id, maxLength: 60 })
  .map((all) => all.sort(([a], [b]) => a - b));

const filled = (all: readonly (readonly [number, number, number, number])[]) => {
  const records = new EntityRecords();
  for (const [id, type, lo, hi] of all) records.add(id, type, lo, hi);
  return records;
};
const listed = ({ count, ids, types, los, his }: EntityRecords) =>
  Array.from({ length: count }, (_, i) => [ids[i], types[i], los[i], his[i]]);

test("EntityRecords keeps, finds, copies and compares records as an array does", () => {
  fc.assert(fc.property(recordLists, fc.nat(59), fc.nat(3), (all, which, part) => {
    const records = filled(all);
    assert.deepEqual(listed(records), all);
    for (const id of [0, 1, 59, 4294967295, ...all.flatMap(([id]) => [id - 1, id, id + 1])]) {
      const above = all.findIndex(([other]) => other >= id);
      assert.equal(records.seek(id), above < 0 ? all.length : above);
      assert.equal(records.find(id), all.findIndex(([other]) => other === id));
    }
    const copy = new EntityRecords().copy(records);
    assert.deepEqual(listed(copy), all);
    assert.equal(copy.equals(records), true);
    if (all.length === 0) return;
    // One element of one record off by one, or one record less: no longer equal.
    const changed = all.map((one): [number, number, number, number] => [...one]);
    const index = which % all.length;
    changed[index]![part] = part === 1 ? (changed[index]![1] + 1) % 3 : changed[index]![part]! ^ 1;
    assert.equal(records.equals(filled(changed)), false);
    assert.equal(records.equals(filled(all.slice(0, -1))), false);
    copy.clear();
    assert.equal(copy.count, 0);
    copy.addFrom(records, index);
    assert.deepEqual(listed(copy), [all[index]]);
  }));
});
