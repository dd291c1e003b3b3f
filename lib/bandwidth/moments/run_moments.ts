import type { EntityId } from "../../core/names/entity_names.ts";
import type { PacketForm } from "../../core/wire/packet_header.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { BitPart, RecordAnatomy } from "../anatomy/packet_anatomy.ts";
import type { CostPart } from "../report/run_report.ts";

/** What a run is made of second by second, for whoever asks "what happened there?". */
export interface RunMoments {
  /** Time of the recording at which second 0 begins, in milliseconds. */
  readonly startMs: number;
  /**
   * Seconds of the run's `series`, in its order: every one, unless a report has more of them than a
   * page can hold; then those that stand out and others spread evenly, told by `second`.
   */
  readonly seconds: readonly SecondMoments[];
  /** Seconds of the series that are not among them. */
  readonly secondsLeftOut?: number;
  /** Seconds among them whose largest packet is there without its contents. */
  readonly contentsLeftOut?: number;
  /** The longest freezes, in order of their begin. */
  readonly freezes: readonly FreezeMoment[];
  /** Freezes that are not among them, all no longer. */
  readonly freezesLeftOut?: number;
}

/** One second of all consumers together. */
export interface SecondMoments {
  /** As in `series`. */
  readonly second: number;
  /** Packets sent. */
  readonly packets: number;
  /** Keyframes among them by why they were sent; absent where none was. */
  readonly keyframeReasons?: Readonly<Partial<Record<KeyframeReason, number>>>;
  /** Where the bits on the wire went, dearest first. */
  readonly parts: readonly Omit<CostPart, "share">[];
  /** Bits of parts that are not listed. */
  readonly restBits: number;
  /** Entities that cost most, and those most above their usual, dearest first. */
  readonly entities: readonly {
    /** Id as the game spells it. */
    readonly id: EntityId;
    /** Kind; empty where nobody knows it. */
    readonly kind: string;
    /** Bits of its records. */
    readonly bits: number;
  }[];
  /** How many entities had a record in it. */
  readonly entityCount?: number;
  /** The largest packet that was sent in it; null when none was. */
  readonly largest: LargestPacket | null;
}

/** The largest packet of a second, and one consumer that it was sent to. */
export interface LargestPacket {
  /** Frame whose state it holds. */
  readonly frame: number;
  /** Time of that frame in milliseconds. */
  readonly timeMs: number;
  /** Whom it was sent to, counted from 0. */
  readonly consumer: number;
  /** Form of the body. */
  readonly form: PacketForm;
  /** Frames between the packet and what it is against or goes on from; null in a keyframe. */
  readonly baselineAgeFrames: number | null;
  /** Why it is a keyframe; null when it is none. */
  readonly keyframeReason: KeyframeReason | null;
  /** Bits of the payload. */
  readonly bits: number;
  /** Bits on the wire. */
  readonly wireBits: number;
  /** What it consists of; absent where that was not kept. */
  readonly contents?: PacketContents;
}

/** What a packet consists of: the bits of all add up to those of the packet. */
export interface PacketContents {
  /** Bits before the entity records. */
  readonly header: readonly BitPart[];
  /** Entity records, dearest first. */
  readonly records: readonly RecordAnatomy[];
  /** Records that are not listed, all cheaper. */
  readonly recordsLeftOut: { readonly count: number; readonly bits: number };
}

/** A freeze of one consumer. */
export interface FreezeMoment {
  /** Consumer, counted from 0. */
  readonly consumer: number;
  /** Begin, a time of the recording in milliseconds. */
  readonly fromMs: number;
  /** End, likewise. */
  readonly toMs: number;
}
