import type { FieldValue } from "../../core/state/schema.ts";
import { setOwn } from "../../core/state/set_own.ts";
import type { EntityState } from "../../core/state/state.ts";
import type { ValueCategory } from "../../schema/value_category.ts";

/** Fields of a kind, and the values of the row at hand. */
export interface ValueTable {
  /** Name of the kind. */
  readonly name: string;
  /** The fields. */
  readonly fields: readonly { readonly name: string; readonly category: ValueCategory }[];
  /** Indexes of the fields that are texts. */
  readonly textPlaces: readonly number[];
  /** Values: a number, 1 or 0 for a truth value, 0 for a text, NaN for what is absent. */
  readonly numbers: Float64Array;
  /** Texts; empty where there is none. */
  readonly texts: string[];
  /** Index of a field; undefined when there is none of the name. */
  indexOf(name: string): number | undefined;
}

/**
 * Values of one entity that lives, as its table has them: those of its last row, those before, and
 * those of a row that is not taken yet.
 */
export class EntityValues {
  /** The entity; settled when its first row is taken. */
  id: number;
  /** Table of its kind. */
  readonly table: ValueTable;
  /** Three rows of numbers, as {@linkcode ValueTable.numbers} has them. */
  readonly numbers: Float64Array;
  /** Three rows of texts; none where the kind has no texts. */
  readonly texts: string[];
  /** First place of the values, and of those before them. */
  at = 0;
  beforeAt: number;
  /** Ordinals of the frames of its first row, its last one, and the last one that changed it. */
  bornAt = -1;
  rowAt = -1;
  changedAt = -1;
  /** True once another entity has its id. */
  isReplaced = false;
  /** The values as an object, once it was made. */
  state: EntityState | undefined;
  #stagedAt: number;

  /** Entity without values. */
  constructor(id: number, table: ValueTable) {
    const count = table.fields.length;
    this.id = id;
    this.table = table;
    this.numbers = new Float64Array(count * 3);
    this.texts = table.textPlaces.length === 0 ? [] : new Array<string>(count * 3).fill("");
    this.beforeAt = count;
    this.#stagedAt = count * 2;
  }

  /** Copies the row of the table, which becomes the entity's when that is taken. */
  stage(): void {
    const { numbers, texts, textPlaces, fields } = this.table;
    const to = this.#stagedAt;
    for (let i = 0; i < fields.length; i++) this.numbers[to + i] = numbers[i]!;
    for (let i = 0; i < textPlaces.length; i++) {
      this.texts[to + textPlaces[i]!] = texts[textPlaces[i]!]!;
    }
  }

  /** Takes the row that was staged. */
  take(): void {
    const free = this.beforeAt;
    this.beforeAt = this.at;
    this.at = this.#stagedAt;
    this.#stagedAt = free;
    this.state = undefined;
  }

  /** The values as an object; the same one until they change. */
  object(): EntityState {
    return this.state ??= { id: this.id, kind: this.table.name, fields: this.#fields() };
  }

  #fields(): Record<string, FieldValue> {
    const object: Record<string, FieldValue> = {};
    const { fields } = this.table;
    for (let i = 0; i < fields.length; i++) {
      const { name, category } = fields[i]!;
      const number = this.numbers[this.at + i]!;
      if (number !== number) continue;
      const text = category === "text" || category === "integer64" ? this.texts[this.at + i]! : "";
      setOwn(object, name, valueOf(category, number, text));
    }
    return object;
  }
}

/** A value as objects have it. */
export function valueOf(category: ValueCategory, number: number, text: string): FieldValue {
  if (category === "integer64") return BigInt(text);
  if (category === "number") return number;
  return category === "text" ? text : number === 1;
}
