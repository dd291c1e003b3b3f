import assert from "node:assert/strict";
import { test } from "node:test";
import { shownValue } from "./shown_value.ts";

test("shownValue() tells texts from numbers, and objects by what they are", () => {
  class Vec3 {}
  const values: [unknown, string][] = [
    ["64", '"64"'],
    ['a"b', '"a\\"b"'],
    ["a\nb\u202e\ud800", '"a\\\\u{a}b\\\\u{202e}\\\\u{d800}"'],
    ["x".repeat(99), `"${"x".repeat(59)}…"`],
    [64, "64"],
    [-0, "-0"],
    [NaN, "NaN"],
    [5n, "the bigint 5"],
    [true, "true"],
    [undefined, "undefined"],
    [null, "null"],
    [[1], "a list"],
    [new Map(), "a Map"],
    [new Error("e"), "an Error"],
    [{}, "an object"],
    [Object.create(null), "an object"],
    [new Vec3(), "a Vec3"],
    [() => 1, "a function"],
    [Symbol("s"), "a symbol"],
  ];
  for (const [value, shown] of values) assert.equal(shownValue(value), shown);
});
