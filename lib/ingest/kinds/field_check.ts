import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import { FieldValueError } from "../../core/state/field_value_error.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import { packerOf, type RowPacker } from "../../core/state/row_packer.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import { markRemedy } from "../input/decimal_mark.ts";
import { describe, excerpt } from "../input/excerpt.ts";
import { RowFault } from "../input/row_fault.ts";
import { cellValue } from "../rows/csv_cell.ts";
import { inexactNumber, isSurelyExact } from "../rows/exact_number.ts";
import type { FlatRow } from "../rows/flat_row.ts";
import { binary32Digits } from "./binary32_decimal.ts";
import { OPTIONAL_REMEDY } from "./kind_faults.ts";
import { refuseLongText, type TextBudget } from "./text_budget.ts";
import type { TextCopies } from "./text_copies.ts";
import { isNumberText } from "./text_facts.ts";

/** Field of a kind as rows are checked against it. */
export interface TableField {
  /** Dotted name. */
  readonly name: string;
  /** What every value of it is. */
  readonly category: ValueCategory;
  /** True when a row may lack it. */
  readonly isOptional: boolean;
  /** True for an enum that lists no texts, which are counted against the limits. */
  readonly isOpenEnum: boolean;
  /** Where it comes from, for messages: "line 3" or "the schema". */
  readonly origin: string;
}

/** What the checks of a kind's fields share. */
export interface KindRules {
  /** Name of the kind. */
  readonly kind: string;
  /** Layout of a declared kind, which values must fit; undefined for one that its rows define. */
  readonly layout: RowLayout | undefined;
  /** A row of that layout, in which values are tried. */
  readonly scratch: Int32Array;
  /** Bound on the texts of open enums. */
  readonly budget: TextBudget;
  /** Texts that are kept. */
  readonly copies: TextCopies;
}

/** What makes null a value that a field of a schema may have. */
const NULL_REMEDY: Remedy = remedy`${OPTIONAL_REMEDY}, where null is absence`;

const TYPES = {
  number: "number",
  integer64: "bigint",
  boolean: "boolean",
  text: "string",
} as const;
const NO_NUMBER = /^\s*[+-]?(?:nan|inf|infinity|nan\(.*\)|1\.#.*)\s*$/i;

/** What a fault says of a row. */
interface FaultyRow {
  path(name: string): string;
}

/** Checks the values of one field. */
export class FieldCheck {
  /** The field. */
  readonly field: TableField;
  readonly #index: number;
  readonly #rules: KindRules;
  readonly #packer: RowPacker | undefined;
  readonly #texts = new Set<string>();
  readonly #isBinary32: boolean;

  /**
   * Check of a field.
   *
   * @param index position of the field in its kind
   */
  constructor(field: TableField, index: number, rules: KindRules) {
    this.field = field;
    this.#index = index;
    this.#rules = rules;
    this.#packer = rules.layout && packerOf(rules.layout);
    this.#isBinary32 = rules.layout?.kind.fields[index]?.type === "f32";
  }

  /**
   * Value of the field in a row; null where the row says that it is absent.
   *
   * @param r position of the field in the row
   * @throws {RowFault} when the value does not fit the field
   */
  read(row: FlatRow, r: number): FieldValue | null {
    const { category, isOpenEnum, isOptional } = this.field;
    const { layout, budget, copies } = this.#rules;
    let value = row.values[r];
    if (value === null && isOptional) return null;
    if (row.form === "cells") value = cellValue(value as string, category, row.mark);
    else if (layout !== undefined && category === "number" && typeof value === "string") {
      value = spelledNumber(row, r, value);
    }
    const type = typeof value;
    if (type !== TYPES[category]) this.#refuseType(row, r);
    if (typeof value === "number" && !isSurelyExact(value)) refuseInexact(row, r, value);
    if (category === "text") {
      refuseLongText(row, r, value as string);
      // A cell is a view into all the input around it, which must not outlive it.
      if (row.form === "cells") value = copies.own(value as string);
    }
    if (isOpenEnum) {
      budget.count(this.#texts, value as string, row, r);
      return value as FieldValue;
    }
    return this.#fitting(value as FieldValue, row);
  }

  /** A number that the row says in another way, as the field holds it. @throws {RowFault} */
  takeNumber(value: number, row: FaultyRow): FieldValue {
    if (this.field.category !== "number") this.#refuse(excerpt(value), remedy`${KEEP}`, row);
    return this.#fitting(value, row);
  }

  /**
   * A value of the field's category as the field holds it; undefined where it does not, or where it
   * is the first time that it does.
   */
  kept(value: FieldValue): FieldValue | undefined {
    if (this.field.isOpenEnum) return this.#texts.has(value as string) ? value : undefined;
    const held = this.#held(value);
    return this.#misfit(held) === undefined ? held : undefined;
  }

  #fitting(value: FieldValue, row: FaultyRow): FieldValue {
    const held = this.#held(value);
    const problem = this.#misfit(held);
    if (problem === undefined) return held;
    const { name } = this.field;
    throw new RowFault(
      `the field ${JSON.stringify(name)} does not fit the schema: ${problem}`,
      remedy`change the field's type in the ${optionKey("schema")} file`,
      { path: row.path(name), part: "value" },
      { code: "field-misfit", kind: this.#rules.kind, field: name },
    );
  }

  #held(value: FieldValue): FieldValue {
    return this.#isBinary32 ? nearestBinary32(value as number) : value;
  }

  /** Why a declared field does not hold a value; undefined when it does. */
  #misfit(value: FieldValue): string | undefined {
    const { layout, scratch } = this.#rules;
    // Any text fits, and a layout would keep it.
    if (layout === undefined || layout.kind.fields[this.#index]!.type === "text") return undefined;
    try {
      this.#packer!.set(scratch, 0, this.#index, value);
      return undefined;
    } catch (error) {
      if (error instanceof FieldValueError) return error.problem;
      throw error;
    }
  }

  #refuseType(row: FlatRow, r: number): never {
    const { category } = this.field;
    const value = row.values[r];
    const now = row.form === "cells" ? `the cell ${excerpt(value)}` : describe(value);
    const advice = row.form === "cells"
      ? cellRemedy(value as string, category, row, this.#isDeclared)
      : valueRemedy(value, category, this.#isDeclared);
    this.#refuse(now, advice ?? remedy`${KEEP}: give the other one another name`, row);
  }

  #refuse(now: string, advice: Remedy, row: FaultyRow): never {
    const { name, category, origin } = this.field;
    throw new RowFault(
      `the field ${JSON.stringify(name)} is ${now}, but a ${category} by ${origin}`,
      advice,
      { path: row.path(name), part: "value" },
      { code: "field-type", kind: this.#rules.kind, field: name },
    );
  }

  get #isDeclared(): boolean {
    return this.#rules.layout !== undefined;
  }
}

const KEEP = "a field keeps its type";

function cellRemedy(
  cell: string,
  category: ValueCategory,
  { mark }: FlatRow,
  isDeclared: boolean,
): Remedy {
  return (category === "number" ? markRemedy(cell, mark) : undefined) ??
    noNumberRemedy(cell, isDeclared) ??
    (category === "text"
      ? remedy`${KEEP}: give the other one another name`
      : remedy`${KEEP}: declare it as an enum in a ${optionKey("schema")} file to have texts`);
}

function valueRemedy(
  value: unknown,
  category: ValueCategory,
  isDeclared: boolean,
): Remedy | undefined {
  if (value === null) return NULL_REMEDY;
  if (typeof value !== "string") return undefined;
  if (category !== "number" || !isNumberText(value)) return noNumberRemedy(value, isDeclared);
  return remedy`declare it as a number in a ${
    optionKey("schema")
  } file, which takes both, or give the other another name`;
}

/** Remedy for a text that says that there is no number. */
function noNumberRemedy(text: string, isDeclared: boolean): Remedy | undefined {
  if (!NO_NUMBER.test(text)) return undefined;
  const advice = `a field has no ${text.trim()}: leave it out where there is no value`;
  return isDeclared ? remedy`${advice} and ${OPTIONAL_REMEDY}` : remedy`${advice}`;
}

/** Number of a text that spells one, as writers of 64-bit integers send them; else the text. */
function spelledNumber(row: FlatRow, r: number, text: string): FieldValue {
  if (!isNumberText(text)) return text;
  const value = Number(text);
  const fault = isSurelyExact(value) ? undefined : inexactNumber(value, text);
  if (fault === undefined) return value;
  const name = row.names[r]!;
  throw new RowFault(
    `in the field ${JSON.stringify(name)} ${fault.problem}`,
    remedy`declare the field as an enum in the ${optionKey("schema")} file to keep the text`,
    { path: row.path(name), part: "value" },
  );
}

/** Refuses a number that is not what the input spells. @throws {RowFault} */
function refuseInexact(row: FlatRow, r: number, value: number): void {
  const name = row.names[r]!;
  const fault = inexactNumber(value, row.literal(r));
  if (fault === undefined) return;
  const target = { path: row.path(name), part: "value" } as const;
  throw new RowFault(`in the field ${JSON.stringify(name)} ${fault.problem}`, fault.remedy, target);
}

/** The binary32 that a decimal spells, else the number itself, which is then refused. */
function nearestBinary32(value: number): number {
  return binary32Digits(value) > 0 ? Math.fround(value) : value;
}
