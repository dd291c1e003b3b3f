import { DuckDBInstance } from "@duckdb/node-api";
import { textTable } from "../cli/terminal/text_table.ts";

/** Widest line: an answer has the columns that were asked for, side by side. */
const COLUMNS = 200;

/** Answers of DuckDB to statements, as the lines of a table; those of the last one. */
export async function sqlTable(sql: string): Promise<string[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const answer = await connection.runAndReadAll(sql);
    const rows = answer.getRows();
    const columns = answer.columnNames().map((title, i) => ({
      title,
      align: rows.every((row) => isNumber(row[i])) ? "right" as const : "left" as const,
    }));
    const lines = textTable(columns, rows.map((row) => row.map(cellText)), COLUMNS);
    return lines.map((line) => line.slice(2));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || typeof value === "bigint" || value === null;
}

function cellText(value: unknown): string {
  return value === null ? "NULL" : String(value);
}
