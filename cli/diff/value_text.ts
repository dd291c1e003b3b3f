import { jsonText } from "../terminal/json_text.ts";
import { visible } from "../terminal/terminal.ts";

/** Longest text of a value in a line. */
const LINE_MAX = 60;

/** A value as it is, cut when it is long; undefined for none. */
export function valueText(value: unknown, max: number = LINE_MAX): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  return cut(visible(jsonText(value, 0)), max);
}

/** Two values that differ, so that the difference can be seen where they have to be cut. */
export function pairTexts(a: unknown, b: unknown, max: number = LINE_MAX): [string, string] {
  const texts = [valueText(a, Infinity), valueText(b, Infinity)] as const;
  if (texts.every((text) => text.length <= max)) return [...texts];
  if (typeof a === "number" && typeof b === "number") return numberTexts(a, b, max);
  const [one, other] = texts;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  // From the first character that differs on, with some before it.
  const from = at < max - 1 ? 0 : at - Math.floor(max / 2);
  return [
    cut(from > 0 ? `…${one.slice(from)}` : one, max),
    cut(from > 0 ? `…${other.slice(from)}` : other, max),
  ];
}

/** Digits of a number that is not told as it is. */
const DIGITS = 4;

/** A number with few digits. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

/** Numbers with few digits; where these are the same, the second is told by the first. */
function numberTexts(a: number, b: number, max: number): [string, string] {
  for (let digits = 6; digits > DIGITS; digits--) {
    const [one, other] = [a, b].map((value) => String(Number(value.toPrecision(digits))));
    if (one === other) break;
    if (one!.length <= max && other!.length <= max) return [one!, other!];
  }
  const difference = b - a;
  return [shortNumber(a), `A${difference < 0 ? "-" : "+"}${shortNumber(Math.abs(difference))}`];
}

/** A text of at most so many characters. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}
