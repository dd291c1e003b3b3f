import { integerRange } from "../../core/state/field_range.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import type { Field } from "../../core/state/schema.ts";

/** What is checked of a field's words. */
interface FieldRule {
  readonly field: number;
  /** True unless every word is a value. */
  readonly isRanged: boolean;
  /** Smallest and largest word. */
  readonly min: number;
  readonly max: number;
  readonly isOptional: boolean;
}

/**
 * Finds rows that no writer of states makes: a word outside its field's type, words of an absent
 * field that are not zero, a presence bit of a field that is always there.
 */
export class RowCheck {
  readonly #layout: RowLayout;
  /** Bits of each presence word that belong to no optional field. */
  readonly #stray: readonly number[];
  /** Fields of which something is checked, in order. */
  readonly #rules: readonly FieldRule[];

  /** Check of the rows of a kind. */
  constructor(layout: RowLayout) {
    const { fields } = layout.kind;
    this.#layout = layout;
    this.#stray = Array.from({ length: layout.presenceWords }, (_, w) => ~optionalBits(fields, w));
    this.#rules = fields
      .map((field, i) => {
        const range = wordRange(field);
        const [min, max] = range ?? [0, 0];
        return { field: i, isRanged: range !== undefined, min, max, isOptional: !!field.optional };
      })
      .filter(({ isRanged, isOptional }) => isRanged || isOptional);
  }

  /** What is wrong with rows from a word to another; undefined when nothing is. */
  fault(words: Int32Array, from: number, end: number): string | undefined {
    const { stride } = this.#layout;
    for (let w = 0; w < this.#stray.length; w++) {
      const stray = this.#stray[w]!;
      for (let at = from + w; at < end; at += stride) {
        if ((words[at]! & stray) !== 0) return "a presence bit belongs to no optional field";
      }
    }
    for (let r = 0; r < this.#rules.length; r++) {
      const rule = this.#rules[r]!;
      const reason = (rule.isRanged ? this.#rangeFault(words, from, end, rule) : undefined) ??
        (rule.isOptional ? this.#absenceFault(words, from, end, rule) : undefined);
      if (reason === undefined) continue;
      const { name, fields } = this.#layout.kind;
      return `${JSON.stringify(name)} field ${JSON.stringify(fields[rule.field]!.name)} ${reason}`;
    }
    return undefined;
  }

  #rangeFault(
    words: Int32Array,
    from: number,
    end: number,
    { field, min, max }: FieldRule,
  ): string | undefined {
    const { stride, wordOf } = this.#layout;
    for (let at = from + wordOf[field]!; at < end; at += stride) {
      const word = words[at]!;
      if (word < min || word > max) return `holds ${word}`;
    }
    return undefined;
  }

  #absenceFault(
    words: Int32Array,
    from: number,
    end: number,
    { field }: FieldRule,
  ): string | undefined {
    const { stride, wordOf, wordsOf } = this.#layout;
    const first = wordOf[field]!;
    const isPair = wordsOf[field] === 2;
    for (let row = from; row < end; row += stride) {
      if (this.#layout.isPresent(words, row, field)) continue;
      if (words[row + first] !== 0 || (isPair && words[row + first + 1] !== 0)) {
        return "is absent and has a value";
      }
    }
    return undefined;
  }
}

function optionalBits(fields: readonly Field[], word: number): number {
  let bits = 0;
  for (let i = word * 32; i < Math.min(fields.length, word * 32 + 32); i++) {
    if (fields[i]!.optional) bits |= 1 << (i & 31);
  }
  return bits;
}

function wordRange(field: Field): readonly [number, number] | undefined {
  if (field.type === "bool") return [0, 1];
  if (field.type === "enum") return [0, Math.max(0, field.values!.length - 1)];
  // The numbers of texts are checked against the block's own list, which is gone by now.
  if (field.type === "u32" || field.type === "i32" || field.type === "text") return undefined;
  return integerRange(field.type);
}
