import assert from "node:assert/strict";
import { test } from "node:test";
import { visibleText } from "./visible_text.ts";

test("visibleText() escapes what steers a terminal, breaks a line or hides", () => {
  const pairs: [text: string, expected: string][] = [
    ["player.x", "player.x"],
    ["größe 位置 🎯 \\n", "größe 位置 🎯 \\n"],
    ["\u001b[31m", "\\u{1b}[31m"],
    ["a\r\nb\tc\0", "a\\u{d}\\u{a}b\\u{9}c\\u{0}"],
    ["\u007f\u009b", "\\u{7f}\\u{9b}"],
    ["\u2028\u2029", "\\u{2028}\\u{2029}"],
    ["\u202egpj.exe", "\\u{202e}gpj.exe"],
    ["a\u200bb\ufeff", "a\\u{200b}b\\u{feff}"],
    ["\ud800", "\\u{d800}"],
    // A joiner stays between two emoji, with a skin tone or a variation selector, and nowhere else.
    ["👩\u200d🚀 👩🏽\u200d🚀 ❤\ufe0f\u200d🔥", "👩\u200d🚀 👩🏽\u200d🚀 ❤\ufe0f\u200d🔥"],
    ["a\u200db 👩\u200d", "a\\u{200d}b 👩\\u{200d}"],
    ["\u200d🚀 👩\u200d\u200d🚀", "\\u{200d}🚀 👩\\u{200d}\\u{200d}🚀"],
    ["\u{e0001}\u{1d173}", "\\u{e0001}\\u{1d173}"],
  ];
  for (const [text, expected] of pairs) assert.equal(visibleText(text), expected);
});

test("visibleText() cuts long texts", () => {
  assert.equal(visibleText("abcdef", 6), "abcdef");
  assert.equal(visibleText("abcdefg", 6), "abcde…");
  assert.equal(visibleText("abcd😀fg", 6), "abcd…");
});
