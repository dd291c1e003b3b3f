import { float32Bits, float64HighBits, float64LowBits } from "./bits.ts";
import type { Mask } from "./mask.ts";
import type { Field, FieldType, FieldValue, FieldValues } from "./schema.ts";
import { fixedDenominator, type Kind } from "./schema.ts";

/** A value that its field's type cannot hold. */
export class FieldValueError extends RangeError {
  /** Name of the error class. */
  override name = "FieldValueError";
  /** Kind of the row. */
  readonly kind: string;
  /** Field that was to be written. */
  readonly field: string;

  /** Error of one value. */
  constructor(kind: string, field: string, reason: string) {
    super(`Cannot store ${JSON.stringify(kind)} field ${JSON.stringify(field)}: ${reason}`);
    this.kind = kind;
    this.field = field;
  }
}

const INTEGER_RANGES: { readonly [type in FieldType]?: readonly [number, number] } = {
  u8: [0, 0xff],
  i8: [-0x80, 0x7f],
  u16: [0, 0xffff],
  i16: [-0x8000, 0x7fff],
  u32: [0, 0xffffffff],
  i32: [-0x80000000, 0x7fffffff],
};

/** Smallest and largest value of an integer type. */
export function integerRange(type: FieldType): readonly [number, number] | undefined {
  return INTEGER_RANGES[type];
}

/** Where each field of a kind lies in a row of 32-bit words. */
export class RowLayout {
  /** Kind that the rows hold. */
  readonly kind: Kind;
  /** Words of a row, a multiple of 4, at least 4. */
  readonly stride: number;
  /** First word of each field, counted from the start of the row. */
  readonly wordOf: Int32Array;
  /** Words of each field: 2 for `f64`, 1 for all others. */
  readonly wordsOf: Uint8Array;
  /** Number of presence words at the start of the row: 0, 1 or 2. */
  readonly presenceWords: number;
  /** Denominator of each `fixed` field, 1 for all others. */
  readonly denominators: Float64Array;
  /** Mask bits of each word's field. */
  readonly #lowBit: Int32Array;
  readonly #highBit: Int32Array;
  readonly #names: ReadonlySet<string>;
  readonly #enums: (Map<string, number> | undefined)[];

  /** Layout of a kind. */
  constructor(kind: Kind) {
    this.kind = kind;
    const count = kind.fields.length;
    this.wordOf = new Int32Array(count);
    this.wordsOf = new Uint8Array(count);
    this.denominators = new Float64Array(count).fill(1);
    this.#enums = kind.fields.map((field) =>
      field.type === "enum" ? new Map(field.values!.map((text, i) => [text, i])) : undefined
    );
    const isOptional = kind.fields.some((field) => field.optional);
    this.presenceWords = !isOptional ? 0 : count > 32 ? 2 : 1;
    let word = this.presenceWords;
    kind.fields.forEach((field, i) => {
      this.wordOf[i] = word;
      this.wordsOf[i] = field.type === "f64" ? 2 : 1;
      if (field.type === "fixed") this.denominators[i] = fixedDenominator(field.step);
      word += this.wordsOf[i]!;
    });
    this.stride = Math.max(4, (word + 3) & ~3);
    this.#names = new Set(kind.fields.map((field) => field.name));
    this.#lowBit = new Int32Array(this.stride);
    this.#highBit = new Int32Array(this.stride);
    for (let i = 0; i < count; i++) {
      const bits = i < 32 ? this.#lowBit : this.#highBit;
      bits.fill(1 << (i & 31), this.wordOf[i], this.wordOf[i]! + this.wordsOf[i]!);
    }
  }

  /**
   * Adds to `mask` every field whose bits differ between two rows, a change of presence included.
   */
  diff(
    words: Int32Array,
    at: number,
    baseWords: Int32Array,
    baseAt: number,
    mask: Mask,
  ): void {
    const lowBit = this.#lowBit;
    const highBit = this.#highBit;
    const stride = this.stride;
    let lo = 0;
    let hi = 0;
    for (let w = 0; w < stride; w += 4) {
      const a = at + w;
      const b = baseAt + w;
      const d0 = words[a]! ^ baseWords[b]!;
      const d1 = words[a + 1]! ^ baseWords[b + 1]!;
      const d2 = words[a + 2]! ^ baseWords[b + 2]!;
      const d3 = words[a + 3]! ^ baseWords[b + 3]!;
      if ((d0 | d1 | d2 | d3) === 0) continue;
      // (d | -d) >> 31 is all ones exactly when d is not 0: a select without a branch.
      const n0 = (d0 | -d0) >> 31;
      const n1 = (d1 | -d1) >> 31;
      const n2 = (d2 | -d2) >> 31;
      const n3 = (d3 | -d3) >> 31;
      lo |= (n0 & lowBit[w]!) | (n1 & lowBit[w + 1]!) | (n2 & lowBit[w + 2]!) |
        (n3 & lowBit[w + 3]!);
      hi |= (n0 & highBit[w]!) | (n1 & highBit[w + 1]!) | (n2 & highBit[w + 2]!) |
        (n3 & highBit[w + 3]!);
    }
    if (this.presenceWords > 0) lo |= words[at]! ^ baseWords[baseAt]!;
    if (this.presenceWords > 1) hi |= words[at + 1]! ^ baseWords[baseAt + 1]!;
    mask.lo |= lo;
    mask.hi |= hi;
  }

  /** True when a field is there: always for fields that are not optional. */
  isPresent(words: Int32Array, at: number, field: number): boolean {
    if (this.presenceWords === 0 || this.kind.fields[field]!.optional !== true) return true;
    return ((words[at + (field >>> 5)]! >>> (field & 31)) & 1) === 1;
  }

  /** Marks an optional field as there or not, without touching its words. */
  setPresent(words: Int32Array, at: number, field: number, isPresent: boolean): void {
    const bit = 1 << (field & 31);
    if (isPresent) words[at + (field >>> 5)]! |= bit;
    else words[at + (field >>> 5)]! &= ~bit;
  }

  /** Writes a field's value. */
  set(
    words: Int32Array,
    at: number,
    field: number,
    value: FieldValue | undefined,
    round: boolean = false,
  ): void {
    const table = this.kind.fields[field]!;
    const place = at + this.wordOf[field]!;
    if (value === undefined) {
      if (!table.optional) this.#refuse(table, "it is missing and not optional");
      this.setPresent(words, at, field, false);
      words.fill(0, place, place + this.wordsOf[field]!);
      return;
    }
    if (table.type === "f64") {
      if (typeof value !== "number") this.#refuse(table, describe(value, "a number"));
      words[place] = float64LowBits(value);
      words[place + 1] = float64HighBits(value);
    } else {
      words[place] = this.#word(table, field, value, round);
    }
    if (table.optional) this.setPresent(words, at, field, true);
  }

  /** Writes a whole row from an object, whatever the row held. */
  pack(values: FieldValues, words: Int32Array, at: number, round: boolean = false): void {
    const fields = this.kind.fields;
    words.fill(0, at, at + this.stride);
    for (let i = 0; i < fields.length; i++) {
      const name = fields[i]!.name;
      this.set(words, at, i, Object.hasOwn(values, name) ? values[name] : undefined, round);
    }
    for (const name in values) {
      if (!this.#names.has(name)) {
        throw new FieldValueError(this.kind.name, name, "the kind has no such field");
      }
    }
  }

  #word(field: Field, index: number, value: FieldValue, round: boolean): number {
    switch (field.type) {
      case "bool":
        if (typeof value !== "boolean") this.#refuse(field, describe(value, "true or false"));
        return value ? 1 : 0;
      case "enum": {
        if (typeof value !== "string") this.#refuse(field, describe(value, "a text"));
        return this.#enums[index]!.get(value) ??
          this.#refuse(field, describe(value, "one of the field's values"));
      }
      case "f32":
        if (typeof value !== "number") this.#refuse(field, describe(value, "a number"));
        if (!round && !Object.is(Math.fround(value), value)) {
          this.#refuse(field, describe(value, "a binary32 number; f64 holds it"));
        }
        if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) {
          this.#refuse(field, describe(value, "within binary32's range; f64 holds it"));
        }
        return float32Bits(value);
      case "fixed": {
        if (typeof value !== "number") this.#refuse(field, describe(value, "a number"));
        const denominator = this.denominators[index]!;
        // Adding 0 turns -0, which an integer cannot keep, into 0.
        const k = Math.round(value * denominator) + 0;
        if (!(Math.abs(k) <= 0x7fffffff)) {
          this.#refuse(field, describe(value, `within ${0x7fffffff / denominator}`));
        }
        if (!round && !Object.is(k / denominator, value)) {
          this.#refuse(field, describe(value, `a multiple of ${field.step}; f64 holds it`));
        }
        return k | 0;
      }
      default: {
        const [min, max] = integerRange(field.type)!;
        if (
          typeof value !== "number" || !(value >= min && value <= max) ||
          !Object.is(Math.round(value) + 0, value)
        ) {
          this.#refuse(field, describe(value, `an integer from ${min} to ${max}`));
        }
        return value | 0;
      }
    }
  }

  #refuse(field: Field, reason: string): never {
    throw new FieldValueError(this.kind.name, field.name, reason);
  }
}

function describe(value: FieldValue, expected: string): string {
  const text = typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value);
  return `the value is ${Object.is(value, -0) ? "-0" : text}, expected ${expected}`;
}
