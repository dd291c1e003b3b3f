import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CAUSE_WORDS, type CauseRule, CAUSES } from "./cause.ts";
import { CAUSE_TEXTS, CAUSE_WORD_TEXTS } from "./cause_texts.ts";

/** Rows of all tables of docs/rewind.md, each as its cells. */
const ROWS = readFileSync(new URL("../../../../docs/rewind.md", import.meta.url), "utf8")
  .split("\n").filter((line) => line.startsWith("| "))
  .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()).join(" | "));

test("CAUSE_TEXTS and CAUSE_WORD_TEXTS stand in docs/rewind.md as they are", () => {
  for (const word of CAUSE_WORDS) {
    assert.ok(ROWS.includes(`\`${word}\` | ${CAUSE_WORD_TEXTS[word]}`));
  }
  for (const [rule, word] of Object.entries(CAUSES)) {
    const { claim, evidence } = CAUSE_TEXTS[rule as CauseRule];
    assert.ok(ROWS.includes(`\`${word}\` | \`${rule}\` | ${claim} | ${evidence}`), rule);
  }
});
