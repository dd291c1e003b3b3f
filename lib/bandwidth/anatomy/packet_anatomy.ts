import type { EntityId } from "../../core/names/entity_names.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import type { AckPolicy } from "../../core/tracker/tracker_options.ts";
import type { PacketForm } from "../../core/wire/packet_header.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { CodecName } from "../../core/wire/world_codec.ts";

/**
 * One packet taken apart, with why it is what it is and what became of it. The bits of `header` and
 * `records` add up to `bits`, those of `wire` to `wireBits`.
 */
export interface PacketAnatomy {
  /** Name of the run. */
  readonly run: string;
  /** Whom it was sent to, counted from 0. */
  readonly consumer: number;
  /** Frame whose state it holds. */
  readonly frame: number;
  /** Time of that frame, at which it was sent, in milliseconds. */
  readonly timeMs: number;
  /** Form of the body. */
  readonly form: PacketForm;
  /** Ack policy. */
  readonly ack: AckPolicy;
  /** Wire codec. */
  readonly codec: CodecName;
  /** Frame that a delta is against; null in the other forms. */
  readonly baselineFrame: number | null;
  /**
   * Frame of the state that a patch goes on from, which the far end is assumed to hold; null in the
   * other forms.
   */
  readonly assumedFrame: number | null;
  /** Frames between the packet and the one that it is against or goes on from; null in a keyframe. */
  readonly baselineAgeFrames: number | null;
  /** The same in milliseconds. */
  readonly baselineAgeMs: number | null;
  /** Newest frame whose ack had come to the server; null before the first. */
  readonly ackedFrame: number | null;
  /** Newest frame that the consumer had applied when it was sent; null before the first. */
  readonly appliedFrame: number | null;
  /** Why it is a keyframe; null when it is none. */
  readonly keyframeReason: KeyframeReason | null;
  /** Why its baseline is what it is: sentences, with the evidence. */
  readonly reason: readonly string[];
  /** What became of each packet since the newest acked one (`append`: applied one), oldest first. */
  readonly between: readonly EarlierPacket[];
  /** How many more there were, the oldest, which are not listed. */
  readonly betweenLeftOut: number;
  /** Entities whose news waits for the budget; null without one. */
  readonly waiting: readonly EntityId[] | null;
  /** Bits of the packet. */
  readonly bits: number;
  /** Bits on the wire, headers of all datagrams included. */
  readonly wireBits: number;
  /** Datagrams that carry it. */
  readonly datagrams: number;
  /** Bits on the wire by what they are for. */
  readonly wire: readonly BitPart[];
  /** Bits before the entity records: header, tables of texts. */
  readonly header: readonly BitPart[];
  /** Entity records, in their order. */
  readonly records: readonly RecordAnatomy[];
  /** What became of the packet. */
  readonly fate: PacketFate;
}

/** Some bits. */
export interface BitPart {
  /** What they are for. */
  readonly part: string;
  /** How many. */
  readonly bits: number;
  /** What they say, where that is short. */
  readonly value?: string | number;
}

/** Type of an entity record. */
export type RecordType = "update" | "spawn" | "despawn";

/** One entity record. */
export interface RecordAnatomy {
  /** Entity, as the game spells it. */
  readonly id: EntityId;
  /** Its kind; null in a despawn where nobody knows it. */
  readonly kind: string | null;
  /** What is said of it. */
  readonly type: RecordType;
  /** Bits of the record: those of entity, mask and fields. */
  readonly bits: number;
  /** Bits of id, type and, where it travels, kind. */
  readonly entityBits: number;
  /** Those of the kind; left out where it does not travel. */
  readonly kindBits?: number;
  /** Bits of the mask; 0 where there is none. */
  readonly maskBits: number;
  /** Fields in it, in the order of the field table. */
  readonly fields: readonly FieldAnatomy[];
  /** Of a spawn or despawn that `nack` sends again: the packet that was to bring it. */
  readonly sentAgain?: SentAgain;
}

/** Policy `nack`: the packet that held what is sent again, since acks did not tell that it arrived. */
export interface SentAgain {
  /** Its frame. */
  readonly frame: number;
  /** What had become of it. */
  readonly outcome: Outcome;
}

/** One field of a record, with values as they are on the wire. */
export interface FieldAnatomy {
  /** Name. */
  readonly field: string;
  /** Bits, presence included. */
  readonly bits: number;
  /** Value in the baseline, or that the far end is assumed to hold; null where it holds none. */
  readonly from: FieldValue | null;
  /** Value in the packet; null where the field is absent. */
  readonly to: FieldValue | null;
  /** Of what `nack` sends again in an update, though nothing changed: the packet that held it. */
  readonly sentAgain?: SentAgain;
}

/** What became of a packet by some time. */
export type Outcome =
  | "lost"
  | "on-its-way"
  | "applied"
  | "late"
  | "missing-baseline"
  | "disconnected";

/** What became of a packet that was sent earlier, as of the moment that another one was sent. */
export interface EarlierPacket {
  /** Its frame. */
  readonly frame: number;
  /** What had become of it. */
  readonly outcome: Outcome;
  /** Milliseconds from its send to its arrival; null while there was none. */
  readonly latencyMs: number | null;
  /** Where its ack was; null where it had none. */
  readonly ack: "back" | "on-its-way" | "lost" | null;
}

/** What became of the packet in the end. */
export interface PacketFate {
  /** `on-its-way`: at the end of the recording. */
  readonly outcome: Outcome;
  /** Milliseconds from send to arrival; null when it never arrives. */
  readonly latencyMs: number | null;
  /** Fields that the consumer saw wrong after it, or for want of a state; null where nobody looked. */
  readonly wrongFields: number | null;
}

/** Why there is no packet. */
export type MissingReason = "not-recorded" | "not-due" | "not-connected" | "budget";

/** No packet, and why. */
export interface NoPacket {
  /** Name of the run. */
  readonly run: string;
  /** Whom it would have been sent to. */
  readonly consumer: number;
  /** Frame that was asked for. */
  readonly frame: number;
  /** Why there is none. */
  readonly missing: MissingReason;
  /** The same in words, on one line. */
  readonly text: string;
}
