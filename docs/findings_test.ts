import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FINDING_RULES } from "../lib/bandwidth/findings/finding_rules.ts";
import { assertPrinted, NOT_PRINTED, printedCommands } from "./printed_commands_test_helper.ts";

const PAGE = readFileSync(new URL("findings.md", import.meta.url), "utf8");
const EXAMPLES = printedCommands(PAGE);

test("docs/findings.md explains every code, and no other, each with an example", () => {
  const headings = [...PAGE.matchAll(/^### (.*)$/gm)].map(([, code]) => code!);
  const codes = FINDING_RULES.map(({ code }) => code);
  assert.deepEqual(headings.toSorted(), codes.toSorted());
  const sections = PAGE.split(/^### /m).slice(1);
  const bare = sections.filter((section) => !section.includes("```text\n"))
    .map((section) => section.split("\n")[0]!);
  assert.deepEqual(bare, []);
  for (const [, printed] of EXAMPLES) {
    assert.match(printed, /^(error|warning|note) +[a-z0-9-]+ /);
  }
});

test("docs/findings.md prints what its commands print", {
  timeout: 300_000,
  skip: NOT_PRINTED,
}, async () => {
  assert.equal(EXAMPLES.length, PAGE.split("```sh").length - 1);
  await assertPrinted(EXAMPLES);
});
