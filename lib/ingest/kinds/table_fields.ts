import type { Field } from "../../core/state/schema.ts";
import { isOpenEnum } from "../../schema/open_enum.ts";
import { categoryOf, isNumeric, type ValueCategory } from "../../schema/value_category.ts";
import { cellCategory } from "../rows/csv_cell.ts";
import { wideInteger } from "../rows/exact_number.ts";
import type { FlatRow } from "../rows/flat_row.ts";
import type { TableField } from "./field_check.ts";
import type { KindShapes } from "./shape_facts.ts";

/** Field as a schema declares it. */
export function declaredField(field: Field): TableField {
  return {
    name: field.name,
    category: categoryOf(field),
    isOptional: field.optional === true,
    isOpenEnum: isOpenEnum(field),
    origin: "the schema",
  };
}

/** Field that a row brings, and others may lack. */
export function rowField(name: string, category: ValueCategory, line: number): TableField {
  return { name, category, isOptional: true, isOpenEnum: false, origin: `line ${line}` };
}

/** What a value of a row makes its field. @param r position of the value; it is not null */
export function categoryOfValue(row: FlatRow, r: number): ValueCategory {
  const value = row.values[r];
  if (row.form === "cells") return cellCategory(value as string, row.mark);
  if (typeof value === "string") return "text";
  return typeof value === "boolean" ? "boolean" : "number";
}

/**
 * Category of a field that a row brings, by what is known of it.
 *
 * @param first its first value
 */
export function categoryByFacts(
  name: string,
  category: ValueCategory,
  first: unknown,
  { wide, doubles }: KindShapes,
): ValueCategory {
  if (!wide.has(name) || doubles.has(name)) return category;
  const isDigits = typeof first === "string" && wideInteger(first) !== undefined;
  return isNumeric(category) || isDigits ? "integer64" : category;
}
