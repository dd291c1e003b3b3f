import { type Remedy, remedy } from "../../core/remedy.ts";
import { shorten } from "../input/excerpt.ts";

/** Why a number of the input is not the number that was read. */
export interface InexactNumber {
  /** What is wrong. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: Remedy;
}

const EXACT_BELOW = 2 ** 53;

/** False for the few numbers whose spelling must be looked at before they are believed. */
export function isSurelyExact(value: number): boolean {
  return Math.abs(value) < EXACT_BELOW;
}

/**
 * Checks a number against its spelling: an integer that a double cannot hold is refused, and so is
 * a number beyond the range of doubles. Fractions are rounded to the nearest double, as in all of
 * JSON.
 *
 * @param literal the number as it stands in the input
 * @returns what is wrong; undefined when the number is what the input says
 */
export function inexactNumber(value: number, literal: string): InexactNumber | undefined {
  if (!Number.isFinite(value)) {
    return {
      problem: `the number ${shorten(literal)} is beyond the range of a double`,
      remedy: remedy`send a number up to 1.79e308, or a text`,
    };
  }
  if (!/^-?\d+$/.test(literal) || BigInt(literal) === BigInt(value)) return undefined;
  return {
    problem: `the integer ${shorten(literal)} does not fit a double, the nearest is ${
      BigInt(value)
    }`,
    remedy: remedy`send it as a text: "${shorten(literal)}"`,
  };
}
