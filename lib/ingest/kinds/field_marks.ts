import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import { wideInteger } from "../rows/exact_number.ts";
import type { ValueTable } from "./entity_values.ts";
import type { UndoLog } from "./undo_log.ts";

/**
 * What a field had: no numbers, integers from 0, integers of 64 bits that all are doubles, texts of
 * the digits of such integers, those with one above 2^53 among them, or others.
 */
const UNSEEN = 0;
const NATURAL = 1;
const DOUBLES = 2;
const DIGITS = 3;
const WIDE_DIGITS = 4;
const OTHER = 5;

const WIDE_MIN = 2n ** 53n;

const FIRST = { number: UNSEEN, integer64: DOUBLES, text: DIGITS, boolean: OTHER } as const;

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

  /** True when a field of 64-bit integers had none but doubles. */
  areDoubles(i: number): boolean {
    return this.#numbers[i] === DOUBLES;
  }

  /**
   * True when all texts of a field are digits of integers, some above 2^53.
   *
   * @param isWide true where another value of the field is such an integer
   */
  areDigits(i: number, isWide: boolean): boolean {
    return this.#numbers[i] === WIDE_DIGITS || (isWide && this.#numbers[i] === DIGITS);
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
    for (let o = 0; o < open.length; o++) {
      const i = open[o]!;
      const number = numbers[i]!;
      if (number !== number) continue;
      const seen = this.#numbers[i]!;
      if (seen >= DIGITS) {
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
    const integer = wideInteger(text);
    if (integer === undefined) this.#mark(this.#numbers, i, OTHER);
    else if (integer >= WIDE_MIN && this.#numbers[i] === DIGITS) {
      this.#mark(this.#numbers, i, WIDE_DIGITS);
    }
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
