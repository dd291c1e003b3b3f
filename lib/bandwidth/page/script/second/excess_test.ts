import assert from "node:assert/strict";
import { test } from "node:test";
import { bitsByKey, excessOf, steadyKeys, usualBits } from "./excess.js";

interface Item {
  readonly key: string;
  readonly bits: number;
}

interface Row {
  readonly item: Item;
  readonly bits: number;
  readonly usual: number;
  readonly isKnown: boolean;
  readonly over: readonly number[];
}

const keyOf = ({ key }: Item) => key;

/** What a second lists, and what it leaves out. */
function list(bits: Record<string, number>, restBits = 0) {
  const items: Item[] = Object.entries(bits).map(([key, bits]) => ({ key, bits }));
  return { items, restBits };
}

test("bitsByKey() takes what a whole list lacks for nothing", () => {
  const all = bitsByKey([list({ x: 5, y: 3 }), list({ x: 4 })], keyOf, ["x", "y"]);
  assert.deepEqual([...all], [
    ["x", { bits: [5, 4], isListed: [true, true] }],
    ["y", { bits: [3, 0], isListed: [true, false] }],
  ]);
});

test("bitsByKey() shares what a list leaves out, up to its cheapest item", () => {
  // In the second list y and z are left out, in the third also all but one item.
  const lists = [list({ x: 9, y: 8, z: 7 }), list({ x: 9 }, 6), list({ x: 2 }, 60)];
  const bits = [...bitsByKey(lists, keyOf, ["x", "y", "z"])].map(([key, { bits }]) => [key, bits]);
  assert.deepEqual(bits, [
    ["x", [9, 9, 2]],
    ["y", [8, 3, 2]],
    ["z", [7, 3, 2]],
  ]);
});

test("bitsByKey() and excessOf() hold no list of what no second at hand lists", () => {
  // Lists of a number a second of each of these 100 000 ids would take some GB.
  const lists = Array.from(
    { length: 4_000 },
    (_, i) => list(Object.fromEntries(Array.from({ length: 25 }, (_, k) => [`${i}.${k}`, 1]))),
  );
  assert.deepEqual([...bitsByKey(lists, keyOf, ["7.3"]).keys()], ["7.3"]);
  assert.equal(excessOf(lists, keyOf, 9, false).length, 25);
});

test("steadyKeys() are those that the most lists have, in the order of their first", () => {
  const lists = [list({ once: 1, x: 2 }), list({ y: 1, x: 3 }), list({ y: 9, twice: 1 })];
  assert.deepEqual(steadyKeys(lists, keyOf, 2), ["x", "y"]);
  assert.deepEqual(steadyKeys(lists, keyOf, 4), ["once", "x", "y", "twice"]);
});

test("usualBits() is the median of all seconds, or the mean of the five before", () => {
  const bits = [100, 10, 20, 30, 40, 50, 60, 7];
  assert.equal(usualBits([3, 1, 2], 0, false), 2);
  assert.equal(usualBits(bits, 6, true), 30);
  assert.equal(usualBits(bits, 2, true), 55);
  // Nothing is before the first.
  assert.equal(usualBits([3, 1, 2], 0, true), 2);
});

test("excessOf() puts first what took most above the usual", () => {
  const lists = [list({ x: 90, y: 10 }), list({ x: 90, y: 10 }), list({ x: 95, y: 60, z: 20 })];
  const rows: Row[] = excessOf(lists, keyOf, 2, false);
  assert.deepEqual(rows.map(({ item, bits, usual, isKnown }) => [item.key, bits, usual, isKnown]), [
    ["y", 60, 10, true],
    ["z", 20, 0, false],
    ["x", 95, 90, true],
  ]);
  assert.deepEqual(rows[0]!.over, [10, 10, 60]);
});

test("bitsByKey() takes as much for what a list leaves out as the list says", () => {
  const lists = [
    { items: [{ id: "a", bits: 90 }], restBits: 0, unlistedBits: 70 },
    { items: [{ id: "b", bits: 80 }], restBits: 0, unlistedBits: 0 },
  ];
  const all = bitsByKey(lists, ({ id }: { id: string }) => id, ["a", "b"]);
  assert.deepEqual([all.get("a")?.bits, all.get("b")?.bits], [[90, 0], [70, 80]]);
});
