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

/** What fields a table had when a frame was written. */
interface TapedFields {
  /** Version of the table; 0 on reading. */
  readonly version: number;
  readonly count: number;
  /** A mask of the fields of 64-bit integers for each 32 of them. */
  readonly wide: readonly number[];
}

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
  /** What fields the tables have by now, by their numbers; on reading, what they had. */
  readonly #fields: TapedFields[] = [];
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
    this.#writeFields();
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
    for (let left = tape.read(); left > 0; left--) {
      this.#fields[tape.read()] = {
        version: 0,
        count: tape.read(),
        wide: [tape.read(), tape.read()],
      };
    }
    for (let changed = tape.read(); changed > 0; changed--) {
      const entity = this.#living[tape.read()]!;
      this.#readRow(entity);
      entity.changedAt = ordinal;
    }
    return former.form(head, this.#living, ordinal);
  }

  /** What fields tables have, where they are others than when they were written last. */
  #writeFields(): void {
    const tape = this.#tape;
    const tables = this.#tables;
    let changed = 0;
    for (let t = 0; t < tables.length; t++) {
      if (tables[t]!.version !== this.#fields[t]?.version) changed++;
    }
    tape.write(changed);
    for (let t = 0; changed > 0; t++) {
      const { version, fields } = tables[t]!;
      if (version === this.#fields[t]?.version) continue;
      changed--;
      const wide = wideFields(fields);
      this.#fields[t] = { version, count: fields.length, wide };
      tape.write(t);
      tape.write(fields.length);
      for (const mask of wide) tape.write(mask);
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
    const { fields, numbers, texts, hasText } = table;
    const { count, wide } = this.#fields[this.#tableNumbers.get(table)!]!;
    for (let i = 0; i < fields.length; i++) numbers[i] = entity.numbers[at + i]!;
    for (const i of table.textPlaces) texts[i] = entity.texts[at + i]!;
    for (let first = 0; first < count; first += MASK_BITS) {
      let mask = tape.read();
      for (let i = first; mask !== 0; i++, mask >>>= 1) {
        if ((mask & 1) === 0) continue;
        const number = tape.readNumber();
        if (hasText[i] === 0) {
          numbers[i] = number;
          continue;
        }
        // A field of numbers may have become one of 64-bit integers behind it.
        const isWide = (wide[first / MASK_BITS]! >>> (i - first) & 1) !== 0;
        const isText = number === number && (isWide || fields[i]!.category === "text");
        texts[i] = isText ? this.#texts[number]! : "";
        if (!isText) numbers[i] = number;
        else if (!isWide) numbers[i] = 0;
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

function wideFields(fields: ValueTable["fields"]): readonly number[] {
  const masks = [0, 0];
  fields.forEach(({ category }, i) => {
    if (category === "integer64") masks[i < MASK_BITS ? 0 : 1]! |= 1 << (i % MASK_BITS);
  });
  return masks;
}
