import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rowNames, wrapped } from "./table_text.ts";
import { textWidth } from "./text_width.ts";

test("rowNames() cuts names in the middle where that tells them apart", () => {
  assert.deepEqual(rowNames(["abcdefghij", "kl"], 5), { rows: ["ab…ij", "kl"], legend: [] });
  assert.deepEqual(rowNames(["same", "same"], 4), { rows: ["same", "same"], legend: [] });
});

test("rowNames() numbers the rows where cutting makes one name of two, and says them whole", () => {
  assert.deepEqual(rowNames(["abcdefghij", "abcXXXXhij", "kl"], 7), {
    rows: ["#1 a…ij", "#2 a…ij", "#3 kl"],
    legend: ["#1 abcdefghij", "#2 abcXXXXhij", "#3 kl"],
  });
});

test("rowNames() cuts by cells, and no character in two", () => {
  assert.deepEqual(rowNames(["🚀🚀🚀🚀", "kl"], 7), { rows: ["🚀…🚀🚀", "kl"], legend: [] });
  assert.deepEqual(rowNames(["速度速度"], 8), { rows: ["速度速度"], legend: [] });
  assert.deepEqual(rowNames(["速度速度"], 7), { rows: ["速…速度"], legend: [] });
});

test("wrapped() breaks at spaces, and words that are too long, by cells", () => {
  assert.deepEqual(wrapped("ab cd ef", 5), ["ab cd", "ef"]);
  assert.deepEqual(wrapped("a  b", 5), ["a  b"]);
  assert.deepEqual(wrapped("ab abcdefgh i", 5), ["ab", "abcde", "fgh i"]);
  assert.deepEqual(wrapped("速度速度 ab", 5), ["速度", "速度", "ab"]);
  assert.deepEqual(wrapped("", 5), []);
  assert.deepEqual(wrapped("  ", 5), []);
});

test("wrapped() loses nothing but spaces, and no line is too wide", () => {
  const character = fc.constantFrom(..."ab   速🚀e\u0301");
  const texts = fc.array(character, { maxLength: 60 }).map((all) => all.join(""));
  fc.assert(fc.property(texts, fc.integer({ min: 2, max: 12 }), (text, cells) => {
    const lines = wrapped(text, cells);
    assert.equal(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
    for (const line of lines) assert.ok(textWidth(line) <= cells, line);
  }));
});
