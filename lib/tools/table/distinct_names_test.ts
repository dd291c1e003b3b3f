import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { distinctNames } from "./distinct_names.ts";

test("distinctNames() numbers a name that is taken, and spares one that is wished later", () => {
  assert.deepEqual(distinctNames(["x", "y"], ["f"]), ["x", "y"]);
  assert.deepEqual(distinctNames(["f", "x", "X", "f_2"], ["f", "t"]), ["f_3", "x", "X_2", "f_2"]);
  assert.deepEqual(distinctNames(["", "x"], []), ["_2", "x"]);
});

test("distinctNames() gives no name twice, whatever is wished", () => {
  const name = fc.oneof(
    fc.string({ unit: fc.constantFrom("x", "X", "_", "2", "3"), maxLength: 4 }),
    fc.constantFrom("__proto__", "É", "é"),
  );
  fc.assert(
    fc.property(fc.array(name, { maxLength: 40 }), fc.array(name), (wished, taken) => {
      const names = distinctNames(wished, taken);
      assert.equal(names.length, wished.length);
      const folded = names.map((one) => one.toLowerCase());
      assert.equal(new Set(folded).size, folded.length);
      assert.ok(!taken.some((one) => folded.includes(one.toLowerCase())));
      names.forEach((one, i) => assert.match(one.slice(wished[i]!.length), /^(_\d+)?$/));
    }),
  );
});
