import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DistinctBudget, DistinctNumbers } from "./infer_distinct.ts";

test("DistinctNumbers counts what a list of distinct values holds", () => {
  const numbers = fc.array(
    fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double(), fc.constantFrom(0, -0, NaN, Infinity)),
    { maxLength: 300 },
  );
  fc.assert(fc.property(numbers, (values) => {
    const counter = new DistinctNumbers(1000, new DistinctBudget(1000));
    const model: number[] = [];
    for (const value of values) {
      counter.add(value);
      if (!model.some((other) => Object.is(other, value))) model.push(value);
    }
    assert.equal(counter.count, model.length);
    assert.ok(counter.isExact);
  }));
});

test("DistinctNumbers stops at its cap and says so", () => {
  const counter = new DistinctNumbers(3, new DistinctBudget(100));
  for (const value of [1, 2, 3, 1, 2, 3]) counter.add(value);
  assert.deepEqual([counter.count, counter.isExact], [3, true]);
  counter.add(4);
  assert.deepEqual([counter.count, counter.isExact], [3, false]);
});

test("DistinctNumbers share a budget", () => {
  const budget = new DistinctBudget(3);
  const [a, b] = [new DistinctNumbers(9, budget), new DistinctNumbers(9, budget)];
  for (const value of [1, 2]) a.add(value);
  for (const value of [1, 2]) b.add(value);
  assert.deepEqual([a.count, a.isExact, b.count, b.isExact], [2, true, 1, false]);
});

test("DistinctNumbers counts many numbers of few bits", () => {
  const counter = new DistinctNumbers(65536, new DistinctBudget(65536));
  for (let k = 0; k < 65536; k++) counter.add(k / 8);
  for (let k = 0; k < 65536; k++) counter.add(k / 8);
  assert.deepEqual([counter.count, counter.isExact], [65536, true]);
});

test("DistinctNumbers.addLarge() counts integers above 2^53 by all of their bits", () => {
  const counter = new DistinctNumbers(9, new DistinctBudget(9));
  const integers = [
    2n ** 53n,
    2n ** 53n + 1n,
    2n ** 64n - 1n,
    2n ** 64n - 2n,
    2n ** 63n,
    2n ** 53n,
  ];
  const added = integers.map((value) => counter.addLarge(value));
  assert.deepEqual(added, [true, true, true, true, true, false]);
  assert.deepEqual([counter.count, counter.isExact], [5, true]);
});
