import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { GivenUpEntities } from "./given_up_entities.ts";

test("GivenUpEntities agrees with a map, whatever the ids", () => {
  const id = fc.oneof(fc.nat(40), fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constant(0));
  const given = fc.array(fc.tuple(id, fc.nat(0xffff)), { maxLength: 300 });
  fc.assert(fc.property(given, fc.array(id), (all, others) => {
    const entities = new GivenUpEntities();
    const map = new Map<number, number>();
    for (const [id, kind] of all) {
      entities.add(id, kind);
      map.set(id, kind);
      assert.equal(entities.count, map.size);
    }
    for (const id of [...map.keys(), ...others]) assert.equal(entities.kindOf(id), map.get(id));
  }));
});

test("GivenUpEntities remembers no more than so many, and counts the others anew", () => {
  const entities = new GivenUpEntities(100);
  for (let round = 0; round < 2; round++) {
    for (let id = 0; id < 150; id++) entities.add(id, 1);
  }
  assert.equal(entities.kindOf(99), 1);
  assert.equal(entities.kindOf(100), undefined);
  assert.equal(entities.count, 200);
});
