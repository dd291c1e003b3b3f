import assert from "node:assert/strict";
import { test } from "node:test";
import { plainValue } from "./plain_value.ts";

test("plainValue() makes a number of a bigint that is one, and of no other", () => {
  assert.deepEqual([0n, 7n, 9007199254740992n, 2n ** 60n].map(plainValue), [
    0,
    7,
    2 ** 53,
    2 ** 60,
  ]);
  for (const value of [9007199254740993n, 2n ** 64n - 1n, -0, 0.5, NaN, true, "7", undefined]) {
    assert.ok(Object.is(plainValue(value), value), String(value));
  }
});
