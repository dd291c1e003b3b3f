import assert from "node:assert/strict";
import { test } from "node:test";
import { lastingChange, lastingChanges } from "./lasting_changes.js";

/** So many seconds of an amount. */
const of = (seconds: number, bits: number) => Array<number>(seconds).fill(bits);

test("lastingChange() is where a thing takes another amount from then on", () => {
  const bits = [...of(40, 100), ...of(80, 900)];
  assert.deepEqual(lastingChange(bits, 10), { place: 40, before: 100, after: 900 });
  assert.deepEqual(lastingChange(bits.toReversed(), 10), { place: 80, before: 900, after: 100 });
});

test("lastingChange() is found between peaks, and is none", () => {
  const bits = [5000, ...of(39, 100), ...of(30, 300), 9000, ...of(49, 300)];
  assert.deepEqual(lastingChange(bits, 10), { place: 40, before: 100, after: 300 });
  assert.equal(lastingChange([...of(60, 100), 9000, ...of(59, 100)], 10), undefined);
});

test("lastingChange() is none that grows bit by bit, is small, short or not there", () => {
  assert.equal(lastingChange(Array.from({ length: 120 }, (_, i) => 100 + 2 * i), 10), undefined);
  assert.equal(lastingChange([...of(60, 100), ...of(60, 130)], 10), undefined);
  assert.equal(lastingChange([...of(60, 1), ...of(60, 9)], 10), undefined);
  assert.equal(lastingChange([...of(118, 100), ...of(2, 900)], 10), undefined);
  assert.equal(lastingChange(of(120, 100), 10), undefined);
  assert.equal(lastingChange([1, 2, 3], 0), undefined);
});

test("lastingChanges() names the greatest first, of what counts in a second", () => {
  const series = new Map([
    ["x", [...of(90, 1000), ...of(30, 2000)]],
    ["temp", [...of(40, 50), ...of(80, 400)]],
    ["tiny", [...of(40, 1), ...of(80, 8)]],
    ["y", of(120, 1000)],
  ]);
  assert.deepEqual(lastingChanges(series, 10_000), [
    { key: "temp", place: 40, before: 50, after: 400 },
    { key: "x", place: 90, before: 1000, after: 2000 },
  ]);
});
