import { textWidth } from "../../lib/bandwidth/report/text_width.ts";
import { terminalColumns } from "./columns.ts";

/** How a text is broken. */
export interface Fit {
  /** What stands before the first line. */
  readonly indent?: string;
  /** Blanks before the others; two more than before the first unless given. */
  readonly hang?: number;
  /** Part of the text that is never broken, as a path that is to be copied. */
  readonly keep?: string;
  /** Cells of a line; those of the terminal unless given. */
  readonly cells?: number;
}

/** Most cells of blanks before a line, so that there is room for a text. */
const HANG_MAX = 30;

/** UTF-16 units of a cell, beyond which a text counts as too wide. */
const UNITS_MAX = 16;

/**
 * Lines of a text that fit a terminal, broken at blanks, else after commas, else anywhere, but in no
 * character.
 */
export function fittedText(text: string, fit: Fit = {}): string[] {
  const { indent = "", keep = "", cells = terminalColumns() } = fit;
  const hang = " ".repeat(Math.min(fit.hang ?? indent.length + 2, HANG_MAX));
  const kept = keep === "" ? -1 : text.indexOf(keep);
  const lines: string[] = [];
  let start = indent;
  let from = 0;
  for (;;) {
    const rest = text.slice(from);
    const room = Math.max(1, cells - textWidth(start));
    // Or a long text would be measured once for each of its lines.
    if (rest.length <= room * UNITS_MAX && textWidth(rest) <= room) return [...lines, start + rest];
    const whole = kept < from ? undefined : [kept - from, kept - from + keep.length] as const;
    const end = breakOf(rest, room, whole);
    lines.push((start + rest.slice(0, end)).trimEnd());
    if (rest.slice(end).trim() === "") return lines;
    from += rest.length - rest.slice(end).trimStart().length;
    start = hang;
  }
}

/** Texts one after the other, each fitted. */
export function fittedLines(texts: readonly string[], fit: Fit = {}): string[] {
  return texts.flatMap((text) => {
    const blanks = /^ */.exec(text)![0];
    return fittedText(text.slice(blanks.length), { ...fit, indent: blanks });
  });
}

/** Units, which stand behind numbers, and slashes between them. */
const UNIT = /^ (?:(?:%|ms|s|Hz|kbps|units?)(?![\w])|\/ )/;

/** True where a number stands before a blank and its unit behind it, or within what is per a unit. */
function isUnit(text: string, blank: number): boolean {
  if (/\/$/.test(text.slice(0, blank)) && text[blank - 2] === " ") return true;
  return /\d/.test(text[blank - 1]!) && UNIT.test(text.slice(blank, blank + 8));
}

/** Index behind what goes on a line, at least 1; the range from and to `whole` is not broken. */
function breakOf(
  text: string,
  room: number,
  whole: readonly [from: number, to: number] | undefined,
): number {
  const isInside = (index: number) => whole !== undefined && index > whole[0] && index < whole[1];
  let [width, index, blank, comma, any] = [0, 0, 0, 0, 0];
  for (const character of text) {
    if (character === " " && index > 0 && !isInside(index) && !isUnit(text, index)) blank = index;
    width += textWidth(character);
    if (width > room) break;
    index += character.length;
    if (isInside(index)) continue;
    any = index;
    if (character === ",") comma = index;
  }
  const found = blank || comma || any;
  if (found > 0) return found;
  // What is not broken is longer than a line: it stands on one of its own.
  const end = whole === undefined ? [...text][0]!.length : whole[1];
  const next = text.indexOf(" ", end);
  return next < 0 ? text.length : next;
}
