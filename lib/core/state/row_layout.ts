import {
  differingWords,
  float32FromBits,
  float64FromBits,
  uint64FromWords,
} from "../bytes/bits.ts";
import { lowestBit, type Mask } from "../bytes/mask.ts";
import { RowPlaces } from "./row_places.ts";
import { assertKind, type FieldValue, type Kind, scaleOf } from "./schema.ts";
import { setOwn } from "./set_own.ts";
import { TextPool } from "./text_pool.ts";

const NOT_FILLED: Int32Array = new Int32Array(0);

/**
 * Rows of a kind: what lies where, compared, copied, and as objects.
 *
 * @internal
 */
export class RowLayout extends RowPlaces {
  /** What the words of each `fixed` field are multiplied with, 1 for all others. */
  readonly multipliers: Float64Array;
  /** What they are divided by then, 1 for all others. */
  readonly divisors: Float64Array;
  /** Texts of the `text` fields. */
  readonly texts: TextPool;
  /**
   * For every four words of a row, 16 masks of fields 0 to 31: the fields of those words whose bits
   * are set in the index; presence words and padding are of none. {@linkcode fillMasks} fills them.
   */
  lows: Int32Array = NOT_FILLED;
  /** The same of fields 32 to 63. */
  highs: Int32Array = NOT_FILLED;

  /**
   * Layout of a kind.
   *
   * @param texts pool that the rows share with others; one of its own unless given
   * @throws {SchemaError} when the field table cannot be used
   */
  constructor(kind: Kind, texts: TextPool = new TextPool()) {
    assertKind(kind);
    super(kind);
    this.texts = texts;
    this.multipliers = Float64Array.from(kind.fields, (field) => scaleOf(field).multiplier);
    this.divisors = Float64Array.from(kind.fields, (field) => scaleOf(field).divisor);
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
        return word * this.multipliers[field]! / this.divisors[field]!;
      case "f32":
        return float32FromBits(word);
      case "f64":
        return float64FromBits(word, words[place + 1]!);
      case "u64":
        return uint64FromWords(word, words[place + 1]!);
      case "enum":
        return values![word]!;
      case "text":
        return this.texts.text(word);
      default:
        return word;
    }
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
}

/** Fills the masks of a layout unless they are: who writes needs them, who reads does not. */
export function fillMasks(layout: RowLayout): void {
  if (layout.lows !== NOT_FILLED) return;
  const { kind: { fields }, stride, wordOf, wordsOf } = layout;
  layout.lows = new Int32Array(stride * 4);
  layout.highs = new Int32Array(stride * 4);
  for (let i = 0; i < fields.length; i++) {
    const masks = i < 32 ? layout.lows : layout.highs;
    for (let w = wordOf[i]!; w < wordOf[i]! + wordsOf[i]!; w++) {
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
export function diffRows(
  layout: RowLayout,
  words: Int32Array,
  at: number,
  baseWords: Int32Array,
  baseAt: number,
  mask: Mask,
): void {
  fillMasks(layout);
  const { lows, highs, isFlat, stride, presenceWords } = layout;
  if (isFlat && stride <= 32) {
    let bits = 0;
    for (let w = 0; w < stride; w += 4) {
      bits |= differingWords(words, at + w, baseWords, baseAt + w) << w;
    }
    mask.lo |= bits;
    return;
  }
  let lo = presenceWords > 0 ? words[at]! ^ baseWords[baseAt]! : 0;
  let hi = presenceWords > 1 ? words[at + 1]! ^ baseWords[baseAt + 1]! : 0;
  for (let w = 0; w < stride; w += 4) {
    const index = differingWords(words, at + w, baseWords, baseAt + w);
    lo |= lows[w * 4 + index]!;
    hi |= highs[w * 4 + index]!;
  }
  mask.lo |= lo;
  mask.hi |= hi;
}

/** Copies the masked fields, `lo` 0 to 31 and `hi` 32 to 63, of a row over those of another. */
export function copyFields(
  layout: RowLayout,
  lo: number,
  hi: number,
  from: Int32Array,
  fromAt: number,
  to: Int32Array,
): void {
  for (let first = 0, bits = lo; first < 64; first += 32, bits = hi) {
    for (; bits !== 0; bits &= bits - 1) {
      const field = first + lowestBit(bits);
      const place = layout.wordOf[field]!;
      for (let w = place; w < place + layout.wordsOf[field]!; w++) to[w] = from[fromAt + w]!;
    }
  }
  if (layout.presenceWords > 0) to[0] = (to[0]! & ~lo) | (from[fromAt]! & lo);
  if (layout.presenceWords > 1) to[1] = (to[1]! & ~hi) | (from[fromAt + 1]! & hi);
}
