import type { ByteReader, ByteWriter } from "../bytes/bytes.ts";
import type { Mask } from "../bytes/mask.ts";

/** What {@linkcode Encoder.decode} found: the state, and the fields that the bytes held. */
export interface Decoded<S> {
  /** The state; fields outside the mask are the baseline's, or blank when there was none. */
  readonly state: S;
  /** Fields that the bytes held. */
  readonly mask: Mask;
}

/**
 * How states of type `S`, with at most 64 fields, become bytes. You write one per state type, or
 * let {@linkcode defineSchema} compile one.
 *
 * A value that the encoding rounds is rounded by `snapshot`, so that `diff` and `encode` see what
 * the far end will reconstruct, never the raw truth.
 */
export interface Encoder<S> {
  /** Number of fields, 0 to 64. */
  readonly fieldCount: number;

  /**
   * Unsigned 32-bit number that stands for the fields and their coding, which keyframes carry so
   * that both ends know that they agree; nothing is checked when left out.
   */
  readonly schemaHash?: number;

  /**
   * Copy of a state as the far end will reconstruct it.
   *
   * @param reuse a snapshot that nobody needs any more; write into it and return it to allocate
   *   nothing
   */
  snapshot(state: S, reuse: S | undefined): S;

  /**
   * True when `snapshot(state)` would be `copy` bit by bit, which a tracker asks for each consumer
   * that is given the same state. Without it the tracker takes a snapshot and compares.
   */
  isSame?(state: S, copy: S): boolean;

  /**
   * Fields of `state` that differ from `baseline` bit by bit; all fields when there is none.
   *
   * @param mask an empty mask to be filled and returned
   */
  diff(state: S, baseline: S | undefined, mask: Mask): Mask;

  /**
   * Writes the mask and the masked fields. Values may be written as differences from `baseline`
   * when there is one, and must stand alone when there is none.
   */
  encode(state: S, baseline: S | undefined, mask: Mask, out: ByteWriter): void;

  /**
   * Reads what `encode` wrote against the same baseline.
   *
   * @param reuse what an earlier call returned and nobody needs any more; write into it and return
   *   it to allocate nothing
   * @throws {ByteSyntaxError} for bytes that `encode` cannot have written
   */
  decode(input: ByteReader, baseline: S | undefined, reuse?: Decoded<S>): Decoded<S>;

  /**
   * State that has the masked fields of `patch` and all others of `held` (blank when undefined).
   * The far end of the policies `append` and `nack` needs it.
   *
   * @param reuse a state that nobody needs any more, as in `snapshot`
   */
  merge(held: S | undefined, patch: S, mask: Mask, reuse?: S): S;
}
