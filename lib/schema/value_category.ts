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

/** True when a field may go from one category to the other as more of its values are seen. */
export function areAlike(a: ValueCategory, b: ValueCategory): boolean {
  return a === b || (isNumeric(a) && isNumeric(b));
}

/** True for numbers and bigints. */
export function isNumeric(category: ValueCategory): boolean {
  return category === "number" || category === "integer64";
}
