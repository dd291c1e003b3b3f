import { frameDistance, isNewer } from "../core/time/frame.ts";
import { PacketBreakdown } from "../core/wire/packet_breakdown.ts";
import { Snapshot, type SnapshotLayout } from "../core/state/snapshot.ts";
import { WorldReader } from "../core/wire/world_reader.ts";
import { LinkStats } from "../net/link/link_stats.ts";
import { decodePacket, decodePartial, type Decoding } from "./decoding.ts";
import type { Patch } from "./divergence.ts";
import { datagramBytes, type EncodedPacket } from "./encoded_packet.ts";
import type { PacketLog } from "./packet_log.ts";
import { PacketSource, type SourcedPacket } from "./packet_source.ts";
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
  /** Frames in which packets were due. */
  framesSent: number = 0;
  /** Encodes so far; see {@linkcode PacketSource.encodes}. */
  encodes: number = 0;
  /** What the first contradiction of the policy's promise was; undefined while there is none. */
  fault: string | undefined;
  readonly #log: PacketLog;
  readonly #reader: WorldReader;
  /** What a consumer without a state holds. */
  readonly #nothing: Snapshot;
  readonly #source: PacketSource;
  readonly #hash: RunHash = new RunHash();
  readonly #freeAcks: Ack[] = [];
  /** Breakdowns of packets that were told of. */
  readonly #breakdowns: PacketBreakdown[] = [];
  readonly #arrivals: Float64Array = new Float64Array(2);
  /** Packets of the current frame. */
  readonly #packets: EncodedPacket[] = [];
  #last: Snapshot | undefined;
  /** Frames from the first recorded one to the newest; the clock of acks that lag by frames. */
  #elapsedFrames = 0;
  #isOver = false;

  /**
   * Run at its start.
   *
   * @throws {RangeError} for an option outside its range, or one that does not fit the recording
   */
  constructor(layout: SnapshotLayout, options: RunOptions, log: PacketLog) {
    assertRunOptions(options);
    this.options = options;
    this.#log = log;
    this.#reader = new WorldReader(layout, options.codec);
    this.#nothing = new Snapshot(layout);
    this.#source = new PacketSource(layout, options, (frames) => log.stale(frames));
    this.consumers = Array.from(
      { length: options.consumers },
      (_, i) =>
        new SimulatedConsumer(i, layout, options, (frames) => {
          if (!this.#isOver) log.wrongFor(i, frames, true);
        }),
    );
  }

  /** Fingerprint of everything that happened so far. */
  get hash(): string {
    return this.#hash.toString();
  }

  /** What happened on the links to all consumers so far. */
  downStats(): LinkStats {
    const sum = new LinkStats();
    for (const consumer of this.consumers) sum.add(consumer.down.stats);
    return sum;
  }

  /** Takes in the next recorded frame; the snapshot must not change afterwards. */
  step(truth: Snapshot): void {
    const nowUs = Math.round(truth.timeMs * 1000);
    const isDue = this.frames % this.options.sendEveryFrames === 0;
    this.#elapsedFrames += frameDistance(truth.frame, this.#last?.frame ?? truth.frame);
    this.#last = truth;
    this.#source.begin(truth);
    this.#packets.length = 0;
    for (const consumer of this.consumers) {
      this.#advance(consumer, nowUs, this.#elapsedFrames);
      this.#churn(consumer, nowUs);
      if (isDue && consumer.isConnected) this.#send(consumer, truth, nowUs);
    }
    for (const packet of this.#packets) {
      this.#log.encoded(packet);
      this.#breakdowns.push(packet.breakdown);
    }
    this.encodes = this.#source.encodes;
    this.frames++;
    if (isDue) this.framesSent++;
  }

  /** Lets everything arrive that is on its way, and checks what the policy promises. */
  finish(): void {
    for (const consumer of this.consumers) {
      this.#advance(consumer, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
      this.#closeStreaks(consumer);
    }
    this.#isOver = true;
    if (this.options.policy === "nack" && this.#last !== undefined) this.#settle(this.#last);
  }

  /** Delivers what has arrived by now: first packets, whose acks may arrive by now as well. */
  #advance(consumer: SimulatedConsumer, nowUs: number, elapsedFrames: number): void {
    const { packets, acks } = consumer;
    while (packets.nextUs <= nowUs) {
      const arrivalUs = packets.nextUs;
      this.#receive(consumer, packets.shift(), arrivalUs);
    }
    const ackClock = this.options.net.ackLagFrames === undefined ? nowUs : elapsedFrames;
    while (acks.nextUs <= ackClock) {
      const ack = acks.shift();
      this.#source.ack(consumer.index, ack.frame, ack.appliedBits, ack.epoch);
      if (ack.epoch === consumer.epoch) consumer.churn?.noteAck();
      this.#freeAcks.push(ack);
    }
  }

  /** Lets a consumer come or go. What is on its way to it when it goes arrives at nobody. */
  #churn(consumer: SimulatedConsumer, nowUs: number): void {
    const event = consumer.churn?.advance(nowUs);
    if (event !== "disconnect") return;
    this.#source.reset(consumer.index);
    consumer.epoch = this.#source.epoch(consumer.index);
    this.#closeStreaks(consumer);
    while (consumer.packets.length > 0) {
      const packet = consumer.packets.shift();
      this.#log.arrived(consumer.index, packet, nowUs, "disconnected", 0);
    }
    consumer.disconnect();
    this.#hash.word(consumer.epoch);
  }

  #send(consumer: SimulatedConsumer, truth: Snapshot, nowUs: number): void {
    const sourced = this.#encode(consumer, truth);
    if (sourced === undefined) return;
    const { packet, reason } = sourced;
    packet.sends++;
    consumer.churn?.noteSend(nowUs);
    this.#log.sent(consumer.index, packet, nowUs, reason);
    const arrivalUs = this.#transmit(consumer, packet, nowUs);
    this.#hash.word(packet.fingerprint);
    this.#hash.integer(arrivalUs);
    if (this.options.policy !== "strict") this.#noteUnapplied(consumer, packet);
    if (arrivalUs < 0) this.#log.lost(consumer.index, packet);
    else consumer.packets.push(arrivalUs, packet);
  }

  #encode(consumer: SimulatedConsumer, truth: Snapshot): SourcedPacket | undefined {
    const sourced = this.#source.packetFor(consumer.index, truth);
    if (sourced === undefined) return undefined;
    const { packet, isNew } = sourced;
    if (isNew) {
      this.#packets.push(packet);
      this.#verify(consumer, packet);
    }
    consumer.sentTruth = packet.truth;
    return sourced;
  }

  /**
   * Checks that a packet leads from what the consumer holds, or will when all arrives, to the truth,
   * bit for bit.
   */
  #verify(consumer: SimulatedConsumer, packet: EncodedPacket): void {
    const { payload, headerBytes, form } = packet;
    const reader = this.#reader;
    const base = form === "patch" ? consumer.sentTruth : this.#baselineOf(consumer, packet);
    const breakdown = this.#breakdowns.pop() ?? new PacketBreakdown(reader.codec);
    reader.breakdown = breakdown;
    const { wrongFields, error } = form === "partial" && base !== undefined
      ? decodePartial(packet, base, base, reader)
      : this.#decode(packet, base);
    reader.breakdown = undefined;
    packet.noteBreakdown(breakdown);
    if (error !== undefined) this.#blame(packet, `cannot be decoded: ${error.message}`);
    else if (wrongFields > 0) this.#blame(packet, `decodes with ${wrongFields} wrong fields`);
    const partsBits = headerBytes * 8 + breakdown.sum;
    if (partsBits !== payload.length * 8) {
      this.#blame(packet, `has ${payload.length} bytes, its parts ${partsBits} bits`);
    }
  }

  /** What a consumer holds of the frame that a packet is against; undefined when it holds nothing. */
  #baselineOf(consumer: SimulatedConsumer, packet: EncodedPacket): Snapshot | undefined {
    if (packet.form === "keyframe" || packet.form === "patch") return undefined;
    return consumer.frames.get(packet.baselineFrame, this.options.historyFrames);
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
    const isLacking = packet.form === "patch"
      ? consumer.truth === undefined
      : packet.form !== "keyframe" && this.#baselineOf(consumer, packet) === undefined;
    if (isLacking) {
      const wrongFields = packet.form === "patch" ? this.#countMissing(consumer, packet) : 0;
      this.#log.arrived(index, packet, arrivalUs, "missing-baseline", wrongFields);
      if (packet.form === "patch") this.#hash.word(wrongFields);
      return;
    }
    const wrongFields = this.#apply(consumer, packet);
    this.#log.arrived(index, packet, arrivalUs, "applied", wrongFields);
    this.#hash.word(wrongFields);
    this.#acknowledge(consumer, arrivalUs);
  }

  /**
   * Counts everything as wrong that a consumer without a state does not see; 0 when it has heard of
   * a newer frame.
   */
  #countMissing(consumer: SimulatedConsumer, { frame, truth }: EncodedPacket): number {
    const { seenFrame } = consumer;
    if (seenFrame !== undefined && !isNewer(frame, seenFrame)) return 0;
    consumer.seenFrame = frame;
    consumer.divergence.miss(frame, this.#nothing, truth, undefined);
    return consumer.divergence.wrongFields;
  }

  /** Brings a consumer to a packet's frame; returns how many fields it then sees wrong. */
  #apply(consumer: SimulatedConsumer, packet: EncodedPacket): number {
    const { frame, form } = packet;
    const { truth: before, divergence } = consumer;
    this.#noteMissed(consumer, packet);
    let { truth } = packet;
    let wrongFields = 0;
    if (form === "partial") {
      const base = this.#baselineOf(consumer, packet);
      const decoding = decodePartial(packet, base, before!, this.#reader);
      ({ state: truth, wrongFields } = decoding);
      if (wrongFields > 0) this.#blame(packet, `leaves ${wrongFields} wrong fields`);
    }
    this.#noteApplied(consumer, packet, truth);
    consumer.seenFrame = frame;
    consumer.truth = truth;
    // The baseline it holds was verified to be the truth, and so was this packet against it.
    if (form === "delta" || form === "partial") return wrongFields;
    const decoding = this.#decode(packet, before);
    if (decoding.wrongFields === 0 && divergence.isEmpty) return 0;
    return divergence.apply(frame, truth, decoding, this.#patchOf(packet));
  }

  /** Notes a baseline, and forgets those to which the server will not go back. */
  #noteApplied({ frames }: SimulatedConsumer, packet: EncodedPacket, truth: Snapshot): void {
    frames.noteApplied(packet.frame, truth);
    const keptFrames = this.options.policy === "strict" ? this.options.historyFrames : 1;
    while (frames.isOldestBefore(packet.frame, keptFrames)) frames.shift();
    if (packet.form === "keyframe" || packet.form === "patch") return;
    while (isNewer(packet.baselineFrame, frames.frameAt(0))) frames.shift();
  }

  #noteUnapplied({ unapplied }: SimulatedConsumer, packet: EncodedPacket): void {
    unapplied.push(packet);
    if (unapplied.length > UNAPPLIED_MAX) unapplied.shift();
  }

  /** Dates what the packets before an applied one did not bring. */
  #noteMissed({ unapplied, truth, divergence }: SimulatedConsumer, applied: EncodedPacket): void {
    // What is newer is still on its way; the applied one is not there when it was forgotten.
    while (unapplied.length > 0 && !isNewer(unapplied[0]!.frame, applied.frame)) {
      const missed = unapplied.shift()!;
      if (missed === applied || truth === undefined) continue;
      const records = this.#isWhole(missed) ? undefined : missed.records;
      divergence.miss(missed.frame, truth, missed.truth, records);
    }
  }

  #decode(packet: EncodedPacket, held: Snapshot | undefined): Decoding {
    return decodePacket(packet, this.#isWhole(packet) ? undefined : held, this.#reader);
  }

  #patchOf(packet: EncodedPacket): Patch | undefined {
    const { records } = packet;
    if (records === undefined || this.#isWhole(packet)) return undefined;
    return { records, values: this.#decode(packet, undefined).state };
  }

  /** True when a packet holds the whole state, and is decoded onto nothing. */
  #isWhole(packet: EncodedPacket): boolean {
    return packet.form === "keyframe" || this.options.codec === "raw";
  }

  #acknowledge(consumer: SimulatedConsumer, nowUs: number): void {
    const { frames, acks } = consumer;
    const { ackLagFrames } = this.options.net;
    let due: number;
    if (ackLagFrames === undefined) {
      const copies = consumer.up.transmit(nowUs, ACK_WIRE_BYTES, this.#arrivals);
      if (copies === 0) return;
      due = earliest(this.#arrivals, copies);
    } else {
      const ageFrames = frameDistance(this.#last!.frame, frames.newest);
      due = this.#elapsedFrames - ageFrames + ackLagFrames;
    }
    const ack = this.#freeAcks.pop() ?? { frame: 0, appliedBits: 0, epoch: 0 };
    ack.frame = frames.newest;
    ack.appliedBits = frames.appliedBits;
    ack.epoch = consumer.epoch;
    acks.push(due, ack);
  }

  #closeStreaks(consumer: SimulatedConsumer): void {
    consumer.divergence.close(
      consumer.seenFrame ?? 0,
      (frames) => this.#log.wrongFor(consumer.index, frames, false),
    );
  }

  /**
   * Checks the promise of `nack`: two more packets that surely arrive, the first to tell what was
   * lost, the second to bring it again, must leave nothing wrong. They count in no figure.
   */
  #settle(last: Snapshot): void {
    this.#source.unlimit();
    for (let round = 1; round <= 2; round++) {
      const truth = new Snapshot(last.layout).copy(last);
      truth.frame = (last.frame + round) >>> 0;
      this.#source.begin(truth);
      for (const consumer of this.consumers) {
        const sourced = consumer.isConnected ? this.#encode(consumer, truth) : undefined;
        if (sourced === undefined) continue;
        const wrongFields = this.#apply(consumer, sourced.packet);
        const { newest, appliedBits } = consumer.frames;
        this.#source.ack(consumer.index, newest, appliedBits, consumer.epoch);
        if (round < 2 || wrongFields === 0) continue;
        const what = `leaves consumer ${consumer.index} with ${wrongFields} wrong fields`;
        this.#blame(sourced.packet, what);
      }
    }
  }

  #blame(packet: EncodedPacket, what: string): void {
    this.fault ??= `packet of frame ${packet.frame} (${packet.form}) ${what}`;
  }
}

/** Packets of a consumer whose fate is remembered; the oldest of more is forgotten. */
const UNAPPLIED_MAX = 1024;

/** Of two copies the earliest counts, as a far end drops what it has seen. */
function earliest(arrivals: Float64Array, copies: number): number {
  return copies === 1 ? arrivals[0]! : Math.min(arrivals[0]!, arrivals[1]!);
}
