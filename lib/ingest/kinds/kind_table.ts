import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import { RowLayout } from "../../core/state/row_layout.ts";
import type { Field, FieldValue, Kind } from "../../core/state/schema.ts";
import type { EntityState } from "../../core/state/state.ts";
import { type Category, cellValue } from "../rows/csv_cell.ts";
import { inexactNumber, isSurelyExact } from "../rows/exact_number.ts";
import { clash, type FlatRow } from "../rows/flat_row.ts";
import { excerpt } from "../input/input_error.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { binary32Digits } from "./binary32_decimal.ts";
import { markRemedy } from "../input/decimal_mark.ts";
import type { KindWatch } from "./kind_watch.ts";
import { RowFault } from "../input/row_fault.ts";
import { refuseLongText, type TextBudget } from "./text_budget.ts";
import { TextCopies } from "./text_copies.ts";
import { isNumberText } from "./text_facts.ts";

/** Field of a kind as rows are checked against it. */
export interface TableField {
  /** Dotted name. */
  readonly name: string;
  /** What every value of it is. */
  readonly category: Category;
  /** True when a row may lack it. */
  readonly isOptional: boolean;
  /** True for an enum that lists no texts, which are counted against the limits. */
  readonly isOpenEnum: boolean;
}

const OPTIONAL_REMEDY = remedy`declare it with "optional": true in a ${optionKey("schema")} file`;
/** What makes null a value that a field may have. */
export const NULL_REMEDY: Remedy = remedy`${OPTIONAL_REMEDY}, where null is absence`;
const NO_NUMBER = /^\s*[+-]?(?:nan|inf|infinity|nan\(.*\)|1\.#.*)\s*$/i;

/**
 * Field set of one kind: checks rows against it and makes states of them, with the fields in the
 * order of the table, so that all states of a kind have the same shape.
 */
export class KindTable {
  /** Name of the kind. */
  readonly name: string;
  readonly #fields: readonly TableField[];
  readonly #origin: string;
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #budget: TextBudget;
  readonly #texts: readonly Set<string>[];
  readonly #copies = new TextCopies();
  /** Values of the row at hand, by field, null for one that it says is absent. */
  readonly #values: (FieldValue | null | undefined)[];
  readonly #layout: RowLayout | undefined;
  readonly #scratch: Int32Array;
  /** Watches the values for notes; undefined when nobody asked for notes. */
  readonly watch: KindWatch | undefined;

  /**
   * Table of a kind.
   *
   * @param origin where the field set comes from, for messages: "line 3" or "the schema"
   * @param declared kind of a schema that values must fit; undefined without a schema
   * @param watch undefined where no notes are asked for
   */
  constructor(
    name: string,
    fields: readonly TableField[],
    origin: string,
    budget: TextBudget,
    declared?: Kind,
    watch?: KindWatch,
  ) {
    this.name = name;
    this.watch = watch;
    this.#fields = fields;
    this.#origin = origin;
    this.#budget = budget;
    this.#indexes = new Map(fields.map((field, i) => [field.name, i]));
    this.#texts = fields.map(() => new Set());
    this.#values = new Array<FieldValue | null | undefined>(fields.length).fill(undefined);
    // An enum without values is open: it has nothing to check against.
    this.#layout = declared && new RowLayout({
      name: declared.name,
      fields: declared.fields.map((field) => isOpen(field) ? { ...field, values: [] } : field),
    });
    this.#scratch = new Int32Array(this.#layout?.stride ?? 0);
  }

  /**
   * State of an entity from a row.
   *
   * @param before state of the same entity and kind at the frame before, if any; it is returned
   *   itself when nothing changed
   * @param isPartial true when a field that the row lacks keeps its value of `before`
   * @throws {RowFault} when the row does not fit
   */
  state(
    row: FlatRow,
    id: number,
    before: EntityState | undefined,
    isPartial: boolean,
  ): EntityState {
    this.#place(row);
    const fields = this.#fields;
    const values = this.#values;
    let isSame = before !== undefined;
    for (let i = 0; i < fields.length; i++) {
      const { name, isOptional } = fields[i]!;
      const isThere = before !== undefined && (!isOptional || Object.hasOwn(before.fields, name));
      const old = isThere ? before.fields[name] : undefined;
      if (values[i] === null) values[i] = undefined;
      else if (values[i] === undefined) {
        if (isPartial && before !== undefined) values[i] = old;
        else if (!isOptional) this.#refuseMissing(name, isPartial);
      }
      if (isSame && !Object.is(values[i], old)) isSame = false;
    }
    if (isSame) return before!;
    this.watch?.add(values);
    const object: Record<string, FieldValue> = {};
    for (let i = 0; i < fields.length; i++) {
      const value = values[i];
      if (value !== undefined) setOwn(object, fields[i]!.name, value!);
    }
    return { id, kind: this.name, fields: object };
  }

  /** True when an object's keys are just those that rows of the kind have for fields. */
  hasFieldKeys(keys: readonly string[]): boolean {
    const roots = new Set(this.#fields.map(({ name }) => name.split(".")[0]!));
    return keys.length > 0 && keys.length === roots.size && keys.every((key) => roots.has(key));
  }

  /** Puts the row's values in the order of the table. */
  #place(row: FlatRow): void {
    const { names, count } = row;
    const fields = this.#fields;
    const values = this.#values;
    values.fill(undefined);
    for (let r = 0; r < count; r++) {
      const name = names[r]!;
      // Rows of a stream mostly have their keys in the same order.
      let i = r;
      if (r >= fields.length || fields[r]!.name !== name) {
        const index = this.#indexes.get(name);
        if (index === undefined) {
          if (row.values[r] === null && this.#clearNested(name)) continue;
          this.#refuseExtra(row, name);
        }
        i = index;
      }
      if (values[i] !== undefined) throw clash(row.path(name), name);
      values[i] = this.#check(row, r, i);
    }
  }

  /** Null in place of an object: all of its fields are absent, if they may be. */
  #clearNested(name: string): boolean {
    const prefix = `${name}.`;
    const fields = this.#fields;
    const nested = [...fields.keys()].filter((i) => fields[i]!.name.startsWith(prefix));
    if (!nested.every((i) => fields[i]!.isOptional)) return false;
    for (const i of nested) this.#values[i] ??= null;
    return nested.length > 0;
  }

  #check(row: FlatRow, r: number, i: number): FieldValue | null {
    const { category, isOpenEnum, isOptional } = this.#fields[i]!;
    let value = row.values[r];
    if (value === null && isOptional) return null;
    if (row.isCells) value = cellValue(value as string, category, row.mark);
    else if (this.#layout !== undefined && category === "number" && typeof value === "string") {
      value = this.#spelledNumber(row, r, value);
    }
    const type = typeof value;
    if (type !== TYPES[category]) this.#refuseType(row, r, i);
    if (typeof value === "number" && !isSurelyExact(value)) refuseInexact(row, r, value);
    if (category === "text") {
      refuseLongText(row, r, value as string);
      // A cell is a view into all the input around it, which must not outlive it.
      if (row.isCells) value = this.#copies.own(value as string);
    }
    if (isOpenEnum) this.#budget.count(this.#texts[i]!, value as string, row, r);
    else if (this.#layout !== undefined) {
      if (this.#layout.kind.fields[i]!.type === "f32") value = nearestBinary32(value as number);
      this.#refuseUnfit(row, i, value as FieldValue);
    }
    return value as FieldValue;
  }

  /** Number of a text that spells one, as writers of 64-bit integers send them; else the text. */
  #spelledNumber(row: FlatRow, r: number, text: string): FieldValue {
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

  #refuseUnfit(row: FlatRow, i: number, value: FieldValue): void {
    // Any text fits, and a layout would keep it.
    if (this.#layout!.kind.fields[i]!.type === "text") return;
    try {
      this.#layout!.set(this.#scratch, 0, i, value);
    } catch (error) {
      const name = this.#fields[i]!.name;
      const reason = (error as Error).message.replace(/^Cannot store .*?: (?=the value is)/s, "");
      throw new RowFault(
        `the field ${JSON.stringify(name)} does not fit the schema: ${reason}`,
        remedy`change the field's type in the ${optionKey("schema")} file`,
        { path: row.path(name), part: "value" },
      );
    }
  }

  #refuseType(row: FlatRow, r: number, i: number): never {
    const { name, category } = this.#fields[i]!;
    const value = row.values[r];
    const isNoNumber = typeof value === "string" && NO_NUMBER.test(value);
    const mark = row.isCells && category === "number"
      ? markRemedy(value as string, row.mark)
      : undefined;
    const isSpelled = !row.isCells && category === "number" && typeof value === "string" &&
      isNumberText(value);
    const advice = mark !== undefined
      ? mark
      : isSpelled
      ? remedy`declare it as a number in a ${
        optionKey("schema")
      } file, which takes both, or give the other another name`
      : value === null
      ? NULL_REMEDY
      : isNoNumber
      ? remedy`a field has no ${value.trim()}: leave it out where there is no value and ${OPTIONAL_REMEDY}`
      : row.isCells && category !== "text"
      ? remedy`a field keeps its type: declare it as an enum in a ${
        optionKey("schema")
      } file to have texts`
      : remedy`a field keeps its type: give the other one another name`;
    const target = { path: row.path(name), part: "value" } as const;
    const now = row.isCells ? `the cell ${excerpt(value)}` : describe(value);
    throw new RowFault(
      `the field ${JSON.stringify(name)} is ${now}, but a ${category} by ${this.#origin}`,
      advice,
      target,
    );
  }

  #refuseExtra(row: FlatRow, name: string): never {
    throw new RowFault(
      `the kind ${excerpt(this.name)} has no field ${excerpt(name)} by ${this.#origin}`,
      OPTIONAL_REMEDY,
      { path: row.path(name), part: "key" },
    );
  }

  #refuseMissing(name: string, isPartial: boolean): never {
    const what = isPartial ? "the first row of an entity" : "the row";
    throw new RowFault(
      `${what} lacks the field ${excerpt(name)}, which the kind ${
        excerpt(this.name)
      } has by ${this.#origin}`,
      isPartial
        ? remedy`send all fields when an entity appears, or ${OPTIONAL_REMEDY}`
        : remedy`${OPTIONAL_REMEDY}, or use ${optionKey("sparse")} if rows hold only what changed`,
    );
  }
}

const TYPES = { number: "number", boolean: "boolean", text: "string" } as const;

/** True for an enum that lists no values, which takes any text. */
export function isOpen(field: Field): boolean {
  return field.type === "enum" && field.values === undefined;
}

/** A value that can be no field at all, as messages put it. */
export function describe(value: unknown): string {
  return typeof value === "string" ? `the text ${excerpt(value)}` : excerpt(value);
}

/** Refuses a number that is not what the input spells. @throws {RowFault} */
export function refuseInexact(row: FlatRow, r: number, value: number): void {
  const name = row.names[r]!;
  const fault = inexactNumber(value, row.literal(r));
  if (fault === undefined) return;
  const target = { path: row.path(name), part: "value" } as const;
  throw new RowFault(`in the field ${JSON.stringify(name)} ${fault.problem}`, fault.remedy, target);
}

/** Refuses a name above the limit. @throws {RowFault} */
export function refuseLongName(row: FlatRow, name: string, what: string): void {
  if (name.length <= INPUT_LIMITS.nameLength) return;
  throw new RowFault(
    `the name of ${what} has ${name.length} characters, at most ${INPUT_LIMITS.nameLength} are kept`,
    remedy`shorten it`,
    { path: row.path(name), part: "key" },
  );
}

/** The binary32 that a decimal spells, else the number itself, which is then refused. */
function nearestBinary32(value: number): number {
  return binary32Digits(value) > 0 ? Math.fround(value) : value;
}

function setOwn(object: Record<string, FieldValue>, name: string, value: FieldValue): void {
  if (name !== "__proto__") object[name] = value;
  else {
    Object.defineProperty(object, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
}
