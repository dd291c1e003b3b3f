import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { sqlTable } from "../../tasks/sql_table.ts";
import type { ParquetColumn, ParquetValue } from "./parquet_column.ts";
import { openParquetRows } from "./parquet_rows.ts";
import { Pieces } from "./parquet_test_helper.ts";

type Row = Readonly<Record<string, ParquetValue>>;

/** What DuckDB answers of a table, without the titles. */
async function ask(
  columns: Readonly<Record<string, ParquetColumn<Row>["type"]>>,
  rows: readonly Row[],
  ...questions: readonly string[]
): Promise<string[][]> {
  const pieces = new Pieces();
  const parquet = await openParquetRows<Row>(
    Object.entries(columns).map(([name, type]) => ({
      name,
      type,
      isOptional: true,
      value: (row) => row[name],
    })),
    pieces.write,
  );
  for (const row of rows) parquet.add(row);
  parquet.finish();
  const folder = mkdtempSync(join(tmpdir(), "hindcast-parquet-"));
  try {
    const path = join(folder, "table.parquet");
    writeFileSync(path, new Uint8Array(await pieces.file()));
    const answers: string[][] = [];
    for (const question of questions) {
      const lines = await sqlTable(question.replaceAll("TABLE", `'${path}'`));
      answers.push(lines.slice(1).map((line) => line.trim().replaceAll(/ +/g, " ")));
    }
    return answers;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("ParquetRows writes types, values and NULL as DuckDB reads them", async () => {
  const columns = { s: "TEXT", b: "BOOLEAN", i: "INT32", l: "INT64", d: "DOUBLE" } as const;
  const rows = [
    { s: "é 🎯", b: true, i: -(2 ** 31), l: 2 ** 53 - 1, d: 0.1 },
    {},
    { s: "", b: false, i: 7, l: 4294967295, d: -0 },
  ];
  const [types, values, counts] = await ask(
    columns,
    rows,
    "SELECT column_type FROM (DESCRIBE FROM TABLE)",
    "SELECT *, d::VARCHAR AS sign FROM TABLE",
    "SELECT count(*), count(s), count(b), count(i), count(l), count(d) FROM TABLE",
  );
  assert.deepEqual(types, ["VARCHAR", "BOOLEAN", "INTEGER", "BIGINT", "DOUBLE"]);
  assert.deepEqual(values, [
    "é 🎯 true -2147483648 9007199254740991 0.1 0.1",
    "NULL NULL NULL NULL NULL NULL",
    "false 7 4294967295 0 -0.0",
  ]);
  assert.deepEqual(counts, ["3 2 2 2 2 2"]);
});

test("ParquetRows writes doubles that DuckDB finds, NaN and -0 among them", async () => {
  // DuckDB takes NaN for greater than all numbers.
  const values = [NaN, -0, 0, 1, -Infinity, Infinity];
  const rows = Array.from({ length: 1200 }, (_, i) => ({ d: values[i % 6]! }));
  const [counts] = await ask(
    { d: "DOUBLE" },
    [...rows, ...Array.from({ length: 10 }, () => ({ d: 3 }))],
    `SELECT count(*) FILTER (d > 100), count(*) FILTER (isnan(d)), count(*) FILTER (d = 0),
      count(*) FILTER (d::VARCHAR = '-0.0'), count(*) FILTER (d = 3) FROM TABLE`,
  );
  assert.deepEqual(counts, ["400 200 400 200 10"]);
  const above = "SELECT count(*) FROM TABLE WHERE d > 100";
  assert.deepEqual(await ask({ d: "DOUBLE" }, [{ d: 1 }, { d: NaN }], above), [["1"]]);
});
