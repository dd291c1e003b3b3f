import { styleText } from "node:util";
import { cutCells, textWidth } from "./text_width.ts";

/** Cells that a line of a report has at most. */
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
  /** One a row, cut to so many cells. */
  readonly rows: readonly string[];
  /** Lines with the whole names, by number; empty where what was cut tells rows apart as well. */
  readonly legend: readonly string[];
}

/** Names cut to so many cells, with numbers where that makes one of two. */
export function rowNames(names: readonly string[], width: number): RowNames {
  const rows = names.map((name) => cutCells(name, width));
  if (new Set(rows).size === new Set(names).size) return { rows, legend: [] };
  const numbered = names.map((name, row) => [`#${row + 1} `, name] as const);
  return {
    rows: numbered.map(([number, name]) => number + cutCells(name, width - number.length)),
    legend: numbered.map(([number, name]) => cutCells(number + name, COLUMNS_MAX)),
  };
}

/**
 * A text as lines of at most so many cells, broken at spaces where there are some; a longer word is
 * cut. None of a text of nothing but spaces.
 */
export function wrapped(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const word of text.split(" ").flatMap((word) => piecesOf(word, cells))) {
    const more = textWidth(word);
    if (width > 0 && width + 1 + more > cells) {
      lines.push(line);
      line = "";
      width = 0;
    }
    line += width > 0 ? ` ${word}` : word;
    width += width > 0 ? 1 + more : more;
  }
  return [...lines, line].map((line) => line.trimEnd()).filter((line) => line !== "");
}

/** A word in pieces that fit. */
function piecesOf(word: string, cells: number): string[] {
  if (textWidth(word) <= cells) return [word];
  const pieces: string[] = [];
  let piece = "";
  let width = 0;
  for (const character of word) {
    const more = textWidth(character);
    if (width > 0 && width + more > cells) {
      pieces.push(piece);
      piece = "";
      width = 0;
    }
    piece += character;
    width += more;
  }
  return [...pieces, piece];
}
