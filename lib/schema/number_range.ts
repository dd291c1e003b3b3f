import { integerRange } from "../core/state/field_range.ts";
import { LARGE_MIN } from "./infer_distinct.ts";
import { type Field, fixedScale, STEPS_MAX } from "../core/state/schema.ts";

/** Finest power-of-two step that inference proposes: 2^-12. */
export const BINARY_DIGITS_MAX = 12;
/** Finest decimal step that inference proposes: 10^-9. */
export const DECIMAL_DIGITS_MAX = 9;

// A declared step may be finer than what inference proposes.
const BINARY_DIGITS_KEPT = 30;
const POWERS_OF_TEN = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
const SAFE_MAX = Number.MAX_SAFE_INTEGER;
const INTEGER_TYPES = ["u8", "i8", "u16", "i16", "u32", "i32"] as const;

/** A set of numbers as far as the choice of a type needs it. */
export class NumberRange {
  /** Smallest number; Infinity while there is none. */
  min: number = Infinity;
  /** Largest number; -Infinity while there is none. */
  max: number = -Infinity;
  /** Least n with which every number is an integer over 2^n; 31 when no n up to 30 will do. */
  binaryDigits: number = 0;
  /** Least n with which every number is an integer over 10^n; 10 when no n up to 9 will do. */
  decimalDigits: number = 0;
  /** True while every number is exact in binary32. */
  isFloat32: boolean = true;
  /** True once a bigint was among them: then only `u64` holds them. */
  isWide: boolean = false;
  /** Smallest and largest of those above 2^53 - 1, which the bounds above leave out. */
  #large: readonly [bigint, bigint] | undefined;

  /** Adds a number. The order in which they come makes no difference: -0 is below 0. */
  add(value: number): void {
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (value === 0) {
      this.min = Math.min(this.min, value);
      this.max = Math.max(this.max, value);
    }
    if (value === (value | 0) && (value !== 0 || 1 / value > 0)) {
      if (this.isFloat32 && value !== Math.fround(value)) this.isFloat32 = false;
    } else {
      this.#addOther(value);
    }
  }

  /** Adds an integer from 0 to 2^64 - 1 of a field of bigints. */
  addInteger(value: bigint): void {
    this.isWide = true;
    if (value < LARGE_MIN) return this.add(Number(value));
    const [min, max] = this.#large ?? [value, value];
    this.#large = [value < min ? value : min, value > max ? value : max];
  }

  /** Smallest and largest, as bigints of a field of those; undefined without one. */
  get bounds(): readonly [number, number] | readonly [bigint, bigint] | undefined {
    const { min, max } = this;
    const hasSmall = min <= max;
    if (!this.isWide) return hasSmall ? [min, max] : undefined;
    const [least, most] = this.#large ?? [];
    if (!hasSmall) return least === undefined ? undefined : [least, most!];
    return [BigInt(min), most ?? BigInt(max)];
  }

  /** What keeps the numbers out of a field of bigints; undefined when nothing does. */
  get misfitOfWide(): string | undefined {
    if (this.binaryDigits > 0) return "a number that is no integer (a fraction, -0 or NaN)";
    if (this.min < 0) return String(this.min);
    if (this.max > SAFE_MAX) return `${this.max} as a number`;
    return undefined;
  }

  /** Makes this the union with another set. */
  unite(other: NumberRange): this {
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    return this.uniteSteps(other);
  }

  /** Takes over what another set asks of the steps, but not its bounds. */
  uniteSteps(other: NumberRange): this {
    this.binaryDigits = Math.max(this.binaryDigits, other.binaryDigits);
    this.decimalDigits = Math.max(this.decimalDigits, other.decimalDigits);
    this.isFloat32 &&= other.isFloat32;
    return this;
  }

  /** True when there are no numbers. */
  get isEmpty(): boolean {
    return this.min > this.max && this.binaryDigits === 0 && !this.isWide;
  }

  /**
   * True when a field of a numeric type holds every number exactly. Of a `fixed` field whose step is
   * none of 2^-n and 10^-n it may be false all the same: {@linkcode SteppedRange} knows.
   */
  fits(field: Field): boolean {
    if (this.isWide) return field.type === "u64";
    if (this.isEmpty || field.type === "f64") return true;
    if (field.type === "u64") return this.misfitOfWide === undefined;
    if (field.type === "f32") return this.isFloat32;
    const bounds = integerRange(field.type);
    if (bounds !== undefined) {
      return this.binaryDigits === 0 && this.min >= bounds[0] && this.max <= bounds[1];
    }
    if (field.type !== "fixed") return false;
    const { multiplier, divisor } = fixedScale(field.step);
    return multiplier === 1 && this.#isOver(divisor) && this.#magnitude() * divisor <= STEPS_MAX;
  }

  /** Narrowest numeric type that holds every number exactly; `u8` for no numbers. */
  narrowest(name: string): Field {
    if (this.isWide) return { name, type: "u64" };
    for (const type of INTEGER_TYPES) {
      if (this.fits({ name, type })) return { name, type };
    }
    if (this.binaryDigits === 0) return { name, type: "f64" };
    const binary: Field = { name, type: "fixed", step: 1 / 2 ** this.binaryDigits };
    if (this.binaryDigits <= BINARY_DIGITS_MAX && this.fits(binary)) return binary;
    const decimal: Field = { name, type: "fixed", step: 1 / POWERS_OF_TEN[this.decimalDigits]! };
    if (this.decimalDigits <= DECIMAL_DIGITS_MAX && this.fits(decimal)) return decimal;
    return { name, type: this.isFloat32 ? "f32" : "f64" };
  }

  /** Coarsest step of which every number is a multiple, as for `fixed`; undefined without one. */
  get step(): number | undefined {
    if (this.isEmpty) return undefined;
    if (this.binaryDigits <= BINARY_DIGITS_MAX) return 1 / 2 ** this.binaryDigits;
    if (this.decimalDigits > DECIMAL_DIGITS_MAX) return undefined;
    return 1 / POWERS_OF_TEN[this.decimalDigits]!;
  }

  /** Every number that a field of a numeric type can hold. */
  static of(field: Field): NumberRange {
    const range = field.type === "fixed" ? new SteppedRange(field.step!) : new NumberRange();
    const bounds = integerRange(field.type);
    if (bounds !== undefined) {
      range.add(bounds[0]);
      range.add(bounds[1]);
      range.isFloat32 = bounds[1] <= 0xffff;
      return range;
    }
    if (field.type === "u64") {
      range.add(0);
      range.add(2 ** 64);
      return range;
    }
    range.isFloat32 = field.type === "f32";
    range.binaryDigits = BINARY_DIGITS_KEPT + 1;
    range.decimalDigits = DECIMAL_DIGITS_MAX + 1;
    range.min = field.type === "f32" ? -3.4028234663852886e38 : -Number.MAX_VALUE;
    range.max = -range.min;
    if (field.type === "fixed") {
      const { multiplier, divisor } = fixedScale(field.step);
      range.max = STEPS_MAX * multiplier / divisor;
      range.min = -range.max;
      // A product is rounded to no finer digit than the step has.
      const binary = multiplier === 1 ? factorsOf(divisor, 2) : digitsOf(multiplier);
      const isBinary = multiplier !== 1 || divisor === 2 ** binary;
      if (isBinary) range.binaryDigits = Math.min(binary, BINARY_DIGITS_KEPT + 1);
      // k over 2^n has n decimal digits.
      const digits = isBinary ? binary : decimalsOf(divisor);
      range.decimalDigits = Math.min(digits, DECIMAL_DIGITS_MAX + 1);
    }
    return range;
  }

  #addOther(value: number): void {
    if (this.isFloat32 && !Object.is(Math.fround(value), value)) this.isFloat32 = false;
    if (Object.is(value, -0) || !Number.isFinite(value)) {
      this.binaryDigits = BINARY_DIGITS_KEPT + 1;
      this.decimalDigits = DECIMAL_DIGITS_MAX + 1;
      return;
    }
    // Each number has digits of its own, so that it makes no difference which comes first.
    if (this.binaryDigits <= BINARY_DIGITS_KEPT && !isBinary(value, this.binaryDigits)) {
      let digits = 0;
      while (digits <= BINARY_DIGITS_KEPT && !isBinary(value, digits)) digits++;
      this.binaryDigits = Math.max(this.binaryDigits, digits);
    }
    if (this.decimalDigits <= DECIMAL_DIGITS_MAX && !isDecimal(value, this.decimalDigits)) {
      let digits = 0;
      while (digits <= DECIMAL_DIGITS_MAX && !isDecimal(value, digits)) digits++;
      this.decimalDigits = Math.max(this.decimalDigits, digits);
    }
  }

  /** True when every number is an integer over a divisor, as far as the digits tell. */
  #isOver(divisor: number): boolean {
    const { binaryDigits, decimalDigits } = this;
    if (binaryDigits <= BINARY_DIGITS_KEPT && divisor % 2 ** binaryDigits === 0) return true;
    return decimalDigits <= DECIMAL_DIGITS_MAX && divisor % POWERS_OF_TEN[decimalDigits]! === 0;
  }

  #magnitude(): number {
    return Math.max(Math.abs(this.min), Math.abs(this.max));
  }
}

/**
 * Numbers that are held against the step of a `fixed` field one by one, since no digits tell which
 * of them are its multiples.
 */
export class SteppedRange extends NumberRange {
  readonly #field: Field;
  readonly #multiplier: number;
  readonly #divisor: number;
  #isHeld = true;

  /** No numbers yet. @param step any that a `fixed` field can have */
  constructor(step: number) {
    super();
    this.#field = { name: "", type: "fixed", step };
    ({ multiplier: this.#multiplier, divisor: this.#divisor } = fixedScale(step));
  }

  /** Adds a number. */
  override add(value: number): void {
    super.add(value);
    const k = Math.round(value * this.#divisor / this.#multiplier) + 0;
    const isHeld = Math.abs(k) <= STEPS_MAX &&
      Object.is(k * this.#multiplier / this.#divisor, value);
    if (!isHeld) this.#isHeld = false;
  }

  /** Takes over what another set asks of the steps, which may be no more than this step gives. */
  override uniteSteps(other: NumberRange): this {
    if (!other.fits(this.#field)) this.#isHeld = false;
    return super.uniteSteps(other);
  }

  /** True when a field of a numeric type holds every number exactly. */
  override fits(field: Field): boolean {
    const isAsked = field.type === "fixed" && field.step === this.#field.step;
    return isAsked && this.#isHeld && !this.isWide || super.fits(field);
  }
}

/**
 * Range of no numbers for what a field may turn out to hold: of those of a `fixed` field each is
 * held against its step unless digits tell.
 */
export function rangeFor(declared: Field | undefined): NumberRange {
  if (declared?.type !== "fixed") return new NumberRange();
  const { multiplier, divisor } = fixedScale(declared.step);
  const isTold = divisor <= 2 ** BINARY_DIGITS_KEPT && divisor === 2 ** factorsOf(divisor, 2) ||
    POWERS_OF_TEN.includes(divisor);
  return isTold && multiplier === 1 ? new NumberRange() : new SteppedRange(declared.step!);
}

/** How often a factor divides an integer. */
function factorsOf(integer: number, factor: number): number {
  let count = 0;
  for (let rest = integer; rest % factor === 0; rest /= factor) count++;
  return count;
}

/** Least n with which a number is an integer over 2^n, or 31. */
function digitsOf(value: number): number {
  let digits = 0;
  while (digits <= BINARY_DIGITS_KEPT && !isBinary(value, digits)) digits++;
  return digits;
}

/** Least n with which every integer over a divisor is one over 10^n; Infinity without such an n. */
function decimalsOf(divisor: number): number {
  const [twos, fives] = [factorsOf(divisor, 2), factorsOf(divisor, 5)];
  return divisor === 2 ** twos * 5 ** fives ? Math.max(twos, fives) : Infinity;
}

function isBinary(value: number, digits: number): boolean {
  const scaled = value * (1 << digits);
  return Math.floor(scaled) === scaled;
}

// Once true for n it is true for n + 1, as long as the integer has fewer than 32 bits.
function isDecimal(value: number, digits: number): boolean {
  const power = POWERS_OF_TEN[digits]!;
  return Math.round(value * power) / power === value;
}
