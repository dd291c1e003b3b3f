import { describe, excerpt, SpeltNumber } from "../input/excerpt.ts";
import type { FlatRow } from "../rows/flat_row.ts";

/** What a core that knows numbers alone says of a value that a type does not hold. */
const VALUE = /^the value is \S+(?=, expected )/;

/** A value of a row as messages show it. @param r position of the field in the row */
export function shownValue(row: FlatRow, r: number): string {
  return describe(row.spelt(row.names[r]!, row.values[r]));
}

/** Why a type does not hold a value of a row, with the number as the row spells it. */
export function shownMisfit(problem: string, row: FlatRow, r: number): string {
  const value = row.values[r];
  const spelt = row.form === "cells"
    ? new SpeltNumber(value as string)
    : row.spelt(row.names[r]!, value);
  if (!(spelt instanceof SpeltNumber)) return problem;
  return problem.replace(VALUE, () => `the value is ${excerpt(spelt)}`);
}
