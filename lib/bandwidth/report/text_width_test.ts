import assert from "node:assert/strict";
import { test } from "node:test";
import { cutApart, cutCells, headCells, padCells, textWidth } from "./text_width.ts";

test("textWidth() counts cells, not characters", () => {
  const widths: [text: string, cells: number][] = [
    ["", 0],
    ["größe", 5],
    ["e\u0301a\u0308", 2],
    ["位置カナ한글", 12],
    ["ＡＢ", 4],
    ["ｶﾅ", 2],
    ["🎯", 2],
    ["👍🏽🇩🇪👩\u200d🚀1\ufe0f\u20e3", 8],
    ["𠀀", 2],
    ["▴█…", 3],
    ["\u001b[31mred\u001b[39m", 3],
  ];
  for (const [text, cells] of widths) assert.equal(textWidth(text), cells, text);
});

test("cutCells() takes the middle out, by cells and whole characters", () => {
  assert.equal(cutCells("abcdefghij", 10), "abcdefghij");
  assert.equal(cutCells("abcdefghijk", 10), "abcd…ghijk");
  assert.equal(cutCells("速度速度速度", 9), "速度…速度");
  assert.equal(cutCells("速度速度速度", 8), "速…速度");
  assert.equal(cutCells("🚀🚀🚀🚀", 6), "🚀…🚀");
  assert.equal(cutCells("abc", 1), "…");
});

test("cutApart() keeps what tells texts apart", () => {
  const long = (middle: string) => `${"a".repeat(30)}${middle}${"z".repeat(30)}`;
  assert.deepEqual(cutApart(["short", long("-1-"), long("-2-"), long("-1-")], 20), [
    "short",
    "aaaaa…1-zzzz…zzzzzzz",
    "aaaaa…2-zzzz…zzzzzzz",
    "aaaaa…1-zzzz…zzzzzzz",
  ]);
  // One goes on where the other ends.
  assert.deepEqual(cutApart(["速".repeat(61), "速".repeat(60)], 9), ["速…速", "速…"]);
  // One is spelt as the other is cut.
  assert.deepEqual(cutApart(["abcdefghijk", "abcd…ghijk"], 10), ["ab…efghijk", "ab……ghijk"]);
});

test("cutApart() shows of each text where it parts from the one nearest to it, whatever the order", () => {
  const letters = ["a", "b", "速", "🚀"];
  let seed = 7;
  const next = (most: number) => (seed = (seed * 48271) % 2147483647) % most;
  for (let round = 0; round < 300; round++) {
    const texts = Array.from({ length: 2 + next(8) }, () => {
      const middle = Array.from({ length: next(5) }, () => letters[next(4)]).join("");
      return "a".repeat(9) + middle + "z".repeat(9 + next(2));
    });
    const cut = texts.map((text) => cutCells(text, 12));
    const ways = cutApart(texts, 12);
    for (const [i, text] of texts.entries()) {
      const others = texts.filter((other, j) => cut[j] === cut[i] && other !== text);
      if (others.length === 0 || ways[i]!.startsWith("#")) continue;
      const from = Math.max(...others.map((other) => sharedCharacters(text, other)));
      const rest = cutCells([...text].slice(from).join(""), 8);
      assert.equal(ways[i], `aaa…${rest}`, `${texts}`);
    }
    assert.equal(new Set(ways).size >= new Set(texts).size, true, `${texts}`);
    for (const way of ways) assert.ok(textWidth(way) <= 12, way);
  }
});

test("cutApart() tells 20 000 texts apart that are cut to one", () => {
  const texts = Array.from({ length: 20_000 }, (_, i) => `${"a".repeat(40)}${i}${"z".repeat(40)}`);
  assert.equal(new Set(cutApart(texts, 30)).size, 20_000);
});

function sharedCharacters(a: string, b: string): number {
  const [first, second] = [[...a], [...b]];
  const at = first.findIndex((character, i) => character !== second[i]);
  return at < 0 ? first.length : at;
}

test("padCells() fills up to a width, and leaves alone what is wider", () => {
  assert.equal(padCells("速度", 6), "速度  ");
  assert.equal(padCells("abc", 2), "abc");
});

test("headCells() takes the end off, by cells and whole characters", () => {
  assert.equal(headCells("abcdef", 6), "abcdef");
  assert.equal(headCells("abcdefg", 6), "abcde…");
  assert.equal(headCells("速度速度", 8), "速度速度");
  assert.equal(headCells("速度速度", 7), "速度速…");
  assert.equal(headCells("速度速度", 6), "速度…");
  assert.equal(headCells("🚀".repeat(100_000), 5), "🚀🚀…");
});
