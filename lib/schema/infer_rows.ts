import type { FieldObserver } from "./infer_field.ts";
import type { KindObserver } from "./infer_kind.ts";
import { integerOf, type ValueCategory } from "./value_category.ts";

/** A field of rows. */
export interface RowField {
  /** Name of the field. */
  readonly name: string;
  /** What its values are. */
  readonly category: ValueCategory;
}

/** Values of rows, of which each has the same fields in the same order. */
export interface RowValues {
  /** Values: a number, 1 or 0 for a truth value, anything for a text, NaN for what is absent. */
  readonly numbers: Float64Array;
  /** Texts at the places of their fields, also the digits of bigints. */
  readonly texts: readonly string[];
}

/** Rows of one kind on their way into an inference: the same as their states as objects. */
export class RowInference {
  readonly #kind: KindObserver;
  readonly #fields: readonly RowField[];
  /** Indexes of the fields in the order in which objects have them as keys. */
  #order: Uint8Array = new Uint8Array(0);
  /** Observers of the fields that a row had so far. */
  readonly #observers: (FieldObserver | undefined)[] = [];

  /** Way of the rows of a kind. @param fields may become more */
  constructor(kind: KindObserver, fields: readonly RowField[]) {
    this.#kind = kind;
    this.#fields = fields;
  }

  /** Counts a state of an entity. @param isKnown true when the frame before had it, of this kind */
  count(id: number, isKnown: boolean): void {
    this.#kind.rows++;
    if (!isKnown) this.#kind.ids?.add(id);
  }

  /**
   * Adds a row that is not as the one of its entity at the frame before.
   *
   * @param at place of its first value
   * @param beforeAt place of the row of the same entity in the frame before; -1 without one
   * @param frame number of the frame, counted from anywhere
   */
  add({ numbers, texts }: RowValues, at: number, beforeAt: number, frame: number): void {
    this.#kind.observed++;
    if (this.#order.length !== this.#fields.length) this.#order = orderOf(this.#fields);
    const order = this.#order;
    for (let k = 0; k < order.length; k++) {
      const i = order[k]!;
      const number = numbers[at + i]!;
      if (number !== number) continue;
      const observer = this.#observers[i] ??= this.#kind.field(this.#fields[i]!.name);
      const { category } = this.#fields[i]!;
      const old = beforeAt < 0 ? NaN : numbers[beforeAt + i]!;
      if (category === "number") {
        // A number that was added before adds nothing.
        if (number === old && number !== 0) observer.seen++;
        else observer.addNumber(number);
      } else if (category === "text") {
        observer.add(texts[at + i]!, old === old ? texts[beforeAt + i]! : undefined, frame);
      } else if (category === "integer64") {
        const isSame = old === number && texts[beforeAt + i] === texts[at + i];
        if (isSame) observer.seen++;
        else observer.add(integerOf(number, texts[at + i]!), undefined, frame);
      } else observer.add(number === 1, undefined, frame);
    }
  }
}

/** Indexes of fields in the order in which objects have them as keys. */
function orderOf(fields: readonly RowField[]): Uint8Array {
  const keys = Object.keys(Object.fromEntries(fields.map(({ name }) => [name, 0])));
  const indexes = new Map(fields.map(({ name }, i) => [name, i]));
  return Uint8Array.from(keys, (key) => indexes.get(key)!);
}
