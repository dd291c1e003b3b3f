import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import { RowFault } from "../input/row_fault.ts";
import { inexactNumber, isInteger, isSurelyExact, wideInteger } from "../rows/exact_number.ts";
import type { FlatRow, RowForm } from "../rows/flat_row.ts";
import { isNumberText } from "./text_facts.ts";

/**
 * Number of a text that spells one, as writers of 64-bit integers send them; else the text.
 *
 * @param r position of the field in the row
 * @throws {RowFault} for digits that no double holds
 */
export function spelledNumber(row: FlatRow, r: number, text: string, kind: string): FieldValue {
  if (!isNumberText(text)) return text;
  const value = Number(text);
  const fault = value !== 0 && isSurelyExact(value) ? undefined : inexactNumber(value, text);
  if (fault === undefined) return value;
  const name = row.names[r]!;
  const other = wideInteger(text) === undefined ? "text" : "u64, or as text";
  throw new RowFault(
    `in the field ${JSON.stringify(name)} ${fault.problem}`,
    remedy`declare the field as ${other} in the ${optionKey("schema")} file to keep the text`,
    { path: row.path(name), part: "value" },
    { code: "inexact-number", kind, field: name },
  );
}

/** Refuses a number that is not what the input spells. @throws {RowFault} */
export function refuseInexact(row: FlatRow, r: number, value: number, kind: string): void {
  const name = row.names[r]!;
  const cell = row.form === "cells" ? row.values[r] as string : undefined;
  const fault = inexactNumber(value, row.literal(r), cell);
  if (fault === undefined) return;
  throw new RowFault(
    `in the field ${JSON.stringify(name)} ${fault.problem}`,
    remedy`${fault.remedy}, or ${textRemedy(row.literal(r), row.form)}`,
    { path: row.path(name), part: "value" },
    { code: "inexact-number", kind, field: name },
  );
}

/** How a field keeps a number that no type of numbers holds: all of its values are texts. */
export function textRemedy(literal: string, form: RowForm): Remedy {
  const schema = optionKey("schema");
  if (form === "cells") {
    return remedy`declare the field as text in a ${schema} file, which keeps all as they are spelt`;
  }
  return isInteger(literal)
    ? remedy`declare the field as text in a ${schema} file, which keeps the digits where all are integers`
    : remedy`send the field as a text in every row`;
}

/** False for what is no number, and for numbers whose spelling is to be looked at. */
export function isSure(value: unknown, row: FlatRow): boolean {
  if (typeof value !== "number") return false;
  return value === 0 ? !row.mayUnderflow : isSurelyExact(value);
}
