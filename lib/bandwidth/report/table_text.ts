import { styleText } from "node:util";

/** Characters that a line of a report has at most. */
export const COLUMNS_MAX = 100;

/** Gives a text a style, or leaves it as it is. */
export type Paint = (style: "bold" | "dim" | "green" | "red", text: string) => string;

/** Paint for a terminal with colours. */
export const COLORED: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** Paint that leaves texts as they are. */
export const PLAIN: Paint = (_, text) => text;

/** Characters that a terminal shows in two columns, by Unicode's East Asian Width, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{M}/u;

/** Columns of a terminal that a text without control characters takes. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (!COMBINING.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** The middle goes, because what tells runs apart stands at their ends. */
export function middleCut(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = Math.floor((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}
