import { shortNames } from "../../lib/bandwidth/report/table/short_names.ts";
import { textWidth } from "../../lib/bandwidth/report/text_width.ts";
import { terminalColumns } from "../terminal/columns.ts";
import { fittedText } from "../terminal/fitted_text.ts";
import { visible } from "../terminal/terminal.ts";
import { type Column, textTable } from "../terminal/text_table.ts";

/** Least that is shown of the names in a first column. */
const NAME_MIN = 16;
/** Rows of a table that are shown. */
const ROWS_MAX = 30;

/**
 * Lines of a table that fits a terminal: the first column's names are shortened to what is left, so that those that differ stay different, stand on
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
  const names = shown.map(([name]) => name!);
  const others = shown.map((row) => row.slice(1));
  const [head, ...lines] = textTable(columns.slice(1), others, Infinity);
  const restWidth = Math.max(...[head!, ...lines].map(textWidth));
  const left = terminalColumns() - restWidth - 2;
  const more = rows.length - shown.length;
  const isNarrow = left >= Math.min(NAME_MIN, Math.max(...names.map(textWidth)));
  const isWide = restWidth + 2 > terminalColumns();
  const below = (i: number) =>
    details[i] === undefined ? [] : fittedText(details[i]!, { indent: "    " });
  const { short, isNumbered } = shortNames(names, Math.max(8, left));
  const [first, ...bodies] = isNarrow
    ? textTable(columns, others.map((row, i) => [short[i]!, ...row]), Infinity)
      .map((row) => [row])
    : isWide
    ? [
      [],
      ...others.map((row, i) =>
        fittedText(`${names[i]}: ${listText(columns, row)}`, { indent: "  " })
      ),
    ]
    : [
      [`  ${head}`],
      ...lines.map((line, i) => [...fittedText(names[i]!, { indent: "  " }), `  ${line}`]),
    ];
  const whole = isNarrow && isNumbered ? [...new Set(names)] : [];
  return [
    ...first!,
    ...bodies.flatMap((body, i) => [...body, ...below(i)]),
    ...whole.flatMap((name) => fittedText(`#${names.indexOf(name) + 1} ${name}`, { indent: "  " })),
    ...(more > 0 ? [`  and ${more} more ${what}; --json has all`] : []),
  ];
}

function listText(columns: readonly Column[], row: readonly string[]): string {
  return row.map((cell, i) => `${columns[i + 1]!.title} ${cell}`).join(", ");
}
