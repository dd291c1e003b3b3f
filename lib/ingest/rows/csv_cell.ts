import type { FieldValue } from "../../core/state/schema.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import { type DecimalMark, plainNumber } from "../input/decimal_mark.ts";

const PLAIN_DIGITS_MAX = 9;
const NUMBER = /^-?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const TRUE = /^(?:true|True|TRUE)$/;
const FALSE = /^(?:false|False|FALSE)$/;

/**
 * Category that a cell suggests for its column: a number as JSON spells it (also `.5` and `5.`),
 * `true` or `false` (also capitalised), else text. So `007`, `1,5`, `nan` and `0x1f` are texts; with
 * a mark a number is what {@linkcode plainNumber} takes for one.
 */
export function cellCategory(cell: string, mark?: DecimalMark): ValueCategory {
  if (typeof cellNumber(cell, mark) === "number") return "number";
  return TRUE.test(cell) || FALSE.test(cell) ? "boolean" : "text";
}

/** Value of a cell in a column of a category; undefined when the cell does not fit it. */
export function cellValue(
  cell: string,
  category: ValueCategory,
  mark?: DecimalMark,
): FieldValue | undefined {
  if (category === "text") return cell;
  if (category === "number") {
    const number = cellNumber(cell, mark);
    return typeof number === "number" ? number : undefined;
  }
  return TRUE.test(cell) ? true : FALSE.test(cell) ? false : undefined;
}

/** Number of a cell that has to be one, such as an id; the cell itself when it is none. */
export function cellNumber(cell: string, mark?: DecimalMark): number | string {
  // Most cells of a table are short integers, which take no pattern to tell.
  if (cell.length <= PLAIN_DIGITS_MAX && cell.charCodeAt(0) !== 0x30) {
    let number = 0;
    let at = 0;
    for (; at < cell.length; at++) {
      const digit = cell.charCodeAt(at) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      number = number * 10 + digit;
    }
    if (at === cell.length && at > 0) return number;
  }
  if (mark !== undefined) {
    const plain = plainNumber(cell, mark);
    return plain === undefined ? cell : Number(plain);
  }
  return NUMBER.test(cell) ? Number(cell) : cell;
}
