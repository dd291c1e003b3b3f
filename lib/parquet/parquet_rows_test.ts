import assert from "node:assert/strict";
import { test } from "node:test";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import type { ParquetColumn, ParquetValue } from "./parquet_column.ts";
import { openParquetRows, PARQUET_GROUP_ROWS, PARQUET_GROUP_UNITS } from "./parquet_rows.ts";
import { parquetRows, Pieces } from "./parquet_test_helper.ts";

type Values = readonly ParquetValue[];

function column(
  i: number,
  type: ParquetColumn<Values>["type"],
  isOptional = true,
): ParquetColumn<Values> {
  return { name: `c${i}`, type, isOptional, value: (row) => row[i] };
}

async function write(columns: readonly ParquetColumn<Values>[], rows: Iterable<Values>) {
  const pieces = new Pieces();
  const parquet = await openParquetRows(columns, pieces.write);
  for (const row of rows) parquet.add(row);
  parquet.finish();
  return { file: await pieces.file(), pieces, parquet };
}

const ALL = (["TEXT", "BOOLEAN", "INT32", "INT64", "DOUBLE"] as const)
  .map((type, i) => column(i, type));

test("ParquetRows.add() keeps values of every type, and what has none", async () => {
  const { file } = await write(ALL, [
    [`=1,"é\u0000🎯`, true, -(2 ** 31), 2 ** 53 - 1, 0.1],
    [undefined, undefined, undefined, undefined, undefined],
    ["", false, 2 ** 31 - 1, -(2 ** 53 - 1), 5e-324],
  ]);
  assert.deepEqual(await parquetRows(file), [
    [`=1,"é\u0000🎯`, true, -2147483648, 9007199254740991n, 0.1],
    [undefined, undefined, undefined, undefined, undefined],
    ["", false, 2147483647, -9007199254740991n, 5e-324],
  ]);
  const { schema } = parquetMetadata(file);
  assert.deepEqual(schema.slice(1).map(({ type }) => type), [
    "BYTE_ARRAY",
    "BOOLEAN",
    "INT32",
    "INT64",
    "DOUBLE",
  ]);
});

test("ParquetRows.add() keeps -0, NaN and infinities among values that repeat", async () => {
  const values = [0, -0, NaN, Infinity, -Infinity, 1.5];
  const rows = Array.from({ length: 1200 }, (_, i) => [values[i % values.length]!]);
  const { file } = await write([column(0, "DOUBLE")], rows);
  assert.deepEqual(await parquetRows(file), rows);
});

test("ParquetRows.add() writes no bounds of doubles among which a NaN is", async () => {
  const bounds = async (values: number[]) => {
    const { file } = await write([column(0, "DOUBLE")], values.map((value) => [value]));
    return parquetMetadata(file).row_groups[0]!.columns[0]!.meta_data!.statistics?.max_value;
  };
  assert.equal(await bounds([1, 3, 2]), 3);
  assert.equal(await bounds([1, NaN, 2]), undefined);
});

test("ParquetRows.replacedTexts counts texts with half a surrogate pair", async () => {
  const { file, parquet } = await write([column(0, "TEXT")], [["a\ud83d"], ["🎯"], [undefined]]);
  assert.equal(parquet.replacedTexts, 1);
  assert.deepEqual(await parquetRows(file), [["a\ufffd"], ["🎯"], [undefined]]);
});

test("ParquetRows.finish() ends a file without rows", async () => {
  const { file } = await write(ALL, []);
  assert.equal(parquetMetadata(file).num_rows, 0n);
  assert.deepEqual(await parquetRows(file), []);
});

test("ParquetRows.add() hands on each row group before it takes more rows", async () => {
  const count = PARQUET_GROUP_ROWS * 2 + 1;
  const { file, pieces } = await write(
    [column(0, "INT32", false), column(1, "TEXT")],
    (function* () {
      for (let i = 0; i < count; i++) yield [i, `run ${i % 3}`];
    })(),
  );
  const { num_rows, row_groups } = parquetMetadata(file);
  assert.equal(num_rows, BigInt(count));
  assert.deepEqual(row_groups.map((group) => Number(group.num_rows)), [65_536, 65_536, 1]);
  assert.equal(pieces.count, 4);
  const rows = await parquetReadObjects({ file, rowStart: 131_071, rowEnd: 131_073 });
  assert.deepEqual(rows, [{ c0: 131_071, c1: "run 1" }, { c0: 131_072, c1: "run 2" }]);
});

test("ParquetRows.add() ends a row group early when its texts are long", async () => {
  const text = "x".repeat(PARQUET_GROUP_UNITS / 4);
  const { file } = await write([column(0, "TEXT")], Array.from({ length: 9 }, () => [text]));
  const { row_groups } = parquetMetadata(file);
  assert.deepEqual(row_groups.map((group) => Number(group.num_rows)), [4, 4, 1]);
});
