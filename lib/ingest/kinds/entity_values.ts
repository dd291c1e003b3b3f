import type { FieldValue } from "../../core/state/schema.ts";
import { setOwn } from "../../core/state/set_own.ts";
import type { EntityState } from "../../core/state/state.ts";
import { integerOf, isTextual, type ValueCategory } from "../../schema/value_category.ts";

/** Rows that an entity has place for. */
const ROWS = 3;

/** Fields of a kind, and the values of the row at hand. */
export interface ValueTable {
  /** Name of the kind. */
  readonly name: string;
  /** The fields. */
  readonly fields: readonly { readonly name: string; readonly category: ValueCategory }[];
  /** Indexes of the fields that have texts. */
  readonly textPlaces: readonly number[];
  /** 1 for a field that has texts, for loops: engines compare categories far slower. */
  readonly hasText: Uint8Array;
  /** Fields that entities have to have room for: at least one, and as many as there are. */
  readonly room: number;
  /** Another number whenever fields come, go, or change. */
  readonly version: number;
  /** Entities that began, some of them again. */
  entities: number;
  /**
   * Values: a number, 1 or 0 for a truth value, 0 for a text, NaN for what is absent, the nearest
   * number to an integer of 64 bits.
   */
  readonly numbers: Float64Array;
  /** Texts, and the digits of integers above 2^53 - 1; empty where there is none. */
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
  numbers: Float64Array;
  /** Three rows of texts; none where the kind has no texts. */
  texts: string[];
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
  #room: number;
  /** Version of the table that there is room for. */
  #version: number;

  /** Entity without values. */
  constructor(id: number, table: ValueTable) {
    const { room } = table;
    this.id = id;
    this.table = table;
    this.numbers = new Float64Array(room * ROWS).fill(NaN);
    this.texts = table.textPlaces.length === 0 ? [] : new Array<string>(room * ROWS).fill("");
    this.beforeAt = room;
    this.#stagedAt = room * 2;
    this.#room = room;
    this.#version = table.version;
  }

  /** Makes room for the fields that the table has by now, which are absent in the rows so far. */
  fit(): void {
    if (this.#version !== this.table.version) this.#fit();
  }

  #fit(): void {
    const { room, textPlaces, version } = this.table;
    this.#version = version;
    const before = this.#room;
    const hasTexts = this.texts.length > 0;
    if (hasTexts) this.#clearTexts();
    if (room === before && (hasTexts || textPlaces.length === 0)) return;
    const { numbers, texts } = this;
    this.numbers = new Float64Array(room * ROWS).fill(NaN);
    this.texts = textPlaces.length === 0 ? [] : new Array<string>(room * ROWS).fill("");
    for (let row = 0; row < ROWS; row++) {
      for (let i = 0; i < before; i++) {
        this.numbers[row * room + i] = numbers[row * before + i]!;
        if (hasTexts) this.texts[row * room + i] = texts[row * before + i]!;
      }
    }
    this.at = this.at / before * room;
    this.beforeAt = this.beforeAt / before * room;
    this.#stagedAt = this.#stagedAt / before * room;
    this.#room = room;
  }

  /** Forgets the texts that a row that was taken back had where there are other fields by now. */
  #clearTexts(): void {
    const { hasText } = this.table;
    for (let at = 0; at < this.texts.length; at++) {
      if (hasText[at % this.#room] === 0) this.texts[at] = "";
    }
  }

  /** True when the row of the table is the same as the last one that was taken. */
  isRepeated(): boolean {
    const { numbers, texts, at } = this;
    const row = this.table;
    for (let i = 0; i < row.fields.length; i++) {
      const value = row.numbers[i]!;
      const old = numbers[at + i]!;
      if (value !== old ? value === value || old === old : value === 0 && 1 / value !== 1 / old) {
        return false;
      }
    }
    for (let t = 0; t < row.textPlaces.length; t++) {
      const i = row.textPlaces[t]!;
      if (row.texts[i] !== texts[at + i]) return false;
    }
    return true;
  }

  /** Copies the row of the table, which becomes the entity's when that is taken. */
  stage(): void {
    const { numbers, texts, textPlaces } = this.table;
    const to = this.#stagedAt;
    const own = this.numbers;
    // Behind the fields there is nothing, so that a row that is taken back leaves nothing there.
    for (let i = 0, room = this.#room; i < room; i++) own[to + i] = numbers[i]!;
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

  /** Takes the row that was staged in place of the last one, of the same frame. */
  takeAgain(): void {
    const free = this.at;
    this.at = this.#stagedAt;
    this.#stagedAt = free;
    this.state = undefined;
  }

  /**
   * A field of which the row of the table says something else than the last one that was taken.
   *
   * @param given which fields the row has
   * @param isOld true for a last row whose values may be those of the frame before, which nobody said
   */
  contradiction(given: Uint8Array, isOld: boolean): number | undefined {
    const { numbers, texts, at, beforeAt } = this;
    const row = this.table;
    for (let i = 0; i < row.fields.length; i++) {
      const number = numbers[at + i]!;
      if (given[i] === 0 || number !== number) continue;
      const [text, before] = [texts[at + i] ?? "", texts[beforeAt + i] ?? ""];
      const isLeft = isOld && Object.is(number, numbers[beforeAt + i]) && text === before;
      if (isLeft || (Object.is(number, row.numbers[i]) && text === row.texts[i])) continue;
      return i;
    }
    return undefined;
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
      const text = isTextual(category) ? this.texts[this.at + i]! : "";
      setOwn(object, name, valueOf(category, number, text));
    }
    return object;
  }
}

/** A value as objects have it. */
export function valueOf(category: ValueCategory, number: number, text: string): FieldValue {
  if (category === "integer64") return integerOf(number, text);
  if (category === "number") return number;
  return category === "text" ? text : number === 1;
}
