import { INPUT_LIMITS } from "./limits.ts";

/** Units in which an input may give times. */
export const TIME_UNITS = ["s", "ms", "us", "ns"] as const;

/** Unit of an input's times: seconds, milliseconds, microseconds or nanoseconds. */
export type TimeUnit = typeof TIME_UNITS[number];

/** Units as messages name them. */
export const TIME_UNIT_NAMES: Readonly<Record<TimeUnit, string>> = {
  s: "seconds",
  ms: "milliseconds",
  us: "microseconds",
  ns: "nanoseconds",
};

/** A unit is so many powers of ten of a millisecond. */
const EXPONENTS: Readonly<Record<TimeUnit, number>> = { s: 3, ms: 0, us: -3, ns: -6 };

const EXACT_BELOW = 2 ** 53;
/** A double says every decimal of so many digits, a point included. */
const SURE_LENGTH = 16;

/**
 * Milliseconds of a time: the double next to what the input spells, since the decimal point is
 * moved and nothing is multiplied.
 *
 * @param value the time as it was parsed, finite
 * @param literal the time as the input spells it; asked for only where `value` may not say it
 */
export function millisecondsOf(value: number, unit: TimeUnit, literal: () => string): number {
  const exponent = EXPONENTS[unit];
  if (exponent === 0) return value;
  const isExact = Math.abs(value) < EXACT_BELOW;
  // One operation on exact numbers rounds as the decimal itself would.
  if (isExact && Number.isInteger(value)) {
    return exponent > 0 ? value * 1000 : value / 10 ** -exponent;
  }
  const text = String(value);
  return Number(shifted(isExact && text.length <= SURE_LENGTH ? text : literal(), exponent));
}

/** Milliseconds in another unit, for messages. */
export function timeInUnit(timeMs: number, unit: TimeUnit): number {
  return Number(shifted(String(timeMs), -EXPONENTS[unit]));
}

/** Largest unit in which a time is not beyond what a recording holds; undefined in none. */
export function fittingUnit(value: number): TimeUnit | undefined {
  return TIME_UNITS.find((unit) => value <= timeInUnit(INPUT_LIMITS.timeMs, unit));
}

/** A step in milliseconds that was read in one unit, had it been read in another. */
export function rereadStep(stepMs: number, unit: TimeUnit, other: TimeUnit): number {
  return stepMs * 10 ** (EXPONENTS[other] - EXPONENTS[unit]);
}

function shifted(decimal: string, exponent: number): string {
  const [digits, before = "0"] = decimal.toLowerCase().split("e");
  return `${digits}e${Number(before) + exponent}`;
}
