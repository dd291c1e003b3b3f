import assert from "node:assert/strict";
import { test } from "node:test";
import { textWidth } from "./text_width.ts";

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
