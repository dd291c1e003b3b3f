import type { ByteReader, ByteWriter } from "./bytes.ts";
import { lowestBit, type Mask } from "./mask.ts";
import type { RowLayout } from "./row_layout.ts";
import type { Field } from "./schema.ts";

/** How a field's words are written: at their type's width, or as zigzag varints. */
export type FieldCoding = "native" | "varint";

const BOOL = 0, U8 = 1, I8 = 2, U16 = 3, I16 = 4, WORD = 5, FLOAT = 6, DOUBLE = 7, FIXED = 8;

const CODES = {
  bool: BOOL,
  u8: U8,
  i8: I8,
  u16: U16,
  i16: I16,
  u32: WORD,
  i32: WORD,
  fixed: FIXED,
  f32: FLOAT,
  f64: DOUBLE,
  enum: U16,
} as const;

/** A row of zeros, the baseline of a value that stands alone. */
export const BLANK_ROW: Int32Array = new Int32Array(2 + 64 * 2 + 2);

/** Writes and reads single fields of a kind's rows. */
export class FieldCoder {
  readonly #layout: RowLayout;
  readonly #isVarint: boolean;
  readonly #codes: Uint8Array;
  readonly #limits: Uint32Array;
  readonly #optional: Uint8Array;

  /** Coder of one kind's fields. */
  constructor(layout: RowLayout, coding: FieldCoding) {
    const fields = layout.kind.fields;
    this.#layout = layout;
    this.#isVarint = coding === "varint";
    this.#codes = Uint8Array.from(fields, codeOf);
    this.#limits = Uint32Array.from(fields, (field) => field.values?.length ?? 2);
    this.#optional = Uint8Array.from(fields, (field) => field.optional ? 1 : 0);
  }

  /** Writes one field of the row at `words[at]`. */
  write(
    field: number,
    words: Int32Array,
    at: number,
    base: Int32Array,
    baseAt: number,
    isDelta: boolean,
    out: ByteWriter,
  ): void {
    const layout = this.#layout;
    if (this.#optional[field] === 1) {
      const isPresent = layout.isPresent(words, at, field);
      out.u8(isPresent ? 1 : 0);
      if (!isPresent) return;
    }
    const place = layout.wordOf[field]!;
    const word = words[at + place]!;
    const code = this.#codes[field]!;
    if (this.#isVarint && (isDelta || (code !== FLOAT && code !== DOUBLE))) {
      out.zigzag((word - base[baseAt + place]!) | 0);
      if (code === DOUBLE) {
        out.zigzag((words[at + place + 1]! - base[baseAt + place + 1]!) | 0);
      }
    } else if (code >= WORD) {
      out.u32(word);
      if (code === DOUBLE) out.u32(words[at + place + 1]!);
    } else if (code >= U16) {
      out.u16(word);
    } else {
      out.u8(word);
    }
  }

  /** Writes the masked fields in ascending order. */
  writeMasked(
    mask: Mask,
    words: Int32Array,
    at: number,
    base: Int32Array,
    baseAt: number,
    isDelta: boolean,
    out: ByteWriter,
  ): void {
    for (let bits = mask.lo; bits !== 0; bits &= bits - 1) {
      this.write(lowestBit(bits), words, at, base, baseAt, isDelta, out);
    }
    for (let bits = mask.hi; bits !== 0; bits &= bits - 1) {
      this.write(32 + lowestBit(bits), words, at, base, baseAt, isDelta, out);
    }
  }

  /** Reads one field into the row at `words[at]`, whose other words stay as they are. */
  read(
    field: number,
    words: Int32Array,
    at: number,
    base: Int32Array,
    baseAt: number,
    isDelta: boolean,
    input: ByteReader,
  ): void {
    const layout = this.#layout;
    const place = layout.wordOf[field]!;
    const code = this.#codes[field]!;
    if (this.#optional[field] === 1) {
      const presence = input.u8();
      if (presence > 1) input.refuse(`presence is ${presence}, expected 0 or 1`);
      const wasPresent = isDelta && layout.isPresent(base, baseAt, field);
      layout.setPresent(words, at, field, presence === 1);
      if (presence === 0) {
        if (isDelta && !wasPresent) input.refuse("an absent field is sent as unchanged");
        words[at + place] = 0;
        if (code === DOUBLE) words[at + place + 1] = 0;
        return;
      }
      this.#readValue(code, field, words, at + place, base, baseAt + place, isDelta, input);
      if (!wasPresent) return;
    } else {
      this.#readValue(code, field, words, at + place, base, baseAt + place, isDelta, input);
    }
    if (!isDelta || words[at + place] !== base[baseAt + place]) return;
    if (code === DOUBLE && words[at + place + 1] !== base[baseAt + place + 1]) return;
    input.refuse("an unchanged field is sent");
  }

  #readValue(
    code: number,
    field: number,
    words: Int32Array,
    place: number,
    base: Int32Array,
    basePlace: number,
    isDelta: boolean,
    input: ByteReader,
  ): void {
    let word: number;
    if (this.#isVarint && (isDelta || (code !== FLOAT && code !== DOUBLE))) {
      word = (base[basePlace]! + input.zigzag()) | 0;
      if (code === DOUBLE) {
        words[place + 1] = (base[basePlace + 1]! + input.zigzag()) | 0;
      }
    } else if (code >= WORD) {
      word = input.i32();
      if (code === DOUBLE) words[place + 1] = input.i32();
    } else if (code >= U16) {
      word = input.u16();
      if (code === I16) word = (word << 16) >> 16;
    } else {
      word = input.u8();
      if (code === I8) word = (word << 24) >> 24;
    }
    if (!this.#fits(code, field, word)) input.refuse(`${word} is outside the field's type`);
    words[place] = word;
  }

  #fits(code: number, field: number, word: number): boolean {
    const { type } = this.#layout.kind.fields[field]!;
    if (type === "enum" || code === BOOL) return word >>> 0 < this.#limits[field]!;
    switch (code) {
      case U8:
        return word >>> 0 <= 0xff;
      case I8:
        return word === (word << 24) >> 24;
      case U16:
        return word >>> 0 <= 0xffff;
      case I16:
        return word === (word << 16) >> 16;
      case FIXED:
        return word !== -0x80000000;
      default:
        return true;
    }
  }
}

function codeOf(field: Field): number {
  return field.type === "enum" && field.values!.length <= 256 ? U8 : CODES[field.type];
}
