import { type DistinctBudget, DistinctNumbers, LARGE_MIN } from "./infer_distinct.ts";
import { TextRepetition } from "./infer_texts.ts";
import { NumberRange, rangeFor } from "./number_range.ts";
import { areAlike, categoryOf, type ValueCategory } from "./value_category.ts";
import {
  type Field,
  type FieldType,
  type FieldValue,
  NAMES_MAX,
  SchemaError,
} from "../core/state/schema.ts";

/** Distinct numbers of a field that are counted exactly. */
export const DISTINCT_MAX = 65536;

/** What was seen of one field. */
export interface FieldFacts {
  /** Name of the field. */
  readonly name: string;
  /** Narrowest type that holds every value seen. */
  readonly type: FieldType;
  /** True when a state lacked the field. */
  readonly optional: boolean;
  /** Smallest number, a bigint of `u64`; undefined for truth values and texts. */
  readonly min: number | bigint | undefined;
  /** Largest number, a bigint of `u64`; undefined for truth values and texts. */
  readonly max: number | bigint | undefined;
  /** Number of distinct values; a lower bound when `isDistinctExact` is false. */
  readonly distinct: number;
  /** False when there were too many values to count: more than 65 536, or more than memory holds. */
  readonly isDistinctExact: boolean;
  /**
   * Coarsest 2^-n (n to 30) or 10^-n (n to 9) of which every number is a multiple; undefined for
   * truth values, texts, and numbers without such a step.
   */
  readonly step: number | undefined;
}

/** What a field holds, bigints as numbers; `none` before its first value. */
type Category = Exclude<ValueCategory, "integer64"> | "none";

/** Collects what the choice of a field's type needs, value by value. */
export class FieldObserver {
  /** Name of the field. */
  readonly name: string;
  /** States seen with the field. */
  seen: number = 0;
  readonly #numbers: NumberRange;
  readonly #distinct: DistinctNumbers | undefined;
  /** Distinct integers above 2^53 - 1; made when the first comes. */
  #large: DistinctNumbers | undefined;
  readonly #budget: DistinctBudget | undefined;
  readonly #texts: TextRepetition;
  #category: Category = "none";
  #hasTrue = false;
  #hasFalse = false;

  /**
   * Observer of a field without values; without a budget no numbers are counted.
   *
   * @param declared field that `widened` will be asked about; needed only for its step
   */
  constructor(
    name: string,
    budget: DistinctBudget | undefined,
    textBudget: DistinctBudget,
    declared?: Field,
  ) {
    this.name = name;
    this.#numbers = rangeFor(declared);
    this.#texts = new TextRepetition(textBudget);
    this.#budget = budget;
    this.#distinct = budget && new DistinctNumbers(DISTINCT_MAX, budget);
  }

  /**
   * Adds the value of a state.
   *
   * @param before value of the same entity in the frame before, if it was there
   * @param frame number of the frame, counted from anywhere
   * @throws {SchemaError} when the field changes between number, text and truth value, or when
   *   bigints come beside a number that is no integer from 0 to 2^53 - 1
   */
  add(value: FieldValue, before: FieldValue | undefined, frame: number): void {
    if (typeof value === "number") return this.addNumber(value);
    if (typeof value === "bigint") return this.#addInteger(value);
    this.seen++;
    if (typeof value === "boolean") {
      if (this.#category !== "boolean") this.#settle("boolean");
      if (value) this.#hasTrue = true;
      else this.#hasFalse = true;
    } else {
      if (this.#category !== "text") this.#settle("text");
      if (value !== before) this.#texts.add(value, frame);
    }
  }

  /** As {@linkcode FieldObserver.add}, of a number. */
  addNumber(value: number): void {
    this.seen++;
    if (this.#category !== "number") this.#settle("number");
    if (this.#numbers.isWide) this.#assertIsOfWide(value);
    // A number that was counted is in the range.
    if (this.#distinct?.add(value) !== false) this.#numbers.add(value);
  }

  #addInteger(value: bigint): void {
    this.seen++;
    if (this.#category !== "number") this.#settle("number");
    if (BigInt.asUintN(64, value) !== value) this.#refuseWide(String(value));
    const misfit = this.#numbers.isWide ? undefined : this.#numbers.misfitOfWide;
    if (misfit !== undefined) this.#refuseWide(misfit);
    this.#numbers.addInteger(value);
    if (this.#budget === undefined) return;
    if (value < LARGE_MIN) this.#distinct!.add(Number(value));
    else (this.#large ??= new DistinctNumbers(DISTINCT_MAX, this.#budget)).addLarge(value);
  }

  /** True when a budget ended the count of distinct values before it was too high to count. */
  get isCut(): boolean {
    return this.#texts.isCut || this.#distinct?.isCut === true || this.#large?.isCut === true;
  }

  /** Narrowest field that holds every value seen. */
  field(isOptional: boolean): Field {
    return withOptional(this.#narrowest(), isOptional);
  }

  /**
   * Narrowest field that holds every value seen and every value of an earlier field. Where only f64
   * could do so, it holds every value seen and multiples of the earlier step within the bounds that
   * were seen; where only f64 could do that, f32 is enough if it holds every value seen.
   *
   * @param keepsAll true to hold every value of the earlier field all the same
   * @returns `earlier` itself when it holds every value seen
   * @throws {SchemaError} when the two do not hold values of one category
   */
  widened(earlier: Field, isOptional: boolean, keepsAll: boolean): Field {
    const optional = isOptional || earlier.optional === true;
    const field = this.#widenedType(earlier, keepsAll);
    if (field === earlier && optional === (earlier.optional === true)) return earlier;
    return withOptional(field, optional);
  }

  /** What was seen. */
  facts(isOptional: boolean): FieldFacts {
    const isNumber = this.#category === "number";
    const isText = this.#category === "text";
    const [min, max] = this.#numbers.bounds ?? [];
    return {
      name: this.name,
      type: this.#narrowest().type,
      optional: isOptional,
      min,
      max,
      distinct: isNumber
        ? (this.#distinct?.count ?? 0) + (this.#large?.count ?? 0)
        : isText
        ? this.#texts.distinct
        : Number(this.#hasTrue) + Number(this.#hasFalse),
      isDistinctExact: isText
        ? this.#texts.isExact
        : this.#distinct?.isExact === true && this.#large?.isExact !== false,
      step: isNumber ? this.#numbers.step : undefined,
    };
  }

  #narrowest(): Field {
    if (this.#category === "boolean") return { name: this.name, type: "bool" };
    if (this.#category === "text") {
      return this.#texts.isRare(this.seen)
        ? { name: this.name, type: "text" }
        : { name: this.name, type: "enum", values: [...this.#texts.list] };
    }
    return this.#numbers.narrowest(this.name);
  }

  #widenedType(earlier: Field, keepsAll: boolean): Field {
    const category = this.#category;
    if (category === "none") return earlier;
    if (!areAlike(category, categoryOf(earlier))) {
      throw new SchemaError(
        `Cannot widen field ${
          JSON.stringify(this.name)
        } of type ${earlier.type} to hold a ${category}`,
      );
    }
    if (category === "boolean") return earlier;
    if (category === "text") return this.#widenedTexts(earlier);
    const numbers = this.#numbers;
    if (numbers.fits(earlier)) return earlier;
    const before = NumberRange.of(earlier);
    if (numbers.isWide) {
      const misfit = keepsAll ? before.misfitOfWide : undefined;
      if (misfit !== undefined) this.#refuseWide(misfit);
      return numbers.narrowest(this.name);
    }
    const all = new NumberRange().unite(before).unite(numbers);
    if (keepsAll) return all.narrowest(this.name);
    const allMultiples = new NumberRange().unite(numbers).uniteSteps(before);
    for (const range of [all, allMultiples]) {
      const field = range.narrowest(this.name);
      if (field.type !== "f64") return field;
    }
    return { name: this.name, type: numbers.isFloat32 ? "f32" : "f64" };
  }

  #widenedTexts(earlier: Field): Field {
    if (earlier.type === "text") return earlier;
    const isListed = earlier.values !== undefined;
    const known = new Set(earlier.values);
    const added = [...this.#texts.list].filter((text) => !known.has(text));
    if (added.length === 0 && isListed && this.#texts.isExact) return earlier;
    if (isListed && this.#texts.isRare(this.seen)) return { name: this.name, type: "text" };
    const values = [...known, ...added];
    if (values.length > NAMES_MAX || !this.#texts.isExact) this.#refuseTexts();
    return { name: this.name, type: "enum", values };
  }

  #settle(category: Category): void {
    if (this.#category !== "none") {
      throw new SchemaError(
        `Field ${
          JSON.stringify(this.name)
        } is a ${category} after it was a ${this.#category}; a field keeps its type`,
      );
    }
    this.#category = category;
  }

  #assertIsOfWide(value: number): void {
    const numbers = new NumberRange();
    numbers.add(value);
    const { misfitOfWide } = numbers;
    if (misfitOfWide !== undefined) this.#refuseWide(misfitOfWide);
  }

  #refuseWide(misfit: string): never {
    throw new SchemaError(
      `Field ${
        JSON.stringify(this.name)
      } holds ${misfit} beside bigints; u64 holds integers from 0 to ${2n ** 64n - 1n}`,
    );
  }

  #refuseTexts(): never {
    throw new SchemaError(
      `Field ${
        JSON.stringify(this.name)
      } has more texts than an enum can list, ${NAMES_MAX}; make it a text field`,
    );
  }
}

function withOptional(field: Field, isOptional: boolean): Field {
  if (isOptional === (field.optional === true)) return field;
  const { optional: _, ...rest } = field;
  return isOptional ? { ...rest, optional: true } : rest;
}
