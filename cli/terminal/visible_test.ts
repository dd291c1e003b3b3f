import assert from "node:assert/strict";
import { test } from "node:test";
import { visible } from "./terminal.ts";

test("visible() spells out what steers a terminal, breaks a line, hides or turns around", () => {
  const pairs: [text: string, expected: string][] = [
    ["player.x größe 位置 🎯 e\u0301", "player.x größe 位置 🎯 e\u0301"],
    ["\u001b[31m\r\n\t\0", "\\x1b[31m\\x0d\\x0a\\x09\\x00"],
    ["\u007f\u009b", "\\x7f\\x9b"],
    ["\u2028\u2029", "\\u2028\\u2029"],
    ["\u202egpj.exe\u2066", "\\u202egpj.exe\\u2066"],
    ["a\u00adb\u200bc\u200d\u2060\ufeff", "a\\xadb\\u200bc\\u200d\\u2060\\ufeff"],
    ["\ud800a\udfff", "\\ud800a\\udfff"],
    ["\u{e0001}\u{e0041}\u{1d173}", "\\u{e0001}\\u{e0041}\\u{1d173}"],
  ];
  for (const [text, expected] of pairs) assert.equal(visible(text), expected);
});

test("visible() leaves no character of an invisible class", () => {
  let all = "";
  for (let code = 0; code <= 0x10ffff; code++) all += String.fromCodePoint(code) + " ";
  assert.doesNotMatch(visible(all), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
});
