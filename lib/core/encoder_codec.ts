import type { ByteReader, ByteWriter } from "./bytes.ts";
import type { ChangeTable, DeltaCodec } from "./delta_codec.ts";
import type { Encoder } from "./encoder.ts";
import type { Frame } from "./frame.ts";
import type { FrameSpans } from "./frame_spans.ts";
import { lowestBit, Mask } from "./mask.ts";

/** The three packet forms of a {@linkcode DeltaCodec}, written by an {@linkcode Encoder}. */
export class EncoderCodec<S> implements DeltaCodec<S> {
  readonly #encoder: Encoder<S>;
  readonly #mask: Mask = new Mask();

  /** Codec of one encoder. */
  constructor(encoder: Encoder<S>) {
    this.#encoder = encoder;
  }

  /** Copy of a state as the far end will reconstruct it. */
  snapshot(state: S, reuse: S | undefined): S {
    return this.#encoder.snapshot(state, reuse);
  }

  /** Table of changes for the policy `nack`. */
  changeTable(): ChangeTable<S> {
    return new FieldChanges(this.#encoder);
  }

  /** Writes all fields. */
  writeKeyframe(state: S, out: ByteWriter): void {
    const mask = this.#mask.fill(this.#encoder.fieldCount);
    this.#encoder.encode(state, undefined, mask, out);
  }

  /** Mirror of {@linkcode EncoderCodec.writeKeyframe}. @throws {ByteSyntaxError} */
  readKeyframe(input: ByteReader): S {
    const { state, mask } = this.#encoder.decode(input, undefined);
    input.end();
    const all = this.#mask.fill(this.#encoder.fieldCount);
    if (!mask.equals(all)) input.refuse("a keyframe lacks a field");
    return state;
  }

  /** Writes the fields that differ, against the baseline. */
  writeDelta(state: S, baseline: S, out: ByteWriter): void {
    const mask = this.#encoder.diff(state, baseline, this.#mask.clear());
    this.#encoder.encode(state, baseline, mask, out);
  }

  /** Mirror of {@linkcode EncoderCodec.writeDelta}. @throws {ByteSyntaxError} */
  readDelta(input: ByteReader, baseline: S): S {
    const { state } = this.#encoder.decode(input, baseline);
    input.end();
    return state;
  }

  /** Writes the fields that differ from the state sent before, as values that stand alone. */
  writePatch(state: S, previous: S, out: ByteWriter): void {
    const mask = this.#encoder.diff(state, previous, this.#mask.clear());
    this.#encoder.encode(state, undefined, mask, out);
  }

  /** Mirror of {@linkcode EncoderCodec.writePatch}. @throws {ByteSyntaxError} */
  readPatch(input: ByteReader, held: S | undefined): S {
    const { state, mask } = this.#encoder.decode(input, undefined);
    input.end();
    return this.#encoder.merge(held, state, mask);
  }
}

/** {@linkcode ChangeTable} of one state: one date a field. */
class FieldChanges<S> implements ChangeTable<S> {
  readonly #encoder: Encoder<S>;
  readonly #frames: Uint32Array;
  readonly #mask: Mask = new Mask();
  #previous: S | undefined;

  constructor(encoder: Encoder<S>) {
    this.#encoder = encoder;
    this.#frames = new Uint32Array(encoder.fieldCount);
  }

  note(state: S, frame: Frame): void {
    const mask = this.#encoder.diff(state, this.#previous, this.#mask.clear());
    for (let bits = mask.lo; bits !== 0; bits &= bits - 1) this.#frames[lowestBit(bits)] = frame;
    for (let bits = mask.hi; bits !== 0; bits &= bits - 1) {
      this.#frames[32 + lowestBit(bits)] = frame;
    }
    this.#previous = this.#encoder.snapshot(state, this.#previous);
  }

  writePatch(state: S, spans: FrameSpans, out: ByteWriter): void {
    const mask = this.#mask.clear();
    for (let field = 0; field < this.#frames.length; field++) {
      if (!spans.has(this.#frames[field]!)) continue;
      if (field < 32) mask.lo |= 1 << field;
      else mask.hi |= 1 << (field - 32);
    }
    this.#encoder.encode(state, undefined, mask, out);
  }
}
