import assert from "node:assert/strict";
import { test } from "node:test";
import { SequenceGaps } from "./sequence_gaps.ts";

test("SequenceGaps counts what is missing, and takes back what comes late", () => {
  const gaps = new SequenceGaps();
  const fates = [7, 5, 8, 12, 10, 10, 12, 13].map((number) => gaps.add(number, 0));
  assert.deepEqual(fates, ["new", "late", "new", "new", "late", "duplicate", "duplicate", "new"]);
  // 9 and 11; 6 was before the first.
  assert.deepEqual([gaps.missing, gaps.duplicates, gaps.late], [2, 2, 2]);
});

test("SequenceGaps starts anew where a counter wraps or its owner does", () => {
  const gaps = new SequenceGaps();
  for (const number of [65_533, 65_535, 0, 1, 3]) gaps.add(number, 0);
  assert.deepEqual([gaps.missing, gaps.duplicates], [2, 0]);
});

test("SequenceGaps tells a counter that starts again from what comes twice by what it counts", () => {
  const gaps = new SequenceGaps();
  // The hash of a part is its place in the run of all parts.
  for (let part = 0; part < 900; part++) assert.equal(gaps.add(part % 256, part), "new");
  assert.equal(gaps.add(899 % 256, 899), "duplicate");
  assert.deepEqual([gaps.missing, gaps.duplicates], [0, 1]);
});

test("SequenceGaps agrees with a set of all numbers for any order within its window", () => {
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let round = 0; round < 50; round++) {
    const gaps = new SequenceGaps();
    const came = new Set<number>();
    let newest = -1;
    gaps.add(0, 0);
    came.add(0);
    for (let i = 0; i < 500; i++) {
      const number = Math.max(0, newest + random(40) - 25);
      newest = Math.max(newest, number);
      assert.equal(gaps.add(number, number) === "duplicate", came.has(number));
      came.add(number);
    }
    assert.equal(gaps.missing, newest + 1 - came.size);
  }
});
