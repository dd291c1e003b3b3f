import assert from "node:assert/strict";
import { test } from "node:test";
import { readHostile } from "./read_hostile.ts";

test(
  "RecordingReader refuses hostile records in one line, or reads what is whole, and ends",
  { timeout: 120_000 },
  async () => {
    const figures = await readHostile(40_000, 7);
    assert.deepEqual(figures.faults, []);
    assert.ok(figures.opened > 100 && figures.whole > 20 && figures.refused > 10);
  },
);
