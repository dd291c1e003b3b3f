import assert from "node:assert/strict";
import { test } from "node:test";
import { POLICIES } from "../mod.ts";
import { allocatedPerAppend, COUNTER, NOISE_BYTES } from "./allocated_bytes.ts";
import { compiledPath, objectPath, snapshotPath, type SteadyState } from "./steady_state.ts";

const skip = COUNTER === "none" ? "JavaScriptCore does not count allocated bytes" : false;

for (const path of [compiledPath, objectPath, snapshotPath]) {
  for (const policy of POLICIES) {
    const state: SteadyState = path(policy);
    test(`Tracker.append() allocates nothing in the steady state: ${state.name}`, { skip }, () => {
      const bytes = allocatedPerAppend(state);
      assert.ok(bytes < NOISE_BYTES, `${bytes} B/append`);
    });
  }
}

test("allocatedPerAppend() sees one small object per append", { skip }, () => {
  const kept: object[] = [];
  const step = () => {
    kept[0] = { a: kept.length };
  };
  const bytes = allocatedPerAppend({ name: "object", appends: 1, step });
  assert.ok(bytes >= 8 && bytes < 100, `${bytes} B/append`);
});
