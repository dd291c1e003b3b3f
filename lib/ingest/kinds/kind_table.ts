import { optionKey, remedy } from "../../core/remedy.ts";
import { RowLayout } from "../../core/state/row_layout.ts";
import type { FieldValue, Kind } from "../../core/state/schema.ts";
import { setOwn } from "../../core/state/set_own.ts";
import type { EntityState } from "../../core/state/state.ts";
import { closedKind } from "../../schema/open_enum.ts";
import type { Density } from "../input/density.ts";
import { excerpt } from "../input/excerpt.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";
import { clash, type FlatRow } from "../rows/flat_row.ts";
import { FieldCheck, OPTIONAL_REMEDY, type TableField } from "./field_check.ts";
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
 * Field set of one kind: checks rows against it and makes states of them, with the fields in the
 * order of the table, so that all states of a kind have the same shape.
 */
export class KindTable {
  /** Name of the kind. */
  readonly name: string;
  /** Watches the values for notes; undefined when nobody asked for notes. */
  readonly watch: KindWatch | undefined;
  readonly #fields: readonly TableField[];
  readonly #checks: readonly FieldCheck[];
  readonly #origin: string;
  readonly #indexes: ReadonlyMap<string, number>;
  /** Values of the row at hand, by field, null for one that it says is absent. */
  readonly #values: (FieldValue | null | undefined)[];

  /** Table of a kind. */
  constructor({ name, fields, origin, budget, declared, watch }: KindTableParts) {
    this.name = name;
    this.watch = watch;
    this.#fields = fields;
    this.#origin = origin;
    // An enum without values is open: it has nothing to check against.
    const layout = declared && new RowLayout(closedKind(declared));
    const scratch = new Int32Array(layout?.stride ?? 0);
    const rules = { origin, budget, copies: new TextCopies(), layout, scratch };
    this.#checks = fields.map((field, i) => new FieldCheck(field, i, rules));
    this.#indexes = new Map(fields.map((field, i) => [field.name, i]));
    this.#values = new Array<FieldValue | null | undefined>(fields.length).fill(undefined);
  }

  /**
   * State of an entity from a row.
   *
   * @param before state of the same entity and kind at the frame before, if any; it is returned
   *   itself when nothing changed
   * @param density sparse when a field that the row lacks keeps its value of `before`
   * @throws {RowFault} when the row does not fit
   */
  state(
    row: FlatRow,
    id: number,
    before: EntityState | undefined,
    density: Density,
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
        if (density === "sparse" && before !== undefined) values[i] = old;
        else if (!isOptional) this.#refuseMissing(name, density);
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
      values[i] = this.#checks[i]!.read(row, r);
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
