import { type Remedy, remedy } from "../../core/remedy.ts";
import { shorten } from "../input/excerpt.ts";

/** Why a number of the input is not the number that was read. */
export interface InexactNumber {
  /** What is wrong. */
  readonly problem: string;
  /** What number to send instead. */
  readonly remedy: Remedy;
}

const EXACT_BELOW = 2 ** 53;

/** False for the few numbers whose spelling must be looked at before they are believed. */
export function isSurelyExact(value: number): boolean {
  return Math.abs(value) < EXACT_BELOW;
}

/** Literals that may be 0 for want of smaller doubles have an exponent of three digits, or zeros. */
const SMALL_EXPONENT = /[eE]-0*\d{3}/;
const ZEROS = "0".repeat(200);
/** Digits to which a double can be spelt out. */
const DIGITS_MAX = 100;

/** True for a text in which a number may be that is 0 only because doubles are not smaller. */
export function mayUnderflow(text: string): boolean {
  return (hasSmallExponent(text) && SMALL_EXPONENT.test(text)) || text.includes(ZEROS);
}

/** Lines of whole frames are long, and have far fewer signs than letters to look behind. */
function hasSmallExponent(text: string): boolean {
  for (let at = text.indexOf("-"); at >= 0; at = text.indexOf("-", at + 1)) {
    const before = text.charCodeAt(at - 1) | 0x20;
    if (before === 0x65) return true;
  }
  return false;
}

/**
 * Checks a number against its spelling: one that is rounded from 2^53 on is refused, and so is one
 * that is beyond the range of doubles, or below it. Fractions are rounded to the nearest double, as
 * in all of JSON, and so are the digits that a double was printed with.
 *
 * @param literal the number as JSON spells it
 * @param cell the same as it stands in the input, for messages
 * @returns what is wrong; undefined when the number is what the input says
 */
export function inexactNumber(
  value: number,
  literal: string,
  cell: string = literal,
): InexactNumber | undefined {
  if (!Number.isFinite(value)) {
    return {
      problem: `the number ${shorten(cell)} is beyond the range of a double`,
      remedy: remedy`send a number up to 1.79e308`,
    };
  }
  if (value === 0 && /[1-9]/.test(literal.split(/[eE]/, 1)[0]!)) {
    return {
      problem: `the number ${shorten(cell)} is too small for a double, the nearest is 0`,
      remedy: remedy`send 0`,
    };
  }
  if (isSurelyExact(value) || isSpelt(value, literal)) return undefined;
  const what = isInteger(literal) ? "integer" : "number";
  return {
    problem: `the ${what} ${shorten(cell)} does not fit a double, the nearest is ${BigInt(value)}`,
    remedy: remedy`send the nearest number`,
  };
}

/** True for an integer that is spelt by its digits alone. */
export function isInteger(literal: string): boolean {
  return /^-?\d+$/.test(literal);
}

/** True when a literal spells an integer from 2^53 on, exactly or as a double is printed. */
function isSpelt(value: number, literal: string): boolean {
  if (isInteger(literal)) return BigInt(literal) === BigInt(value);
  const digits = digitsOf(literal);
  if (digits.length === 0 || digits.length > DIGITS_MAX) {
    return digits === digitsOf(String(BigInt(value)));
  }
  return digits === digitsOf(value.toPrecision(digits.length)) ||
    digits === digitsOf(String(BigInt(value)));
}

/** Significant digits of a literal. */
function digitsOf(literal: string): string {
  return literal.split(/[eE]/, 1)[0]!.replace(/[-.]/g, "").replace(/^0+|0+$/g, "");
}

/** Integer from 0 to 2^64 - 1 of its digits; undefined for any other text. */
export function wideInteger(text: string): bigint | undefined {
  if (!/^(?:0|[1-9]\d{0,19})$/.test(text)) return undefined;
  const integer = BigInt(text);
  return BigInt.asUintN(64, integer) === integer ? integer : undefined;
}

/** True for an integer from 0; -0 is none. */
export function isNatural(value: number): boolean {
  return Number.isInteger(value) && (value > 0 || Object.is(value, 0));
}
