import { type ByteReader, type ByteWriter, putWord, putZigzag } from "../bytes/bytes.ts";
import { Mask } from "../bytes/mask.ts";
import type { FieldMeter } from "./field_meter.ts";
import { putMask, putSteps } from "./mask_coding.ts";
import { wordRange } from "../state/field_range.ts";
import { diffRows, type RowLayout } from "../state/row_layout.ts";
import type { Field } from "../state/schema.ts";
import { writeText } from "../state/text_pool.ts";

/** How a field's words are written: at their type's width, or as zigzag varints. */
export type FieldCoding = "native" | "varint";

/** What stands on the wire for a field: one of these eight, and two flags. */
const BYTE = 0, SHORT = 1, WORD = 2, DOUBLE = 3, VARINT = 4, STEP = 5, STEPS = 6, TEXT = 7;
const SHAPE = 7;
/** A byte comes first: 1 present, 0 absent. */
const OPTIONAL = 8;
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
  u64: DOUBLE,
  fixed: WORD,
  f32: WORD,
  f64: DOUBLE,
  enum: SHORT,
  text: TEXT,
} as const;

/** Code of a field that is always there, and written as one difference. */
const PLAIN_STEP = STEP | HELD;

/** Codes of a kind's fields, in order. */
export type FieldCodes = Uint8Array;
/**
 * Tables by which the fields of a kind's rows are written and read.
 * `native`: bool and enum of at most 256 texts 1 byte; u8, i8 1; u16, i16, other enums 2; u32, i32,
 * fixed, f32 4; f64, u64 8, little-endian. `varint`: the difference of words from the baseline's as
 * a zigzag LEB128, f64 and u64 as two of them (low, high); a value that stands alone is its own
 * difference from 0, but floats and u64 are native: their bits make the longest varints. In both, a
 * text is the number of its bytes as LEB128, then the bytes; an optional field begins with 1, or 0.
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
    const codes = (flags: number, shapeOf: typeof valueShape) =>
      Uint8Array.from(
        fields,
        (field) => flags | (field.optional ? OPTIONAL : 0) | shapeOf(field, coding),
      );
    this.valueCodes = codes(0, valueShape);
    this.deltaCodes = codes(HELD, deltaShape);
    this.isSteps = this.deltaCodes.every(isPlainStep);
    this.bytesMax = 8 + 11 * fields.length;
    const ranges = fields.map(wordRange);
    this.least = Int32Array.from(ranges, ([least]) => least);
    this.span = Uint32Array.from(ranges, ([least, most]) => most - least);
  }

  /**
   * Mirror of {@linkcode writeKindFields}, onto the row at `words[at]`: with `deltaCodes` that is a
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
    for (let first = 0, bits = lo; first < 64; first += 32, bits = hi) {
      for (; bits !== 0; bits &= bits - 1) {
        const field = first + 31 - Math.clz32(bits & -bits);
        const start = input.offset;
        this.readField(codes[field]!, field, words, at, input);
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
        return this.layout.texts.read(input);
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
}

/**
 * Writes the masked fields of the row at `words[at]`, in ascending order.
 *
 * @param base with `deltaCodes`, the words that hold the far end's row at `baseAt`; not read else
 */
export function writeKindFields(
  codec: KindCodec,
  codes: FieldCodes,
  words: Int32Array,
  at: number,
  base: Int32Array,
  baseAt: number,
  { lo, hi }: Mask,
  out: ByteWriter,
): void {
  if (codec.isSteps && codes === codec.deltaCodes) {
    const buffer = out.reserve(codec.bytesMax);
    const to = putSteps(words, at, base, baseAt, lo, buffer, out.length);
    out.length = hi === 0 ? to : putSteps(words, at + 32, base, baseAt + 32, hi, buffer, to);
    return;
  }
  writeFields(codec, codes, words, at, base, baseAt, lo, 0, out);
  if (hi !== 0) writeFields(codec, codes, words, at, base, baseAt, hi, 32, out);
}

/** As {@linkcode writeKindFields}, with one word of the mask, whose lowest bit is the field `first`. */
export function writeFields(
  codec: KindCodec,
  codes: FieldCodes,
  words: Int32Array,
  at: number,
  base: Int32Array,
  baseAt: number,
  mask: number,
  first: number,
  out: ByteWriter,
): void {
  const { wordOf } = codec.layout;
  let buffer = out.reserve(codec.bytesMax);
  let to = out.length;
  for (let bits = mask; bits !== 0; bits &= bits - 1) {
    const field = first + 31 - Math.clz32(bits & -bits);
    const code = codes[field]!;
    if ((code & OPTIONAL) !== 0) {
      const isPresent = (words[at + (first >>> 5)]! & bits & -bits) !== 0;
      buffer[to++] = isPresent ? 1 : 0;
      if (!isPresent) continue;
    }
    const place = at + wordOf[field]!;
    const word = words[place]!;
    const shape = code & SHAPE;
    if (shape === STEP || shape === STEPS) {
      const held = baseAt + wordOf[field]!;
      to = putZigzag(buffer, to, word - base[held]!);
      if (shape === STEPS) to = putZigzag(buffer, to, words[place + 1]! - base[held + 1]!);
      continue;
    }
    switch (shape) {
      case VARINT:
        to = putZigzag(buffer, to, word);
        break;
      case BYTE:
        buffer[to++] = word;
        break;
      case SHORT:
        buffer[to++] = word;
        buffer[to++] = word >>> 8;
        break;
      case TEXT:
        out.length = to;
        writeText(codec.layout.texts, word, out);
        buffer = out.reserve(codec.bytesMax);
        to = out.length;
        break;
      default:
        to = putWord(buffer, to, word);
        if (shape === DOUBLE) to = putWord(buffer, to, words[place + 1]!);
    }
  }
  out.length = to;
}

/**
 * Writes mask and fields of a row as differences from another; false when nothing differs.
 *
 * @param mask gets the fields
 */
export function writeDelta(
  codec: KindCodec,
  words: Int32Array,
  at: number,
  base: Int32Array,
  baseAt: number,
  mask: Mask,
  out: ByteWriter,
): boolean {
  mask.lo = mask.hi = 0;
  diffRows(codec.layout, words, at, base, baseAt, mask);
  if ((mask.lo | mask.hi) === 0) return false;
  out.length = putMask(out.reserve(8), out.length, mask.lo, mask.hi, codec.fieldCount);
  writeKindFields(codec, codec.deltaCodes, words, at, base, baseAt, mask, out);
  return true;
}

/** True for the code of a field that is always there, and written as one difference. */
export function isPlainStep(code: number): boolean {
  return code === PLAIN_STEP;
}

function nativeShape(field: Field): number {
  return field.type === "enum" && field.values!.length <= 256 ? BYTE : NATIVE[field.type];
}

function valueShape(field: Field, coding: FieldCoding): number {
  const native = nativeShape(field);
  if (native === TEXT || native === DOUBLE || field.type === "f32") return native;
  return coding === "varint" ? VARINT : native;
}

function deltaShape(field: Field, coding: FieldCoding): number {
  const native = nativeShape(field);
  return coding === "native" || native === TEXT ? native : native === DOUBLE ? STEPS : STEP;
}
