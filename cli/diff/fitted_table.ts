import process from "node:process";
import { visible } from "../terminal/terminal.ts";
import { type Column, textTable } from "../terminal/text_table.ts";
import { cut } from "./value_text.ts";

/** Columns of a terminal that tables fit. */
const WIDTH = { min: 80, max: 100 } as const;
/** Least that is shown of the names in a first column. */
const NAME_MIN = 12;
/** Rows of a table that are shown. */
const ROWS_MAX = 30;

/** Columns of the terminal, or of one that a file is read in. */
export function tableWidth(): number {
  return Math.max(WIDTH.min, Math.min(process.stdout.columns ?? WIDTH.max, WIDTH.max));
}

/** Lines of a table that fits a terminal: the first column's names are cut to what is left. */
export function fittedTable(
  columns: readonly Column[],
  rows: readonly string[][],
  what: string,
): string[] {
  const shown = rows.slice(0, ROWS_MAX).map((row) => row.map(visible));
  const rest = columns.slice(1).map(({ title }, i) =>
    shown.reduce((most, row) => Math.max(most, row[i + 1]!.length), title.length) + 2
  );
  const left = tableWidth() - 2 - rest.reduce((sum, width) => sum + width, 0);
  const cells = shown.map(([name, ...others]) => [cut(name!, Math.max(left, NAME_MIN)), ...others]);
  const more = rows.length - shown.length;
  return [
    ...textTable(columns, cells),
    ...(more > 0 ? [`  and ${more} more ${what}; --json has all`] : []),
  ];
}
