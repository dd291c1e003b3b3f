import type { ByteReader, ByteWriter } from "../bytes/bytes.ts";
import type { Decoded, Encoder } from "./encoder.ts";
import { type FieldCoding, KindCodec, writeKindFields } from "./kind_codec.ts";
import { Mask } from "../bytes/mask.ts";
import { putMask, putSteps, readMask, writeMask } from "./mask_coding.ts";
import { copyFields, diffRows, type RowLayout } from "../state/row_layout.ts";
import { schemaHash } from "./schema_hash.ts";

/**
 * {@linkcode Encoder} of the rows of one kind: a mask, then the masked fields.
 *
 * @internal
 */
export class RowEncoder implements Encoder<Int32Array> {
  /** Layout of the rows. */
  readonly layout: RowLayout;
  /** Number of fields of the kind. */
  readonly fieldCount: number;
  /** Stands for the kind and the coding. */
  readonly schemaHash: number;
  readonly #codec: KindCodec;

  /** Encoder of rows that start at element 0 of their array. */
  constructor(layout: RowLayout, coding: FieldCoding) {
    this.layout = layout;
    this.fieldCount = layout.kind.fields.length;
    this.schemaHash = schemaHash([layout.kind], coding);
    this.#codec = new KindCodec(layout, coding);
  }

  /** Copy of a row. */
  snapshot(state: Int32Array, reuse: Int32Array | undefined): Int32Array {
    const copy = reuse ?? new Int32Array(this.layout.stride);
    for (let w = 0; w < copy.length; w += 4) {
      copy[w] = state[w]!;
      copy[w + 1] = state[w + 1]!;
      copy[w + 2] = state[w + 2]!;
      copy[w + 3] = state[w + 3]!;
    }
    return copy;
  }

  /** True when no word differs. */
  isSame(state: Int32Array, copy: Int32Array): boolean {
    let different = 0;
    for (let w = 0; w < copy.length; w += 4) {
      different |= (state[w]! ^ copy[w]!) | (state[w + 1]! ^ copy[w + 1]!) |
        (state[w + 2]! ^ copy[w + 2]!) | (state[w + 3]! ^ copy[w + 3]!);
    }
    return different === 0;
  }

  /** Fields whose words differ. */
  diff(state: Int32Array, baseline: Int32Array | undefined, mask: Mask): Mask {
    if (baseline === undefined) return mask.fill(this.fieldCount);
    diffRows(this.layout, state, 0, baseline, 0, mask);
    return mask;
  }

  /** Writes the mask and the masked fields. */
  encode(
    state: Int32Array,
    baseline: Int32Array | undefined,
    mask: Mask,
    out: ByteWriter,
  ): void {
    const codec = this.#codec;
    if (codec.isSteps && baseline !== undefined) {
      // The usual case at once: a call for the mask and one for the fields would cost as much.
      const { lo, hi } = mask;
      const buffer = out.reserve(codec.bytesMax);
      const at = putMask(buffer, out.length, lo, hi, this.fieldCount);
      const to = putSteps(state, 0, baseline, 0, lo, buffer, at);
      out.length = hi === 0 ? to : putSteps(state, 32, baseline, 32, hi, buffer, to);
      return;
    }
    const codes = baseline === undefined ? codec.valueCodes : codec.deltaCodes;
    writeMask(mask, this.fieldCount, out);
    writeKindFields(codec, codes, state, 0, baseline ?? state, 0, mask, out);
  }

  /** Mirror of {@linkcode RowEncoder.encode}. @throws {ByteSyntaxError} */
  decode(
    input: ByteReader,
    baseline: Int32Array | undefined,
    reuse: Decoded<Int32Array> = { state: new Int32Array(this.layout.stride), mask: new Mask() },
  ): Decoded<Int32Array> {
    const { state, mask } = reuse;
    const codes = baseline === undefined ? this.#codec.valueCodes : this.#codec.deltaCodes;
    if (baseline === undefined) state.fill(0);
    else this.snapshot(baseline, state);
    readMask(input, this.fieldCount, mask);
    this.#codec.read(codes, state, 0, mask, input, undefined);
    return reuse;
  }

  /** Row with the masked fields of `patch` and all others of `held`. */
  merge(
    held: Int32Array | undefined,
    patch: Int32Array,
    mask: Mask,
    reuse: Int32Array | undefined,
  ): Int32Array {
    const state = reuse ?? new Int32Array(this.layout.stride);
    if (held === undefined) state.fill(0);
    else this.snapshot(held, state);
    copyFields(this.layout, mask.lo, mask.hi, patch, 0, state);
    return state;
  }
}
