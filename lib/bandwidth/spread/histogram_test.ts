import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Histogram } from "./histogram.ts";

const SHARES = [0, 0.01, 0.25, 0.5, 0.95, 0.99, 0.999, 1];

/** Nearest ranks of whole thousandths, by definition. */
function ranked(values: readonly number[], shares: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return shares.map((share) => {
    const thousandths = Math.round(share * 1000) * sorted.length;
    return sorted[Math.max(1, Math.ceil(thousandths / 1000)) - 1]!;
  });
}

function filled(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

test("Histogram.quantiles() are nearest ranks, by hand", () => {
  const values = filled([30, 10, 20, 40]);
  assert.deepEqual(values.quantiles([0, 0.25, 0.26, 0.5, 0.75, 0.76, 1]), [
    ...[10, 10, 20, 20, 30, 40, 40],
  ]);
  assert.equal(values.mean, 25);
  values.add(5, 96);
  assert.deepEqual(values.quantiles([0.5, 0.96, 0.97, 0.99, 1]), [5, 5, 10, 30, 40]);
});

test("Histogram without values gives zeros", () => {
  const { count, sum, max, mean } = new Histogram();
  assert.deepEqual([count, sum, max, mean], [0, 0, 0, 0]);
  assert.deepEqual(new Histogram().quantiles([0.5, 1]), [0, 0]);
});

test("Histogram.quantiles() are exact for whole numbers up to 2048", () => {
  const whole = fc.array(fc.nat(2048), { minLength: 1, maxLength: 300 });
  fc.assert(fc.property(whole, (values) => {
    assert.deepEqual(filled(values).quantiles(SHARES), ranked(values, SHARES));
  }));
});

test("Histogram agrees with a sorted array to 0.1 %, whatever doubles it is given", () => {
  const value = fc.oneof(
    fc.double({ min: 0, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 900, max: 1000, noNaN: true }),
    fc.constantFrom(0, -0, 5e-324, 2.3e-308, 1, 1024, Number.MAX_VALUE, Infinity),
  );
  fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
    const histogram = filled(values);
    const expected = ranked(values, SHARES);
    for (const [i, quantile] of histogram.quantiles(SHARES).entries()) {
      assert.ok(values.some((value) => value === quantile), `${quantile} was not added`);
      assert.ok(quantile >= expected[i]!);
      // Below the least normal number, buckets are as wide as those just above it.
      const widthMax = Math.max(expected[i]!, 2 ** -1022) / 1024;
      assert.ok(quantile === expected[i] || quantile - expected[i]! < widthMax);
    }
    assert.equal(histogram.count, values.length);
    assert.equal(histogram.sum, values.reduce((sum, value) => sum + value, 0));
    assert.equal(histogram.max, Math.max(...values.map((value) => value + 0)));
  }));
});

test("Histogram.add() of a value many times is that many adds", () => {
  const pair = fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 5 }));
  fc.assert(fc.property(fc.array(pair, { minLength: 1, maxLength: 100 }), (pairs) => {
    const values = pairs.flatMap(([value, times]) => new Array<number>(times).fill(value));
    const histogram = new Histogram();
    for (const [value, times] of pairs) histogram.add(value, times);
    assert.deepEqual(histogram.sorted(), filled(values).sorted());
    assert.deepEqual(histogram.quantiles(SHARES), filled(values).quantiles(SHARES));
  }));
});

test("Histogram keeps 1024 buckets for each power of two, however many values there are", () => {
  const histogram = new Histogram();
  for (let i = 0; i < 200_000; i++) histogram.add(1 + (i * 7919 % 200_000) / 200_000);
  assert.equal(histogram.sorted().length, 1024);
  assert.equal(histogram.sorted().reduce((sum, [, times]) => sum + times, 0), 200_000);
  // Every value in [1, 2) once: the median is the 100 000th.
  const [median] = histogram.quantiles([0.5]);
  assert.ok(median! >= 1.499995 && median! < 1.499995 + 1 / 1024);
});

test("Histogram.add() refuses what is below 0 or no number", () => {
  for (const value of [-1, -5e-324, NaN, -Infinity]) {
    assert.throws(() => new Histogram().add(value), RangeError);
  }
});

test("Histogram.mean is a number where the sum is beyond the largest double", () => {
  const values = filled([0, 0, Number.MAX_VALUE, Number.MAX_VALUE]);
  assert.equal(values.mean, Number.MAX_VALUE / 2);
  const equal = new Histogram();
  equal.add(Number.MAX_VALUE, 3);
  assert.ok(equal.mean <= Number.MAX_VALUE && equal.mean > 0.999 * Number.MAX_VALUE);
});
