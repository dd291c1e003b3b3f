import type { Kind } from "./schema.ts";

/**
 * Where each field of a kind lies in a row of 32-bit words.
 *
 * A row is `stride` words, a multiple of 4: first one or two presence words when a field is
 * optional (bit n for field n), then the fields in order, `f64` and `u64` as two words (low, high),
 * all others as one (floats by their bits, texts by their number in a pool), then zeros. An absent
 * field's words are zero.
 */
export class RowPlaces {
  /** Kind that the rows hold. */
  readonly kind: Kind;
  /** Words of a row, a multiple of 4, at least 4. */
  readonly stride: number;
  /** First word of the padding, counted from the start of the row. */
  readonly end: number;
  /** First word of each field, counted from the start of the row. */
  readonly wordOf: Int32Array;
  /** Words of each field: 2 for `f64` and `u64`, 1 for all others. */
  readonly wordsOf: Uint8Array;
  /** True when word n is field n: no field is optional, and none takes two words. */
  readonly isFlat: boolean;
  /** Number of presence words at the start of the row: 0, 1 or 2. */
  readonly presenceWords: number;

  /** Places of a kind's fields. */
  constructor(kind: Kind) {
    this.kind = kind;
    const count = kind.fields.length;
    this.wordOf = new Int32Array(count);
    this.wordsOf = new Uint8Array(count);
    const isOptional = kind.fields.some((field) => field.optional);
    this.presenceWords = !isOptional ? 0 : count > 32 ? 2 : 1;
    let word = this.presenceWords;
    kind.fields.forEach((field, i) => {
      this.wordOf[i] = word;
      this.wordsOf[i] = field.type.endsWith("64") ? 2 : 1;
      word += this.wordsOf[i]!;
    });
    this.end = word;
    this.isFlat = word === count;
    this.stride = Math.max(4, (word + 3) & ~3);
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
}
