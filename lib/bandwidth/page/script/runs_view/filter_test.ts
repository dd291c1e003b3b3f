import assert from "node:assert/strict";
import { test } from "node:test";
import { countsOf, matching } from "./filter.js";

const FACETS = [
  { values: ["none", "4g", "satellite"], of: [0, 0, 1, 1, 2, 2] },
  { values: ["strict", "append"], of: [0, 1, 0, 1, 0, 1] },
];
const NAMES = [
  ...["strict none", "append none", "strict 4g"],
  ...["append 4g", "strict satellite", "append satellite"],
];

function matched(nets: number[], acks: number[], text = ""): number[] {
  const flags: boolean[] = matching(FACETS, [new Set(nets), new Set(acks)], NAMES, text);
  return flags.flatMap((isMatch, run) => isMatch ? [run] : []);
}

test("matching() takes one of a facet's values, of all facets, and any where none is wanted", () => {
  assert.deepEqual(matched([], []), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(matched([0, 2], []), [0, 1, 4, 5]);
  assert.deepEqual(matched([0, 2], [1]), [1, 5]);
});

test("matching() takes names that have every word, in whatever case", () => {
  assert.deepEqual(matched([], [], "  4G App "), [3]);
  assert.deepEqual(matched([1], [], "none"), []);
  assert.deepEqual(matched([], [], "(.*"), []);
});

test("countsOf() says how many runs each value would leave beside the other facets", () => {
  const wanted = [new Set([0]), new Set([1])];
  assert.deepEqual(countsOf(FACETS, wanted, NAMES, "", 0), [1, 1, 1]);
  assert.deepEqual(countsOf(FACETS, wanted, NAMES, "", 1), [1, 1]);
  assert.deepEqual(countsOf(FACETS, wanted, NAMES, "4g", 0), [0, 1, 0]);
});
