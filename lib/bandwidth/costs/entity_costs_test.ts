import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { UNTOLD_KIND } from "../../core/wire/packet_breakdown.ts";
import { EntityCosts } from "./entity_costs.ts";

describe("EntityCosts", () => {
  const id = fc.oneof(fc.nat(40), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
  const kind = fc.oneof(fc.nat(3), fc.constant(UNTOLD_KIND));
  const records = fc.array(fc.tuple(id, kind, fc.nat(1e9)), { maxLength: 300 });

  test("agrees with a map, whatever the ids, and knows the kind that is not told", () => {
    fc.assert(fc.property(records, (all) => {
      const costs = new EntityCosts();
      const map = new Map<number, { kind: number; bits: number }>();
      for (const [id, kind, bits] of all) {
        const before = map.get(id);
        const known = kind === UNTOLD_KIND ? before?.kind ?? UNTOLD_KIND : kind;
        map.set(id, { kind: known, bits: bits + (before?.bits ?? 0) });
        assert.equal(costs.add(id, kind, bits), known);
      }
      assert.deepEqual(costs.list(), [...map].map(([id, cost]) => ({ id, ...cost })));
      assert.equal(costs.gone, 0);
      assert.deepEqual(costs.leftOut, { count: 0, bits: 0 });
    }));
  });

  test("gives up the cheaper half when there is no room, and says how much that was", () => {
    const costs = new EntityCosts(4);
    for (const [id, bits] of [[1, 10], [2, 40], [3, 10], [4, 30]] as const) costs.add(id, 0, bits);
    assert.deepEqual(costs.leftOut, { count: 0, bits: 0 });
    costs.add(9, 1, 5);
    // Of 1 and 3, which cost the same, neither is among the two dearest.
    assert.deepEqual(costs.list(), [
      { id: 2, kind: 0, bits: 40 },
      { id: 4, kind: 0, bits: 30 },
      { id: 9, kind: 1, bits: 5 },
    ]);
    assert.deepEqual(costs.leftOut, { count: 2, bits: 20 });
    costs.add(1, 2, 7);
    assert.equal(costs.list().at(-1)!.bits, 7);
    // Entity 1, whose figure was given up, is the same when it comes again.
    assert.deepEqual(costs.leftOut, { count: 2, bits: 20 });
    assert.equal(costs.list().length + costs.gone, 5);
  });

  test("gives up what came last of those that cost the same", () => {
    const costs = new EntityCosts(6);
    for (const [id, bits] of [[5, 8], [9, 8], [1, 9], [7, 8], [3, 8], [2, 7]] as const) {
      costs.add(id, 0, bits);
    }
    costs.add(4, 0, 1);
    assert.deepEqual(costs.list().map(({ id }) => id), [5, 9, 1, 4]);
    assert.deepEqual(costs.leftOut, { count: 3, bits: 8 + 8 + 7 });
  });

  test("counts what was given up once, however often it comes again, and knows its kind", () => {
    const few = fc.array(fc.tuple(fc.nat(30), fc.nat(3), fc.boolean(), fc.nat(9)), {
      maxLength: 200,
    });
    fc.assert(fc.property(few, (all) => {
      const costs = new EntityCosts(8);
      const kinds = new Map<number, number>();
      let bits = 0;
      for (const [id, drawn, isUntold, more] of all) {
        const isKnown = kinds.has(id) && isUntold;
        const kind = isKnown ? kinds.get(id)! : drawn;
        kinds.set(id, kind);
        bits += more;
        assert.equal(costs.add(id, isKnown ? UNTOLD_KIND : kind, more), kind);
      }
      const list = costs.list();
      assert.equal(list.length + costs.gone, kinds.size);
      assert.equal(list.reduce((sum, cost) => sum + cost.bits, costs.leftOut.bits), bits);
      assert.ok(list.every(({ id, kind }) => kinds.get(id) === kind));
    }));
  });

  test("keeps what is dear among many that come and go, and no bit is lost", () => {
    const costs = new EntityCosts(64);
    let bits = 0;
    for (let i = 0; i < 5000; i++) {
      costs.add(1_000_000 + i, 0, 24);
      bits += 24;
      // Comes late, and is sent all the time.
      if (i < 2000) continue;
      costs.add(7, 1, 16);
      bits += 16;
    }
    const list = costs.list();
    assert.ok(list.length <= 64);
    assert.equal(list.find(({ id }) => id === 7)!.bits, 3000 * 16);
    assert.equal(list.reduce((sum, cost) => sum + cost.bits, costs.leftOut.bits), bits);
    assert.equal(costs.list().length + costs.gone, 5001);
  });
});
