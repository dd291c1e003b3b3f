import type { Field, FieldValue, Schema } from "../../../core/state/schema.ts";
import { isNamed } from "../../select/selected_schema.ts";

/**
 * Largest |difference| of numbers that is no difference, by field: `x`, `player.x` of one kind, or
 * `*` for all; the more specific one counts.
 */
export type Tolerances = Readonly<Record<string, number>>;

/** Tolerance of a field; undefined when it has none. */
export function toleranceOf(
  tolerances: Tolerances,
  kind: string,
  field: string,
): number | undefined {
  const name = [`${kind}.${field}`, field, "*"].find((name) => Object.hasOwn(tolerances, name));
  return name === undefined ? undefined : tolerances[name];
}

/** |difference| of two numbers, bigints among them; NaN where one is a text or a truth value. */
export function distanceOf(a: FieldValue, b: FieldValue): number {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b);
  if (typeof a === "bigint" && typeof b === "bigint") return Number(a > b ? a - b : b - a);
  return isNumber(a) && isNumber(b) ? Math.abs(Number(a) - Number(b)) : NaN;
}

function isNumber(value: FieldValue): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

/**
 * True for numbers that a tolerance covers. Rounding does not count: one number may be the other
 * with the tolerance added, which was rounded; and decimals that are apart by the tolerance, as 0.7
 * and 0.8 by 0.1, are four units in the last place of the larger off at most.
 */
export function isCovered(a: FieldValue, b: FieldValue, tolerance: number): boolean {
  const difference = distanceOf(a, b);
  if (difference <= tolerance) return true;
  if (typeof a !== "number" || typeof b !== "number" || !(difference < Infinity)) return false;
  const [low, high] = a < b ? [a, b] : [b, a];
  if (low + tolerance >= high || high - tolerance <= low) return true;
  const slack = 4 * Number.EPSILON * Math.max(Math.abs(a), Math.abs(b));
  return tolerance >= slack && difference <= tolerance + slack;
}

/**
 * Checks tolerances against what is compared.
 *
 * @throws {RangeError} for one that is no number from 0 on, and for a field that is none of the
 *   schemas', or holds no numbers
 */
export function assertTolerances(tolerances: Tolerances, schemas: readonly Schema[]): void {
  for (const [name, value] of Object.entries(tolerances)) {
    if (!(value >= 0 && value < Infinity)) {
      throw new RangeError(
        `Tolerance of ${JSON.stringify(name)} is ${value}, expected a number from 0 on`,
      );
    }
    if (name === "*") continue;
    const fields = schemas.flatMap(({ kinds }) =>
      kinds.flatMap((kind) => kind.fields.filter((field) => isNamed(name, kind, field.name)))
    );
    const tolerated = JSON.stringify(name);
    if (fields.length === 0) {
      throw new RangeError(
        `Cannot tolerate differences of ${tolerated}: no field that is compared has that name`,
      );
    }
    if (!fields.some(isNumeric)) {
      throw new RangeError(
        `Cannot tolerate differences of ${tolerated}: it holds ${
          fields[0]!.type === "bool" ? "truth values" : "texts"
        }, and tolerances are for numbers`,
      );
    }
  }
}

function isNumeric({ type }: Field): boolean {
  return type !== "bool" && type !== "enum" && type !== "text";
}
