import assert from "node:assert/strict";
import { test } from "node:test";
import { cellCategory, cellNumber, cellValue } from "./csv_cell.ts";

test("cellCategory() takes numbers as JSON spells them, truth values, and else texts", () => {
  for (const cell of ["0", "-0", "12", "1.5", "1.", ".5", "-.5", "1e5", "1E-05", "-2.5e+3"]) {
    assert.equal(cellCategory(cell), "number", cell);
  }
  for (const cell of ["true", "False", "TRUE"]) assert.equal(cellCategory(cell), "boolean", cell);
  for (
    const cell of [
      "",
      ".",
      "-",
      "007",
      "+1",
      "1,5",
      "nan",
      "Infinity",
      "0x1f",
      "1_000",
      "tRue",
      "1 2",
    ]
  ) {
    assert.equal(cellCategory(cell), "text", cell);
  }
});

test("cellValue() reads a cell by its column, or not at all", () => {
  assert.equal(cellValue("-1.50", "number"), -1.5);
  assert.equal(cellValue("007", "number"), undefined);
  assert.equal(cellValue("True", "boolean"), true);
  assert.equal(cellValue("FALSE", "boolean"), false);
  assert.equal(cellValue("1", "boolean"), undefined);
  assert.equal(cellValue("1", "text"), "1");
  assert.equal(cellNumber("12"), 12);
  assert.equal(cellNumber("0012"), "0012");
});
