import type { FrameHead } from "../../core/state/state.ts";
import { EntityValues, type ValueTable } from "../kinds/entity_values.ts";
import type { FrameFormer } from "./frame_former.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import type { NumberTape } from "./number_tape.ts";

/** In place of the number of entities: they are those of the frame before. */
const SAME_ENTITIES = -1;
/** In place of a table: the entity was there before. */
const KNOWN = -1;
/** Bytes that are reckoned for a text beside two for each of its units. */
const TEXT_BYTES = 64;
const MASK_BITS = 32;

/**
 * What frames are formed of, on a tape: who is there where others are, and the values that changed,
 * so that they can be formed again.
 */
export class FrameTape {
  /** Bytes that the texts take. */
  textBytes = 0;
  readonly #tape: NumberTape;
  readonly #tables: ValueTable[] = [];
  readonly #tableNumbers = new Map<ValueTable, number>();
  /** Fields that the tables have by now, by their numbers; on reading, those that they had. */
  readonly #counts: number[] = [];
  readonly #texts: string[] = [];
  readonly #textNumbers = new Map<string, number>();
  #before: readonly EntityValues[] = [];
  #living: EntityValues[] = [];
  #ordinal = -1;

  /** Frames on a tape, which others may write to between them. */
  constructor(tape: NumberTape) {
    this.#tape = tape;
  }

  /** Writes what a former is given. */
  write({ frame, timeMs }: FrameHead, entities: readonly EntityValues[], ordinal: number): void {
    const tape = this.#tape;
    tape.write(frame);
    tape.writeNumber(timeMs);
    if (areSame(entities, this.#before)) tape.write(SAME_ENTITIES);
    else {
      tape.write(entities.length);
      for (const { id, table, bornAt } of entities) {
        tape.write(id);
        tape.write(bornAt === ordinal ? this.#tableNumber(table) : KNOWN);
      }
    }
    this.#before = entities;
    this.#writeCounts();
    let changed = 0;
    for (let i = 0; i < entities.length; i++) if (entities[i]!.changedAt === ordinal) changed++;
    tape.write(changed);
    for (let i = 0; i < entities.length; i++) {
      if (entities[i]!.changedAt !== ordinal) continue;
      tape.write(i);
      this.#writeRow(entities[i]!, entities[i]!.bornAt === ordinal);
    }
  }

  /** Reads it again for another former, in the tables that it was read from. */
  read<T extends FrameHead>(former: FrameFormer<T>): T {
    const tape = this.#tape;
    const head = { frame: tape.read() >>> 0, timeMs: tape.readNumber() };
    const ordinal = ++this.#ordinal;
    const count = tape.read();
    if (count !== SAME_ENTITIES) this.#readLiving(count, ordinal);
    for (let grown = tape.read(); grown > 0; grown--) this.#counts[tape.read()] = tape.read();
    for (let changed = tape.read(); changed > 0; changed--) {
      const entity = this.#living[tape.read()]!;
      this.#readRow(entity);
      entity.changedAt = ordinal;
    }
    return former.form(head, this.#living, ordinal);
  }

  /** How many fields tables have, where they are more than when they were written last. */
  #writeCounts(): void {
    const tables = this.#tables;
    let grown = 0;
    for (let t = 0; t < tables.length; t++) {
      if (tables[t]!.fields.length !== this.#counts[t]) grown++;
    }
    this.#tape.write(grown);
    for (let t = 0; grown > 0; t++) {
      const count = tables[t]!.fields.length;
      if (count === this.#counts[t]) continue;
      grown--;
      this.#tape.write(t);
      this.#tape.write(this.#counts[t] = count);
    }
  }

  /** A mask of the fields that changed for each 32 of them, each before their values. */
  #writeRow({ table, numbers, texts, at, beforeAt }: EntityValues, isBorn: boolean): void {
    const tape = this.#tape;
    const { fields } = table;
    for (let first = 0; first < fields.length; first += MASK_BITS) {
      const end = Math.min(first + MASK_BITS, fields.length);
      let mask = 0;
      for (let i = first; i < end; i++) {
        const isSame = Object.is(numbers[at + i], numbers[beforeAt + i]) &&
          (texts.length === 0 || texts[at + i] === texts[beforeAt + i]);
        if (isBorn || !isSame) mask |= 1 << (i - first);
      }
      tape.write(mask);
      for (let i = first; mask !== 0; i++, mask >>>= 1) {
        if ((mask & 1) === 0) continue;
        const number = numbers[at + i]!;
        if (number === number && table.hasText[i] !== 0) {
          this.#writeText(texts[at + i]!, number, fields[i]!.category);
        } else tape.writeNumber(number);
      }
    }
  }

  #writeText(text: string, number: number, category: ValueCategory): void {
    this.#tape.writeNumber(this.#textNumber(text));
    if (category === "integer64" && text === "") this.#tape.writeNumber(number);
  }

  #readRow(entity: EntityValues): void {
    const tape = this.#tape;
    const { table, at } = entity;
    const { fields, numbers, texts } = table;
    const count = this.#counts[this.#tableNumbers.get(table)!]!;
    for (let i = 0; i < fields.length; i++) numbers[i] = entity.numbers[at + i]!;
    for (const i of table.textPlaces) texts[i] = entity.texts[at + i]!;
    for (let first = 0; first < count; first += MASK_BITS) {
      let mask = tape.read();
      for (let i = first; mask !== 0; i++, mask >>>= 1) {
        if ((mask & 1) === 0) continue;
        const number = tape.readNumber();
        const { category } = fields[i]!;
        const isText = number === number && table.hasText[i] !== 0;
        texts[i] = isText ? this.#texts[number]! : "";
        if (!isText) numbers[i] = number;
        else if (category === "text") numbers[i] = 0;
        else numbers[i] = texts[i] === "" ? tape.readNumber() : Number(texts[i]);
      }
    }
    entity.stage();
    entity.take();
  }

  #readLiving(count: number, ordinal: number): void {
    const before = this.#living;
    this.#living = [];
    for (let i = 0, b = 0; i < count; i++) {
      const id = this.#tape.read() >>> 0;
      const table = this.#tape.read();
      if (table === KNOWN) {
        while (before[b]!.id !== id) b++;
        this.#living.push(before[b]!);
      } else {
        const entity = new EntityValues(id, this.#tables[table]!);
        entity.bornAt = ordinal;
        this.#living.push(entity);
      }
    }
  }

  #tableNumber(table: ValueTable): number {
    let number = this.#tableNumbers.get(table);
    if (number === undefined) {
      number = this.#tables.push(table) - 1;
      this.#tableNumbers.set(table, number);
    }
    return number;
  }

  #textNumber(text: string): number {
    let number = this.#textNumbers.get(text);
    if (number === undefined) {
      number = this.#texts.push(text) - 1;
      this.#textNumbers.set(text, number);
      this.textBytes += text.length * 2 + TEXT_BYTES;
    }
    return number;
  }
}

function areSame(entities: readonly EntityValues[], before: readonly EntityValues[]): boolean {
  if (entities.length !== before.length) return false;
  for (let i = 0; i < entities.length; i++) if (entities[i] !== before[i]) return false;
  return true;
}
