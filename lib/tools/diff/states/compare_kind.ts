import { plainValue } from "../../../core/plain_value.ts";
import type { FieldValue, Kind } from "../../../core/state/schema.ts";
import type { RowLayout } from "../../../core/state/row_layout.ts";
import { sameWords } from "../../../core/state/words.ts";

/** A field of a kind that both recordings may have. */
export interface ComparedField {
  /** Name. */
  readonly name: string;
  /** Index in the first recording's kind, or -1. */
  readonly a: number;
  /** Index in the second's, or -1. */
  readonly b: number;
  /** Words that are the same when the values are: 1 or 2; 0 when that cannot be told by words. */
  readonly words: number;
}

/** Takes the fields of two states that differ; undefined where one lacks the field. */
export type TakeField = (
  field: number,
  a: FieldValue | undefined,
  b: FieldValue | undefined,
) => void;

/** Compares rows of a kind in two recordings, which may have laid it out in different ways. */
export class KindComparison {
  /** Fields of either, in the order of the first recording and then the second. */
  readonly fields: readonly ComparedField[];
  readonly #a: RowLayout;
  readonly #b: RowLayout;
  readonly #isSameLayout: boolean;

  /** Comparison of the fields that are selected of each. */
  constructor(a: RowLayout, b: RowLayout, selectedA: Kind, selectedB: Kind) {
    this.#a = a;
    this.#b = b;
    const [inA, inB] = [indexesOf(a.kind), indexesOf(b.kind)];
    const names = [...selectedA.fields, ...selectedB.fields].map(({ name }) => name);
    this.fields = [...new Set(names)].map((name) => {
      const [one, other] = [inA.get(name) ?? -1, inB.get(name) ?? -1];
      const words = one < 0 || other < 0 ? 0 : commonWords(a, one, b, other);
      return { name, a: one, b: other, words };
    });
    this.#isSameLayout = hasSameLayout(a, b);
  }

  /** True when two rows are the same, told fast; false says nothing. */
  areSame(a: Int32Array, aAt: number, b: Int32Array, bAt: number): boolean {
    return this.#isSameLayout && sameWords(a, aAt, b, bAt, this.#a.stride);
  }

  /** Hands on each field that differs between two rows. */
  compare(a: Int32Array, aAt: number, b: Int32Array, bAt: number, take: TakeField): void {
    for (let f = 0; f < this.fields.length; f++) {
      const field = this.fields[f]!;
      const isInA = field.a >= 0 && this.#a.isPresent(a, aAt, field.a);
      const isInB = field.b >= 0 && this.#b.isPresent(b, bAt, field.b);
      if (isInA && isInB && field.words > 0) {
        const one = aAt + this.#a.wordOf[field.a]!;
        const other = bAt + this.#b.wordOf[field.b]!;
        if (a[one] === b[other] && (field.words === 1 || a[one + 1] === b[other + 1])) continue;
      } else if (!isInA && !isInB) continue;
      const one = isInA ? this.#a.get(a, aAt, field.a) : undefined;
      const other = isInB ? this.#b.get(b, bAt, field.b) : undefined;
      if (!Object.is(plainValue(one), plainValue(other))) take(f, one, other);
    }
  }
}

function indexesOf({ fields }: Kind): ReadonlyMap<string, number> {
  return new Map(fields.map(({ name }, i) => [name, i]));
}

/** True when rows of two kinds are the same word for word whenever their values are the same. */
function hasSameLayout(a: RowLayout, b: RowLayout): boolean {
  return a.kind.fields.length === b.kind.fields.length && a.stride === b.stride &&
    a.presenceWords === b.presenceWords &&
    a.kind.fields.every((field, i) => {
      const other = b.kind.fields[i]!;
      return field.name === other.name && (field.optional === true) === (other.optional === true) &&
        commonWords(a, i, b, i) > 0;
    });
}

const SIGNED: readonly string[] = ["u8", "i8", "u16", "i16", "i32"];

/** Words by which values of two fields can be told to be the same; 0 for none. */
function commonWords(a: RowLayout, one: number, b: RowLayout, other: number): number {
  const [fieldA, fieldB] = [a.kind.fields[one]!, b.kind.fields[other]!];
  if (SIGNED.includes(fieldA.type) && SIGNED.includes(fieldB.type)) return 1;
  // Texts are numbers of a pool, which each recording has for itself.
  if (fieldA.type !== fieldB.type || fieldA.type === "text") return 0;
  if (fieldA.type === "fixed" && fieldA.step !== fieldB.step) return 0;
  if (fieldA.type === "enum" && !areSameTexts(fieldA.values!, fieldB.values!)) return 0;
  return a.wordsOf[one]!;
}

function areSameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}
