import type { Field } from "../../core/state/schema.ts";
import { isOpenEnum } from "../../schema/open_enum.ts";
import { categoryOf, type ValueCategory } from "../../schema/value_category.ts";
import { cellCategory } from "../rows/csv_cell.ts";
import type { FlatRow } from "../rows/flat_row.ts";
import type { TableField } from "./field_check.ts";

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
