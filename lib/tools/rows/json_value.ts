import { JSON_DEPTH_MAX } from "../../recording/container/json_text.ts";

/** Doubles below are integers in all their digits where they are integers. */
const DIGITS_BELOW = 2 ** 53;

/**
 * A finite number as JSON, in a spelling that reads as just that number: -0 keeps its sign, and from
 * 2^53 on it has an exponent, since bare digits are read as an exact integer of 64 bits.
 */
export function numberText(value: number): string {
  if (value === 0) return 1 / value < 0 ? "-0" : "0";
  return Math.abs(value) < DIGITS_BELOW ? String(value) : value.toExponential();
}

/** A number in an event's data, where readers keep an integer beyond doubles' reach as its text. */
function dataNumberText(value: number): string {
  return Math.abs(value) >= DIGITS_BELOW ? value.toExponential() : numberText(value);
}

/**
 * A value of an event's data as JSON, such that numbers stay what they are.
 *
 * @throws {RangeError} when it is nested too deeply
 */
export function jsonValueText(value: unknown, depth: number = 0): string {
  if (typeof value === "number") return dataNumberText(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (depth >= JSON_DEPTH_MAX) {
    throw new RangeError(
      `Cannot write an event whose data is nested deeper than ${JSON_DEPTH_MAX} levels; leave events out`,
    );
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => jsonValueText(item, depth + 1)).join(",")}]`;
  }
  const members = Object.entries(value).map(([key, member]) =>
    `${JSON.stringify(key)}:${jsonValueText(member, depth + 1)}`
  );
  return `{${members.join(",")}}`;
}
