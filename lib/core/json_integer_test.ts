import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonInteger } from "./json_integer.ts";

test("jsonInteger() is a number up to 2^53 - 1, and a text of the digits above", () => {
  const integers = [0n, 9007199254740991n, 9007199254740992n, 18446744073709551615n];
  assert.deepEqual(integers.map(jsonInteger), [
    0,
    9007199254740991,
    "9007199254740992",
    "18446744073709551615",
  ]);
});
