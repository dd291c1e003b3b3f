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

test("textTable() breaks texts into lines where there is no room, and cuts no number", () => {
  const rows = ["one", "two"].map((end) => ["n", "1234567890", `a rule of many words, ${end}`]);
  assert.deepEqual(textTable(COLUMNS, rows, 40), [
    "  name       count  what",
    "  n     1234567890  a rule of many",
    "                    words, one",
    "  n     1234567890  a rule of many",
    "                    words, two",
  ]);
});

test("textTable() keeps names apart that share a start longer than the room, on either side", () => {
  const path = "/Game/Maps/World_Persistent.World_Persistent:PersistentLevel.";
  for (const align of ["left", "right"] as const) {
    const columns: Column[] = [{ title: "who", align }, { title: "count", align: "right" }];
    const rows = ["BP_Character_C_11", "BP_Character_C_21"].map((end) => [path + end, "12"]);
    assert.deepEqual(textTable(columns, rows, 40).slice(1), [
      "  /Game/Maps/Worl…_Character_C_11     12",
      "  /Game/Maps/Worl…_Character_C_21     12",
    ]);
  }
});

test("textTable() tells names whole that it has to number", () => {
  // Each is like one other up to its end, and like another from there on.
  const names = ["ac", "ad", "bc", "bd"].map(([one, other]) =>
    "p".repeat(40) + one + "q".repeat(60) + other + "r".repeat(60)
  );
  const lines = textTable(COLUMNS.slice(0, 2), names.map((name) => [name, "1"]), 60);
  const whole = lines.join("").replaceAll(" ", "");
  for (const name of names) assert.ok(whole.includes(name), name);
  assert.equal(new Set(lines.slice(1, 5)).size, names.length);
});

test("textTable() gives a part of a table the room that it has", () => {
  const wide = Array.from({ length: 5 }, (_, i): Column => {
    return { title: `policy number ${i}`, align: "right" };
  });
  const rule = "no a*ping + b explains them (the best, ping+48: 94.8 %)";
  const lines = textTable([{ title: "id", align: "right" }, ...wide, {
    title: "rule",
    align: "left",
  }], [
    ["7", ...wide.map(() => "1"), rule],
  ], 80);
  assert.ok(lines.at(-1)!.endsWith(rule), lines.at(-1));
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
