import { OBJECT, QUOTE, startsWith } from "./json_bytes.ts";
import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import type { KindTable } from "../kinds/kind_table.ts";
import type { RowOutline } from "../kinds/placed_containers.ts";
import { vectorOf } from "../kinds/text_vectors.ts";
import type { RowKeys } from "../rows/flat_row.ts";
import type { RowContainers } from "../rows/row_containers.ts";
import { FixedBytes, WORD } from "./fixed_bytes.ts";
import { findLeaves } from "./json_leaves.ts";
import { readNumber, readWide } from "./json_number.ts";
import {
  DESPAWN,
  FRAME_PLACE,
  ID_PLACE,
  NUMBER,
  type Part,
  type Slot,
  slotOf,
  TEXT,
  TEXT_ID,
  TIME_PLACE,
  VECTOR,
  WIDE,
} from "./row_slot.ts";
import type { TextCache } from "./text_cache.ts";

const [TRUE, FALSE, NULL] = ["true", "false", "null"].map((word) => new TextEncoder().encode(word));

/**
 * Rows of one kind that have the same keys in the same order, with the same bytes between their
 * values: all that a row can then be is its values.
 */
export class RowShape {
  /** Table of the rows' kind, which takes the values of a row. */
  readonly table: KindTable;
  /** Which fields the rows have. */
  readonly given: Uint8Array = new Uint8Array(MASK_FIELDS_MAX);
  /** Kind that the rows name; undefined when they name none. */
  readonly kind: string | undefined;
  /** Shape of the row that came next the last time. */
  next: RowShape = this;
  /** Despawn mark of the row; undefined when it has none. */
  despawn: boolean | undefined;
  readonly #keys: RowKeys;
  readonly #parts: readonly Part[];
  readonly #hasTime: boolean;
  /** What all rows have: lists and empty objects, and null in the fields of these names. */
  readonly #row: RowOutline;
  readonly #nulls: readonly string[];
  /** Paths of all values, those that are null included. */
  readonly #names: readonly string[];
  /** What stands before each value, and behind the last. */
  readonly #between: FixedBytes;
  readonly #texts: TextCache;
  /** Version of the table that the slots are of. */
  #version = -1;
  #slots: readonly Slot[] = [];
  /** Form and place of each slot. */
  #forms: Uint8Array = new Uint8Array(0);
  #places: Uint8Array = new Uint8Array(0);
  /** Fields that every row has the same value in: lengths, and what is absent. */
  #constants: readonly (readonly [place: number, number: number])[] = [];
  /** False once there is no place for a value. */
  #isHeld = true;
  #textId = "";

  private constructor(
    table: KindTable,
    kind: string | undefined,
    keys: RowKeys,
    parts: readonly Part[],
    { between, containers, nulls }: ShapeFrame,
    texts: TextCache,
  ) {
    this.table = table;
    this.kind = kind;
    this.#keys = keys;
    this.#parts = parts;
    this.#hasTime = parts.some(({ path }) => path === keys.time);
    const names = parts.map(({ path }) => path);
    const count = names.length;
    this.#row = { names, count, containers, line: 0, form: "values", path: (name) => name };
    this.#nulls = nulls;
    this.#names = [...names, ...nulls];
    this.#texts = texts;
    this.#between = new FixedBytes(between);
  }

  /**
   * Shape of a row that was read and taken.
   *
   * @param bytes text that holds the row
   * @param at first byte of its object
   * @param tableOf table of the kind that the row names, if it does
   * @returns undefined when there is no telling the shape of rows like this one
   */
  static of(
    bytes: Uint8Array,
    at: number,
    tableOf: (kind: string | undefined) => KindTable | undefined,
    keys: RowKeys,
    texts: TextCache,
  ): RowShape | undefined {
    const found = bytes[at] === OBJECT ? findLeaves(bytes, at) : undefined;
    if (found === undefined) return undefined;
    let kind: string | undefined;
    const named = found.leaves.find(({ path }) => path === keys.kind);
    if (named !== undefined) {
      if (texts.read(bytes, named.at) !== named.end) return undefined;
      kind = texts.text;
    }
    const table = tableOf(kind);
    if (table === undefined) return undefined;
    const parts: Part[] = [];
    const between: Uint8Array[] = [];
    const nulls: string[] = [];
    let from = at;
    for (const leaf of found.leaves) {
      const { path } = leaf;
      if (leaf === named) continue;
      const part = { path, isText: bytes[leaf.at] === QUOTE };
      if (slotOf(part, table, keys) === undefined) {
        if (!startsWith(bytes, leaf.at, NULL!)) return undefined;
        nulls.push(path);
        continue;
      }
      parts.push(part);
      between.push(bytes.slice(from, leaf.at));
      from = leaf.end;
    }
    between.push(bytes.slice(from, found.end));
    const frame = { between, nulls, containers: found.containers };
    return new RowShape(table, kind, keys, parts, frame, texts);
  }

  /** Frame of the row that was read. */
  get frame(): number {
    return this.table.numbers[FRAME_PLACE]!;
  }

  /** Time of the row that was read; undefined when it has none. */
  get time(): number | undefined {
    return this.#hasTime ? this.table.numbers[TIME_PLACE]! : undefined;
  }

  /** Id of the row that was read. */
  get id(): number | string {
    return this.#textId || this.table.numbers[ID_PLACE]!;
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
    if (this.#version !== this.table.version) this.#fit();
    if (!this.#isHeld) return -1;
    const forms = this.#forms;
    const places = this.#places;
    const between = this.#between;
    const { lengths, words } = between;
    const view = between.viewOf(bytes);
    const { numbers } = this.table;
    const limit = bytes.length - WORD;
    let w = 0;
    for (let s = 0; s < forms.length; s++) {
      const last = at + lengths[s]! - WORD;
      if (last > limit) return -1;
      if (last >= at) {
        for (; at < last; at += WORD) if (view.getInt32(at, true) !== words[w++]) return -1;
        if (view.getInt32(last, true) !== words[w++]) return -1;
        at = last + WORD;
      } else {
        at = between.pass(s, bytes, at);
        if (at < 0) return -1;
      }
      const form = forms[s]!;
      let end: number;
      if (form === NUMBER) end = readNumber(bytes, at, numbers, places[s]!);
      else if (form === TEXT) end = this.#readText(bytes, at, places[s]!);
      else end = this.#readOther(bytes, at, this.#slots[s]!);
      if (end < 0) {
        const slot = this.#slots[s]!;
        if (!slot.isOptional || !startsWith(bytes, at, NULL!)) return -1;
        this.#clear(slot);
        end = at + NULL!.length;
      }
      at = end;
    }
    at = between.pass(forms.length, bytes, at);
    if (at < 0) return -1;
    const constants = this.#constants;
    for (let c = 0; c < constants.length; c++) {
      const [place, number] = constants[c]!;
      numbers[place] = number;
      this.table.texts[place] = "";
    }
    return at;
  }

  #readText(bytes: Uint8Array, at: number, place: number): number {
    const end = this.#texts.read(bytes, at);
    if (end < 0) return -1;
    this.table.texts[place] = this.#texts.text;
    this.table.numbers[place] = 0;
    return end;
  }

  #readOther(bytes: Uint8Array, at: number, slot: Slot): number {
    const { form } = slot;
    if (form === TEXT_ID) {
      const end = this.#texts.read(bytes, at);
      this.#textId = this.#texts.text;
      // An empty one is looked at with the whole line.
      return this.#textId === "" ? -1 : end;
    }
    if (form === WIDE) {
      const { numbers, texts } = this.table;
      return readWide(bytes, at, numbers, texts, slot.place);
    }
    return form === VECTOR ? this.#readVector(bytes, at, slot) : this.#readWord(bytes, at, slot);
  }

  #readVector(bytes: Uint8Array, at: number, { names, places }: Slot): number {
    const end = this.#texts.read(bytes, at);
    const vector = end < 0 ? undefined : vectorOf(this.#texts.text);
    if (vector === undefined || vector.names !== names) return -1;
    for (let i = 0; i < places.length; i++) {
      const number = vector.numbers[i]!;
      // What is none is counted, with the line that has it.
      if (!Number.isFinite(number)) return -1;
      this.table.numbers[places[i]!] = number;
    }
    return end;
  }

  #readWord(bytes: Uint8Array, at: number, { form, place }: Slot): number {
    const isTrue = startsWith(bytes, at, TRUE!);
    if (!isTrue && !startsWith(bytes, at, FALSE!)) return -1;
    if (form === DESPAWN) this.despawn = isTrue;
    else this.table.numbers[place] = isTrue ? 1 : 0;
    return at + (isTrue ? TRUE! : FALSE!).length;
  }

  #clear({ form, place, places }: Slot): void {
    if (form !== VECTOR) return this.table.clear(place);
    for (const part of places) this.table.clear(part);
  }

  /** Finds the places of the values in the table as it is by now. */
  #fit(): void {
    const { table, given } = this;
    const slots: Slot[] = [];
    given.fill(0);
    for (const part of this.#parts) {
      const slot = slotOf(part, table, this.#keys);
      if (slot === undefined) break;
      slots.push(slot);
      if (slot.form < DESPAWN || slot.form === WIDE) given[slot.place] = 1;
      for (const place of slot.places) given[place] = 1;
    }
    this.#slots = slots;
    this.#forms = Uint8Array.from(slots, ({ form }) => form);
    this.#places = Uint8Array.from(slots, ({ place }) => place);
    this.#isHeld = slots.length === this.#parts.length && this.#fitConstants();
    this.#version = table.version;
  }

  /** @returns false when that takes a look at the row as a whole */
  #fitConstants(): boolean {
    const { table, given } = this;
    const differing = given.slice();
    for (const name of this.#nulls) {
      table.end(`${name}.`, given);
      const i = table.indexOf(name);
      if (i === undefined || given[i] !== 0) continue;
      given[i] = 1;
      table.clear(i);
    }
    if (!table.containers.placeAgain(this.#row, given)) return false;
    if (!table.variants.endAgain(this.#names, this.#row.containers, given)) return false;
    this.#constants = table.fields.flatMap((_, i) =>
      given[i] !== differing[i] ? [[i, table.numbers[i]!] as const] : []
    );
    return true;
  }
}

/** What stands around the values of rows of a shape. */
interface ShapeFrame {
  readonly between: readonly Uint8Array[];
  readonly containers: RowContainers;
  readonly nulls: readonly string[];
}
