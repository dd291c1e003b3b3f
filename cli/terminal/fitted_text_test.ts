import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { textWidth } from "../../lib/report.ts";
import { fittedLines, fittedText } from "./fitted_text.ts";

test("fittedText() breaks at blanks, then after commas, then anywhere", () => {
  assert.deepEqual(fittedText("ab cd ef", { cells: 5 }), ["ab cd", "  ef"]);
  assert.deepEqual(fittedText("ab,cd,ef", { cells: 5 }), ["ab,", "  cd,", "  ef"]);
  assert.deepEqual(fittedText("abcdefgh", { cells: 5 }), ["abcde", "  fgh"]);
  assert.deepEqual(fittedText("速度速度", { cells: 5, hang: 0 }), ["速度", "速度"]);
  assert.deepEqual(fittedText("a b", { indent: "    ", cells: 6 }), ["    a", "      b"]);
});

test("fittedText() parts no number from its unit", () => {
  assert.deepEqual(fittedText("is 98.5 % of", { cells: 8 }), ["is", "  98.5 %", "  of"]);
  assert.deepEqual(fittedText("took 12 ms", { cells: 8 }), ["took", "  12 ms"]);
  assert.deepEqual(fittedText("took 604.05 units", { cells: 15 }), ["took", "  604.05 units"]);
  assert.deepEqual(fittedText("it is 0 / s", { cells: 9 }), ["it is", "  0 / s"]);
});

test("fittedText() keeps whole what is to be copied, on a line of its own where it is too long", () => {
  const keep = "/a path/of a game, long.mcap";
  assert.deepEqual(fittedText(`in ${keep}: 12 bytes`, { keep, cells: 12 }), [
    "in",
    `  ${keep}:`,
    "  12 bytes",
  ]);
});

test("fittedLines() lets lines go on two blanks farther in", () => {
  assert.deepEqual(fittedLines(["  ab cd", "e"], { cells: 6 }), ["  ab", "    cd", "e"]);
});

test("fittedText() loses nothing but blanks, and no line is too wide", () => {
  const texts = fc.string({ unit: fc.constantFrom(..."ab ,速🚀 e\u03013%"), maxLength: 120 });
  fc.assert(fc.property(texts, fc.integer({ min: 30, max: 60 }), (text, cells) => {
    const lines = fittedText(text, { cells, hang: 4 });
    for (const line of lines) assert.ok(textWidth(line) <= cells, line);
    assert.equal(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
  }));
});

test("fittedText() breaks 400 kB, of words and of none", () => {
  assert.equal(fittedText("abc ".repeat(100_000), { cells: 40 }).length, 1 + 99_990 / 9);
  assert.equal(fittedText("a".repeat(400_000), { cells: 42, hang: 2 }).length, 10_000);
});
