import { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { WorldReader } from "../core/wire/world_reader.ts";
import type { LinkStats } from "../net/link/link_stats.ts";
import { AckReturn } from "./ack_return.ts";
import type { Churn } from "./churn.ts";
import { SimulatedConsumers } from "./simulated_consumers.ts";
import { datagramBytes } from "./datagrams.ts";
import { earliestArrival } from "./earliest_arrival.ts";
import type { EncodedPacket } from "./encoded_packet.ts";
import { PacketCheck } from "./packet_check.ts";
import { PacketDecoder } from "./packet_decoder.ts";
import type { PacketLog } from "./packet_log.ts";
import { PacketSource } from "./packet_source.ts";
import { PacketTable } from "./packet_table.ts";
import { Reception } from "./reception.ts";
import { RunFault } from "./run_fault.ts";
import { Fingerprint } from "../core/bytes/fingerprint.ts";
import { assertRunOptions, type RunOptions } from "./run_options.ts";

/**
 * One closed loop: recorded frames through one tracker to simulated consumers, whose acks come back
 * over links of their own. Every packet is decoded and compared with the truth, once for all
 * consumers that hold the same.
 */
export class ReplicationRun {
  /** What is run. */
  readonly options: RunOptions;
  /** Recorded frames so far. */
  frames: number = 0;
  /** Frames in which packets were due. */
  framesSent: number = 0;
  readonly #log: PacketLog;
  readonly #consumers: SimulatedConsumers;
  readonly #packets: PacketTable = new PacketTable();
  readonly #source: PacketSource;
  readonly #acks: AckReturn;
  readonly #check: PacketCheck;
  readonly #reception: Reception;
  readonly #fault: RunFault = new RunFault();
  readonly #hash: Fingerprint = new Fingerprint();
  readonly #arrivals: Float64Array = new Float64Array(2);
  #last: Snapshot | undefined;
  #encodes = 0;

  /**
   * Run at its start.
   *
   * @throws {RangeError} for an option outside its range, or one that does not fit the recording
   */
  constructor(layout: SnapshotLayout, options: RunOptions, log: PacketLog) {
    assertRunOptions(options);
    this.options = options;
    this.#log = log;
    const reader = new WorldReader(layout, options.codec);
    const decoder = new PacketDecoder(reader);
    this.#check = new PacketCheck(reader.codec, decoder, this.#fault);
    this.#source = new PacketSource(layout, options, (frames) => log.stale(frames));
    const consumers = this.#consumers = new SimulatedConsumers(options);
    this.#acks = new AckReturn(consumers, this.#source, options.net.ackLagFrames);
    const listeners = { log, hash: this.#hash, fault: this.#fault };
    const packets = this.#packets;
    this.#reception = new Reception(layout, options, consumers, packets, decoder, listeners);
  }

  /** Encodes so far; see {@linkcode PacketSource.encodes}. */
  get encodes(): number {
    return this.#encodes;
  }

  /** What the first contradiction of the ack policy's promise was; undefined while there is none. */
  get fault(): string | undefined {
    return this.#fault.text;
  }

  /** Fingerprint of everything that happened so far. */
  get hash(): string {
    return this.#hash.toString();
  }

  /** What happened on the links to all consumers so far. */
  downStats(): LinkStats {
    return this.#consumers.down.stats;
  }

  /** State that a consumer holds and shows; undefined before the first, lent until the next call. */
  heldBy(consumer: number): Snapshot | undefined {
    return this.#reception.heldBy(consumer);
  }

  /** How often a consumer was disconnected. */
  epochOf(consumer: number): number {
    return this.#consumers.epochs[consumer]!;
  }

  /** Takes in the next recorded frame; the snapshot must not change afterwards. */
  step(truth: Snapshot): void {
    const nowUs = Math.round(truth.timeMs * 1000);
    const isDue = this.frames % this.options.sendEveryFrames === 0;
    this.#acks.begin(truth.frame);
    this.#last = truth;
    this.#source.begin(truth);
    const consumers = this.#consumers;
    for (let consumer = 0; consumer < consumers.count; consumer++) {
      this.#advance(consumer, nowUs);
      if (consumers.churn !== undefined) this.#churn(consumers.churn, consumer, nowUs);
      if (isDue && consumers.isConnected(consumer)) this.#send(consumer, truth, nowUs);
    }
    for (const packet of this.#source.packets) {
      this.#log.encoded(packet);
      this.#check.free(packet);
      this.#packets.release(packet.number);
    }
    this.#encodes = this.#source.encodes;
    this.frames++;
    if (isDue) this.framesSent++;
  }

  /** Lets everything arrive that is on its way, and checks what the ack policy promises. */
  finish(): void {
    for (let consumer = 0; consumer < this.#consumers.count; consumer++) {
      this.#advance(consumer, Infinity);
      this.#reception.closeStreaks(consumer);
    }
    this.#reception.finish();
    if (this.options.policy === "nack" && this.#last !== undefined) this.#settle(this.#last);
  }

  /** Delivers what has arrived by now: first packets, whose acks may arrive by now as well. */
  #advance(consumer: number, nowUs: number): void {
    const { packets } = this.#consumers;
    while (packets.nextUs[consumer]! <= nowUs && packets.length(consumer) > 0) {
      const arrivalUs = packets.nextUs[consumer]!;
      const packet = this.#packets.get(packets.words[packets.shift(consumer)]!);
      const isApplied = this.#reception.receive(consumer, packet, arrivalUs);
      if (isApplied) this.#acks.send(consumer, packet.frame, arrivalUs);
      this.#packets.release(packet.number);
    }
    this.#acks.deliver(consumer, nowUs);
  }

  /** Lets a consumer come or go. What is on its way to it when it goes arrives at nobody. */
  #churn(churn: Churn, consumer: number, nowUs: number): void {
    if (churn.advance(nowUs, consumer) !== "disconnect") return;
    const { packets, epochs } = this.#consumers;
    this.#source.reset(consumer);
    epochs[consumer] = this.#source.epoch(consumer);
    this.#reception.closeStreaks(consumer);
    while (packets.length(consumer) > 0) {
      const packet = this.#packets.get(packets.words[packets.shift(consumer)]!);
      this.#log.arrived(consumer, packet, nowUs, "disconnected", 0);
      this.#packets.release(packet.number);
    }
    this.#reception.forget(consumer);
    this.#hash.word(epochs[consumer]!);
  }

  #send(consumer: number, truth: Snapshot, nowUs: number): void {
    const packet = this.#encode(consumer, truth);
    if (packet === undefined) return;
    const { churn, packets } = this.#consumers;
    packet.sends++;
    churn?.noteSend(nowUs, consumer);
    this.#log.sent(consumer, packet, nowUs, this.#source.keyframeReason(consumer));
    const arrivalUs = this.#transmit(consumer, packet, nowUs);
    this.#hash.word(packet.fingerprint);
    this.#hash.integer(arrivalUs);
    this.#reception.noteSent(consumer, packet);
    if (arrivalUs < 0) {
      this.#log.lost(consumer, packet);
      return;
    }
    const at = packets.push(consumer, arrivalUs);
    packets.words[at] = packet.number;
    this.#packets.retain(packet.number);
  }

  #encode(consumer: number, truth: Snapshot): EncodedPacket | undefined {
    const packet = this.#source.packetFor(consumer, truth);
    if (packet === undefined) return undefined;
    if (this.#source.isNew) {
      this.#packets.add(packet);
      const base = packet.form === "patch"
        ? this.#reception.assumedOf(consumer)
        : this.#reception.baselineOf(consumer, packet);
      this.#check.check(packet, base);
    }
    this.#reception.assume(consumer, packet);
    return packet;
  }

  /** Time at which the last datagram of a packet arrives, or -1 when one of them does not. */
  #transmit(consumer: number, packet: EncodedPacket, nowUs: number): number {
    const { down } = this.#consumers;
    let latestUs = 0;
    let isLost = false;
    for (let i = 0; i < packet.datagrams; i++) {
      const bytes = datagramBytes(packet.payload.length, i, this.options.mtuBytes);
      const copies = down.transmit(nowUs, bytes, this.#arrivals, consumer);
      if (copies === 0) isLost = true;
      else latestUs = Math.max(latestUs, earliestArrival(this.#arrivals, copies));
    }
    return isLost ? -1 : latestUs;
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
      const { count, appliedBits, epochs } = this.#consumers;
      for (let consumer = 0; consumer < count; consumer++) {
        if (!this.#consumers.isConnected(consumer)) continue;
        const packet = this.#encode(consumer, truth);
        if (packet === undefined) continue;
        const wrongFields = this.#reception.apply(consumer, packet);
        this.#source.ack(consumer, packet.frame, appliedBits[consumer]!, epochs[consumer]!);
        if (round < 2 || wrongFields === 0) continue;
        const what = `leaves consumer ${consumer} with ${wrongFields} wrong fields`;
        this.#fault.blame(packet, what);
      }
    }
  }
}
