import type { Field } from "../core/state/schema.ts";

/**
 * What a field holds: sorts of values, never mixed within a field, but that a field of numbers from 0
 * becomes one of `integer64`, which are bigints.
 */
export type ValueCategory = "number" | "integer64" | "boolean" | "text";

/** What the values of a field are. */
export function categoryOf({ type }: Field): ValueCategory {
  if (type === "u64") return "integer64";
  if (type === "bool") return "boolean";
  return type === "enum" || type === "text" ? "text" : "number";
}

/**
 * Bigint of a field of `integer64`.
 *
 * @param number the number, at least nearly
 * @param text its digits; empty when the number is exact
 */
export function integerOf(number: number, text: string): bigint {
  return BigInt(text === "" ? number : text);
}

/** True for what is held as a text, at least where it is long. */
export function isTextual(category: ValueCategory): boolean {
  return category === "text" || category === "integer64";
}

/** True when a field may go from one category to the other as more of its values are seen. */
export function areAlike(a: ValueCategory, b: ValueCategory): boolean {
  return a === b || (isNumeric(a) && isNumeric(b));
}

/** True for numbers and bigints. */
export function isNumeric(category: ValueCategory): boolean {
  return category === "number" || category === "integer64";
}
