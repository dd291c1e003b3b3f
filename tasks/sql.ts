// Asks DuckDB, which reads tables of recordings: deno task sql "SELECT ..." or on standard input.
import { readFileSync } from "node:fs";
import process from "node:process";
import { sqlTable } from "./sql_table.ts";

const [given] = process.argv.slice(2);
try {
  const lines = await sqlTable(given ?? readFileSync(0, "utf8"));
  console.log(lines.join("\n"));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
