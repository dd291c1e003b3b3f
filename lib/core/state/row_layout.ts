import { differingWords, float32FromBits, float64FromBits } from "../bytes/bits.ts";
import { FieldSetter } from "./field_setter.ts";
import { lowestBit, type Mask } from "../bytes/mask.ts";
import { assertKind, type FieldValue, type Kind } from "./schema.ts";
import type { FieldValues } from "./state.ts";
import { TextPool } from "./text_pool.ts";

export { integerRange } from "./field_setter.ts";

/** A value that its field's type cannot hold. */
export class FieldValueError extends RangeError {
  /** Name of the error class. */
  override name = "FieldValueError";
  /** Kind of the row. */
  readonly kind: string;
  /** Field that was to be written. */
  readonly field: string;

  /**
   * Error of one value.
   *
   * @param reason what is wrong with the value, without the place
   */
  constructor(kind: string, field: string, reason: string) {
    super(`Cannot store ${JSON.stringify(kind)} field ${JSON.stringify(field)}: ${reason}`);
    this.kind = kind;
    this.field = field;
  }
}

const hasOwn = Object.prototype.hasOwnProperty;

/**
 * Where each field of a kind lies in a row of 32-bit words.
 *
 * A row is `stride` words, a multiple of 4: first one or two presence words when a field is
 * optional (bit n for field n), then the fields in order, `f64` as two words (low, high), all
 * others as one (floats by their bits, texts by their number in a pool), then zeros. An absent
 * field's words are zero.
 */
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
  /** Texts of the `text` fields. */
  readonly texts: TextPool;
  /**
   * For every four words of a row, 16 masks of fields 0 to 31: the fields of those words whose bits
   * are set in the index; presence words and padding are of none.
   */
  readonly lows: Int32Array;
  /** The same of fields 32 to 63. */
  readonly highs: Int32Array;
  readonly #setters: readonly FieldSetter[];
  readonly #texts: readonly FieldSetter[];
  readonly #optional: readonly FieldSetter[];
  readonly #byName: ReadonlyMap<string, FieldSetter>;
  /** Setter of the key that came last in the object before; its next is that of the first key. */
  #last: FieldSetter | undefined;
  /** First word of the padding. */
  readonly #end: number;
  /** Mask bits of the fields that are not optional, and of all. */
  #needLow = 0;
  #needHigh = 0;
  #allLow = 0;
  #allHigh = 0;

  /**
   * Layout of a kind.
   *
   * @param texts pool that the rows share with others; one of its own unless given
   * @throws {SchemaError} when the field table cannot be used
   */
  constructor(kind: Kind, texts: TextPool = new TextPool()) {
    assertKind(kind);
    this.kind = kind;
    this.texts = texts;
    const count = kind.fields.length;
    this.wordOf = new Int32Array(count);
    this.wordsOf = new Uint8Array(count);
    const isOptional = kind.fields.some((field) => field.optional);
    this.presenceWords = !isOptional ? 0 : count > 32 ? 2 : 1;
    let word = this.presenceWords;
    kind.fields.forEach((field, i) => {
      this.wordOf[i] = word;
      this.wordsOf[i] = field.type === "f64" ? 2 : 1;
      word += this.wordsOf[i]!;
    });
    this.stride = Math.max(4, (word + 3) & ~3);
    this.#end = word;
    this.#setters = kind.fields.map((field, i) =>
      new FieldSetter(field, i, this.wordOf[i]!, texts)
    );
    this.#texts = this.#setters.filter(({ field }) => field.type === "text");
    this.#optional = this.#setters.filter(({ field }) => field.optional);
    this.#byName = new Map(this.#setters.map((setter) => [setter.key, setter]));
    this.denominators = Float64Array.from(this.#setters, (setter) => setter.denominator);
    this.#last = this.#setters.at(-1);
    this.#setters.forEach((setter, i) => {
      setter.next = this.#setters[(i + 1) % count]!;
      this.#allLow |= setter.lowBit;
      this.#allHigh |= setter.highBit;
      if (setter.field.optional) return;
      this.#needLow |= setter.lowBit;
      this.#needHigh |= setter.highBit;
    });
    this.lows = new Int32Array(this.stride * 4);
    this.highs = new Int32Array(this.stride * 4);
    for (let i = 0; i < count; i++) {
      const masks = i < 32 ? this.lows : this.highs;
      for (let w = this.wordOf[i]!; w < this.wordOf[i]! + this.wordsOf[i]!; w++) {
        for (let index = 0; index < 16; index++) {
          if ((index >>> (w & 3)) & 1) masks[(w >>> 2) * 16 + index]! |= 1 << (i & 31);
        }
      }
    }
  }

  /**
   * Adds to `mask` every field whose bits differ between two rows, a change of presence included.
   *
   * @param words array that holds the row, starting at word `at`
   * @param baseWords array that holds the row to compare with, starting at `baseAt`
   */
  diff(
    words: Int32Array,
    at: number,
    baseWords: Int32Array,
    baseAt: number,
    mask: Mask,
  ): void {
    const lows = this.lows;
    const highs = this.highs;
    const end = at + this.stride;
    let lo = 0;
    let hi = 0;
    for (let a = at, b = baseAt, masks = 0; a < end; a += 4, b += 4, masks += 16) {
      const index = differingWords(words, a, baseWords, b);
      lo |= lows[masks + index]!;
      hi |= highs[masks + index]!;
    }
    if (this.presenceWords > 0) lo |= words[at]! ^ baseWords[baseAt]!;
    if (this.presenceWords > 1) hi |= words[at + 1]! ^ baseWords[baseAt + 1]!;
    mask.lo |= lo;
    mask.hi |= hi;
  }

  /** Copies the masked fields, `lo` 0 to 31 and `hi` 32 to 63, of a row over those of another. */
  copyFields(lo: number, hi: number, from: Int32Array, fromAt: number, to: Int32Array): void {
    for (let first = 0, bits = lo; first < 64; first += 32, bits = hi) {
      for (; bits !== 0; bits &= bits - 1) {
        const field = first + lowestBit(bits);
        const place = this.wordOf[field]!;
        for (let w = place; w < place + this.wordsOf[field]!; w++) to[w] = from[fromAt + w]!;
      }
    }
    if (this.presenceWords > 0) to[0] = (to[0]! & ~lo) | (from[fromAt]! & lo);
    if (this.presenceWords > 1) to[1] = (to[1]! & ~hi) | (from[fromAt + 1]! & hi);
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

  /** Value of a field; undefined when an optional field is absent. */
  get(words: Int32Array, at: number, field: number): FieldValue | undefined {
    if (!this.isPresent(words, at, field)) return undefined;
    const { type, values } = this.kind.fields[field]!;
    const place = at + this.wordOf[field]!;
    const word = words[place]!;
    switch (type) {
      case "bool":
        return word !== 0;
      case "u32":
        return word >>> 0;
      case "fixed":
        return word / this.denominators[field]!;
      case "f32":
        return float32FromBits(word);
      case "f64":
        return float64FromBits(word, words[place + 1]!);
      case "enum":
        return values![word]!;
      case "text":
        return this.texts.text(word);
      default:
        return word;
    }
  }

  /**
   * Writes a field's value; `undefined` makes an optional field absent.
   *
   * @param round true to send `fixed` and `f32` fields a value between two steps, which goes to
   *   the nearest; false to refuse it
   * @throws {FieldValueError} when the type cannot hold the value
   */
  set(
    words: Int32Array,
    at: number,
    field: number,
    value: FieldValue | undefined,
    round: boolean = false,
  ): void {
    const setter = this.#setters[field]!;
    const isOptional = setter.field.optional;
    if (value === undefined) {
      if (!isOptional) this.#refuse(setter, "it is missing and not optional");
      this.setPresent(words, at, field, false);
      const place = at + setter.place;
      words.fill(0, place, place + this.wordsOf[field]!);
      return;
    }
    if (!setter.put(words, at, value, round)) this.#refuse(setter, setter.reason(value, round));
    if (setter.field.type === "text") this.#putText(setter, words, at);
    if (isOptional) this.setPresent(words, at, field, true);
  }

  /**
   * Writes a whole row from an object, whatever the row held.
   *
   * @throws {FieldValueError} for a value that does not fit and for a key that is no field
   */
  pack(values: FieldValues, words: Int32Array, at: number, round: boolean = false): void {
    if (this.#packKeys(values, words, at, round)) return;
    const { name: kind, fields } = this.kind;
    words.fill(0, at, at + this.stride);
    fields.forEach(({ name }, i) => {
      this.set(words, at, i, Object.hasOwn(values, name) ? values[name] : undefined, round);
    });
    for (const name in values) {
      if (!this.#byName.has(name)) {
        throw new FieldValueError(kind, name, "the kind has no such field");
      }
    }
  }

  /** Packs an object key by key, which is quick; false when the object is not as expected. */
  #packKeys(values: FieldValues, words: Int32Array, at: number, round: boolean): boolean {
    let low = 0;
    let high = 0;
    if (this.#last === undefined) return false;
    let last: FieldSetter = this.#last;
    for (const name in values) {
      let setter: FieldSetter = last.next;
      if (setter.key !== name) {
        const found = this.#byName.get(name);
        if (found === undefined) return false;
        last.next = setter = found;
      }
      last = setter;
      if (!hasOwn.call(values, name)) return false;
      const value = values[name]!;
      if (setter.isInteger && typeof value === "number") {
        // As `put` does, without the call.
        const word = value | 0;
        if (word !== value || word < setter.min || word > setter.max) return false;
        if (word === 0 && Object.is(value, -0)) return false;
        words[at + setter.place] = word;
      } else if (!setter.put(words, at, value, round)) {
        if (value === undefined) continue;
        return false;
      }
      low |= setter.lowBit;
      high |= setter.highBit;
    }
    this.#last = last;
    if ((this.#needLow & ~low) !== 0 || (this.#needHigh & ~high) !== 0) return false;
    return this.#packRest(values, words, at, low, high);
  }

  /** Packs what is left when all values that are there fit: presence, zeros and texts. */
  #packRest(
    values: FieldValues,
    words: Int32Array,
    at: number,
    low: number,
    high: number,
  ): boolean {
    for (let w = this.#end; w < this.stride; w++) words[at + w] = 0;
    if (this.presenceWords > 0) words[at] = low & ~this.#needLow;
    if (this.presenceWords > 1) words[at + 1] = high & ~this.#needHigh;
    if (low !== this.#allLow || high !== this.#allHigh) {
      for (const { lowBit, highBit, key, place, field } of this.#optional) {
        if (((low & lowBit) | (high & highBit)) !== 0) continue;
        // A key that is hidden from loops counts too.
        if (hasOwn.call(values, key) && values[key] !== undefined) return false;
        words[at + place] = 0;
        if (field.type === "f64") words[at + place + 1] = 0;
      }
    }
    for (const setter of this.#texts) {
      if (((low & setter.lowBit) | (high & setter.highBit)) !== 0) this.#putText(setter, words, at);
    }
    return true;
  }

  /** The row as an object with the fields that are present, in the order of the field table. */
  unpack(words: Int32Array, at: number): Record<string, FieldValue> {
    const object: Record<string, FieldValue> = {};
    const fields = this.kind.fields;
    for (let i = 0; i < fields.length; i++) {
      const value = this.get(words, at, i);
      if (value !== undefined) setOwn(object, fields[i]!.name, value);
    }
    return object;
  }

  #putText(setter: FieldSetter, words: Int32Array, at: number): void {
    try {
      setter.putText(words, at);
    } catch (error) {
      this.#refuse(setter, (error as RangeError).message);
    }
  }

  #refuse({ field }: FieldSetter, reason: string): never {
    throw new FieldValueError(this.kind.name, field.name, reason);
  }
}

/** Sets an own property, also for the name `__proto__`. */
function setOwn(object: Record<string, FieldValue>, name: string, value: FieldValue): void {
  if (name !== "__proto__") object[name] = value;
  else {
    Object.defineProperty(object, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
}
