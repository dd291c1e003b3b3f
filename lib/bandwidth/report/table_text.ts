import { styleText } from "node:util";

/** Characters that a line of a report has at most. */
export const COLUMNS_MAX = 100;

/** Gives a text a style, or leaves it as it is. */
export type Paint = (
  style: "bold" | "dim" | "green" | "red" | "yellow",
  text: string,
) => string;

/** Paint for a terminal with colours. */
export const COLORED: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** Paint that leaves texts as they are. */
export const PLAIN: Paint = (_, text) => text;

/** Names of the rows of a table, and what a reader needs to know them by. */
export interface RowNames {
  /** One a row, cut to a width. */
  readonly rows: readonly string[];
  /** Lines with the whole names, by number; empty where what was cut tells rows apart as well. */
  readonly legend: readonly string[];
}

/** Names cut to a width, with numbers where that makes one of two. */
export function rowNames(names: readonly string[], width: number): RowNames {
  const rows = names.map((name) => middleCut(name, width));
  if (new Set(rows).size === new Set(names).size) return { rows, legend: [] };
  const numbered = names.map((name, row) => [`#${row + 1} `, name] as const);
  return {
    rows: numbered.map(([number, name]) => number + middleCut(name, width - number.length)),
    legend: numbered.map(([number, name]) => middleCut(number + name, COLUMNS_MAX)),
  };
}

/** The middle goes, because what tells runs apart stands at their ends. */
export function middleCut(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = Math.floor((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}

/** A text as lines of at most `width` characters, broken at spaces where there are some. */
export function wrapped(text: string, width: number): string[] {
  const lines = text.match(new RegExp(`\\S.{0,${width - 1}}(?=\\s|$)|\\S{${width}}`, "gu"));
  return (lines ?? []).map((line) => line.trimEnd());
}
