import { optionKey, remedy } from "../../core/remedy.ts";
import { RowLayout } from "../../core/state/row_layout.ts";
import type { FieldValue, Kind } from "../../core/state/schema.ts";
import { closedKind } from "../../schema/open_enum.ts";
import type { Density } from "../input/density.ts";
import { excerpt } from "../input/excerpt.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";
import { clash, type FlatRow } from "../rows/flat_row.ts";
import { FieldCheck, OPTIONAL_REMEDY, type TableField } from "./field_check.ts";
import { type EntityValues, valueOf, type ValueTable } from "./entity_values.ts";
import type { KindWatch } from "./kind_watch.ts";
import type { TextBudget } from "./text_budget.ts";
import { TextCopies } from "./text_copies.ts";

/** What a table is made of. */
export interface KindTableParts {
  /** Name of the kind. */
  readonly name: string;
  /** Its fields. */
  readonly fields: readonly TableField[];
  /** Where the field set comes from, for messages: "line 3" or "the schema". */
  readonly origin: string;
  /** Bound on the texts of open enums. */
  readonly budget: TextBudget;
  /** Kind of a schema that values must fit; undefined without a schema. */
  readonly declared?: Kind | undefined;
  /** Watch over the values; undefined where no notes are asked for. */
  readonly watch?: KindWatch | undefined;
}

/**
 * Field set of one kind: checks rows against it, and has the values of the row at hand in the order
 * of its fields.
 */
export class KindTable implements ValueTable {
  /** Name of the kind. */
  readonly name: string;
  /** Watches the values for notes; undefined when nobody asked for notes. */
  readonly watch: KindWatch | undefined;
  /** The fields. */
  readonly fields: readonly TableField[];
  /** Indexes of the fields that are texts. */
  readonly textPlaces: readonly number[];
  /** Values of the row at hand; behind them is room for three numbers of it that are no fields. */
  readonly numbers: Float64Array;
  /** Its texts; empty where there is none. */
  readonly texts: string[];
  readonly #checks: readonly FieldCheck[];
  readonly #origin: string;
  readonly #isDeclared: boolean;
  readonly #indexes: ReadonlyMap<string, number>;
  /** Which fields the row has, absent ones included. */
  readonly #given: Uint8Array;

  /** Table of a kind. */
  constructor({ name, fields, origin, budget, declared, watch }: KindTableParts) {
    this.name = name;
    this.watch = watch;
    this.fields = fields;
    this.textPlaces = [...fields.keys()].filter((i) => fields[i]!.category === "text");
    this.numbers = new Float64Array(fields.length + 3);
    this.texts = new Array<string>(fields.length).fill("");
    this.#origin = origin;
    this.#isDeclared = declared !== undefined;
    // An enum without values is open: it has nothing to check against.
    const layout = declared && new RowLayout(closedKind(declared));
    const scratch = new Int32Array(layout?.stride ?? 0);
    const rules = { origin, budget, copies: new TextCopies(), layout, scratch };
    this.#checks = fields.map((field, i) => new FieldCheck(field, i, rules));
    this.#indexes = new Map(fields.map((field, i) => [field.name, i]));
    this.#given = new Uint8Array(fields.length);
  }

  /** Index of a field; undefined when there is none of the name. */
  indexOf(name: string): number | undefined {
    return this.#indexes.get(name);
  }

  /**
   * Takes the values of a row.
   *
   * @returns which fields the row has, valid until the next row
   * @throws {RowFault} when the row does not fit
   */
  place(row: FlatRow): Uint8Array {
    const { names, count } = row;
    const { fields } = this;
    const given = this.#given.fill(0);
    for (let r = 0; r < count; r++) {
      const name = names[r]!;
      // Rows of a stream mostly have their keys in the same order.
      let i = r;
      if (r >= fields.length || fields[r]!.name !== name) {
        const index = this.#indexes.get(name);
        if (index === undefined) {
          if (row.values[r] === null && this.#clearNested(name, given)) continue;
          this.#refuseExtra(row, name);
        }
        i = index;
      }
      if (given[i] !== 0) throw clash(row.path(name), name);
      const value = this.#checks[i]!.read(row, r);
      given[i] = 1;
      if (value === null) this.clear(i);
      else this.#put(i, value);
    }
    return given;
  }

  /**
   * True when the values that were put in by others fit the fields, as those of a row that is taken
   * do; false where the row has to be looked at as a whole.
   */
  admits(given: Uint8Array): boolean {
    if (!this.#isDeclared) return true;
    for (let i = 0; i < given.length; i++) {
      const number = this.numbers[i]!;
      if (given[i] === 0 || number !== number) continue;
      const value = valueOf(this.fields[i]!.category, number, this.texts[i]!);
      const kept = this.#checks[i]!.kept(value);
      if (kept === undefined) return false;
      if (kept !== value) this.#put(i, kept);
    }
    return true;
  }

  /** Makes a field of the row at hand absent. */
  clear(i: number): void {
    this.numbers[i] = NaN;
    this.texts[i] = "";
  }

  /**
   * Completes the row at hand by what it lacks.
   *
   * @param given which fields it has
   * @param before the same entity as it was at the frame before, of this kind
   * @param density sparse when a field that the row lacks keeps its value of `before`
   * @returns true when it changes nothing
   * @throws {RowFault} when it lacks what it has to have
   */
  complete(given: Uint8Array, before: EntityValues | undefined, density: Density): boolean {
    for (let i = 0; i < given.length; i++) {
      if (given[i] !== 0) continue;
      this.clear(i);
      if (density === "sparse" && before !== undefined) {
        this.numbers[i] = before.numbers[before.at + i]!;
        if (before.texts.length > 0) this.texts[i] = before.texts[before.at + i]!;
      } else if (!this.fields[i]!.isOptional) this.#refuseMissing(this.fields[i]!.name, density);
    }
    if (before !== undefined && this.#repeats(before)) return true;
    this.watch?.add(this.numbers, this.texts);
    return false;
  }

  /** True when an object's keys are just those that rows of the kind have for fields. */
  hasFieldKeys(keys: readonly string[]): boolean {
    const roots = new Set(this.fields.map(({ name }) => name.split(".")[0]!));
    return keys.length > 0 && keys.length === roots.size && keys.every((key) => roots.has(key));
  }

  #repeats({ numbers, texts, at }: EntityValues): boolean {
    for (let i = 0; i < this.fields.length; i++) {
      const value = this.numbers[i]!;
      const old = numbers[at + i]!;
      if (value !== old ? value === value || old === old : value === 0 && 1 / value !== 1 / old) {
        return false;
      }
    }
    for (let t = 0; t < this.textPlaces.length; t++) {
      const i = this.textPlaces[t]!;
      if (this.texts[i] !== texts[at + i]) return false;
    }
    return true;
  }

  #put(i: number, value: FieldValue): void {
    if (typeof value === "string") {
      this.numbers[i] = 0;
      this.texts[i] = value;
    } else this.numbers[i] = Number(value);
  }

  /** Null in place of an object: all of its fields are absent, if they may be. */
  #clearNested(name: string, given: Uint8Array): boolean {
    const prefix = `${name}.`;
    const { fields } = this;
    const nested = [...fields.keys()].filter((i) => fields[i]!.name.startsWith(prefix));
    if (!nested.every((i) => fields[i]!.isOptional)) return false;
    for (const i of nested) {
      if (given[i] !== 0) continue;
      given[i] = 1;
      this.clear(i);
    }
    return nested.length > 0;
  }

  #refuseExtra(row: FlatRow, name: string): never {
    throw new RowFault(
      `the kind ${excerpt(this.name)} has no field ${excerpt(name)} by ${this.#origin}`,
      OPTIONAL_REMEDY,
      { path: row.path(name), part: "key" },
    );
  }

  #refuseMissing(name: string, density: Density): never {
    const field = `lacks the field ${excerpt(name)}, which the kind ${
      excerpt(this.name)
    } has by ${this.#origin}`;
    throw density === "sparse"
      ? new RowFault(
        `the first row of an entity ${field}`,
        remedy`send all fields when an entity appears, or ${OPTIONAL_REMEDY}`,
      )
      : new RowFault(
        `the row ${field}`,
        remedy`${OPTIONAL_REMEDY}, or use ${optionKey("sparse")} if rows hold only what changed`,
      );
  }
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
