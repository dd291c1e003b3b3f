import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assertPrinted, NOT_PRINTED, printedCommands } from "./printed_commands_test_helper.ts";

const PAGE = readFileSync(new URL("damage.md", import.meta.url), "utf8");

test("docs/damage.md prints what its commands print", {
  timeout: 120_000,
  // The bytes of a recording hang on the version of zstd, and so does where it is cut.
  skip: NOT_PRINTED,
}, async () => {
  const commands = printedCommands(PAGE);
  assert.equal(commands.length, 4);
  assert.equal(commands.length, PAGE.split("```sh").length - 1);
  await assertPrinted(commands);
});
