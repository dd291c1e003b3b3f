import type { ByteReader, ByteWriter } from "../bytes/bytes.ts";
import { Mask } from "../bytes/mask.ts";
import { putMask } from "./mask_coding.ts";
import type { FieldMeter } from "./field_meter.ts";
import { wordRange } from "../state/field_range.ts";
import type { RowLayout } from "../state/row_layout.ts";
import type { Field } from "../state/schema.ts";
import { decodeText } from "../bytes/text_bytes.ts";

/** How a field's words are written: at their type's width, or as zigzag varints. */
export type FieldCoding = "native" | "varint";

/** What stands on the wire for a field: one of these eight, and two flags. */
const BYTE = 0, SHORT = 1, WORD = 2, DOUBLE = 3, VARINT = 4, STEP = 5, STEPS = 6, TEXT = 7;
const SHAPE = 7;
/** A byte comes first: 1 present, 0 absent. */
export const OPTIONAL = 8;
/** The row holds the far end's value, from which the field has to differ. */
const HELD = 16;

const NATIVE = {
  bool: BYTE,
  u8: BYTE,
  i8: BYTE,
  u16: SHORT,
  i16: SHORT,
  u32: WORD,
  i32: WORD,
  fixed: WORD,
  f32: WORD,
  f64: DOUBLE,
  enum: SHORT,
  text: TEXT,
} as const;

/** Code of a field that is always there, and written as one difference. */
export const PLAIN_STEP: number = STEP | HELD;

/** Codes of the fields of a kind, in the order of its fields. */
export type FieldCodes = Uint8Array;

/**
 * Writes and reads the fields of a kind's rows, by tables that are made once.
 *
 * `native`: bool and enum of at most 256 texts 1 byte; u8, i8 1; u16, i16, other enums 2; u32, i32,
 * fixed, f32 4; f64 8, little-endian. `varint`: the difference of words from the baseline's as a
 * zigzag LEB128, f64 as two of them (low, high); a value that stands alone is its own difference
 * from 0, but a float is native, because its bits make the longest varint. In both, a text is the
 * number of its bytes as LEB128, then the bytes. An optional field starts with a byte: 1 present,
 * 0 absent.
 */
export class KindCodec {
  /** Layout of the rows. */
  readonly layout: RowLayout;
  /** Number of fields. */
  readonly fieldCount: number;
  /** All fields. */
  readonly all: Mask;
  /** Codes of fields that are written against a row that the far end holds. */
  readonly deltaCodes: FieldCodes;
  /** Codes of fields that stand alone. */
  readonly valueCodes: FieldCodes;
  /** True when every field is a STEP: none is optional, a text, or of 64 bits, nor the coding native. */
  readonly isSteps: boolean;
  /** Most bytes of a mask and all fields, texts not counted. */
  readonly bytesMax: number;
  /** Smallest word of each field. */
  readonly least: Int32Array;
  /** How far above it the largest is. */
  readonly span: Uint32Array;

  /** Codec of one kind's fields. */
  constructor(layout: RowLayout, coding: FieldCoding) {
    const { fields } = layout.kind;
    this.layout = layout;
    this.fieldCount = fields.length;
    this.all = Mask.full(fields.length);
    this.valueCodes = Uint8Array.from(
      fields,
      (field) => flagsOf(field) | valueShape(field, coding),
    );
    this.deltaCodes = Uint8Array.from(
      fields,
      (field) => flagsOf(field) | HELD | deltaShape(field, coding),
    );
    this.isSteps = layout.presenceWords === 0 &&
      this.deltaCodes.every((code) => code === PLAIN_STEP);
    this.bytesMax = 8 + 11 * fields.length;
    const ranges = fields.map(wordRange);
    this.least = Int32Array.from(ranges, ([least]) => least);
    this.span = Uint32Array.from(ranges, ([least, most]) => most - least);
  }

  /**
   * Writes the masked fields of the row at `words[at]`, in ascending order.
   *
   * @param base with `deltaCodes`, the words that hold the far end's row at `baseAt`; not read else
   */
  write(
    codes: FieldCodes,
    words: Int32Array,
    at: number,
    base: Int32Array,
    baseAt: number,
    { lo, hi }: Mask,
    out: ByteWriter,
  ): void {
    const { wordOf } = this.layout;
    for (let first = 0, bits = lo; first < 64; first += 32, bits = hi) {
      for (; bits !== 0; bits &= bits - 1) {
        const field = first + 31 - Math.clz32(bits & -bits);
        const code = codes[field]!;
        const word = wordOf[field]!;
        if ((code & OPTIONAL) !== 0) {
          const isPresent = this.layout.isPresent(words, at, field);
          out.u8(isPresent ? 1 : 0);
          if (!isPresent) continue;
        }
        this.writeValue(code, words, at + word, base, baseAt + word, out);
      }
    }
  }

  /** Writes the value at a place by the code of its field. */
  writeValue(
    code: number,
    words: Int32Array,
    place: number,
    base: Int32Array,
    heldPlace: number,
    out: ByteWriter,
  ): void {
    const word = words[place]!;
    const shape = code & SHAPE;
    if (shape === STEP || shape === STEPS) {
      out.zigzag((word - base[heldPlace]!) | 0);
      if (shape === STEPS) out.zigzag((words[place + 1]! - base[heldPlace + 1]!) | 0);
    } else if (shape === VARINT) out.zigzag(word);
    else if (shape === BYTE) out.u8(word);
    else if (shape === SHORT) out.u16(word);
    else if (shape === TEXT) this.#writeText(word, out);
    else {
      out.u32(word);
      if (shape === DOUBLE) out.u32(words[place + 1]!);
    }
  }

  /**
   * Writes mask and fields of a row as differences from another; false when nothing differs.
   *
   * @param mask gets the fields
   */
  writeDelta(
    words: Int32Array,
    at: number,
    base: Int32Array,
    baseAt: number,
    mask: Mask,
    out: ByteWriter,
  ): boolean {
    mask.lo = mask.hi = 0;
    this.layout.diff(words, at, base, baseAt, mask);
    if ((mask.lo | mask.hi) === 0) return false;
    out.length = putMask(out.reserve(8), out.length, mask.lo, mask.hi, this.fieldCount);
    this.write(this.deltaCodes, words, at, base, baseAt, mask, out);
    return true;
  }

  /**
   * Mirror of {@linkcode KindCodec.write}, onto the row at `words[at]`: with `deltaCodes` that is a
   * copy of the baseline's row. Its other fields stay as they are.
   *
   * @param meter told of the bits of each field
   * @throws {ByteSyntaxError} for a value outside the field's type, and with `deltaCodes` for one
   *   that equals the baseline's, which no writer sends
   */
  read(
    codes: FieldCodes,
    words: Int32Array,
    at: number,
    { lo, hi }: Mask,
    input: ByteReader,
    meter: FieldMeter | undefined,
  ): void {
    const { wordOf } = this.layout;
    for (let first = 0, bits = lo; first < 64; first += 32, bits = hi) {
      for (; bits !== 0; bits &= bits - 1) {
        const field = first + 31 - Math.clz32(bits & -bits);
        const code = codes[field]!;
        const start = input.offset;
        if (code === PLAIN_STEP) {
          const step = input.zigzag();
          if (step === 0) input.refuse("an unchanged field is sent");
          const place = at + wordOf[field]!;
          words[place] = this.#checked(field, (words[place]! + step) | 0, input);
        } else this.readField(code, field, words, at, input);
        if (meter !== undefined) meter.addField(field, (input.offset - start) * 8);
      }
    }
  }

  /** Reads one field; see {@linkcode KindCodec.read}. */
  readField(
    code: number,
    field: number,
    words: Int32Array,
    at: number,
    input: ByteReader,
  ): void {
    const { layout } = this;
    const place = at + layout.wordOf[field]!;
    const isDouble = layout.wordsOf[field] === 2;
    const low = words[place]!;
    const high = words[place + 1]!;
    let wasPresent = true;
    if ((code & OPTIONAL) !== 0) {
      wasPresent = layout.isPresent(words, at, field);
      const presence = input.u8();
      if (presence > 1) input.refuse(`presence is ${presence}, expected 0 or 1`);
      layout.setPresent(words, at, field, presence === 1);
      if (presence === 0) {
        if (!wasPresent && (code & HELD) !== 0) {
          input.refuse("an absent field is sent as unchanged");
        }
        words.fill(0, place, place + layout.wordsOf[field]!);
        return;
      }
    }
    words[place] = this.#checked(field, this.#readWord(code & SHAPE, low, field, input), input);
    if (isDouble) {
      words[place + 1] = (code & SHAPE) === STEPS ? high + input.zigzag() : input.i32();
    }
    if ((code & HELD) === 0 || !wasPresent || words[place] !== low) return;
    if (!isDouble || words[place + 1] === high) input.refuse("an unchanged field is sent");
  }

  #readWord(shape: number, held: number, field: number, input: ByteReader): number {
    switch (shape) {
      case BYTE:
        return this.least[field]! < 0 ? (input.u8() << 24) >> 24 : input.u8();
      case SHORT:
        return this.least[field]! < 0 ? (input.u16() << 16) >> 16 : input.u16();
      case VARINT:
        return input.zigzag();
      case TEXT:
        return this.#readText(input);
      case STEP:
      case STEPS:
        return (held + input.zigzag()) | 0;
      default:
        return input.i32();
    }
  }

  /** The word of a field. @throws {ByteSyntaxError} when the field's type cannot hold it */
  #checked(field: number, word: number, input: ByteReader): number {
    if ((word - this.least[field]!) >>> 0 > this.span[field]!) {
      input.refuse(`${word} is outside the field's type`);
    }
    return word;
  }

  #writeText(word: number, out: ByteWriter): void {
    const bytes = this.layout.texts.bytes(word);
    out.varint(bytes.length).append(bytes);
  }

  #readText(input: ByteReader): number {
    const text = decodeText(input.take(input.varint()));
    if (text === undefined) input.refuse("a text is not UTF-8");
    try {
      return this.layout.texts.number(text);
    } catch (error) {
      return input.refuse((error as RangeError).message);
    }
  }
}

function flagsOf(field: Field): number {
  return field.optional ? OPTIONAL : 0;
}

function nativeShape(field: Field): number {
  return field.type === "enum" && field.values!.length <= 256 ? BYTE : NATIVE[field.type];
}

function valueShape(field: Field, coding: FieldCoding): number {
  const native = nativeShape(field);
  const isWhole = native !== TEXT && field.type !== "f32" && field.type !== "f64";
  return coding === "varint" && isWhole ? VARINT : native;
}

function deltaShape(field: Field, coding: FieldCoding): number {
  const native = nativeShape(field);
  return coding === "native" || native === TEXT ? native : native === DOUBLE ? STEPS : STEP;
}
