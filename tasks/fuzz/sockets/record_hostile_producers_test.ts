import assert from "node:assert/strict";
import { test } from "node:test";
import { inFolder } from "../../../cli/run_cli_test_helper.ts";
import { recordHostileProducers } from "./record_hostile_producers.ts";

test(
  "record --listen bears hostile producers, and leaves a whole recording",
  { timeout: 120_000 },
  () =>
    inFolder(async (folder) => {
      const figures = await recordHostileProducers(folder, 4000, 7);
      assert.deepEqual(figures.faults, []);
      assert.equal(figures.code, 4);
      assert.ok(figures.frames > 0);
    }),
);
