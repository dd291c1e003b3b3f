import { headCells, textWidth } from "../../lib/bandwidth/report/text_width.ts";
import { terminalColumns } from "../terminal/columns.ts";
import { fittedText } from "../terminal/fitted_text.ts";
import { visible } from "../terminal/terminal.ts";
import { type Column, textTable } from "../terminal/text_table.ts";

/** Least that is shown of the names in a first column. */
const NAME_MIN = 16;
/** Longest name on a line of its own. */
const NAME_MAX = 70;
/** Rows of a table that are shown. */
const ROWS_MAX = 30;

/**
 * Lines of a table that fits a terminal: the first column's names are cut to what is left, stand on
 * lines of their own where that is too little, and head lists where the rest is too wide as well.
 *
 * @param what rows are
 * @param details what is said below each row
 */
export function fittedTable(
  columns: readonly Column[],
  rows: readonly string[][],
  what: string,
  details: readonly string[] = [],
): string[] {
  const shown = rows.slice(0, ROWS_MAX).map((row) => row.map(visible));
  const names = shown.map(([name]) => headCells(name!, Math.min(NAME_MAX, terminalColumns() - 2)));
  const others = shown.map((row) => row.slice(1));
  const [head, ...lines] = textTable(columns.slice(1), others, Infinity);
  const restWidth = Math.max(...[head!, ...lines].map(textWidth));
  const left = terminalColumns() - restWidth - 2;
  const more = rows.length - shown.length;
  const isNarrow = left >= Math.min(NAME_MIN, Math.max(...names.map(textWidth)));
  const isWide = restWidth + 2 > terminalColumns();
  const below = (i: number) =>
    details[i] === undefined ? [] : fittedText(details[i]!, { indent: "    " });
  const [first, ...bodies] = isNarrow
    ? textTable(columns, others.map((row, i) => [headCells(names[i]!, left), ...row]), Infinity)
      .map((row) => [row])
    : isWide
    ? [
      [],
      ...others.map((row, i) =>
        fittedText(`${names[i]}: ${listText(columns, row)}`, { indent: "  " })
      ),
    ]
    : [[`  ${head}`], ...lines.map((line, i) => [`  ${names[i]}`, `  ${line}`])];
  return [
    ...first!,
    ...bodies.flatMap((body, i) => [...body, ...below(i)]),
    ...(more > 0 ? [`  and ${more} more ${what}; --json has all`] : []),
  ];
}

function listText(columns: readonly Column[], row: readonly string[]): string {
  return row.map((cell, i) => `${columns[i + 1]!.title} ${cell}`).join(", ");
}
