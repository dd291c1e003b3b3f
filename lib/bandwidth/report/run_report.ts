import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { Finding } from "./finding.ts";
import type { RunSettings } from "./run_settings.ts";
import type { DrawnFigures, SeenFigures } from "./seen_figures.ts";

/**
 * Every figure of one run; the JSON of `report`. Lengths in frames unless a name says otherwise.
 * What the player sees is absent where only the cost was asked for.
 */
export interface RunReport extends Partial<SeenFigures>, Partial<DrawnFigures> {
  /** Ack policy, codec and network, as they were given, and what else tells the run from others. */
  readonly name: string;
  /** Every setting of the run. */
  readonly settings: RunSettings;
  /** Ack policy. */
  readonly ack: string;
  /** Codec. */
  readonly codec: string;
  /** Network, as it was given. */
  readonly net: string;
  /** Number of consumers. */
  readonly consumers: number;
  /** Largest payload in bytes that travels in one piece. */
  readonly mtuBytes: number;
  /** Recorded frames. */
  readonly frames: number;
  /** Seconds from the first packet to the end of the last frame. */
  readonly durationSeconds: number;
  /** Packets sent to all consumers. */
  readonly packets: number;
  /** Packets that arrived. */
  readonly delivered: number;
  /** Packets that did not. */
  readonly lost: number;
  /** Packets that arrived and could not be applied: late, or their baseline was not held. */
  readonly discarded: number;
  /**
   * Packets that arrived after a newer one, and so were of no use; they are among `discarded`. Of a
   * packet that comes twice, the first to come counts, and the other is in no figure.
   */
  readonly late: number;
  /** Packets that were keyframes. */
  readonly keyframes: number;
  /** Keyframes by reason. */
  readonly keyframeReasons: Readonly<Record<KeyframeReason, number>>;
  /** Part of all payload bytes that keyframes took, 0 to 1. */
  readonly keyframeShare: number;
  /** Packets whose payload exceeds the MTU. */
  readonly overMtu: number;
  /** Datagrams sent, at least one a packet. */
  readonly datagrams: number;
  /** Datagrams that the network lost; a packet is lost with any of its own. */
  readonly datagramsLost: number;
  /** Datagrams that found the queue of a bottleneck full. */
  readonly datagramsDropped: number;
  /** Acks that consumers sent, and those that did not arrive; zeros where acks lag by frames. */
  readonly acks: { readonly sent: number; readonly lost: number };
  /** Payload bytes to all consumers. */
  readonly payloadBytes: number;
  /** Payload and all headers, bytes. */
  readonly wireBytes: number;
  /** Payload bytes of a packet to one consumer. */
  readonly bytesPerFrame: {
    /** Mean over all packets. */
    readonly mean: number;
    /** Median. */
    readonly p50: number;
    /** Value that 95 % of the packets do not exceed. */
    readonly p95: number;
    /** Value that 99 % of the packets do not exceed. */
    readonly p99: number;
    /** Largest. */
    readonly max: number;
  };
  /** Megabits per second on the wire to all consumers together. */
  readonly egressMbps: number;
  /** The same as gigabytes (10^9) an hour. */
  readonly egressGBPerHour: number;
  /**
   * Kilobits per second on the wire of one consumer, over every whole second in which it was
   * connected all the time; zeros where there was none.
   */
  readonly kbps: { readonly mean: number; readonly p95: number; readonly max: number };
  /** How many such seconds there were, over all consumers. */
  readonly kbpsSeconds: number;
  /**
   * Seconds that are left out of `kbps` and `series`: of a stretch without recorded frames the whole
   * seconds beyond 60, in which nothing was sent.
   */
  readonly secondsLeftOut: number;
  /** Frames between a packet and what it is against; keyframes do not count. */
  readonly baselineAgeFrames: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Encodes that made all packets. */
  readonly encodes: number;
  /** Distinct packets of a frame, mean over the frames that were sent. */
  readonly distinctBaselines: number;
  /** Lost packets in a row on the links to the consumers. */
  readonly lossRuns: { readonly mean: number; readonly max: number };
  /** Packets in a row that met the bad state of a bursty link. */
  readonly badStay: { readonly mean: number; readonly max: number };
  /** Consumers that had no state for a time, because the keyframe was lost that patches go on from. */
  readonly consumersWithoutState: number;
  /** What consumers saw wrong at frames that they applied, or that found them without a state. */
  readonly divergence: {
    /** Sum over all those frames of the fields that were wrong. */
    readonly wrongFieldFrames: number;
    /**
     * Their part of all fields that consumers should have seen at those frames, 0 to 1; a frame at
     * which more is wrong, since they saw what was gone, is all wrong.
     */
    readonly wrongShare: number;
    /** Longest time that one field stayed wrong. */
    readonly longestStreakFrames: number;
  };
  /** Frames from the packet that a consumer missed to the one that made its field right again. */
  readonly healFrames: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Frames for which news of an entity has waited, at every packet; zeros without a budget. */
  readonly stalenessFrames: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Bits that are no field's. */
  readonly overheadBits: {
    /** Packet headers. */
    readonly packet: number;
    /** Entity ids, kinds and record types. */
    readonly entity: number;
    /** Masks. */
    readonly mask: number;
    /** Tables of enum texts, which a consumer is sent when it joins. */
    readonly tables: number;
  };
  /** Every field of every kind, most expensive first. */
  readonly fields: readonly {
    /** Kind of the entities. */
    readonly kind: string;
    /** Field. */
    readonly field: string;
    /** Bits sent for it to all consumers. */
    readonly bits: number;
    /** Its part of all payload bits, 0 to 1. */
    readonly share: number;
    /** How often it was sent. */
    readonly changes: number;
    /** Bits of one send, mean. */
    readonly bitsPerChange: number;
  }[];
  /** Every kind with all that is sent of its entities, most expensive first. */
  readonly kinds: readonly {
    /** Kind. */
    readonly kind: string;
    /** Bits sent for its entities to all consumers: ids, masks and fields. */
    readonly bits: number;
    /** Its part of all payload bits, 0 to 1. */
    readonly share: number;
    /** The part of `bits` that is ids, kinds, types and masks. */
    readonly framingBits: number;
    /** Entity records sent. */
    readonly records: number;
    /** Bits of one record, mean. */
    readonly bitsPerRecord: number;
  }[];
  /** The ten entities that cost most, most expensive first. */
  readonly entities: readonly {
    /** Id as the game spells it. */
    readonly id: number | string;
    /** Kind that it had last. */
    readonly kind: string;
    /** Bits sent for it to all consumers. */
    readonly bits: number;
    /** Its part of all payload bits, 0 to 1. */
    readonly share: number;
  }[];
  /** How many entities were ever sent; at most so many where more than 4 194 304 were left out. */
  readonly entityCount: number;
  /**
   * Entities whose figures were given up, cheap ones first, since more than 262 144 were sent; bits
   * of one that comes again after that begin at 0. Absent where none was.
   */
  readonly entitiesLeftOut?: {
    /** How many. */
    readonly count: number;
    /** Bits that had been sent for them. */
    readonly bits: number;
  };
  /**
   * Everything on the wire, most expensive first, without what took nothing; adds up to `wireBytes`,
   * bit for bit.
   */
  readonly costs: readonly CostPart[];
  /**
   * Payload sizes in bytes, at most 128 bars of one width, empty ones left out: how many packets have
   * a size from `from` up to the next bar's.
   */
  readonly packetSizes: readonly { readonly from: number; readonly packets: number }[];
  /** Baseline ages in frames, likewise; keyframes do not count. */
  readonly baselineAges: readonly { readonly from: number; readonly packets: number }[];
  /** Totals of each second over all consumers. */
  readonly series: readonly {
    /** Whole seconds since the first packet. */
    readonly second: number;
    /** First frame sent in it; the last one before it when none was. */
    readonly frame: number;
    /** Kilobits per second of one consumer: bytes to all over the time for which they were connected. */
    readonly kbps: number;
    /** Keyframes sent. */
    readonly keyframes: number;
    /** Packets that did not arrive. */
    readonly losses: number;
    /** Sum over applied packets of the fields that were wrong after them. */
    readonly wrongFields: number;
    /**
     * Age of the newest applied state at the frames of this second, over all connected consumers;
     * absent where only the cost was asked for, or nobody was there.
     */
    readonly stateAgeMs?: { readonly p50: number; readonly max: number };
    /**
     * Part of the time of connected consumers that lies in freezes, 0 to 1, holes of the recording
     * left out; absent likewise.
     */
    readonly frozenShare?: number;
    /**
     * How far from the truth of the drawn moment positions were drawn, over all entities of all
     * kinds and the consumers that are looked at; absent where no position was compared.
     */
    readonly drawnError?: { readonly mean: number; readonly max: number };
  }[];
  /** True when every packet decoded to what the ack policy promises. */
  readonly verified: boolean;
  /** What broke the promise; absent when verified. */
  readonly fault?: string;
  /** Fingerprint of everything that happened; the same on every runtime. */
  readonly hash: string;
}

/** One part of what is on the wire. */
export interface CostPart {
  /** Which: headers of IP, of UDP and of pieces above the MTU, packet headers, entities, masks ... */
  readonly part: "ip" | "udp" | "pieces" | "packet" | "entity" | "mask" | "tables" | "field";
  /** Kind, of a field. */
  readonly kind?: string;
  /** Field. */
  readonly field?: string;
  /** Bits to all consumers. */
  readonly bits: number;
  /** Its part of all bits on the wire, 0 to 1. */
  readonly share: number;
}

/** The JSON of `report`. */
export interface BandwidthReport {
  /** Version of hindcast that made it; absent from a library's own. */
  readonly version?: string;
  /** Command line that made it, without the name of the program. */
  readonly command?: string;
  /** Recording, as it was named. */
  readonly recording: string;
  /** Seed of every run. */
  readonly seed: number;
  /** What the recording says of its server's replication, and was taken from it, by name. */
  readonly recorded?: Readonly<Record<string, string>>;
  /** One report a run. */
  readonly runs: readonly RunReport[];
  /** What stands out, worst first; absent where only the cost was asked for. */
  readonly findings?: readonly Finding[];
}
