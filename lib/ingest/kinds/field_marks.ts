import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import { isNotFiniteWord } from "../../core/vector_text.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import { isNatural, isSurelyExact, wideInteger } from "../rows/exact_number.ts";
import type { ValueTable } from "./entity_values.ts";
import type { UndoLog } from "./undo_log.ts";

/**
 * What a field had: no numbers, integers from 0, integers of 64 bits that all are doubles, no texts,
 * texts of the digits of such integers, those with one above 2^53 among them, words for numbers that
 * are not finite, or others.
 */
const UNSEEN = 0;
const NATURAL = 1;
const DOUBLES = 2;
const UNREAD = 3;
const DIGITS = 4;
const WIDE_DIGITS = 5;
const WORDS = 6;
const OTHER = 7;

const WIDE_MIN = 2n ** 53n;

const FIRST = { number: UNSEEN, integer64: DOUBLES, text: UNREAD, boolean: OTHER } as const;

/** First number beyond the integers of 64 bits. */
const WIDE_END = 2 ** 64;

/** What the rows of a kind told of its fields beside their values. */
export class FieldMarks {
  readonly #lacked = new Uint8Array(MASK_FIELDS_MAX);
  readonly #numbers = new Uint8Array(MASK_FIELDS_MAX);
  /** Fields whose mark a value can change; undefined until the next look. */
  #open: Uint8Array | undefined;
  readonly #undo: UndoLog;

  /** Of no row. @param undo takes back what a bad row told */
  constructor(undo: UndoLog) {
    this.#undo = undo;
  }

  /** Marks a field that comes. @param isLate true when there were rows before it */
  add(i: number, isLate: boolean, category: ValueCategory): void {
    this.#lacked[i] = isLate ? 1 : 0;
    this.#numbers[i] = FIRST[category];
    this.#open = undefined;
  }

  /** Marks a field of numbers that becomes one of 64-bit integers. */
  widen(i: number): void {
    this.#mark(this.#numbers, i, DOUBLES);
  }

  /** True when a row lacked a field. */
  isLacked(i: number): boolean {
    return this.#lacked[i] !== 0;
  }

  /** True when a field of numbers had nothing but integers from 0; so has one without a value. */
  isNatural(i: number): boolean {
    return this.#numbers[i]! <= NATURAL;
  }

  /**
   * Type that holds what a field of 64-bit integers or of texts had, and a number beside it: all
   * were doubles, digits of integers some of which are above 2^53, or words such as NaN.
   *
   * @param value the number; undefined for a double that is no integer from 0
   */
  typeBeside(value: number | undefined, i: number): "f64" | "u64" | "an optional f64" | undefined {
    const seen = this.#numbers[i];
    if (seen === DOUBLES) return "f64";
    if (seen === WORDS) return "an optional f64";
    if (value === undefined || !isNatural(value) || value >= WIDE_END) return undefined;
    const isWide = !isSurelyExact(value);
    return seen === WIDE_DIGITS || (isWide && seen === DIGITS) ? "u64" : undefined;
  }

  /** True when a field of numbers had one. */
  isSeen(i: number): boolean {
    return this.#numbers[i] !== UNSEEN;
  }

  /**
   * Looks at the row of a table.
   *
   * @param isWhole true when nothing is absent but what rows before lacked
   */
  look({ numbers, texts, fields }: ValueTable, isWhole: boolean): void {
    if (!isWhole) this.#lookForAbsent(numbers, fields.length);
    const open = this.#open ??= this.#openOf(fields.length);
    const marks = this.#numbers;
    for (let o = 0; o < open.length; o++) {
      const i = open[o]!;
      const number = numbers[i]!;
      const seen = marks[i]!;
      // Most are such, and stay so.
      if (seen === NATURAL && number >>> 0 === number && !Object.is(number, -0)) continue;
      if (number !== number) continue;
      if (seen >= UNREAD) {
        this.#lookAtText(i, texts[i]!);
        continue;
      }
      if (seen === DOUBLES) {
        const isDouble = texts[i] === "" || BigInt(texts[i]!) === BigInt(number);
        if (!isDouble) this.#mark(this.#numbers, i, OTHER);
        continue;
      }
      const isNatural = number > 0
        ? number < WIDE_END && Math.floor(number) === number
        : Object.is(number, 0);
      if (!isNatural) this.#mark(this.#numbers, i, OTHER);
      else if (seen === UNSEEN) this.#mark(this.#numbers, i, NATURAL);
    }
  }

  #lookAtText(i: number, text: string): void {
    const seen = this.#numbers[i]!;
    const integer = wideInteger(text);
    let now = OTHER;
    if (integer === undefined) {
      if ((seen === UNREAD || seen === WORDS) && isNotFiniteWord(text)) now = WORDS;
    } else if (seen !== WORDS) {
      now = seen === WIDE_DIGITS || integer >= WIDE_MIN ? WIDE_DIGITS : DIGITS;
    }
    if (now !== seen) this.#mark(this.#numbers, i, now);
  }

  #lookForAbsent(numbers: Float64Array, count: number): void {
    for (let i = 0; i < count; i++) {
      if (Number.isNaN(numbers[i]) && this.#lacked[i] === 0) this.#mark(this.#lacked, i, 1);
    }
  }

  #openOf(count: number): Uint8Array {
    const places = Uint8Array.from({ length: count }, (_, i) => i);
    return places.filter((i) => this.#numbers[i] !== OTHER);
  }

  #mark(marks: Uint8Array, i: number, mark: number): void {
    const before = marks[i]!;
    marks[i] = mark;
    this.#open = undefined;
    this.#undo.add(() => {
      marks[i] = before;
      this.#open = undefined;
    });
  }
}
