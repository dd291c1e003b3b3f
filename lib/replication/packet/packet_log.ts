import type { Snapshot } from "../../core/state/snapshot.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { EncodedPacket } from "./encoded_packet.ts";

/** What became of a packet that arrived: in the last case, nobody was there any more. */
export type ArrivalOutcome = "applied" | "stale" | "missing-baseline" | "disconnected";

/**
 * Told of everything that happens in a run, in an order that is the same on every runtime: frame by
 * frame, in each frame consumer by consumer, for each consumer arrivals before the send. Where
 * nobody comes and goes, all consumers join before the first frame.
 */
export interface PacketLog {
  /** The server begins to send to a consumer, which holds nothing. */
  joined(consumer: number, nowUs: number): void;
  /** The server no longer sends to a consumer, which forgets what it held. */
  left(consumer: number, nowUs: number): void;
  /**
   * A packet was sent to a consumer.
   *
   * @param reason why it is a keyframe; undefined when it is none
   * @param omitted entities with news that the consumer's budget left out; undefined without one
   */
  sent(
    consumer: number,
    packet: EncodedPacket,
    sendUs: number,
    reason: KeyframeReason | undefined,
    omitted?: ReadonlySet<number>,
  ): void;
  /** The packet just sent will not arrive. */
  lost(consumer: number, packet: EncodedPacket): void;
  /**
   * A packet arrived.
   *
   * @param wrongFields fields that the consumer sees wrong after an applied packet, or after a patch
   *   that it could not apply because it has no state at all
   */
  arrived(
    consumer: number,
    packet: EncodedPacket,
    arrivalUs: number,
    outcome: ArrivalOutcome,
    wrongFields: number,
  ): void;
  /** A field was seen wrong for so many frames and is right again, or the run is over. */
  wrongFor(consumer: number, frames: number, isHealed: boolean): void;
  /** News of an entity has waited for so many frames; 0 when it goes now. */
  stale(frames: number): void;
  /**
   * A recorded frame is over, whether packets were due or not: what arrived up to its time has been
   * told, as has what was sent. Only what is sent at it over a link without delay arrives at its time
   * and is told after it.
   *
   * @param truth the frame as it is sent, which does not change afterwards
   */
  framed(truth: Snapshot, nowUs: number): void;
  /** A distinct packet was sent to `packet.sends` consumers and will be sent to no other. */
  encoded(packet: EncodedPacket): void;
}
