import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toColumns } from "./columns.ts";
import { fromColumns } from "./script/columns.js";

function throughJson(value: unknown): unknown {
  return fromColumns(JSON.parse(JSON.stringify(toColumns(value))));
}

test("toColumns() writes lists of objects as columns, with which of them have a member", () => {
  assert.deepEqual(
    toColumns({ rows: [{ a: 1, b: "x" }, { a: 2, b: undefined }, { a: 3, b: "z" }], of: [1, "2"] }),
    {
      rows: [1, 3, ["a", "b"], [[0, 1, 2, 3]], [[0, "x", "z"], "101"]],
      of: [0, 1, "2"],
    },
  );
});

test("toColumns() puts the objects of lists of lists together", () => {
  assert.deepEqual(toColumns([[{ a: 1 }], [], [{ a: 2 }, { a: 3 }]]), [
    ...[2, [1, 0, 2]],
    [1, 3, ["a"], [[0, 1, 2, 3]]],
  ]);
});

test("fromColumns() reads every value that JSON has, also names that mean something to scripts", () => {
  const hostile = JSON.parse(
    `[{"__proto__": 1, "0": [1]}, {"__proto__": {"constructor": 2}}, [0, [1, 2]], [2, [1], [{}]]]`,
  );
  assert.deepEqual(throughJson(hostile), hostile);
  assert.equal(({} as { constructor: unknown }).constructor, Object);
  const rows = fc.array(
    fc.record({ id: fc.jsonValue(), list: fc.array(fc.record({ x: fc.nat() })) }, {
      requiredKeys: [],
    }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), rows, fc.array(rows)), (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      assert.deepEqual(throughJson(value), plain);
    }),
    { seed: 17, numRuns: 500 },
  );
});
