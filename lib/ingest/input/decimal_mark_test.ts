import assert from "node:assert/strict";
import { test } from "node:test";
import { markRemedy, plainNumber } from "./decimal_mark.ts";

test("plainNumber() reads numbers by their mark, with groups of three and a sign", () => {
  const cells: readonly [cell: string, comma: string | undefined, point: string | undefined][] = [
    ["1,5", "1.5", undefined],
    ["-0,25", "-0.25", undefined],
    ["1.234,5", "1234.5", undefined],
    ["1.234.567", "1234567", undefined],
    ["1,5e3", "1.5e3", undefined],
    [",5", ".5", undefined],
    ["1,234.5", undefined, "1234.5"],
    ["1,234,567", undefined, "1234567"],
    ["1.5", undefined, "1.5"],
    ["0.123", undefined, "0.123"],
    ["1,234", "1.234", "1234"],
    ["1.234", "1234", "1.234"],
    ["+5", "5", "5"],
    ["12", "12", "12"],
    ["1 234", "1234", "1234"],
    ["1\u202f234,5", "1234.5", undefined],
    ["1'234'567.5", undefined, "1234567.5"],
    // No number by either: groups that are no groups, two marks, names.
    ["1,23,456", undefined, undefined],
    ["1.23.456", undefined, undefined],
    ["1 23", undefined, undefined],
    ["1.234 567,5", undefined, undefined],
    ["1,5,5", undefined, undefined],
    ["12345.678.9", undefined, undefined],
    ["007", undefined, undefined],
    ["0x1F", undefined, undefined],
    ["", undefined, undefined],
    ["+", undefined, undefined],
    ["nan", undefined, undefined],
    ["1".repeat(65), undefined, undefined],
  ];
  for (const [cell, comma, point] of cells) {
    assert.equal(plainNumber(cell, "comma"), comma, `${cell} with a comma`);
    assert.equal(plainNumber(cell, "point"), point, `${cell} with a point`);
  }
});

test("markRemedy() names the marks that make a number of a cell", () => {
  assert.equal(`${markRemedy("1,5", undefined)}`, "read it with decimal comma");
  assert.equal(`${markRemedy("1,234.5", "comma")}`, "read it with decimal point");
  assert.equal(`${markRemedy("1,234", undefined)}`, "read it with decimal comma or point");
  assert.equal(markRemedy("n/a", undefined), undefined);
});
