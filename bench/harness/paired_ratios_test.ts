import assert from "node:assert/strict";
import { test } from "node:test";
import { pairedRatios, spreadOf } from "./paired_ratios.ts";

test("spreadOf() takes quartiles between neighbours", () => {
  // 1 2 4 8 16: places 1, 2 and 3 of 0 to 4.
  assert.deepEqual(spreadOf([16, 1, 8, 2, 4]), { q1: 2, median: 4, q3: 8 });
  // 10 20 30 40: places 0.75, 1.5 and 2.25 of 0 to 3.
  assert.deepEqual(spreadOf([40, 10, 30, 20]), { q1: 17.5, median: 25, q3: 32.5 });
  assert.deepEqual(spreadOf([7]), { q1: 7, median: 7, q3: 7 });
});

test("spreadOf() leaves the order of its figures and refuses none", () => {
  const figures = [3, 1, 2];
  spreadOf(figures);
  assert.deepEqual(figures, [3, 1, 2]);
  assert.throws(() => spreadOf([]), RangeError);
});

test("pairedRatios() divides round by round, so that a slow round falls out", () => {
  // The third round ran at a tenth of the speed: of the medians 6 / 3, of the pairs always 2.
  assert.deepEqual(pairedRatios([4, 6, 80], [2, 3, 40]), [2, 2, 2]);
  // Medians 2 and 3 would say 0.67; the pairs say 1.
  assert.deepEqual(spreadOf(pairedRatios([1, 2, 9], [3, 2, 9])).median, 1);
});

test("pairedRatios() refuses a round with but one side", () => {
  assert.throws(() => pairedRatios([1, 2], [1]), /2 rounds with 1/);
});
