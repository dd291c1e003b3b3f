import { type Frame, frameDistance } from "../core/time/frame.ts";
import type { PacketBreakdown } from "../core/wire/packet_breakdown.ts";
import type { PacketForm } from "../core/wire/packet_header.ts";
import { PacketRecords } from "../core/wire/packet_records.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import type { WorldPacket } from "../core/tracker/world_tracker.ts";
import type { Decoding } from "./decoding.ts";
import { DATAGRAM_HEADER_BYTES, FRAGMENT_HEADER_BYTES } from "./run_options.ts";

export {
  ENTITY_BITS,
  MASK_BITS,
  PARTS_BEFORE_FIELDS,
  TABLE_BITS,
} from "../core/wire/packet_breakdown.ts";

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
  readonly fragments: number;
  /** Bytes on the wire, headers of all datagrams included. */
  readonly wireBytes: number;
  /** How many consumers it was sent to. */
  sends: number = 0;
  /** Decodings so far, by the state that the packet was applied to. */
  readonly decodings: Map<Snapshot | undefined, Decoding> = new Map();
  /** What is in a patch or partial delta; undefined in the other forms, and until it is read. */
  records: PacketRecords | undefined;
  /** What it consists of, once it is read; of another packet once it was told as encoded. */
  breakdown!: PacketBreakdown;
  /** 32 bits that stand for the payload. */
  readonly fingerprint: number;

  /** Copy of a packet, with what it has to decode to. */
  constructor(packet: WorldPacket, truth: Snapshot, mtuBytes: number) {
    const { frame, form, baselineFrame, headerLength } = packet;
    this.frame = frame;
    this.form = form;
    this.baselineFrame = baselineFrame;
    this.payload = packet.bytes.slice();
    this.headerBytes = headerLength;
    this.truth = truth;
    this.fragments = fragmentCount(this.payload.length, mtuBytes);
    this.wireBytes = this.payload.length + this.fragments * DATAGRAM_HEADER_BYTES +
      (this.fragments > 1 ? this.fragments * FRAGMENT_HEADER_BYTES : 0);
    this.baselineAgeFrames = frameDistance(frame, baselineFrame);
    this.fingerprint = fingerprintOf(this.payload);
    if (form === "partial") this.records = new PacketRecords().copy(packet.records);
  }

  /** Notes what it consists of. */
  noteBreakdown(breakdown: PacketBreakdown): void {
    this.breakdown = breakdown;
    if (this.form === "patch") this.records = new PacketRecords().copy(breakdown.records);
  }
}

/** Datagrams that carry a payload when none may hold more than `mtuBytes`. */
export function fragmentCount(payloadBytes: number, mtuBytes: number): number {
  if (payloadBytes <= mtuBytes) return 1;
  return Math.ceil(payloadBytes / (mtuBytes - FRAGMENT_HEADER_BYTES));
}

/** Bytes on the wire of one datagram of a packet; all but the last fragment are full. */
export function datagramBytes(packet: EncodedPacket, index: number, mtuBytes: number): number {
  if (packet.fragments === 1) return packet.wireBytes;
  const room = mtuBytes - FRAGMENT_HEADER_BYTES;
  const payload = Math.min(room, packet.payload.length - index * room);
  return payload + FRAGMENT_HEADER_BYTES + DATAGRAM_HEADER_BYTES;
}

function fingerprintOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash;
}
