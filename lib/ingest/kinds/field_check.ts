import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import { FieldValueError } from "../../core/state/field_value_error.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import { packerOf, type RowPacker } from "../../core/state/row_packer.ts";
import type { Field, FieldValue } from "../../core/state/schema.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import { excerpt } from "../input/excerpt.ts";
import { RowFault } from "../input/row_fault.ts";
import { cellNumber, cellValue } from "../rows/csv_cell.ts";
import { isInteger, isNatural, isSurelyExact, wideInteger } from "../rows/exact_number.ts";
import type { FlatRow, RowForm } from "../rows/flat_row.ts";
import { binary32Digits } from "../../schema/binary32_decimal.ts";
import { categoryName, cellRemedy, KEEP, valueRemedy } from "./kind_faults.ts";
import { BLANK_MAX, type BlankCells } from "../texts/blank_cells.ts";
import { refuseLongText, type TextBudget } from "../texts/text_budget.ts";
import type { TextCopies } from "../texts/text_copies.ts";
import { shownMisfit, shownValue } from "../texts/shown_values.ts";
import { isSure, refuseInexact, spelledNumber } from "./spelt_numbers.ts";

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
  /** Texts that say that there is no number, of rows of a form. */
  readonly blanks: (form: RowForm) => BlankCells;
  /**
   * Makes a field of numbers one of 64-bit integers.
   *
   * @returns false when it holds what is none
   */
  readonly widen: (index: number) => boolean;
  /**
   * Tells that a field of 64-bit integers or of texts has a number as well.
   *
   * @param value the number, where the field is one of texts
   * @returns the type that holds all that the field had; undefined where none does
   */
  readonly renumber: (index: number, value?: number) => string | undefined;
  /** True when no later reading knows what this one finds. */
  readonly isOnce: boolean;
}

const TYPES = {
  number: "number",
  integer64: "bigint",
  boolean: "boolean",
  text: "string",
} as const;

/** Integers of 64 bits from which on numbers may be rounded, and the first beyond them. */
const WIDE_MIN = 2n ** 53n;
const WIDE_END = 2 ** 64;

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
  /** Type that is declared; undefined without a schema. */
  readonly #type: Field["type"] | undefined;
  /** True for a field that takes any number. */
  readonly #isPlainNumber: boolean;

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
    this.#isPlainNumber = rules.layout === undefined && field.category === "number";
    this.#type = rules.layout?.kind.fields[index]?.type;
  }

  /**
   * Value of the field in a row; null where the row says that it is absent.
   *
   * @param r position of the field in the row
   * @throws {RowFault} when the value does not fit the field
   */
  read(row: FlatRow, r: number): FieldValue | null {
    let value = row.values[r];
    if (this.#isPlainNumber && isSure(value, row)) return value as number;
    const { category, isOpenEnum, isOptional } = this.field;
    const { layout, budget, copies } = this.#rules;
    if (value === null && isOptional) return null;
    if (typeof value === "string" && this.#isBlank(row, value)) return null;
    if (category === "integer64") return this.#fitting(this.#integer(row, r), row, r);
    if (row.form === "cells") value = cellValue(value as string, category, row.mark);
    else if (layout !== undefined && category === "number" && typeof value === "string") {
      value = spelledNumber(row, r, value, this.#rules.kind);
    }
    if (category === "number" && !isSure(value, row)) {
      const wide = this.#widened(row, r, value);
      if (wide !== undefined) return wide;
      // A number that was sent as a text was looked at as such.
      const isSpelt = row.form === "cells" || typeof row.values[r] === "number";
      if (isSpelt && typeof value === "number") refuseInexact(row, r, value, this.#rules.kind);
    }
    if (typeof value === "number" && this.#type === "text") {
      // The text of an integer is its digits, however many.
      if (isInteger(row.literal(r))) value = row.literal(r);
    }
    const type = typeof value;
    if (type !== TYPES[category]) {
      if (category === "text" && type === "number") this.#refuseNumber(row, r, value as number);
      this.#refuseType(row, r);
    }
    if (category === "text") {
      refuseLongText(row, r, value as string);
      // A cell is a view into all the input around it, which must not outlive it.
      if (row.form === "cells") value = copies.own(value as string);
    }
    if (isOpenEnum) {
      budget.count(this.#texts, value as string, row, r);
      return value as FieldValue;
    }
    return this.#fitting(value as FieldValue, row, r);
  }

  /** True for a text that says that there is no number; looks at others of columns of texts. */
  #isBlank({ form, mark, line }: FlatRow, text: string): boolean {
    const { category, name, isOptional } = this.field;
    const isCell = form === "cells";
    if (category === "text" || (category === "boolean" && !isCell)) {
      if (isCell && !this.#isDeclared) this.#rules.blanks(form).look(name, text, mark, line);
      return false;
    }
    return text.length <= BLANK_MAX && isOptional &&
      this.#rules.blanks(form).isAbsent(name, text, line);
  }

  /** A number that the row says in another way, as the field holds it. @throws {RowFault} */
  takeNumber(value: number, row: FaultyRow): FieldValue {
    const { category } = this.field;
    const isWide = category === "integer64" && isNatural(value);
    if (!isWide && category !== "number") this.#refuse(excerpt(value), remedy`${KEEP}`, row);
    const held = this.#held(isWide ? BigInt(value) : value);
    const problem = this.#misfit(held);
    return problem === undefined ? held : this.#refuseMisfit(problem, row);
  }

  /** Integer above 2^53 that makes the field one of such; undefined where there is none. */
  #widened(row: FlatRow, r: number, value: unknown): bigint | undefined {
    if (this.#isDeclared) return undefined;
    const integer = wideInteger(typeof value === "string" ? value : row.literal(r));
    if (integer === undefined || integer < WIDE_MIN) return undefined;
    return this.#rules.widen(this.#index) ? integer : undefined;
  }

  /** An integer of 64 bits, sent as a number or as its digits. */
  #integer(row: FlatRow, r: number): bigint {
    let value = row.values[r];
    if (row.form === "cells") value = cellNumber(value as string, row.mark);
    if (typeof value === "number" && isNatural(value) && isSurelyExact(value)) {
      if (value === 0 && row.mayUnderflow) refuseInexact(row, r, value, this.#rules.kind);
      return BigInt(value);
    }
    const spelt = typeof value === "number" ? row.literal(r) : value;
    const integer = typeof spelt === "string" ? wideInteger(spelt) : undefined;
    if (integer !== undefined) return integer;
    if (typeof value === "number" && !isSurelyExact(value)) {
      refuseInexact(row, r, value, this.#rules.kind);
      if (isNatural(value) && value < WIDE_END) return BigInt(value);
    }
    if (typeof value === "number" && !this.#isDeclared) {
      const advice = this.#rules.renumber(this.#index) !== undefined
        ? remedy`declare it as f64 in a ${optionKey("schema")} file${this.#orFile}`
        : isInteger(row.literal(r))
        ? remedy`no type of numbers has both: declare the field as text in a ${
          optionKey("schema")
        } file, which keeps the digits of integers`
        : remedy`no type has both, and ${KEEP}: give the other one another name`;
      this.#refuse(shownValue(row, r), advice, row);
    }
    this.#refuseType(row, r);
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

  #fitting(value: FieldValue, row: FlatRow, r: number): FieldValue {
    const held = this.#held(value);
    const problem = this.#misfit(held);
    return problem === undefined ? held : this.#refuseMisfit(shownMisfit(problem, row, r), row);
  }

  #refuseMisfit(problem: string, row: FaultyRow): never {
    const { name } = this.field;
    throw new RowFault(
      `the field ${JSON.stringify(name)} does not fit the schema: ${problem}`,
      remedy`change the field's type in the ${optionKey("schema")} file`,
      { path: row.path(name), part: "value" },
      { code: "field-misfit", kind: this.#rules.kind, field: name },
    );
  }

  #held(value: FieldValue): FieldValue {
    return this.#type === "f32" ? nearestBinary32(value as number) : value;
  }

  /** Why a declared field does not hold a value; undefined when it does. */
  #misfit(value: FieldValue): string | undefined {
    const { layout, scratch } = this.#rules;
    // Any text fits, and a layout would keep it.
    if (layout === undefined || this.#type === "text") return undefined;
    try {
      this.#packer!.set(scratch, 0, this.#index, value);
      return undefined;
    } catch (error) {
      if (error instanceof FieldValueError) return error.problem;
      throw error;
    }
  }

  /** Refuses a number in a field of texts that all stand for numbers. @throws {RowFault} */
  #refuseNumber(row: FlatRow, r: number, value: number): void {
    const type = this.#isDeclared ? undefined : this.#rules.renumber(this.#index, value);
    if (type === undefined) return;
    const advice = remedy`declare it as ${type} in a ${
      optionKey("schema")
    } file, which takes both${this.#orFile}`;
    this.#refuse(shownValue(row, r), advice, row);
  }

  /** What else takes all that the field had, where a later reading would know of it. */
  get #orFile(): string {
    return this.#rules.isOnce ? ", or record it from a file" : "";
  }

  #refuseType(row: FlatRow, r: number): never {
    const { category } = this.field;
    const value = row.values[r];
    const now = row.form === "cells" ? `the cell ${excerpt(value)}` : shownValue(row, r);
    const advice = row.form === "cells"
      ? cellRemedy(value as string, category, row.mark, this.#isDeclared)
      : valueRemedy(value, category, this.#isDeclared);
    this.#refuse(now, advice ?? remedy`${KEEP}: give the other one another name`, row);
  }

  #refuse(now: string, advice: Remedy, row: FaultyRow): never {
    const { name, category, origin } = this.field;
    throw new RowFault(
      `the field ${JSON.stringify(name)} is ${now}, but ${categoryName(category)} by ${origin}`,
      advice,
      { path: row.path(name), part: "value" },
      { code: "field-type", kind: this.#rules.kind, field: name },
    );
  }

  get #isDeclared(): boolean {
    return this.#rules.layout !== undefined;
  }
}

/** The binary32 that a decimal spells, else the number itself, which is then refused. */
function nearestBinary32(value: number): number {
  return binary32Digits(value) > 0 ? Math.fround(value) : value;
}
