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
  /** Number among the states of its frame, by which the packets that lead to it are found. */
  number: number;
  /** How often its memory was used again, so that it is not taken for what it was before. */
  lives: number;
}

/**
 * One encoded packet, shared by every consumer whose packet would hold the same bytes. It is kept
 * while it is a consumer's last, or on its way to one; then its memory is used again.
 */
export class SharedPacket<S> extends PacketHeader {
  /** Number by which its tracker knows it, above 0. */
  readonly number: number;
  /** Another that is found at the same place, or is free as well; 0 for none. */
  next: number = 0;
  /** Number of this encode, counted from 0 over the life of the tracker. */
  serial: number = 0;
  /** How many refer to the packet. */
  references: number = 0;
  /** Policy `nack`: how many may go on from its state. */
  uses: number = 0;
  /** True while other consumers of its frame may get it. */
  isShared: boolean = false;
  /** Packet that led on from here last, which the next consumer most likely gets as well. */
  onward: SharedPacket<S> | undefined;
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
  /** `lives` of that state. */
  baseLives: number = 0;
  /** Which entities and fields it holds; filled where the ack policy needs them. */
  readonly records: EntityRecords = new EntityRecords();
  /** What of `records` was owed from lost packets. */
  readonly owed: EntityRecords = new EntityRecords();

  /** Packet to be filled. */
  constructor(number: number = 0) {
    super();
    this.number = number;
  }

  #bytes: Uint8Array | undefined;

  /** The packet; valid while it is referred to. */
  get bytes(): Uint8Array {
    return this.#bytes ?? this.out.bytes();
  }

  /** Takes what was written as the whole packet. */
  close(): void {
    this.#bytes = this.out.bytes();
  }
}
