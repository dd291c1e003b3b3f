import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PLAIN, titleLines, wrapped } from "./table_text.ts";
import { textWidth } from "./text_width.ts";

test("titleLines() puts parts on as many lines as they need", () => {
  const of = (cells: number, ...parts: string[]) => titleLines("title", parts, cells, PLAIN);
  assert.deepEqual(of(20), ["title"]);
  assert.deepEqual(of(20, "one", "two", "three"), ["title  one · two", "three"]);
  assert.deepEqual(of(8, "one", "a long part"), ["title", "one", "a long", "part"]);
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
