import { styleText } from "node:util";
import { textWidth } from "./text_width.ts";

/** Cells that a line of a report has at most, where nobody says how wide it may be. */
export const COLUMNS = 80;

/** Cells of a line of sentences, however wide a terminal is. */
const PROSE_MAX = 100;

/** Cells of a line of sentences. */
export function proseCells(cells: number): number {
  return Math.min(cells, PROSE_MAX);
}

/** Gives a text a style, or leaves it as it is. */
export type Paint = (
  style: "bold" | "dim" | "green" | "red" | "yellow",
  text: string,
) => string;

/** Paint for a terminal with colours. */
export const COLORED: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** Paint that leaves texts as they are. */
export const PLAIN: Paint = (_, text) => text;

/**
 * A title in bold, and what is said beside it, part after part with points between them, on as many
 * lines as that takes.
 */
export function titleLines(
  title: string,
  parts: readonly string[],
  cells: number,
  paint: Paint,
): string[] {
  const joined = [title, ...parts].reduce<string[]>((lines, part, i) => {
    const line = i === 0 ? part : `${lines.at(-1)}${i === 1 ? "  " : " · "}${part}`;
    return textWidth(line) <= cells ? [...lines.slice(0, -1), line] : [...lines, part];
  }, []);
  const [first, ...rest] = joined.flatMap((line) => wrapped(line, cells));
  return [first!.replace(title, () => paint("bold", title)), ...rest];
}

/** A text behind what it is of, with its further lines below its first. */
export function labelledLines(label: string, text: string, cells: number): string[] {
  const indent = " ".repeat(label.length + 2);
  return wrapped(text, cells - indent.length)
    .map((line, i) => (i === 0 ? `${label}  ` : indent) + line);
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
