import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Distribution } from "./distribution.ts";

test("Distribution.quantiles() are nearest ranks, by hand", () => {
  const values = new Distribution();
  for (const value of [30, 10, 20, 40]) values.add(value);
  assert.deepEqual(values.quantiles([0, 0.25, 0.26, 0.5, 0.75, 0.76, 1]), [
    ...[10, 10, 20, 20, 30, 40, 40],
  ]);
  assert.equal(values.mean, 25);
  values.add(5, 96);
  assert.deepEqual(values.quantiles([0.5, 0.96, 0.97, 0.99, 1]), [5, 5, 10, 30, 40]);
});

test("Distribution.quantiles() take the rank of every whole percent of a hundred", () => {
  const values = new Distribution();
  for (let value = 1; value <= 100; value++) values.add(value);
  const percents = Array.from({ length: 100 }, (_, i) => i + 1);
  assert.deepEqual(values.quantiles(percents.map((percent) => percent / 100)), percents);
});

test("Distribution without values gives zeros", () => {
  const values = new Distribution();
  assert.equal(values.mean, 0);
  assert.deepEqual(values.quantiles([0.5, 1]), [0, 0]);
  assert.deepEqual(values.bars(4), []);
});

test("Distribution agrees with a sorted array", () => {
  const value = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 5 }));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.nat(100), (pairs, percent) => {
      const values = new Distribution();
      for (const [amount, times] of pairs) values.add(amount, times);
      const sorted = pairs.flatMap(([amount, times]) => new Array<number>(times).fill(amount))
        .sort((a, b) => a - b);
      const rank = Math.max(1, Math.ceil(percent * sorted.length / 100));
      assert.deepEqual(values.quantiles([percent / 100]), [sorted[rank - 1]]);
      assert.equal(values.count, sorted.length);
      assert.equal(values.sum, sorted.reduce((sum, amount) => sum + amount, 0));
      const bars = values.bars(7);
      assert.ok(bars.length <= 7);
      assert.equal(bars.reduce((sum, { packets }) => sum + packets, 0), sorted.length);
    }),
  );
});

test("Distribution.bars() have one whole width and start at 0", () => {
  const values = new Distribution();
  for (const value of [0, 3, 4, 11]) values.add(value, 2);
  // 12 values from 0 to 11 in 3 bars: 4 wide.
  assert.deepEqual(values.bars(3), [
    { from: 0, packets: 4 },
    { from: 4, packets: 2 },
    { from: 8, packets: 2 },
  ]);
});
