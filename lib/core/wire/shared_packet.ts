import { ByteWriter } from "../bytes/bytes.ts";
import { PacketHeader } from "./packet_header.ts";
import { EntityRecords } from "./entity_records.ts";

/** Every reason for a keyframe, in the order in which figures show them. */
export const KEYFRAME_REASONS = ["no-ack", "evicted", "reset", "interval"] as const;

/**
 * Why a packet is a keyframe: no frame was acked yet (or, under `nack`, the keyframe before was
 * lost), the acked frame has left the history, the consumer was reset, or the interval for regular
 * keyframes is over.
 */
export type KeyframeReason = (typeof KEYFRAME_REASONS)[number];

/**
 * Something that is kept while somebody refers to it; then its memory is used again.
 *
 * @internal
 */
export interface Counted {
  /** How many refer to it. */
  references: number;
}

/**
 * One encoded packet, shared by every consumer whose packet would hold the same bytes. It is kept
 * while it is a consumer's last, or on its way to one; then its memory is used again.
 */
export class SharedPacket<S> extends PacketHeader implements Counted {
  /** Number of this encode, counted from 0 over the life of the tracker. */
  serial: number = 0;
  /** How many refer to the packet. */
  references: number = 0;
  /** How many may go on from its state. */
  uses: number = 0;
  /** Writer that owns the bytes. */
  readonly out: ByteWriter = new ByteWriter(256);
  /** Bytes of the header at the start of the packet. */
  headerLength: number = 0;
  /**
   * What a consumer holds once it has applied the packet, if it held what it should; undefined once
   * nobody goes on from there.
   */
  state: S | undefined;
  /** State that it is against; undefined in a keyframe. */
  base: S | undefined;
  /** Which entities and fields it holds; filled where the ack policy needs them. */
  readonly records: EntityRecords = new EntityRecords();
  /** What of `records` was owed from lost packets. */
  readonly owed: EntityRecords = new EntityRecords();

  /** The packet; valid while it is referred to. */
  get bytes(): Uint8Array {
    return this.out.bytes();
  }
}
