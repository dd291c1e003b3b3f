import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestWord, wordRemedy } from "./nearest_word.ts";

test("nearestWord() finds a slip of the finger, and nothing that is far", () => {
  const words = ["shooter", "from", "to", "quakeworld"];
  assert.equal(nearestWord("shoter", words), "shooter");
  assert.equal(nearestWord("frm", words), "from");
  assert.equal(nearestWord("quakewrld", words), "quakeworld");
  assert.equal(nearestWord("angle", words), undefined);
  assert.equal(nearestWord("", []), undefined);
  assert.equal(nearestWord("x".repeat(1e6), ["x".repeat(1e6 + 1)]), undefined);
});

test("wordRemedy() lists what there is", () => {
  assert.equal(
    wordRemedy("kindz", ["up", "kinds"], "keys"),
    "did you mean kinds? keys are up, kinds",
  );
  assert.equal(wordRemedy("x", ["kinds"], "keys"), "keys are kinds");
});
