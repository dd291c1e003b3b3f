import type { ByteReader, ByteWriter } from "./bytes.ts";
import type { Decoded, Encoder } from "./encoder.ts";
import { BLANK_ROW, FieldCoder, type FieldCoding } from "./field_coder.ts";
import { lowestBit, Mask } from "./mask.ts";
import { readMask, writeMask } from "./mask_coding.ts";
import type { RowLayout } from "./row_layout.ts";

/** {@linkcode Encoder} of the rows of one kind: a mask, then the masked fields. */
export class RowEncoder implements Encoder<Int32Array> {
  /** Layout of the rows. */
  readonly layout: RowLayout;
  /** Number of fields of the kind. */
  readonly fieldCount: number;
  readonly #coder: FieldCoder;

  /** Encoder of rows that start at element 0 of their array. */
  constructor(layout: RowLayout, coding: FieldCoding) {
    this.layout = layout;
    this.fieldCount = layout.kind.fields.length;
    this.#coder = new FieldCoder(layout, coding);
  }

  /** Copy of a row. */
  snapshot(state: Int32Array, reuse: Int32Array | undefined): Int32Array {
    const copy = reuse ?? new Int32Array(this.layout.stride);
    for (let w = 0; w < copy.length; w++) copy[w] = state[w]!;
    return copy;
  }

  /** Fields whose words differ. */
  diff(state: Int32Array, baseline: Int32Array | undefined, mask: Mask): Mask {
    if (baseline === undefined) return mask.fill(this.fieldCount);
    this.layout.diff(state, 0, baseline, 0, mask);
    return mask;
  }

  /** Writes the mask and the masked fields. */
  encode(
    state: Int32Array,
    baseline: Int32Array | undefined,
    mask: Mask,
    out: ByteWriter,
  ): void {
    const base = baseline ?? BLANK_ROW;
    const isDelta = baseline !== undefined;
    writeMask(mask, this.fieldCount, out);
    this.#coder.writeMasked(mask, state, 0, base, 0, isDelta, out);
  }

  /** Mirror of {@linkcode RowEncoder.encode}. @throws {ByteSyntaxError} */
  decode(input: ByteReader, baseline: Int32Array | undefined): Decoded<Int32Array> {
    const base = baseline ?? BLANK_ROW;
    const isDelta = baseline !== undefined;
    const state = new Int32Array(this.layout.stride);
    if (baseline !== undefined) state.set(baseline);
    const mask = readMask(input, this.fieldCount, new Mask());
    for (let bits = mask.lo; bits !== 0; bits &= bits - 1) {
      this.#coder.read(lowestBit(bits), state, 0, base, 0, isDelta, input);
    }
    for (let bits = mask.hi; bits !== 0; bits &= bits - 1) {
      this.#coder.read(32 + lowestBit(bits), state, 0, base, 0, isDelta, input);
    }
    return { state, mask };
  }

  /** Row with the masked fields of `patch` and all others of `held`. */
  merge(held: Int32Array | undefined, patch: Int32Array, mask: Mask): Int32Array {
    const state = this.snapshot(held ?? new Int32Array(this.layout.stride), undefined);
    for (const field of mask) {
      const place = this.layout.wordOf[field]!;
      const end = place + this.layout.wordsOf[field]!;
      for (let w = place; w < end; w++) state[w] = patch[w]!;
      if (this.layout.kind.fields[field]!.optional) {
        const isPresent = this.layout.isPresent(patch, 0, field);
        this.layout.setPresent(state, 0, field, isPresent);
      }
    }
    return state;
  }
}
