import type { ByteReader } from "../bytes/bytes.ts";
import type { Decoded, Encoder } from "./encoder.ts";
import { Mask } from "../bytes/mask.ts";
import type { PacketHeader } from "./packet_header.ts";

/**
 * How the bodies of packets become states again.
 *
 * @internal
 */
export interface StateReader<S> {
  /** Stands for the schema; undefined when there is none. */
  readonly schemaHash?: number | undefined;

  /**
   * Reads a body to the end of the input.
   *
   * @param baseline what a delta is against
   * @param held what a patch or partial delta goes on from
   * @param reuse a state that nobody needs any more
   * @throws {ByteSyntaxError} for bytes that no tracker writes
   */
  read(
    header: PacketHeader,
    input: ByteReader,
    baseline: S | undefined,
    held: S | undefined,
    reuse: S | undefined,
  ): S;
}

/** Reads what a tracker writes with an {@linkcode Encoder}. */
export class EncoderReader<S> implements StateReader<S> {
  /** Hash of the encoder. */
  readonly schemaHash: number | undefined;
  readonly #encoder: Encoder<S>;
  readonly #all: Mask;
  /** What `decode` may write into; its state changes from call to call. */
  readonly #decoded: { state: S | undefined; mask: Mask } = { state: undefined, mask: new Mask() };
  /** What the last patch held. */
  #patch: Decoded<S> | undefined;

  /** Reader of one encoder's states. */
  constructor(encoder: Encoder<S>) {
    this.schemaHash = encoder.schemaHash;
    this.#encoder = encoder;
    this.#all = Mask.full(encoder.fieldCount);
  }

  /** Reads a mask and the masked fields. @throws {ByteSyntaxError} for any other bytes */
  read(
    { form, hasTables }: PacketHeader,
    input: ByteReader,
    baseline: S | undefined,
    held: S | undefined,
    reuse: S | undefined,
  ): S {
    const encoder = this.#encoder;
    if (form === "partial" || hasTables) input.refuse("a single state has no parts and no tables");
    if (form === "patch") {
      const patch = this.#patch = encoder.decode(input, undefined, this.#patch);
      input.end();
      const merged = encoder.merge(held, patch.state, patch.mask, reuse);
      // Who returns the patch itself keeps its memory.
      if (merged === patch.state) this.#patch = undefined;
      return merged;
    }
    this.#decoded.state = reuse;
    const into = reuse === undefined ? undefined : this.#decoded as Decoded<S>;
    const { state, mask } = encoder.decode(input, form === "delta" ? baseline : undefined, into);
    input.end();
    const isWhole = form === "delta" || mask.equals(this.#all);
    return isWhole ? state : input.refuse("a keyframe lacks a field");
  }
}
