import type { Chunk } from "../core/chunk.ts";
import { Ring } from "../core/ring.ts";
import type { Snapshot, SnapshotLayout } from "../core/snapshot.ts";
import { PacketBreakdown } from "../core/packet_breakdown.ts";
import { SnapshotCodec } from "../core/snapshot_codec.ts";
import { Tracker } from "../core/tracker.ts";
import { decodePacket } from "./decoding.ts";
import { datagramBytes, EncodedPacket } from "./encoded_packet.ts";
import type { PacketLog } from "./packet_log.ts";
import { RunHash } from "./run_hash.ts";
import { assertRunOptions, DATAGRAM_HEADER_BYTES, type RunOptions } from "./run_options.ts";
import { type Ack, SimulatedConsumer } from "./simulated_consumer.ts";

/** Bytes on the wire of an ack: newest frame, 32 bits of history, headers. */
export const ACK_WIRE_BYTES: number = 4 + 4 + DATAGRAM_HEADER_BYTES;

/**
 * One closed loop: recorded frames through one tracker to simulated consumers, whose acks come back
 * over links of their own. Every packet is decoded and compared with the truth, once for all
 * consumers that hold the same.
 */
export class ReplicationRun {
  /** What is run. */
  readonly options: RunOptions;
  /** The consumers, by index. */
  readonly consumers: readonly SimulatedConsumer[];
  /** Recorded frames so far. */
  frames: number = 0;
  /** Frames in which packets were sent. */
  framesSent: number = 0;
  /** Encodes by the tracker so far. */
  encodes: number = 0;
  /** What the first contradiction of the policy's promise was; undefined while there is none. */
  fault: string | undefined;
  readonly #log: PacketLog;
  readonly #codec: SnapshotCodec;
  readonly #breakdown: PacketBreakdown;
  readonly #tracker: Tracker<Snapshot, number>;
  readonly #truths: Ring<Snapshot>;
  readonly #hash: RunHash = new RunHash();
  readonly #packets: Map<Chunk, EncodedPacket> = new Map();
  readonly #freeAcks: Ack[] = [];
  readonly #arrivals: Float64Array = new Float64Array(2);
  #last: Snapshot | undefined;

  /**
   * Run at its start.
   *
   * @throws {RangeError} for an option outside its range
   */
  constructor(layout: SnapshotLayout, options: RunOptions, log: PacketLog) {
    assertRunOptions(options);
    this.options = options;
    this.#log = log;
    this.#codec = new SnapshotCodec(layout, options.codec);
    this.#breakdown = this.#codec.breakdown = new PacketBreakdown(layout);
    this.#tracker = new Tracker(this.#codec, {
      policy: options.policy,
      historyFrames: options.historyFrames,
      ...(options.keyframeEveryFrames === undefined
        ? {}
        : { keyframeEveryFrames: options.keyframeEveryFrames }),
    });
    this.#truths = new Ring(options.historyFrames);
    this.consumers = Array.from(
      { length: options.consumers },
      (_, i) => new SimulatedConsumer(i, options, (frames) => log.wrongFor(i, frames, true)),
    );
  }

  /** Fingerprint of everything that happened so far. */
  get hash(): string {
    return this.#hash.toString();
  }

  /** Takes in the next recorded frame; the snapshot must not change afterwards. */
  step(truth: Snapshot): void {
    const nowUs = Math.round(truth.timeMs * 1000);
    const isSent = this.frames % this.options.sendEveryFrames === 0;
    this.#truths.push(truth.frame, truth);
    this.#packets.clear();
    for (const consumer of this.consumers) {
      this.#advance(consumer, nowUs, truth.frame);
      if (isSent) this.#send(consumer, truth, nowUs);
    }
    for (const packet of this.#packets.values()) this.#log.encoded(packet);
    this.encodes = this.#tracker.encodes;
    this.frames++;
    if (isSent) this.framesSent++;
    this.#last = truth;
  }

  /** Lets everything arrive that is on its way, and checks what the policy promises. */
  finish(): void {
    for (const consumer of this.consumers) {
      this.#advance(consumer, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
      consumer.divergence.forEachOpen(
        consumer.frames.newest,
        (frames) => this.#log.wrongFor(consumer.index, frames, false),
      );
    }
    if (this.options.policy === "nack" && this.#last !== undefined) this.#settle(this.#last);
  }

  /** Delivers what has arrived by now: first packets, whose acks may arrive by now as well. */
  #advance(consumer: SimulatedConsumer, nowUs: number, nowFrame: number): void {
    const { packets, acks } = consumer;
    while (packets.nextUs <= nowUs) {
      const arrivalUs = packets.nextUs;
      this.#receive(consumer, packets.shift(), arrivalUs);
    }
    const ackClock = this.options.net.ackLagFrames === undefined ? nowUs : nowFrame;
    while (acks.nextUs <= ackClock) {
      const ack = acks.shift();
      this.#tracker.ack(consumer.index, ack.frame, ack.appliedBits);
      this.#freeAcks.push(ack);
    }
  }

  #send(consumer: SimulatedConsumer, truth: Snapshot, nowUs: number): void {
    const packet = this.#encode(consumer, truth);
    this.#log.sent(consumer.index, packet, nowUs, this.#tracker.keyframeReason(consumer.index));
    const arrivalUs = this.#transmit(consumer, packet, nowUs);
    this.#hash.word(packet.fingerprint);
    this.#hash.integer(arrivalUs);
    if (arrivalUs < 0) this.#log.lost(consumer.index, packet);
    else consumer.packets.push(arrivalUs, packet);
  }

  #encode(consumer: SimulatedConsumer, truth: Snapshot): EncodedPacket {
    const encodes = this.#tracker.encodes;
    const chunk = this.#tracker.appendChunk(consumer.index, truth.frame, truth);
    let packet = this.#packets.get(chunk);
    if (packet === undefined || this.#tracker.encodes > encodes) {
      packet = new EncodedPacket(chunk, this.#breakdown, truth, this.options.mtuBytes);
      this.#packets.set(chunk, packet);
      this.#verify(packet, consumer);
    }
    packet.sends++;
    consumer.sent = truth;
    return packet;
  }

  /** Checks that a packet leads from what its consumers should hold to the truth, bit for bit. */
  #verify(packet: EncodedPacket, consumer: SimulatedConsumer): void {
    const held = packet.form === "keyframe"
      ? undefined
      : packet.form === "delta"
      ? this.#truths.get(packet.baselineFrame)
      : consumer.sent;
    const { wrongFields } = decodePacket(packet, this.#heldFor(packet, held), this.#codec);
    if (wrongFields > 0) this.#blame(packet, `decodes with ${wrongFields} wrong fields`);
    if (packet.partsBits !== packet.payload.length * 8) {
      this.#blame(packet, `has ${packet.payload.length} bytes, its parts ${packet.partsBits} bits`);
    }
  }

  /** Time at which the last datagram of a packet arrives, or -1 when one of them does not. */
  #transmit(consumer: SimulatedConsumer, packet: EncodedPacket, nowUs: number): number {
    let latestUs = 0;
    let isLost = false;
    for (let i = 0; i < packet.fragments; i++) {
      const bytes = datagramBytes(packet, i, this.options.mtuBytes);
      const copies = consumer.down.transmit(nowUs, bytes, this.#arrivals);
      if (copies === 0) isLost = true;
      else latestUs = Math.max(latestUs, earliest(this.#arrivals, copies));
    }
    return isLost ? -1 : latestUs;
  }

  #receive(consumer: SimulatedConsumer, packet: EncodedPacket, arrivalUs: number): void {
    const { frames, index } = consumer;
    if (!frames.isNews(packet.frame)) {
      this.#log.arrived(index, packet, arrivalUs, "stale", 0);
      return;
    }
    if (packet.form === "delta" && !frames.holds(packet.baselineFrame)) {
      this.#log.arrived(index, packet, arrivalUs, "missing-baseline", 0);
      return;
    }
    const wrongFields = this.#apply(consumer, packet);
    this.#log.arrived(index, packet, arrivalUs, "applied", wrongFields);
    this.#hash.word(wrongFields);
    this.#acknowledge(consumer, arrivalUs);
  }

  #apply(consumer: SimulatedConsumer, packet: EncodedPacket): number {
    consumer.frames.note(packet.frame);
    if (packet.form === "delta") {
      // The baseline it holds was verified to be the truth, and so was this packet against it.
      consumer.held = packet.truth;
      return 0;
    }
    const held = this.#heldFor(packet, consumer.held);
    const decoding = decodePacket(packet, held, this.#codec);
    consumer.held = decoding.state;
    if (decoding.wrongFields > 0 || !consumer.divergence.isEmpty) {
      consumer.divergence.note(packet.frame, decoding);
    }
    return decoding.wrongFields;
  }

  /** What a packet is decoded onto: nothing when it holds the whole state. */
  #heldFor(packet: EncodedPacket, held: Snapshot | undefined): Snapshot | undefined {
    return packet.form === "keyframe" || this.options.codec === "raw" ? undefined : held;
  }

  #acknowledge(consumer: SimulatedConsumer, nowUs: number): void {
    const { frames, acks } = consumer;
    const { ackLagFrames } = this.options.net;
    let arrivalUs = frames.newest + (ackLagFrames ?? 0);
    if (ackLagFrames === undefined) {
      const copies = consumer.up.transmit(nowUs, ACK_WIRE_BYTES, this.#arrivals);
      if (copies === 0) return;
      arrivalUs = earliest(this.#arrivals, copies);
    }
    const ack = this.#freeAcks.pop() ?? { frame: 0, appliedBits: 0 };
    ack.frame = frames.newest;
    ack.appliedBits = frames.appliedBits;
    acks.push(arrivalUs, ack);
  }

  /**
   * Checks the promise of `nack`: two more packets that surely arrive, the first to tell what was
   * lost, the second to bring it again, must leave nothing wrong. They count in no figure.
   */
  #settle(last: Snapshot): void {
    for (let round = 1; round <= 2; round++) {
      const truth = this.#codec.snapshot(last, undefined);
      truth.frame = (last.frame + round) >>> 0;
      this.#packets.clear();
      for (const consumer of this.consumers) {
        const packet = this.#encode(consumer, truth);
        const wrongFields = this.#apply(consumer, packet);
        const { newest, appliedBits } = consumer.frames;
        this.#tracker.ack(consumer.index, newest, appliedBits);
        if (round === 2 && wrongFields > 0) {
          this.#blame(packet, `leaves consumer ${consumer.index} with ${wrongFields} wrong fields`);
        }
      }
    }
  }

  #blame(packet: EncodedPacket, what: string): void {
    this.fault ??= `packet of frame ${packet.frame} (${packet.form}) ${what}`;
  }
}

/** A copy that arrives later finds its frame applied already, so only the earliest counts. */
function earliest(arrivals: Float64Array, copies: number): number {
  return copies === 1 ? arrivals[0]! : Math.min(arrivals[0]!, arrivals[1]!);
}
