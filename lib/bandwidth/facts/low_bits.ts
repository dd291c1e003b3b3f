import { float32Bits, float32FromBits, float64FromBits } from "../../core/bytes/bits.ts";
import { lowestBit } from "../../core/bytes/mask.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import type { FieldNoise } from "./recording_facts.ts";

/** Bits that are looked at, lowest first. */
const BITS = 32;
/** A bit that is set in this part of the samples, or as seldom unset, tells nothing in advance. */
const EVEN_MIN = 0.4;
const EXPONENTS = 256;
const EXPONENT_BIAS = 127;
const NONE = new Float64Array(0);

/** Of a field that never changed twice in a row, or is no number. */
export const NO_NOISE: FieldNoise = {
  samples: 0,
  bits: 0,
  typical: 0,
  change: 0,
  largest: 0,
  range: 0,
};

/** Integers in the order of the numbers that they stand for, so that their differences mean a size. */
type ToOrdered = (words: Int32Array, place: number) => number;

const INTEGER: ToOrdered = (words, place) => words[place]!;
// Floats of one sign ascend with their bits; those below zero are turned around.
const FLOAT: ToOrdered = (words, place) => {
  const word = words[place]!;
  return word < 0 ? (-(word & 0x7fffffff)) | 0 : word;
};
const DOUBLE: ToOrdered = (words, place) => words[place + 1]! < 0 ? -words[place]! : words[place]!;

const ORDERED: Readonly<Record<string, ToOrdered>> = {
  u8: INTEGER,
  i8: INTEGER,
  u16: INTEGER,
  i16: INTEGER,
  u32: INTEGER,
  i32: INTEGER,
  fixed: INTEGER,
  f32: FLOAT,
  f64: DOUBLE,
};

/**
 * Low bits of a number's second difference: what is left of a change once the change before it is
 * taken for granted. Where such a bit is set as often as not, nothing foretells it.
 */
export class LowBits {
  /** What 1 stands for in integers and in `fixed`; 0 of floats. */
  readonly #unit: number;
  readonly #place: number;
  readonly #words: number;
  readonly #ordered: ToOrdered;
  /** How often each bit was set; made with the first sample, as is the other. */
  #set: Float64Array = NONE;
  #samples = 0;
  /** Sizes of second differences by their exponent as binary32. */
  #exponents: Float64Array = NONE;
  /** Sizes of changes likewise. */
  #changes: Float64Array = NONE;
  #min = Infinity;
  #max = -Infinity;

  private constructor(layout: RowLayout, field: number, ordered: ToOrdered) {
    this.#unit = ordered === INTEGER ? layout.kind.fields[field]!.step ?? 1 : 0;
    this.#place = layout.wordOf[field]!;
    this.#words = layout.wordsOf[field]!;
    this.#ordered = ordered;
  }

  /** Counts of a field from none on; undefined for a field that is no number. */
  static of(layout: RowLayout, field: number): LowBits | undefined {
    const ordered = ORDERED[layout.kind.fields[field]!.type];
    return ordered && new LowBits(layout, field, ordered);
  }

  /** Takes in an entity's rows in three frames in a row, newest first, each by its first word. */
  add(
    words: Int32Array,
    at: number,
    before: Int32Array,
    beforeAt: number,
    older: Int32Array,
    olderAt: number,
  ): void {
    const place = this.#place;
    const ordered = this.#ordered;
    if (this.#isSame(words, at, before, beforeAt)) return;
    if (this.#isSame(before, beforeAt, older, olderAt)) return;
    if (this.#samples === 0) {
      this.#set = new Float64Array(BITS);
      this.#exponents = new Float64Array(EXPONENTS);
      this.#changes = new Float64Array(EXPONENTS);
    }
    const newest = ordered(words, at + place);
    const last = ordered(before, beforeAt + place);
    const second = newest - 2 * last + ordered(older, olderAt + place);
    const size = second < 0 ? -second | 0 : second | 0;
    for (let rest = size; rest !== 0; rest &= rest - 1) this.#set[lowestBit(rest)]!++;
    this.#samples++;
    const unit = this.#unit;
    const isInteger = unit > 0;
    const value = isInteger ? newest * unit : this.#value(words, at);
    const valueBefore = isInteger ? last * unit : this.#value(before, beforeAt);
    const change = isInteger
      ? second * unit
      : value - 2 * valueBefore + this.#value(older, olderAt);
    this.#exponents[exponentOf(change)]!++;
    this.#changes[exponentOf(value - valueBefore)]!++;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  /** What was counted. */
  noise(): FieldNoise {
    const samples = this.#samples;
    if (samples === 0) return NO_NOISE;
    // Bits that are never set are not told either.
    let unset = 0;
    while (unset < BITS && this.#set[unset] === 0) unset++;
    let bits = unset;
    while (bits < BITS && isEven(this.#set[bits]! / samples)) bits++;
    if (bits === unset) bits = 0;
    const [min, max] = this.#min <= this.#max ? [this.#min, this.#max] : [0, 0];
    return {
      samples,
      bits,
      typical: typicalOf(this.#exponents, samples),
      change: typicalOf(this.#changes, samples),
      largest: Math.max(Math.abs(min), Math.abs(max)),
      range: max - min,
    };
  }

  #isSame(words: Int32Array, at: number, other: Int32Array, otherAt: number): boolean {
    for (let w = this.#place; w < this.#place + this.#words; w++) {
      if (words[at + w] !== other[otherAt + w]) return false;
    }
    return true;
  }

  #value(words: Int32Array, at: number): number {
    const place = at + this.#place;
    return this.#words === 2
      ? float64FromBits(words[place]!, words[place + 1]!)
      : float32FromBits(words[place]!);
  }
}

function exponentOf(value: number): number {
  return (float32Bits(value) >>> 23) & (EXPONENTS - 1);
}

/** Power of two at or below the median of the sizes that were counted by exponent. */
function typicalOf(exponents: Float64Array, samples: number): number {
  let exponent = 0;
  let below = exponents[0]!;
  while (below * 2 < samples) below += exponents[++exponent]!;
  return exponent === 0 ? 0 : 2 ** (exponent - EXPONENT_BIAS);
}

function isEven(part: number): boolean {
  return part >= EVEN_MIN && part <= 1 - EVEN_MIN;
}
