import { FieldSetter } from "./field_setter.ts";
import { FieldValueError } from "./field_value_error.ts";
import type { RowLayout } from "./row_layout.ts";
import type { FieldValue } from "./schema.ts";
import type { FieldValues } from "./state.ts";

const hasOwn = Object.prototype.hasOwnProperty;

const PACKERS: WeakMap<RowLayout, RowPacker> = new WeakMap();

/** The packer of a layout's rows, made when it is first asked for: who only reads rows needs none. */
export function packerOf(layout: RowLayout): RowPacker {
  let packer = PACKERS.get(layout);
  if (packer === undefined) PACKERS.set(layout, packer = new RowPacker(layout));
  return packer;
}

/** Writes values of objects into rows. */
export class RowPacker {
  readonly #layout: RowLayout;
  readonly #setters: readonly FieldSetter[];
  readonly #texts: readonly FieldSetter[];
  readonly #optional: readonly FieldSetter[];
  readonly #byName: ReadonlyMap<string, FieldSetter>;
  /** Setter of the key that came last in the object before; its next is that of the first key. */
  #last: FieldSetter | undefined;
  /** Mask bits of the fields that are not optional, and of all. */
  #needLow = 0;
  #needHigh = 0;
  #allLow = 0;
  #allHigh = 0;

  /** Packer of the rows of a layout, whose texts go to its pool. */
  constructor(layout: RowLayout) {
    const { kind: { fields }, texts, wordOf } = layout;
    this.#layout = layout;
    this.#setters = fields.map((field, i) => new FieldSetter(field, i, wordOf[i]!, texts));
    this.#texts = this.#setters.filter(({ field }) => field.type === "text");
    this.#optional = this.#setters.filter(({ field }) => field.optional);
    this.#byName = new Map(this.#setters.map((setter) => [setter.key, setter]));
    this.#last = this.#setters.at(-1);
    this.#setters.forEach((setter, i) => {
      setter.next = this.#setters[(i + 1) % fields.length]!;
      this.#allLow |= setter.lowBit;
      this.#allHigh |= setter.highBit;
      if (setter.field.optional) return;
      this.#needLow |= setter.lowBit;
      this.#needHigh |= setter.highBit;
    });
  }

  /**
   * Writes a field's value; `undefined` makes an optional field absent.
   *
   * @param round true to take a number between two that the field holds, which goes to the nearest;
   *   false to refuse it
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
      this.#layout.setPresent(words, at, field, false);
      const place = at + setter.place;
      words.fill(0, place, place + this.#layout.wordsOf[field]!);
      return;
    }
    if (!setter.put(words, at, value, round)) this.#refuse(setter, setter.reason(value, round));
    if (setter.field.type === "text") this.#putText(setter, words, at);
    if (isOptional) this.#layout.setPresent(words, at, field, true);
  }

  /**
   * Writes a whole row from an object, whatever the row held.
   *
   * @throws {FieldValueError} for a value that does not fit and for a key that is no field
   */
  pack(values: FieldValues, words: Int32Array, at: number, round: boolean = false): void {
    if (this.#packKeys(values, words, at, round)) return;
    const { kind: { name: kind, fields }, stride } = this.#layout;
    words.fill(0, at, at + stride);
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
        const isKept = word === value && word >= setter.min && word <= setter.max &&
          !(word === 0 && Object.is(value, -0));
        if (isKept) words[at + setter.place] = word;
        else if (!round || !setter.put(words, at, value, round)) return false;
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
    const { end, stride, presenceWords } = this.#layout;
    for (let w = end; w < stride; w++) words[at + w] = 0;
    if (presenceWords > 0) words[at] = low & ~this.#needLow;
    if (presenceWords > 1) words[at + 1] = high & ~this.#needHigh;
    if (low !== this.#allLow || high !== this.#allHigh) {
      for (const { lowBit, highBit, key, place, isWide } of this.#optional) {
        if (((low & lowBit) | (high & highBit)) !== 0) continue;
        // A key that is hidden from loops counts too.
        if (hasOwn.call(values, key) && values[key] !== undefined) return false;
        words[at + place] = 0;
        if (isWide) words[at + place + 1] = 0;
      }
    }
    for (const setter of this.#texts) {
      if (((low & setter.lowBit) | (high & setter.highBit)) !== 0) this.#putText(setter, words, at);
    }
    return true;
  }

  #putText(setter: FieldSetter, words: Int32Array, at: number): void {
    try {
      setter.putText(words, at);
    } catch (error) {
      this.#refuse(setter, (error as RangeError).message);
    }
  }

  #refuse({ field }: FieldSetter, reason: string): never {
    throw new FieldValueError(this.#layout.kind.name, field.name, reason);
  }
}
