import {
  figureText,
  type MainFigure,
  shownValue,
  type Standing,
  standings,
} from "../run_figures.ts";
import type { RunReport } from "../run_report.ts";
import { COLUMNS, type Paint, wrapped } from "../table_text.ts";
import { padCells, textWidth } from "../text_width.ts";
import { namesOfRuns, shortNames } from "./short_names.ts";

/** A column of a table of runs. */
export interface Column {
  /** What stands in it. */
  readonly figure: MainFigure;
  /** Heading, of two lines. */
  readonly heading: string;
}

/** A column with what it shows of each run. */
interface Filled extends Column {
  readonly heads: readonly string[];
  readonly marks: readonly Standing[];
  readonly texts: readonly string[];
  readonly width: number;
}

/** Cells that names have at least, where they need them. */
const NAME_MIN = 22;
const NOT_VERIFIED = "not verified: no figures";
const BEST = "▾";
const WORST = "▴";
/** What a run is called that has nothing but what all have. */
const NOTHING_MORE = "as above";
/**
 * A line a run, under headings of two lines; the best and the worst of each column are marked. Their
 * names are without what all share. Where lines get too long, columns that say the same of all runs are
 * told in a line, then the rest is parted into tables below each other.
 *
 * @param cells that a line has at most, 60 or more
 */
export function markedTable(
  columns: readonly Column[],
  runs: readonly RunReport[],
  paint: Paint,
  cells: number = COLUMNS,
): string {
  const full = runs.length < 2
    ? []
    : namesOfRuns(runs).own.map((name) => name === "" ? NOTHING_MORE : name);
  const longest = full.length === 0 ? 0 : Math.max("run".length, ...full.map(textWidth));
  const filled = columns.map((column) => fill(column, runs));
  const least = Math.min(longest, NAME_MIN);
  const isWide = least + widthOf(filled) > cells;
  const alike = isWide && runs.length > 1 ? filled.filter(isAlike) : [];
  const tables = parted(filled.filter((column) => !alike.includes(column)), cells - least);
  const faultWidth = runs.every(({ verified }) => verified) ? 0 : NOT_VERIFIED.length + 1;
  const room = cells - Math.max(faultWidth, ...tables.map(widthOf));
  const { short, isNumbered } = shortNames(full, Math.min(longest, Math.max(room, least)));
  const isMarked = filled.some(({ marks }) => marks.some((mark) => mark !== undefined));
  return [
    ...alikeLines(alike, cells),
    ...tables.flatMap((table) => linesOf(table, short, runs, paint)),
    ...(isMarked ? [paint("dim", `${BEST} best  ${WORST} worst of the column`)] : []),
    ...(isNumbered ? wholeNames(full, cells) : []),
  ].join("\n");
}

/** Names behind their numbers, each once. */
function wholeNames(names: readonly string[], cells: number): string[] {
  return [...new Set(names)].flatMap((name) => {
    const number = `#${names.indexOf(name) + 1} `;
    return wrapped(name, cells - number.length)
      .map((line, i) => (i === 0 ? number : " ".repeat(number.length)) + line);
  });
}

function fill({ figure, heading }: Column, runs: readonly RunReport[]): Filled {
  const marks = standings(figure, runs);
  const texts = textsOf(figure, runs, marks);
  const heads = heading.split("\n");
  const width = Math.max(...heads.concat(texts).map(textWidth));
  return { figure, heading, heads, marks, texts, width };
}

/** Text of a figure for each run; the place of a mark is kept free, so that digits align. */
function textsOf(
  figure: MainFigure,
  runs: readonly RunReport[],
  marks: readonly Standing[],
): string[] {
  const isMarked = marks.some((mark) => mark !== undefined);
  return runs.map((run, place) => {
    if (!run.verified) return "";
    const mark = marks[place];
    const sign = mark === "best" ? BEST : mark === "worst" ? WORST : isMarked ? " " : "";
    const value = shownValue(figure, run);
    return `${Number.isNaN(value) ? "-" : figureText(figure, value)}${sign}`;
  });
}

/** Cells of columns, with the space before each. */
function widthOf(columns: readonly Filled[]): number {
  return columns.reduce((sum, { width }) => sum + width + 1, 0);
}

/** True when a column shows the same of all runs that have figures. */
function isAlike({ texts }: Filled): boolean {
  return new Set(texts.filter((text) => text !== "")).size === 1;
}

/** Columns in as few tables as their width allows, none much wider than the others. */
function parted(columns: readonly Filled[], cells: number): readonly (readonly Filled[])[] {
  const fewest = filledUp(columns, cells);
  if (fewest.length < 2) return [columns];
  for (let most = Math.ceil(widthOf(columns) / fewest.length); most < cells; most++) {
    const tables = filledUp(columns, most);
    if (tables.length === fewest.length) return tables;
  }
  return fewest;
}

/** Columns in tables of at most so many cells, one after the other; groups stay together. */
function filledUp(columns: readonly Filled[], cells: number): Filled[][] {
  const tables: Filled[][] = [];
  for (const [i, column] of columns.entries()) {
    const table = tables.at(-1);
    const isStart = column.figure.group !== columns[i - 1]?.figure.group;
    const group = isStart ? groupFrom(columns, i) : [column];
    const isRoom = (more: readonly Filled[]) =>
      table !== undefined && widthOf(table) + widthOf(more) <= cells;
    if (isRoom(group) || (widthOf(group) > cells && isRoom([column]))) table!.push(column);
    else tables.push([column]);
  }
  return tables;
}

function groupFrom(columns: readonly Filled[], start: number): readonly Filled[] {
  const { group } = columns[start]!.figure;
  const end = columns.findIndex(({ figure }, i) => i > start && figure.group !== group);
  return columns.slice(start, end < 0 ? columns.length : end);
}

/** What columns say that are told in a line. */
function alikeLines(columns: readonly Filled[], cells: number): string[] {
  if (columns.length === 0) return [];
  const texts = columns.map(({ figure, texts }) => {
    const text = texts.find((text) => text !== "")!;
    const [, name, unit] = /^(.*?)( %| ms)?$/.exec(figure.name)!;
    return `${name} ${text}${unit ?? ""}`.replaceAll(" ", JOINED);
  });
  return wrapped(`the same of all: ${texts.join(", ")}`, cells)
    .map((line) => line.replaceAll(JOINED, " "));
}

/** Stands for a space at which no line is broken. */
const JOINED = "\u00a0";

function linesOf(
  columns: readonly Filled[],
  names: readonly string[],
  runs: readonly RunReport[],
  paint: Paint,
): string[] {
  const nameWidth = names.length === 0 ? 0 : Math.max("run".length, ...names.map(textWidth));
  const line = (name: string, rest: readonly string[]) =>
    [...nameWidth > 0 ? [padCells(name, nameWidth)] : [], ...rest].join(" ").trimEnd();
  const heads = [0, 1].map((row) =>
    line(
      row === 0 ? "run" : "",
      columns.map(({ heads, width }) => padStart(heads[row] ?? "", width)),
    )
  );
  const rows = runs.map((run, place) => {
    const shown = columns.map(({ marks, texts, width }) => {
      const standing = marks[place];
      const text = texts[place]!;
      const gap = " ".repeat(width - textWidth(text));
      return gap +
        (standing === undefined ? text : paint(standing === "best" ? "green" : "red", text));
    });
    return line(names[place] ?? "", run.verified ? shown : [paint("red", NOT_VERIFIED)]);
  });
  return [...heads, ...rows];
}

function padStart(text: string, cells: number): string {
  return " ".repeat(Math.max(0, cells - textWidth(text))) + text;
}
