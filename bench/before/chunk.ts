import { ByteWriter } from "./bytes.ts";
import type { Frame } from "./frame.ts";
import { FrameSpans } from "./frame_spans.ts";
import type { PacketForm } from "./packet_header.ts";

/**
 * Why a packet is a keyframe: no frame was acked yet, the acked frame has left the history, the
 * consumer was reset, or the interval for regular keyframes is over.
 */
export type KeyframeReason = "no-ack" | "evicted" | "reset" | "interval";

/** One encoded packet, shared by every consumer whose packet would hold the same bytes. */
export class Chunk {
  /** Frame of the state in the packet. */
  frame: Frame = 0;
  /** Form of the body. */
  form: PacketForm = "keyframe";
  /**
   * Frame that the packet is against: the baseline of a delta, the frame sent before of a patch.
   */
  baselineFrame: Frame = 0;
  /** True when it is a keyframe that begins with the tables of texts. */
  hasTables: boolean = false;
  /** Changes that a patch of the policy `nack` holds. */
  readonly spans: FrameSpans = new FrameSpans();
  /** Number of this encode, counted from 0 over the life of the tracker. */
  serial: number = 0;
  /** How many consumers' last append this is. */
  references: number = 0;
  /** Writer that owns the bytes. */
  readonly out: ByteWriter = new ByteWriter(256);
  /** Bytes of the header at the start of the packet. */
  headerLength: number = 0;

  /** The packet. */
  get bytes(): Uint8Array {
    return this.out.bytes();
  }
}
