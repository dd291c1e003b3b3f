import { float64FromBits } from "../../core/bytes/bits.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import { isBinary32Decimal } from "../../schema/binary32_decimal.ts";
import { type DistinctBudget, DistinctNumbers } from "../../schema/infer_distinct.ts";
import { NumberRange } from "../../schema/number_range.ts";
import { LowBits, NO_NOISE } from "./low_bits.ts";
import { DISTINCT_MAX, type FieldFacts } from "./recording_facts.ts";

/** What is gathered of one field while values pass. */
export class FieldWatch {
  /** What is gathered of its low bits; undefined for a field that is no number. */
  readonly low: LowBits | undefined;
  readonly #layout: RowLayout;
  readonly #field: number;
  readonly #place: number;
  readonly #isDouble: boolean;
  readonly #isWide: boolean;
  readonly #isOptional: boolean;
  readonly #distinct: DistinctNumbers;
  #changes = 0;
  #isBinary32: boolean;
  /** Steps of a double's values; undefined once none does. */
  #range: NumberRange | undefined;
  #isConstant = true;
  #hasFirst = false;
  #isFirstPresent = false;
  #firstLow = 0;
  #firstHigh = 0;

  /** Nothing yet of a field, by its index in its kind. */
  constructor(layout: RowLayout, field: number, budget: DistinctBudget) {
    const { optional, type } = layout.kind.fields[field]!;
    this.#layout = layout;
    this.#field = field;
    this.#place = layout.wordOf[field]!;
    this.#isWide = layout.wordsOf[field] === 2;
    this.#isDouble = this.#isBinary32 = type === "f64";
    this.#isOptional = optional === true;
    this.#distinct = new DistinctNumbers(DISTINCT_MAX, budget);
    this.low = LowBits.of(layout, field);
    this.#range = this.#isDouble ? new NumberRange() : undefined;
  }

  /** Takes in the value of an entity that was not there in the frame before. */
  appear(words: Int32Array, at: number): void {
    const isPresent = !this.#isOptional || this.#layout.isPresent(words, at, this.#field);
    const low = words[at + this.#place]!;
    const high = this.#isWide ? words[at + this.#place + 1]! : 0;
    if (!this.#hasFirst) {
      this.#hasFirst = true;
      this.#isFirstPresent = isPresent;
      this.#firstLow = low;
      this.#firstHigh = high;
    } else if (
      low !== this.#firstLow || high !== this.#firstHigh || isPresent !== this.#isFirstPresent
    ) this.#isConstant = false;
    if (isPresent) this.#take(low, high);
  }

  /** Takes in a value that is another than the same entity had in the frame before. */
  change(words: Int32Array, at: number): void {
    this.#changes++;
    this.#isConstant = false;
    if (this.#isOptional && !this.#layout.isPresent(words, at, this.#field)) return;
    this.#take(words[at + this.#place]!, this.#isWide ? words[at + this.#place + 1]! : 0);
  }

  /** What was gathered, of so many states of the kind. */
  facts(states: number): FieldFacts {
    const { kind } = this.#layout;
    return {
      kind: kind.name,
      field: kind.fields[this.#field]!.name,
      states,
      changes: this.#changes,
      distinct: this.#distinct.count,
      isConstant: this.#isConstant && states > 0,
      isBinary32: this.#isBinary32 && states > 0,
      stepped: this.#stepped(),
      noise: this.low?.noise() ?? NO_NOISE,
    };
  }

  #stepped(): FieldFacts["stepped"] {
    if (this.#range === undefined || this.#range.isEmpty) return undefined;
    const { step, type } = this.#range.narrowest("");
    if (type === "f32" || type === "f64") return undefined;
    return step === undefined ? { type } : { type, step };
  }

  #take(low: number, high: number): void {
    const distinct = this.#distinct;
    if (this.#isDouble) {
      const range = this.#range;
      if (range === undefined && !this.#isBinary32 && !distinct.isExact) return;
      const value = float64FromBits(low, high);
      if (range !== undefined) {
        range.add(value + 0);
        if (range.step === undefined) this.#range = undefined;
      }
      if (this.#isBinary32 && !isBinary32Decimal(value)) this.#isBinary32 = false;
      if (distinct.isExact) distinct.add(value);
    } else if (distinct.isExact) distinct.add(low + high * 2 ** 32);
  }
}
