import { optionKey, remedy } from "../../core/remedy.ts";
import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import { assertSchema, type Field, type Schema } from "../../core/state/schema.ts";
import { closedKind, isOpenEnum } from "../../schema/open_enum.ts";
import { categoryOf, type ValueCategory } from "../../schema/value_category.ts";
import { cellCategory } from "../rows/csv_cell.ts";
import { clash, type FlatRow } from "../rows/flat_row.ts";
import { describe, excerpt } from "../input/excerpt.ts";
import { NULL_REMEDY, type TableField } from "./field_check.ts";
import { KindTable, refuseLongName } from "./kind_table.ts";
import type { InputNote } from "../input/input_note.ts";
import { KindWatch } from "./kind_watch.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { numberNotes } from "./number_notes.ts";
import { RowFault } from "../input/row_fault.ts";
import { TextBudget } from "./text_budget.ts";
import { detached } from "./text_copies.ts";

const FIELDS_WATCHED_MAX = 4096;

/** Field sets of all kinds: those of a schema, or those of each kind's first row. */
export class KindTables {
  readonly #tables = new Map<string, KindTable>();
  readonly #budget = new TextBudget();
  readonly #isDeclared: boolean;
  readonly #isWatching: boolean;
  #fieldsWatched = 0;
  /** Kinds whose first row is in a record that may still turn out to be bad. */
  readonly #unsettled: string[] = [];

  /**
   * Tables of a schema, or none yet.
   *
   * @param isWatching true to watch values for notes on what a schema would say better
   * @throws {SchemaError} when the schema cannot be used
   */
  constructor(schema: Schema | undefined, isWatching: boolean = false) {
    this.#isDeclared = schema !== undefined;
    this.#isWatching = isWatching;
    if (schema === undefined) return;
    assertSchema({ kinds: schema.kinds.map(closedKind) });
    for (const kind of schema.kinds) {
      const fields = kind.fields.map(declaredField);
      this.#tables.set(
        kind.name,
        new KindTable({
          name: kind.name,
          fields,
          origin: "the schema",
          budget: this.#budget,
          declared: kind,
        }),
      );
    }
  }

  /** Table of a row's kind; its first row makes it. @throws {RowFault} */
  of(kind: string, row: FlatRow): KindTable {
    return this.#tables.get(kind) ?? this.#define(kind, row);
  }

  /** True for an object that has just the keys of a state, besides some that are none of its own. */
  isLikeState(object: object, kind: string, others: readonly string[]): boolean {
    const keys = Object.keys(object).filter((key) => !others.includes(key));
    return this.#tables.get(kind)?.hasFieldKeys(keys) === true;
  }

  /** Notes on the values of all kinds so far. */
  notes(): InputNote[] {
    const watches = [...this.#tables.values()].flatMap(({ name, watch }) =>
      watch === undefined ? [] : [[name, watch] as const]
    );
    return numberNotes(watches);
  }

  /** Keeps the tables that were made since the last call. */
  settle(): void {
    this.#unsettled.length = 0;
  }

  /** Forgets the tables that were made since the last {@linkcode KindTables.settle}. */
  unsettle(): void {
    for (const kind of this.#unsettled) this.#tables.delete(kind);
    this.#unsettled.length = 0;
  }

  #define(kind: string, row: FlatRow): KindTable {
    if (this.#isDeclared) {
      const names = [...this.#tables.keys()].slice(0, 8).map(excerpt).join(", ");
      throw new RowFault(
        `the schema has no kind ${excerpt(kind)}, only ${names}`,
        remedy`add the kind to the ${optionKey("schema")} file`,
      );
    }
    if (this.#tables.size >= INPUT_LIMITS.kinds) {
      throw new RowFault(
        `there are more than ${INPUT_LIMITS.kinds} kinds`,
        remedy`${optionKey("kindKey")} names the key that holds an entity's type`,
      );
    }
    refuseLongName(row, kind, "the kind");
    const fields = new Map<string, TableField>();
    for (let r = 0; r < row.count; r++) {
      const name = row.names[r]!;
      refuseLongName(row, name, "a field");
      if (fields.has(name)) throw clash(row.path(name), name);
      const category = row.form === "cells"
        ? cellCategory(row.values[r] as string, row.mark)
        : valueCategory(row, r);
      fields.set(name, { name, category, isOptional: false, isOpenEnum: false });
      if (fields.size > MASK_FIELDS_MAX) this.#refuseFieldCount(kind, row);
    }
    const list = [...fields.values()];
    const watch = this.#watchOf(list, row);
    const name = detached(kind);
    const table = new KindTable({
      name,
      fields: list,
      origin: `line ${row.line}`,
      budget: this.#budget,
      watch,
    });
    this.#tables.set(name, table);
    this.#unsettled.push(name);
    return table;
  }

  /** Watch over the fields of a kind; none over those of thousands, which cost memory. */
  #watchOf(fields: readonly TableField[], row: FlatRow): KindWatch | undefined {
    if (!this.#isWatching || this.#fieldsWatched >= FIELDS_WATCHED_MAX) return undefined;
    this.#fieldsWatched += fields.length;
    return new KindWatch(fields, row.values, row.form);
  }

  #refuseFieldCount(kind: string, row: FlatRow): never {
    throw new RowFault(
      `the kind ${excerpt(kind)} has ${row.count} fields, at most ${MASK_FIELDS_MAX} fit`,
      remedy`split the entity into two, each with its own id and kind`,
      { path: row.path(row.names[MASK_FIELDS_MAX]!), part: "key" },
    );
  }
}

function valueCategory(row: FlatRow, r: number): ValueCategory {
  const value = row.values[r];
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return "text";
  const name = row.names[r]!;
  throw new RowFault(
    `the field ${JSON.stringify(name)} is ${
      describe(value)
    }, expected a number, a truth value or a text`,
    NULL_REMEDY,
    { path: row.path(name), part: "value" },
  );
}

function declaredField(field: Field): TableField {
  return {
    name: field.name,
    category: categoryOf(field),
    isOptional: field.optional === true,
    isOpenEnum: isOpenEnum(field),
  };
}
