import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findId, seekId, walkToEntity, walkToId } from "./sorted_ids.ts";

const IDS = Uint32Array.of(9, 1, 3, 3, 7, 0xffffffff, 2);

describe("seekId() and walkToId() give the first place that is not below", () => {
  const cases: [id: number, place: number][] = [
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 4],
    [8, 5],
    [0xffffffff, 5],
    [Infinity, 6],
  ];
  for (const [id, place] of cases) {
    test(String(id), () => {
      assert.equal(seekId(IDS, 1, 6, id), place);
      assert.equal(walkToId(IDS, 1, 6, id), place);
      const entities = Array.from(IDS.subarray(1, 6), (id) => ({ id }));
      assert.equal(walkToEntity(entities, 0, id), place - 1);
    });
  }
});

describe("findId()", () => {
  test("finds what is in the range", () => assert.equal(findId(IDS, 1, 6, 7), 4));
  test("misses what is beside it", () => assert.equal(findId(IDS, 1, 6, 2), -1));
  test("misses all in an empty range", () => assert.equal(findId(IDS, 3, 3, 3), -1));
});
