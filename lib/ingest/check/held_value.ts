import type { Schema } from "../../core/state/schema.ts";
import type { FaultSort } from "../input/row_fault.ts";

/**
 * Any value that a declared field holds, for one that it does not hold; undefined where the field
 * may be absent, or is not declared.
 */
export function heldValue(
  schema: Schema | undefined,
  { kind, field: name }: FaultSort,
): number | boolean | string | undefined {
  const field = schema?.kinds.find((declared) => declared.name === kind)?.fields
    .find((declared) => declared.name === name);
  if (field === undefined || field.optional === true) return undefined;
  switch (field.type) {
    case "bool":
      return false;
    case "enum":
      return field.values?.[0] ?? "-";
    case "text":
      return "-";
    default:
      return 0;
  }
}
