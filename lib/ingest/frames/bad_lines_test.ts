import assert from "node:assert/strict";
import { test } from "node:test";
import { remedy } from "../../core/remedy.ts";
import { BadLines } from "./bad_lines.ts";
import { InputSyntaxError } from "../input/input_error.ts";

test("BadLines counts all and names the first five", () => {
  const bad = new BadLines();
  assert.equal(bad.summary(), "no bad lines");
  const { add } = bad;
  for (const line of [2, 3, 5, 7, 11, 13]) {
    add(new InputSyntaxError({ source: "in", line }, "why", remedy`what`));
    if (line === 2) assert.equal(bad.summary(), "1 bad line skipped (line 2)");
  }
  assert.equal(bad.count, 6);
  assert.equal(bad.first.length, 5);
  assert.equal(bad.summary(), "6 bad lines skipped (lines 2, 3, 5, 7, 11 ...)");
});
