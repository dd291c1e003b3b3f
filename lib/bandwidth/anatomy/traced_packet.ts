import type { Snapshot } from "../../core/state/snapshot.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { AckOnItsWay } from "../../replication/ack_replay.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import type { EarlierPacket, Outcome } from "./packet_anatomy.ts";

/** A recorded frame and its time. */
export interface Moment {
  readonly frame: number;
  /** Microseconds. */
  readonly us: number;
}

/** A packet to a consumer and what has become of it so far. */
export interface SentPacket {
  readonly frame: number;
  readonly sendUs: number;
  /** Its bytes and states, while another packet may be against it. */
  packet: EncodedPacket | undefined;
  outcome: Outcome;
  /** Undefined while it has not arrived. */
  arrivalUs: number | undefined;
  /** The ack; undefined when it is lost, null when none was sent. */
  ack: AckOnItsWay | undefined | null;
  /** Fields that the consumer then saw wrong; undefined where nobody looked. */
  wrongFields: number | undefined;
}

/** The packet of a frame, with what the server knew when it was sent. */
export interface TracedPacket {
  readonly sent: SentPacket;
  readonly packet: EncodedPacket;
  /** Why it is a keyframe; undefined when it is none. */
  readonly reason: KeyframeReason | undefined;
  /** Entities that wait for the budget; undefined without one. */
  readonly waiting: ReadonlySet<number> | undefined;
  /** Packet that it is against, or goes on from; undefined in a keyframe. */
  readonly baseline: SentPacket | undefined;
  /** State that the far end holds of that, or is assumed to. */
  readonly held: Snapshot | undefined;
  /** Newest packet whose ack had come. */
  readonly acked: SentPacket | undefined;
  /** Packet that the consumer had applied last. */
  readonly applied: SentPacket | undefined;
  /** Keyframe before. */
  readonly keyframe: SentPacket | undefined;
  /** Where the consumer joined. */
  readonly joinedAt: Moment | undefined;
  /** Packets since that keyframe, and those of them that were lost or came to nothing. */
  readonly since: { readonly sent: number; readonly lost: number; readonly discarded: number };
  /** What had become of each packet since the newest acked one (`append`: applied one). */
  readonly between: readonly EarlierPacket[];
  /** How many more there were, the oldest. */
  readonly betweenLeftOut: number;
}
