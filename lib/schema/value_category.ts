import type { Field } from "../core/state/schema.ts";

/** What a field holds: the three sorts of values, never mixed within a field. */
export type ValueCategory = "number" | "boolean" | "text";

/** What the values of a field are. */
export function categoryOf({ type }: Field): ValueCategory {
  if (type === "bool") return "boolean";
  return type === "enum" || type === "text" ? "text" : "number";
}
