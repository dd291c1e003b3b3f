import { cutApart, cutCells, textWidth } from "../../lib/bandwidth/report/text_width.ts";
import { terminalColumns } from "./columns.ts";
import { visible } from "./terminal.ts";

/** Column of a table of text. */
export interface Column {
  /** Heading. */
  readonly title: string;
  /** Side to which cells are aligned. */
  readonly align: "left" | "right";
}

/** Longest cell that is shown in full. */
const CELL_MAX = 60;
/** Cells that a column of texts keeps where there is too little room. */
const TEXT_MIN = 12;
/** Cells that the first column keeps, which says what a row is. */
const FIRST_MIN = 24;
const INDENT = "  ";
const GAP = "  ";

/** A column with its heading and texts, all of one width. */
interface Filled {
  readonly align: Column["align"];
  readonly texts: readonly string[];
  readonly width: number;
}

/**
 * Lines of a plain table, indented by two spaces; control characters in cells are spelt out. Where
 * it is too wide, columns of texts are cut in the middle, then columns go on in tables below, with
 * the first one repeated.
 *
 * @param cells of a line; those of the terminal unless given
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly string[][],
  cells: number = terminalColumns(),
): string[] {
  const filled = narrowed(
    columns.map(({ align, title }, i) =>
      filledOf(align, [visible(title), ...rows.map((row) => visible(row[i]!))], CELL_MAX)
    ),
    cells,
  );
  return parted(filled, cells).flatMap((table, i) => [...(i > 0 ? [""] : []), ...linesOf(table)]);
}

function filledOf(align: Column["align"], texts: readonly string[], most: number): Filled {
  const [title, ...rest] = texts;
  const cut = [cutCells(title!, most), ...cutApart(rest, most)];
  return {
    align,
    texts: cut,
    width: cut.reduce((wide, text) => Math.max(wide, textWidth(text)), 0),
  };
}

function widthOf(columns: readonly Filled[]): number {
  return columns.reduce((sum, { width }) => sum + GAP.length + width, INDENT.length - GAP.length);
}

/** Columns of which those of texts, the widest first, are cut as far as it helps. */
function narrowed(columns: readonly Filled[], cells: number): readonly Filled[] {
  const narrow = [...columns];
  const leastOf = (place: number) => place === 0 ? FIRST_MIN : TEXT_MIN;
  for (;;) {
    const over = widthOf(narrow) - cells;
    const places = narrow.map((_, place) => place).filter((place) =>
      narrow[place]!.align === "left" && narrow[place]!.width > leastOf(place)
    ).sort((a, b) => narrow[b]!.width - narrow[a]!.width);
    const [place, next] = places;
    if (over <= 0 || place === undefined) return narrow;
    const { align, texts, width } = narrow[place]!;
    const second = next === undefined ? 0 : narrow[next]!.width - 1;
    const most = Math.max(leastOf(place), Math.min(width - 1, Math.max(width - over, second)));
    narrow[place] = filledOf(align, texts, most);
  }
}

/** Columns in as many tables as their width takes. */
function parted(columns: readonly Filled[], cells: number): (readonly Filled[])[] {
  if (widthOf(columns) <= cells || columns.length < 2) return [columns.map(fitAlone(cells))];
  const first = filledOf(columns[0]!.align, columns[0]!.texts, FIRST_MIN);
  const room = cells - widthOf([first]) - GAP.length;
  const tables: Filled[][] = [];
  for (const column of columns.slice(1)) {
    const fitted = column.width > room ? filledOf(column.align, column.texts, room) : column;
    const table = tables.at(-1);
    if (table !== undefined && widthOf([...table, fitted]) <= cells) table.push(fitted);
    else tables.push([first, fitted]);
  }
  return tables;
}

function fitAlone(
  cells: number,
): (column: Filled, index: number, all: readonly Filled[]) => Filled {
  return (column, _, { length }) =>
    length === 1 ? filledOf(column.align, column.texts, cells - INDENT.length) : column;
}

function linesOf(columns: readonly Filled[]): string[] {
  const { texts: { length } } = columns[0] ?? { texts: [] };
  return Array.from({ length }, (_, row) => {
    const cells = columns.map(({ align, texts, width }) => {
      const gap = " ".repeat(width - textWidth(texts[row]!));
      return align === "left" ? texts[row]! + gap : gap + texts[row]!;
    });
    return (INDENT + cells.join(GAP)).trimEnd();
  });
}
