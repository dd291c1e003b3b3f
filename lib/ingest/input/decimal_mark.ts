import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";

/** Marks that may stand before the fraction of a number in CSV. */
export const DECIMAL_MARKS = ["comma", "point"] as const;

/** Decimal mark of the numbers of CSV: `1,5` and `1.234,5`, or `1.5` and `1,234.5`. */
export type DecimalMark = typeof DECIMAL_MARKS[number];

const SPACES = "\\u0020\\u00a0\\u2009\\u202f'\\u2019";
const LENGTH_MAX = 64;

const NUMBERS: Readonly<Record<DecimalMark, RegExp>> = {
  comma: numberPattern(",", `.${SPACES}`),
  point: numberPattern("\\.", `,${SPACES}`),
};
const THOUSANDS: Readonly<Record<DecimalMark, RegExp>> = {
  comma: new RegExp(`[.${SPACES}]`, "g"),
  point: new RegExp(`[,${SPACES}]`, "g"),
};

/**
 * The number of a cell as JSON spells it, also `.5` and `5.`: without a leading `+` and without
 * marks between groups of three digits; undefined when the cell is no number under that mark.
 */
export function plainNumber(cell: string, mark: DecimalMark): string | undefined {
  if (cell.length > LENGTH_MAX || !NUMBERS[mark].test(cell)) return undefined;
  const digits = cell.replace(THOUSANDS[mark], "").replace(",", ".");
  return digits[0] === "+" ? digits.slice(1) : digits;
}

/**
 * Remedy for a cell that is no number but would be one under another mark; undefined for others.
 *
 * @param mark the mark that the input is read with
 */
export function markRemedy(cell: string, mark: DecimalMark | undefined): Remedy | undefined {
  const marks = DECIMAL_MARKS.filter((other) =>
    other !== mark && plainNumber(cell, other) !== undefined
  );
  return marks.length === 0
    ? undefined
    : remedy`read it with ${optionKey("decimal")} ${marks.join(" or ")}`;
}

/** A number whose groups of three, if it has groups, are all parted by the same mark. */
function numberPattern(decimal: string, thousands: string): RegExp {
  const whole = `(?:0|[1-9]\\d*|[1-9]\\d{0,2}([${thousands}])\\d{3}(?:\\1\\d{3})*)`;
  const number = `(?:${whole}(?:${decimal}\\d*)?|${decimal}\\d+)`;
  return new RegExp(`^[+-]?${number}(?:[eE][+-]?\\d+)?$`);
}
