import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ByteBudget, type Candidate } from "./byte_budget.ts";

const candidates = (...since: [id: number, sinceFrame: number][]): Candidate[] =>
  since.map(([id, sinceFrame], index) => ({ id, index, sinceFrame }));

describe("ByteBudget", () => {
  test("saves up a quarter of a second, and no more", () => {
    // 8 kbit/s are 1000 bytes a second.
    const budget = new ByteBudget(8);
    assert.equal(budget.canSend(5_000_000, 249), true);
    budget.spend(250);
    assert.equal(budget.canSend(5_000_000, 1), false);
    assert.equal(budget.canSend(5_010_000, 9), true);
    assert.equal(budget.canSend(5_010_000, 10), false);
    budget.canSend(65_000_000, 0);
    budget.spend(251);
    assert.equal(budget.canSend(65_001_000, 0), false);
    assert.equal(budget.canSend(65_002_000, 0), true);
  });

  test("sends when the credit is full although the headers alone are more", () => {
    const budget = new ByteBudget(0.8); // 100 bytes a second, 25 at most
    assert.equal(budget.canSend(0, 38), true);
    budget.spend(50);
    assert.equal(budget.canSend(499_000, 38), false);
    assert.equal(budget.canSend(500_000, 38), true);
  });

  test("picks what has waited longest, then by id, one beyond the credit", () => {
    const budget = new ByteBudget(8);
    budget.canSend(0, 0);
    const waiting = candidates([3, 10], [1, 12], [2, 10], [4, 12], [5, 12]);
    // 250 bytes, 30 of them headers: two entities of 102 leave 16, the third overdraws.
    assert.deepEqual([...budget.pick(waiting, 12, 30, () => 100)], [2, 3, 1]);
    // An entity larger than all credit goes alone.
    assert.deepEqual([...budget.pick(waiting, 12, 30, () => 5000)], [2]);
    assert.deepEqual([...budget.pick([], 12, 30, () => 100)], []);
  });

  test("asks only for the bytes of those whose turn it may be", () => {
    const budget = new ByteBudget(8);
    budget.canSend(0, 0);
    const asked: number[] = [];
    budget.pick(candidates([1, 5], [2, 4], [3, 3]), 5, 0, ({ id }) => {
      asked.push(id);
      return 200;
    });
    assert.deepEqual(asked, [3, 2]);
  });

  test("orders frames across 2^32", () => {
    const budget = new ByteBudget(0.001);
    budget.canSend(0, 0);
    assert.deepEqual([...budget.pick(candidates([1, 0], [2, 0xffffffff]), 1, 0, () => 9)], [2]);
  });
});
