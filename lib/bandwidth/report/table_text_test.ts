import assert from "node:assert/strict";
import { test } from "node:test";
import { rowNames } from "./table_text.ts";

test("rowNames() cuts names in the middle where that tells them apart", () => {
  assert.deepEqual(rowNames(["abcdefghij", "kl"], 5), { rows: ["ab…ij", "kl"], legend: [] });
  assert.deepEqual(rowNames(["same", "same"], 4), { rows: ["same", "same"], legend: [] });
});

test("rowNames() numbers the rows where cutting makes one name of two, and says them whole", () => {
  assert.deepEqual(rowNames(["abcdefghij", "abcXXXXhij", "kl"], 7), {
    rows: ["#1 a…ij", "#2 a…ij", "#3 kl"],
    legend: ["#1 abcdefghij", "#2 abcXXXXhij", "#3 kl"],
  });
});
