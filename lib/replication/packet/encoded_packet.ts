import { type Frame, frameDistance } from "../../core/time/frame.ts";
import type { PacketBreakdown } from "../../core/wire/packet_breakdown.ts";
import type { PacketForm } from "../../core/wire/packet_header.ts";
import { EntityRecords } from "../../core/wire/entity_records.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SharedPacket } from "../../core/wire/shared_packet.ts";
import { datagramCount, wireBytesOf } from "./datagrams.ts";
import { fieldCount } from "./decoding.ts";

/** One distinct packet of a run, however many consumers it was sent to. */
export class EncodedPacket {
  /** Frame of the state in the packet. */
  readonly frame: Frame;
  /** Form of the body. */
  readonly form: PacketForm;
  /** Frame that the packet is against; equal to `frame` in a keyframe. */
  readonly baselineFrame: Frame;
  /** Frames between the packet and what it is against; 0 in a keyframe. */
  readonly baselineAgeFrames: number;
  /** The bytes. */
  readonly payload: Uint8Array;
  /** Bytes of the packet header at the start of the payload. */
  readonly headerBytes: number;
  /** State at the frame, as the server quantised it, of what the consumer is shown. */
  readonly truth: Snapshot;
  /** Number of datagrams that carry the packet. */
  readonly datagrams: number;
  /** Bytes on the wire, headers of all datagrams included. */
  readonly wireBytes: number;
  /** Which send of the run it belongs to, counted from 0; set where baselines are shared. */
  sendIndex: number = 0;
  /** Number in the table of packets. */
  number: number = -1;
  /** How many consumers it was sent to. */
  sends: number = 0;
  /** State of those who applied it: the truth, or what came out of a partial delta, which one gets. */
  held: Snapshot;
  /**
   * State that it is against, or that its far end is assumed to hold; undefined for a keyframe, and
   * once the packet was told as encoded.
   */
  base: Snapshot | undefined;
  /** What is in a patch or partial delta; undefined in the other forms, and until it is read. */
  records: EntityRecords | undefined;
  /** What it consists of, once it is read; of another packet once it was told as encoded. */
  breakdown!: PacketBreakdown;
  /** 32 bits that stand for the payload. */
  readonly fingerprint: number;

  /** Copy of a packet, with what it has to decode to. */
  constructor(packet: SharedPacket<Snapshot>, truth: Snapshot, mtuBytes: number) {
    const { frame, form, baselineFrame, headerLength } = packet;
    this.frame = frame;
    this.form = form;
    this.baselineFrame = baselineFrame;
    this.payload = packet.bytes.slice();
    this.headerBytes = headerLength;
    this.truth = this.held = truth;
    this.datagrams = datagramCount(this.payload.length, mtuBytes);
    this.wireBytes = wireBytesOf(this.payload.length, mtuBytes);
    this.baselineAgeFrames = frameDistance(frame, baselineFrame);
    this.fingerprint = fingerprintOf(this.payload);
    if (form === "partial") this.records = new EntityRecords().copy(packet.records);
  }

  #truthFields = -1;

  /** Fields of all entities of the truth; an entity without any counts as one. */
  get truthFields(): number {
    if (this.#truthFields < 0) this.#truthFields = fieldCount(this.truth);
    return this.#truthFields;
  }

  /** Notes what it consists of. */
  noteBreakdown(breakdown: PacketBreakdown): void {
    this.breakdown = breakdown;
    if (this.form === "patch") this.records = new EntityRecords().copy(breakdown.records);
  }
}

function fingerprintOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash;
}
