import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { textWidth } from "../../lib/report.ts";
import { type Column, textTable } from "./text_table.ts";

const COLUMNS: readonly Column[] = [
  { title: "name", align: "left" },
  { title: "count", align: "right" },
  { title: "what", align: "left" },
];

test("textTable() aligns by cells", () => {
  assert.deepEqual(textTable(COLUMNS, [["速度", "1", "a"], ["x", "22", ""]], 80), [
    "  name  count  what",
    "  速度      1  a",
    "  x        22",
  ]);
});

test("textTable() cuts texts that differ apart, the last columns first, and no number", () => {
  const rows = ["one", "two"].map((end) => ["n", "1234567890", `${"w".repeat(40)} ${end}`]);
  assert.deepEqual(textTable(COLUMNS, rows, 40), [
    "  name       count  what",
    "  n     1234567890  wwwwwwwww…wwwwww one",
    "  n     1234567890  wwwwwwwww…wwwwww two",
  ]);
});

test("textTable() goes on below with the first column repeated", () => {
  const columns = ["id", "first", "second", "third"].map((title): Column => {
    return { title, align: "right" };
  });
  assert.deepEqual(textTable(columns, [["7", "1", "2", "3"]], 20), [
    "  id  first  second",
    "   7      1       2",
    "",
    "  id  third",
    "   7      3",
  ]);
});

test("textTable() keeps every line within its cells, whatever cells and columns there are", () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab ,速🚀e\u0301\u001b"), maxLength: 90 });
  const column = fc.record({ title: text, align: fc.constantFrom("left" as const, "right") });
  const tables = fc.array(column, { minLength: 1, maxLength: 30 }).chain((columns) =>
    fc.tuple(
      fc.constant(columns),
      fc.array(fc.array(text, { minLength: columns.length, maxLength: columns.length }), {
        maxLength: 5,
      }),
    )
  );
  fc.assert(
    fc.property(tables, fc.integer({ min: 60, max: 200 }), ([columns, rows], cells) => {
      for (const line of textTable(columns, rows, cells)) {
        assert.ok(textWidth(line) <= cells, line);
      }
    }),
    { numRuns: 200 },
  );
});
