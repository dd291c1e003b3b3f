import { shownValue } from "../shown_value.ts";
import { float32Bits, float64HighBits, float64LowBits } from "../bytes/bits.ts";
import { integerRange } from "./field_range.ts";
import { type Field, type FieldType, type FieldValue, scaleOf, STEPS_MAX } from "./schema.ts";
import type { TextPool } from "./text_pool.ts";

/** Ways to write a field, as numbers: engines compare texts far slower. */
const INTEGER = 0;
const U32 = 1;
const FIXED = 2;
const F32 = 3;
const F64 = 4;
const BOOL = 5;
const ENUM = 6;
const TEXT = 7;
const U64 = 8;
/** `fixed`, of a step that is multiplied with; `FIXED` is for one that is divided by. */
const PRODUCT = 9;
const CODES: { readonly [type in FieldType]?: number } = {
  u32: U32,
  fixed: FIXED,
  f32: F32,
  f64: F64,
  bool: BOOL,
  enum: ENUM,
  text: TEXT,
  u64: U64,
};

/** Texts of an enum that an error lists. */
const VALUES_SHOWN = 8;

/** Writes the values of one field into rows, by a way that is chosen once. */
export class FieldSetter {
  /** Field that is written. */
  readonly field: Field;
  /** The field's name as engines hold it as a key, which is the same text at the same place. */
  readonly key: string;
  /** First word of the field, counted from the start of the row. */
  readonly place: number;
  /** The field's bit in a mask; one of both is 0. */
  readonly lowBit: number;
  readonly highBit: number;
  /** True for integer fields but `u32`, with their smallest and largest value. */
  readonly isInteger: boolean;
  readonly min: number;
  readonly max: number;
  /** True for a field of two words. */
  readonly isWide: boolean;
  /** Setter of the key that came next in an object before; only a guess at what comes next. */
  next: FieldSetter = this;
  readonly #code: number;
  /** Scale of a `fixed` field, of which one is 1; 1 / 1 for all others. */
  readonly #multiplier: number;
  readonly #divisor: number;
  readonly #enum: ReadonlyMap<string, number>;
  readonly #texts: TextPool;
  #text = "";

  /** Setter of the field of that index and place. */
  constructor(field: Field, index: number, place: number, texts: TextPool) {
    this.field = field;
    this.key = Object.keys({ [field.name]: 0 })[0]!;
    this.place = place;
    this.lowBit = index < 32 ? 1 << index : 0;
    this.highBit = index < 32 ? 0 : 1 << (index - 32);
    ({ multiplier: this.#multiplier, divisor: this.#divisor } = scaleOf(field));
    this.#code = this.#multiplier === 1 ? CODES[field.type] ?? INTEGER : PRODUCT;
    this.isInteger = this.#code === INTEGER;
    this.isWide = this.#code === F64 || this.#code === U64;
    [this.min, this.max] = this.isInteger ? integerRange(field.type)! : [0, 0];
    this.#enum = new Map(field.type === "enum" ? field.values!.map((text, i) => [text, i]) : []);
    this.#texts = texts;
  }

  /** Writes a value and returns true; returns false and writes nothing when it does not fit. */
  put(words: Int32Array, at: number, value: FieldValue, round: boolean): boolean {
    const place = at + this.place;
    if (typeof value === "number") return this.#putNumber(words, place, value, round);
    switch (this.#code) {
      case BOOL:
        if (typeof value !== "boolean") return false;
        words[place] = value ? 1 : 0;
        return true;
      case ENUM: {
        const word = this.#enum.get(value as string);
        if (word === undefined) return false;
        words[place] = word;
        return true;
      }
      case TEXT:
        if (typeof value !== "string") return false;
        this.#text = value;
        return true;
      default:
        return typeof value === "bigint" && this.#putBigint(words, place, value, round);
    }
  }

  #putNumber(words: Int32Array, place: number, value: number, round: boolean): boolean {
    switch (this.#code) {
      case INTEGER: {
        // Adding 0 turns -0, which an integer cannot keep, into 0.
        const near = round ? Math.round(value) + 0 : value;
        if (!Object.is(near | 0, near) || near < this.min || near > this.max) return false;
        words[place] = near;
        return true;
      }
      case U32: {
        const near = round ? Math.round(value) + 0 : value;
        if (!Object.is(near >>> 0, near)) return false;
        words[place] = near;
        return true;
      }
      case FIXED: {
        const k = Math.round(value * this.#divisor) + 0;
        if (!(Math.abs(k) <= STEPS_MAX)) return false;
        if (!round && (k / this.#divisor !== value || Object.is(value, -0))) return false;
        words[place] = k;
        return true;
      }
      case F32: {
        const near = Math.fround(value);
        const isKept = near === value || Number.isNaN(value);
        if (!isKept && !(round && Number.isFinite(near))) return false;
        words[place] = float32Bits(value);
        return true;
      }
      case F64:
        words[place] = float64LowBits(value);
        words[place + 1] = float64HighBits(value);
        return true;
      default:
        // Apart, as engines inline a short function.
        return this.#putRare(words, place, value, round);
    }
  }

  #putRare(words: Int32Array, place: number, value: number, round: boolean): boolean {
    if (this.#code === U64) return this.#putWide(words, place, value, round);
    if (this.#code !== PRODUCT) return false;
    const k = Math.round(value / this.#multiplier) + 0;
    if (!(Math.abs(k) <= STEPS_MAX)) return false;
    if (!round && (k * this.#multiplier !== value || Object.is(value, -0))) return false;
    words[place] = k;
    return true;
  }

  #putWide(words: Int32Array, place: number, value: number, round: boolean): boolean {
    const near = round ? Math.round(value) + 0 : value;
    if (!Number.isSafeInteger(near) || near < 0 || Object.is(near, -0)) return false;
    words[place] = near;
    words[place + 1] = near / 2 ** 32;
    return true;
  }

  #putBigint(words: Int32Array, place: number, value: bigint, round: boolean): boolean {
    if (this.#code !== U64) return round && this.#putNumber(words, place, Number(value), round);
    if (BigInt.asUintN(64, value) !== value) return false;
    words[place] = Number(value & 0xffffffffn);
    words[place + 1] = Number(value >> 32n);
    return true;
  }

  /**
   * Writes the text that `put` took, by itself so that a row's texts reach the pool in the order of
   * the fields, and none when another value does not fit.
   *
   * @throws {RangeError} when the pool is full
   */
  putText(words: Int32Array, at: number): void {
    words[at + this.place] = this.#texts.number(this.#text);
    this.#text = "";
  }

  /** What is wrong with a value that `put` refuses. */
  reason(value: FieldValue, round: boolean): string {
    const text = typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : shownValue(value);
    const remedy = (value as unknown) === null ? "; leave out a value that is absent" : "";
    return `the value is ${text}, expected ${this.#expected(value, round)}${remedy}`;
  }

  /** The texts of an enum, as many as a line holds. */
  #values(): string {
    const { values = [] } = this.field;
    const shown = values.slice(0, VALUES_SHOWN).map((text) => JSON.stringify(text.slice(0, 60)));
    const rest = values.length - shown.length;
    return `the field's values: ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  }

  #expected(value: FieldValue, round: boolean): string {
    const code = this.#code;
    const range = integerRange(this.field.type);
    if (range !== undefined) {
      return `${round ? "a number" : "an integer"} from ${range[0]} to ${range[1]}`;
    }
    if (code === U64) {
      const isLarge = typeof value === "number" && value > Number.MAX_SAFE_INTEGER;
      const range = `${round && !isLarge ? "a number" : "an integer"} from 0 to ${2n ** 64n - 1n}`;
      return isLarge ? `${range}, above ${Number.MAX_SAFE_INTEGER} as a bigint` : range;
    }
    if (code === BOOL) return "true or false";
    if (code === ENUM || code === TEXT) {
      return typeof value === "string" ? `one of ${this.#values()}` : "a text";
    }
    if (typeof value !== "number") return "a number";
    if (code === F32) {
      return round ? "within binary32's range; f64 holds it" : "a binary32 number; f64 holds it";
    }
    const k = Math.round(value * this.#divisor / this.#multiplier);
    return Math.abs(k) <= STEPS_MAX
      ? `a multiple of ${this.field.step}; f64 holds it`
      : `within ${STEPS_MAX * this.#multiplier / this.#divisor}`;
  }
}
