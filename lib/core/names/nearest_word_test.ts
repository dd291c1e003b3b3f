import assert from "node:assert/strict";
import { test } from "node:test";
import { listedWords, nearestWord, wordRemedy } from "./nearest_word.ts";

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

test("wordRemedy() looks for a word among all, and says how many it does not list", () => {
  const words = Array.from({ length: 40 }, (_, i) => `${i}`);
  const listed = words.slice(0, 24).join(", ");
  assert.equal(
    wordRemedy("headng", [...words, "heading"], "fields"),
    `did you mean heading? fields are ${listed} and 17 more`,
  );
  assert.equal(listedWords(words), `${listed} and 16 more`);
  assert.equal(listedWords(words.slice(0, 24)), listed);
});
