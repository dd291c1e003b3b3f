import type { ByteReader, ByteWriter } from "./bytes.ts";
import type { Frame } from "./frame.ts";
import type { FrameSpans } from "./frame_spans.ts";

/**
 * What a tracker needs to know of its states: how to copy them, and how to write and read them in
 * the three forms of a packet. Each `read` mirrors the `write` of the same name.
 *
 * - keyframe: the whole state, against nothing
 * - delta: against a baseline that the far end is *known* to hold; values may be differences
 * - patch: changed fields as values that stand alone, since the far end is only *assumed* to hold
 *   what went before
 */
export interface DeltaCodec<S> {
  /** True when a far end needs tables of texts to read values; false when left out. */
  readonly hasTables?: boolean;
  /** Copy of a state as the far end will reconstruct it, into `reuse` when it is given. */
  snapshot(state: S, reuse: S | undefined): S;
  /** Writes the whole state, after the tables when the far end may lack them. */
  writeKeyframe(state: S, out: ByteWriter, withTables?: boolean): void;
  /** Writes what differs from a baseline that the far end holds. */
  writeDelta(state: S, baseline: S, out: ByteWriter): void;
  /** Writes what differs from the state sent before, as values that stand alone. */
  writePatch(state: S, previous: S, out: ByteWriter): void;
  /** Reads a keyframe to the end of the input. @throws {ByteSyntaxError} */
  readKeyframe(input: ByteReader, withTables?: boolean): S;
  /** Reads a delta to the end of the input. @throws {ByteSyntaxError} */
  readDelta(input: ByteReader, baseline: S): S;
  /** Reads a patch to the end of the input, onto what is held. @throws {ByteSyntaxError} */
  readPatch(input: ByteReader, held: S | undefined): S;
  /** New table of when each field last changed, for the policy `nack`. */
  changeTable(): ChangeTable<S>;
}

/** When each field last changed: enough to send a lost packet's fields again without a history. */
export interface ChangeTable<S> {
  /**
   * Compares a state with the one noted before and dates what changed. Frames must ascend.
   *
   * @param horizonFrames changes older than this many frames need not be told apart any more
   */
  note(state: S, frame: Frame, horizonFrames: number): void;
  /** Writes, as a patch, every field of the newest noted state whose last change is in `spans`. */
  writePatch(state: S, spans: FrameSpans, out: ByteWriter): void;
}
