import assert from "node:assert/strict";
import { test } from "node:test";
import { inFolder } from "../../cli/run_cli_test_helper.ts";
import { recordHostile } from "./record_hostile.ts";

test(
  "record --skip-bad says one line of whatever it cannot read, and ends",
  { timeout: 120_000 },
  () =>
    inFolder(async (folder) => {
      const figures = await recordHostile(folder, { lines: 4000, linesPerInput: 200, seed: 7 });
      assert.deepEqual(figures.faults, []);
      assert.equal(figures.lines, 4000);
      // Every shape has inputs that are recorded but for their bad lines.
      assert.ok((figures.inputsByCode["4"] ?? 0) >= 10, JSON.stringify(figures.inputsByCode));
    }),
);
