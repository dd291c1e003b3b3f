import { shortNames } from "../../lib/bandwidth/report/table/short_names.ts";
import { cutCells, textWidth } from "../../lib/bandwidth/report/text_width.ts";
import { terminalColumns } from "./columns.ts";
import { fittedText } from "./fitted_text.ts";
import { visible } from "./terminal.ts";

/** Column of a table of text. */
export interface Column {
  /** Heading. */
  readonly title: string;
  /** Side to which cells are aligned; those of the left one are texts, which can be broken. */
  readonly align: "left" | "right";
}

/** Longest cell of a number that is shown in full. */
const NUMBER_MAX = 60;
/** Longest text that is shown in full, on however many lines. */
const TEXT_MAX = 400;
/** Cells that a column of texts keeps where there is too little room. */
const TEXT_MIN = 20;
/** Cells that the first column keeps, which says what a row is. */
const FIRST_MIN = 24;
const INDENT = "  ";
const GAP = "  ";

/** A column with its whole texts, and the cells that it takes. */
interface Filled {
  readonly align: Column["align"];
  readonly isFirst: boolean;
  readonly title: string;
  readonly texts: readonly string[];
  readonly width: number;
}

/**
 * Lines of a plain table, indented by two spaces; control characters in cells are spelt out. Where
 * it is too wide, the names of the first column are shortened so that those that differ stay
 * different, and other columns of texts are broken into lines; then columns go on in tables below,
 * with the first one repeated. Names that have to be numbered stand whole below all.
 *
 * @param cells of a line; those of the terminal unless given
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly string[][],
  cells: number = terminalColumns(),
): string[] {
  const whole = columns.map(({ align, title }, i) =>
    filledOf(align, i === 0, visible(title), rows.map((row) => visible(row[i]!)), cells)
  );
  const tables = parted(whole, cells);
  const first = tables[0]?.[0];
  const names = first === undefined ? [] : namesOf(first);
  return [
    ...tables.flatMap((table, i) => [...(i > 0 ? [""] : []), ...linesOf(table)]),
    ...wholeNames(first?.texts ?? [], names, cells),
  ];
}

function filledOf(
  align: Column["align"],
  isFirst: boolean,
  title: string,
  texts: readonly string[],
  cells: number,
): Filled {
  const most = align === "right" && !isFirst && cells < Infinity ? NUMBER_MAX : TEXT_MAX;
  const cut = shortNames(texts, most).short;
  return { align, isFirst, title, texts: cut, width: widest([title, ...cut]) };
}

function widest(texts: readonly string[]): number {
  return texts.reduce((wide, text) => Math.max(wide, textWidth(text)), 0);
}

function widthOf(columns: readonly Filled[]): number {
  return columns.reduce((sum, { width }) => sum + GAP.length + width, INDENT.length - GAP.length);
}

/** Columns of which those of texts, the widest first, are made narrower as far as it helps. */
function narrowed(columns: readonly Filled[], cells: number): readonly Filled[] {
  const narrow = [...columns];
  for (;;) {
    const over = widthOf(narrow) - cells;
    const places = narrow.map((_, place) => place)
      .filter((place) => narrow[place]!.width > leastOf(narrow[place]!))
      .sort((a, b) => narrow[b]!.width - narrow[a]!.width);
    const [place, next] = places;
    if (over <= 0 || place === undefined) return narrow;
    const column = narrow[place]!;
    const second = next === undefined ? 0 : narrow[next]!.width - 1;
    const { width } = column;
    const most = Math.max(leastOf(column), Math.min(width - 1, Math.max(width - over, second)));
    narrow[place] = { ...column, width: most };
  }
}

/** Cells that a column takes at least. */
function leastOf({ align, isFirst, width }: Filled): number {
  if (isFirst) return Math.min(width, FIRST_MIN);
  return align === "left" ? Math.min(width, TEXT_MIN) : width;
}

/** Columns in as many tables as their width takes, each as wide as it can be. */
function parted(columns: readonly Filled[], cells: number): (readonly Filled[])[] {
  const fitted = narrowed(columns, cells);
  if (widthOf(fitted) <= cells) return [fitted];
  const [whole, ...others] = columns;
  if (others.length === 0) return [[{ ...whole!, width: cells - INDENT.length }]];
  const first = { ...whole!, width: leastOf(whole!) };
  const room = cells - widthOf([first]) - GAP.length;
  const tables: Filled[][] = [];
  for (const column of others) {
    const least = { ...column, width: Math.min(leastOf(column), room) };
    const table = tables.at(-1);
    if (table !== undefined && widthOf([first, ...table, least]) <= cells) table.push(least);
    else tables.push([least]);
  }
  const free = Math.min(...tables.map((table) => cells - widthOf([first, ...table])));
  const name = { ...whole!, width: Math.min(whole!.width, first.width + free) };
  return tables.map((table) => [name, ...widened(table, columns, cells - widthOf([name]))]);
}

/** Columns of a part, of which those of texts take the room that is left. */
function widened(part: readonly Filled[], whole: readonly Filled[], cells: number): Filled[] {
  const wide = [...part];
  for (const [place, column] of wide.entries()) {
    if (column.align === "right") continue;
    const free = cells - (widthOf(wide) - INDENT.length + GAP.length);
    const { width } = whole.find(({ texts }) => texts === column.texts)!;
    wide[place] = { ...column, width: Math.min(width, column.width + free) };
  }
  return wide;
}

/** Names of rows as the first column shows them. */
function namesOf({ texts, width }: Filled): readonly string[] {
  const { short } = shortNames(texts, Math.max(NAME_MIN, width));
  return short.map((name) => cutCells(name, width));
}

/** Least cells for which names can be made short. */
const NAME_MIN = 8;

/** Names behind their numbers, where the table has but numbered parts of them. */
function wholeNames(whole: readonly string[], short: readonly string[], cells: number): string[] {
  const numbered = new Map(
    short.flatMap((text, i) => {
      const [number] = /^#\d+ /.exec(text) ?? [];
      return number === undefined || text === whole[i] ? [] : [[number, whole[i]!] as const];
    }),
  );
  return [...numbered].flatMap(([number, name]) =>
    fittedText(number + name, { indent: INDENT, hang: INDENT.length + number.length, cells })
  );
}

function linesOf(columns: readonly Filled[]): string[] {
  const { texts: { length } } = columns[0] ?? { texts: [] };
  const shown = columns.map((column) => shownCells(column));
  return [
    lineOf(columns, columns.map(({ title, width }) => cutCells(title, width))),
    ...Array.from({ length }, (_, row) => {
      const cells = shown.map((lines) => lines[row]!);
      const height = Math.max(...cells.map(({ length }) => length));
      return Array.from(
        { length: height },
        (_, line) => lineOf(columns, cells.map((lines) => lines[line] ?? "")),
      );
    }).flat(),
  ];
}

/** What a column shows of each row, line by line. */
function shownCells(column: Filled): readonly (readonly string[])[] {
  const { align, isFirst, texts, width } = column;
  if (isFirst) return namesOf(column).map((name) => [name]);
  if (align === "right") return texts.map((text) => [cutCells(text, width)]);
  return texts.map((text) =>
    textWidth(text) <= width ? [text] : fittedText(text, { hang: 0, cells: width })
  );
}

function lineOf(columns: readonly Filled[], cells: readonly string[]): string {
  const padded = columns.map(({ align, width }, i) => {
    const gap = " ".repeat(Math.max(0, width - textWidth(cells[i]!)));
    return align === "left" ? cells[i]! + gap : gap + cells[i]!;
  });
  return (INDENT + padded.join(GAP)).trimEnd();
}
