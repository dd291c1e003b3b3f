import assert from "node:assert/strict";
import { test } from "node:test";
import { barWidth, binShares, leastOf, logPlace, tailShares, union } from "./histograms.js";

const BARS = [{ from: 0, packets: 6 }, { from: 4, packets: 2 }, { from: 10, packets: 2 }];

test("barWidth() is the width of at most 128 bars from 0", () => {
  assert.deepEqual([0, 79, 127, 128, 255, 256].map(barWidth), [1, 1, 1, 2, 2, 3]);
});

test("binShares() puts bars of the bins' width where they are", () => {
  assert.deepEqual(binShares(BARS, 2, 2), [0.6, 0, 0.2, 0, 0, 0.2]);
});

test("binShares() spreads a bar over the bins that it meets", () => {
  const bars = [{ from: 3, packets: 4 }];
  assert.deepEqual(binShares(bars, 3, 2), [0, 1 / 3, 2 / 3]);
  assert.deepEqual(binShares(bars, 3, 4), [1 / 3, 2 / 3]);
  assert.deepEqual(binShares([], 1, 1), []);
});

test("tailShares() is the share of what is at least x", () => {
  assert.deepEqual(tailShares(BARS, [0, 1, 4, 5, 10, 11]), [1, 0.4, 0.4, 0.2, 0.2, 0]);
  assert.deepEqual(tailShares([], [0, 1]), [0, 0]);
});

test("union() sorts numbers and names each once", () => {
  assert.deepEqual(union([[10, 2], [], [2, 1]]), [1, 2, 10]);
});

test("logPlace() is the place on a logarithmic axis", () => {
  assert.equal(logPlace(1, 1, 100), 0);
  assert.equal(logPlace(10, 1, 100), 0.5);
  assert.equal(logPlace(100, 1, 100), 1);
  assert.equal(logPlace(0, 1, 100), 0);
});

test("leastOf() reads lists that are longer than a call may have arguments", () => {
  const long = Array.from({ length: 1_000_000 }, () => 0.5);
  assert.equal(leastOf([long, [null, 0.25, 1]]), 0.25);
  assert.equal(leastOf([[null], []]), Infinity);
});
