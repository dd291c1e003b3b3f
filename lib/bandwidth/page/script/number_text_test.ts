import assert from "node:assert/strict";
import { test } from "node:test";
import { axisText, numberText, percentText } from "./number_text.js";

test("numberText() groups thousands", () => {
  assert.equal(numberText(1828879), "1\u2009828\u2009879");
  assert.equal(numberText(1234.5678), "1\u2009234.568");
  assert.equal(numberText(0.1239, 2), "0.12");
  assert.equal(numberText(999), "999");
});

test("percentText() and axisText() are short", () => {
  assert.deepEqual([0, 1, 0.12345, 0.000001].map(percentText), [
    "0 %",
    "100 %",
    "12.3 %",
    "0.0001 %",
  ]);
  assert.deepEqual([0, 0.5, 999, 12_500, 2e6].map(axisText), ["0", "0.5", "999", "12.5k", "2M"]);
});
