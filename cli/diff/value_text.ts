import { jsonText } from "../terminal/json_text.ts";
import { visible } from "../terminal/terminal.ts";

/** Longest text of a value in a line. */
const LINE_MAX = 60;

/** A value as it is, cut when it is long; undefined for none. */
export function valueText(value: unknown, max: number = LINE_MAX): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "bigint") return String(value);
  return cut(visible(jsonText(value, 0)), max);
}

/**
 * Two values that differ, so that the difference can be seen where they have to be cut. Numbers may
 * be longer, when it takes so many digits to tell them apart.
 */
export function pairTexts(a: unknown, b: unknown, max: number = LINE_MAX): [string, string] {
  const texts = [valueText(a, Infinity), valueText(b, Infinity)] as const;
  if (texts.every((text) => text.length <= max)) return [...texts];
  if (typeof a === "number" && typeof b === "number") return numberTexts(a, b, max);
  if (isNumber(a) && isNumber(b)) return [...texts];
  const [one, other] = texts;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  if (at < max - 2) return [cut(one, max), cut(other, max)];
  // From the first character that differs on, with some before it, but no half of a surrogate pair.
  const from = at - Math.floor(max / 2);
  const end = (text: string) => cut(`…${text.slice(from).replace(/^[\udc00-\udfff]/, "")}`, max);
  return [end(one), end(other)];
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

/** Digits of a number that is not told as it is. */
const DIGITS = 4;
/** Digits of any number. */
const DIGITS_MAX = 17;
/** Longest number with few digits that is told without an exponent. */
const PLAIN_MAX = 9;

/** A number with few digits; a whole one with all of them. */
export function shortNumber(value: number): string {
  return rounded(value, DIGITS);
}

/** Numbers with as few digits as tell them apart, where they are too long; whole ones with all. */
function numberTexts(a: number, b: number, max: number): [string, string] {
  for (let digits = 6; digits < DIGITS_MAX; digits++) {
    const [one, other] = [a, b].map((value) => {
      const text = valueText(value);
      return text.length <= max ? text : rounded(value, digits);
    });
    if (one !== other) return [one!, other!];
  }
  return [exactText(a), exactText(b)];
}

/** A number with all its digits, and an exponent where zeros behind the point would take more. */
function exactText(value: number): string {
  const plain = valueText(value);
  const withExponent = value.toExponential();
  const isLonger = !Number.isInteger(value) && plain.length > withExponent.length;
  return isLonger ? withExponent : plain;
}

function rounded(value: number, digits: number): string {
  if (Number.isInteger(value)) return valueText(value);
  const plain = String(Number(value.toPrecision(digits)));
  // Zeros in place of digits before the point would say that the number is a whole one.
  const isPlain = Math.abs(value) < 10 ** digits && plain.length <= Math.max(PLAIN_MAX, digits + 3);
  return isPlain ? plain : value.toExponential(digits - 1).replace(/\.?0*e/, "e");
}

/** A text of at most so many characters. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  // No half of a pair of surrogates is left.
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
