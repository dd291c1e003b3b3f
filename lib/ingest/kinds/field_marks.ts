import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import type { UndoLog } from "./undo_log.ts";

/**
 * What numbers a field had: none, integers from 0, integers of 64 bits that all are doubles, or
 * others, as all but numbers are.
 */
const UNSEEN = 0;
const NATURAL = 1;
const DOUBLES = 2;
const OTHER = 3;

/** What the rows of a kind told of its fields beside their values. */
export class FieldMarks {
  readonly #lacked = new Uint8Array(MASK_FIELDS_MAX);
  readonly #numbers = new Uint8Array(MASK_FIELDS_MAX);
  /** Fields of numbers whose mark a value can change; undefined until the next look. */
  #open: Uint8Array | undefined;
  readonly #undo: UndoLog;

  /** Of no row. @param undo takes back what a bad row told */
  constructor(undo: UndoLog) {
    this.#undo = undo;
  }

  /** Marks a field that comes. @param isLate true when there were rows before it */
  add(i: number, isLate: boolean, category: ValueCategory): void {
    this.#lacked[i] = isLate ? 1 : 0;
    this.#numbers[i] = category === "number" ? UNSEEN : OTHER;
    if (category === "integer64") this.#numbers[i] = DOUBLES;
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

  /** True when a field of numbers had one. */
  isSeen(i: number): boolean {
    return this.#numbers[i] !== UNSEEN;
  }

  /**
   * Looks at the first so many fields of a row.
   *
   * @param numbers NaN for what is absent
   * @param isWhole true when nothing is absent but what rows before lacked
   */
  look(numbers: Float64Array, texts: readonly string[], count: number, isWhole: boolean): void {
    if (!isWhole) this.#lookForAbsent(numbers, count);
    const open = this.#open ??= this.#openOf(count);
    for (let o = 0; o < open.length; o++) {
      const i = open[o]!;
      const number = numbers[i]!;
      if (number !== number) continue;
      const seen = this.#numbers[i]!;
      if (seen === DOUBLES) {
        const isDouble = texts[i] === "" || BigInt(texts[i]!) === BigInt(number);
        if (!isDouble) this.#mark(this.#numbers, i, OTHER);
        continue;
      }
      const isNatural = number > 0 ? Math.floor(number) === number : Object.is(number, 0);
      if (!isNatural) this.#mark(this.#numbers, i, OTHER);
      else if (seen === UNSEEN) this.#mark(this.#numbers, i, NATURAL);
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
