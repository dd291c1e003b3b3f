import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exactJsonText, parseJson, utf8 } from "./json_text.ts";

test("parseJson() gives back what exactJsonText() was made of", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    assert.deepEqual(parseJson(utf8(exactJsonText(value))), value);
  }));
});

test("parseJson() refuses numbers that no double holds, and no others", () => {
  const spelt = (text: string) => parseJson(utf8(`{"a":[{"b":${text}}]}`));
  for (
    const text of ["1e309", "-1E999", "1e+400", `1${"0".repeat(309)}`, `-${"9".repeat(400)}.5`]
  ) {
    assert.throws(() => spelt(text), /it has a number that is too large/);
  }
  for (
    const text of ["1e308", "1e-999", `"1e999"`, `0.${"0".repeat(400)}1`, `"${"9".repeat(400)}"`]
  ) {
    assert.deepEqual(spelt(text), { a: [{ b: JSON.parse(text) }] });
  }
});
