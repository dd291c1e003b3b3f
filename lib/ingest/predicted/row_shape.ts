import type { KindTable } from "../kinds/kind_table.ts";
import type { RowKeys } from "../rows/flat_row.ts";
import { findLeaves, type JsonLeaf } from "./json_leaves.ts";
import { readNumber } from "./json_number.ts";
import { startsWith, type TextCache } from "./text_cache.ts";

/** Forms of values, as numbers: engines compare texts far slower. */
const NUMBER = 0;
const TEXT = 1;
const BOOLEAN = 2;
const DESPAWN = 3;
/** A value that is the same in every row of the shape, and so a part of what stands around it. */
const FIXED = 4;

const FORMS = { number: NUMBER, text: TEXT, boolean: BOOLEAN } as const;
const [TRUE, FALSE, NULL] = ["true", "false", "null"].map((word) => new TextEncoder().encode(word));

const OBJECT = 0x7b;

/** Where a shape keeps what of a row is no field, behind the values of the fields. */
const FRAME = 0;
const TIME = 1;
const ID = 2;

/** A value of a row and where it goes. */
interface Slot {
  readonly form: number;
  /** Place of the value in the row of the table, or behind it. */
  readonly place: number;
  readonly isOptional: boolean;
}

/**
 * Rows of one kind that have the same keys in the same order, with the same bytes between their
 * values: all that a row can then be is its values.
 */
export class RowShape {
  /** Table of the rows' kind, which takes the values of a row. */
  readonly table: KindTable;
  /** Which fields the rows have. */
  readonly given: Uint8Array;
  /** Kind that the rows name; undefined when they name none. */
  readonly kind: string | undefined;
  /** Shape of the row that came next the last time. */
  next: RowShape = this;
  /** Despawn mark of the row; undefined when it has none. */
  despawn: boolean | undefined;
  readonly #slots: readonly Slot[];
  /** What stands before each value, and behind the last. */
  readonly #between: Uint8Array;
  readonly #ends: Uint32Array;
  readonly #texts: TextCache;
  readonly #hasTime: boolean;

  private constructor(
    table: KindTable,
    kind: string | undefined,
    slots: readonly Slot[],
    between: readonly Uint8Array[],
    texts: TextCache,
  ) {
    const count = table.fields.length;
    this.table = table;
    this.kind = kind;
    this.#slots = slots;
    this.#texts = texts;
    this.#hasTime = slots.some(({ place }) => place === count + TIME);
    this.given = new Uint8Array(count);
    for (const { form, place } of slots) if (form < DESPAWN && place < count) this.given[place] = 1;
    let end = 0;
    this.#ends = Uint32Array.from(between, (bytes) => end += bytes.length);
    this.#between = new Uint8Array(end);
    between.forEach((bytes, i) => this.#between.set(bytes, this.#ends[i]! - bytes.length));
  }

  /**
   * Shape of a row that was read and taken.
   *
   * @param bytes text that holds the row
   * @param at first byte of its object
   * @returns undefined when there is no telling the shape of rows like this one
   */
  static of(
    bytes: Uint8Array,
    at: number,
    table: KindTable,
    keys: RowKeys,
    texts: TextCache,
  ): RowShape | undefined {
    const found = bytes[at] === OBJECT ? findLeaves(bytes, at) : undefined;
    if (found === undefined) return undefined;
    const slots: Slot[] = [];
    const between: Uint8Array[] = [];
    let kind: string | undefined;
    let from = at;
    for (const leaf of found.leaves) {
      const slot = slotOf(leaf, table, keys);
      if (slot === undefined) return undefined;
      if (slot.form === FIXED) {
        if (texts.read(bytes, leaf.at) !== leaf.end) return undefined;
        kind = texts.text;
        continue;
      }
      slots.push(slot);
      between.push(bytes.slice(from, leaf.at));
      from = leaf.end;
    }
    between.push(bytes.slice(from, found.end));
    return new RowShape(table, kind, slots, between, texts);
  }

  /** Frame of the row that was read. */
  get frame(): number {
    return this.table.numbers[this.table.fields.length + FRAME]!;
  }

  /** Time of the row that was read; undefined when it has none. */
  get time(): number | undefined {
    return this.#hasTime ? this.table.numbers[this.table.fields.length + TIME]! : undefined;
  }

  /** Id of the row that was read. */
  get id(): number {
    return this.table.numbers[this.table.fields.length + ID]!;
  }

  /**
   * Reads an object into the row of the table.
   *
   * @param bytes text in which a newline follows
   * @param at first byte of the object
   * @returns place after the object; -1 when it has another shape, or a value that has to be looked
   *   at more closely
   */
  read(bytes: Uint8Array, at: number): number {
    const slots = this.#slots;
    const between = this.#between;
    const ends = this.#ends;
    const { numbers } = this.table;
    let b = 0;
    for (let s = 0; s < slots.length; s++) {
      for (const end = ends[s]!; b < end; b++) if (bytes[at++] !== between[b]) return -1;
      const { form, place, isOptional } = slots[s]!;
      let end: number;
      if (form === NUMBER) end = readNumber(bytes, at, numbers, place);
      else if (form === TEXT) end = this.#readText(bytes, at, place);
      else end = this.#readWord(bytes, at, form, place);
      if (end < 0) {
        if (!isOptional || !startsWith(bytes, at, NULL!)) return -1;
        this.table.clear(place);
        end = at + NULL!.length;
      }
      at = end;
    }
    for (; b < between.length; b++) if (bytes[at++] !== between[b]) return -1;
    return at;
  }

  #readText(bytes: Uint8Array, at: number, place: number): number {
    const end = this.#texts.read(bytes, at);
    if (end < 0) return -1;
    this.table.texts[place] = this.#texts.text;
    this.table.numbers[place] = 0;
    return end;
  }

  #readWord(bytes: Uint8Array, at: number, form: number, place: number): number {
    const isTrue = startsWith(bytes, at, TRUE!);
    if (!isTrue && !startsWith(bytes, at, FALSE!)) return -1;
    if (form === DESPAWN) this.despawn = isTrue;
    else this.table.numbers[place] = isTrue ? 1 : 0;
    return at + (isTrue ? TRUE! : FALSE!).length;
  }
}

function slotOf({ path }: JsonLeaf, table: KindTable, keys: RowKeys): Slot | undefined {
  const count = table.fields.length;
  const isOptional = false;
  if (path === keys.frame) return { form: NUMBER, place: count + FRAME, isOptional };
  if (path === keys.time) return { form: NUMBER, place: count + TIME, isOptional };
  if (path === keys.id) return { form: NUMBER, place: count + ID, isOptional };
  if (path === keys.kind) return { form: FIXED, place: 0, isOptional };
  if (path === keys.despawn) return { form: DESPAWN, place: 0, isOptional };
  const place = table.indexOf(path);
  if (place === undefined) return undefined;
  const field = table.fields[place]!;
  if (field.category === "integer64") return undefined;
  return { form: FORMS[field.category], place, isOptional: field.isOptional };
}
