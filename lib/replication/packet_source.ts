import type { KeyframeReason } from "../core/chunk.ts";
import type { Frame } from "../core/frame.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { EncodedPacket } from "./encoded_packet.ts";

/** A packet for one consumer, with what that consumer will hold when it has decoded it. */
export interface SourcedPacket {
  /** The packet; the same object for every consumer that shares it. */
  readonly packet: EncodedPacket;
  /** True when this consumer is the first to get it. */
  readonly isNew: boolean;
  /** Why it is a keyframe; undefined when it is none. */
  readonly reason: KeyframeReason | undefined;
  /** In a new packet, the state that it is against, if the consumer holds what it should. */
  readonly base: Snapshot | undefined;
}

/** The server's half of a run: decides what each consumer is sent, and takes acks. */
export interface PacketSource {
  /** Encodes so far: packets, or fragments of single entities when consumers see different parts. */
  readonly encodes: number;
  /** Takes in the next frame, before any consumer is sent it. */
  begin(truth: Snapshot): void;
  /** Packet of that frame for a consumer; undefined when its budget allows none. */
  packetFor(consumer: number, truth: Snapshot): SourcedPacket | undefined;
  /** Takes an ack; see {@linkcode Tracker.ack}. */
  ack(consumer: number, frame: Frame, appliedBits: number, epoch: number): void;
  /** Forgets what a consumer holds. */
  reset(consumer: number): void;
  /** How often a consumer was reset. */
  epoch(consumer: number): number;
  /** Frees every limit, so that what is owed can be settled; called after the last frame. */
  unlimit(): void;
}
