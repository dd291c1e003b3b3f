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
