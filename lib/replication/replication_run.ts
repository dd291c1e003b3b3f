import { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { WorldReader } from "../core/wire/world_reader.ts";
import { LinkStats } from "../net/link/link_stats.ts";
import { AckReturn } from "./ack_return.ts";
import { datagramBytes } from "./datagrams.ts";
import { earliestArrival } from "./earliest_arrival.ts";
import type { EncodedPacket } from "./encoded_packet.ts";
import { PacketCheck } from "./packet_check.ts";
import { PacketDecoder } from "./packet_decoder.ts";
import type { PacketLog } from "./packet_log.ts";
import { PacketSource, type SourcedPacket } from "./packet_source.ts";
import { Reception } from "./reception.ts";
import { RunFault } from "./run_fault.ts";
import { Fingerprint } from "../core/bytes/fingerprint.ts";
import { assertRunOptions, type RunOptions } from "./run_options.ts";
import { SimulatedConsumer } from "./simulated_consumer.ts";

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
  readonly #log: PacketLog;
  readonly #source: PacketSource;
  readonly #acks: AckReturn;
  readonly #check: PacketCheck;
  readonly #reception: Reception;
  readonly #fault: RunFault = new RunFault();
  readonly #hash: Fingerprint = new Fingerprint();
  readonly #arrivals: Float64Array = new Float64Array(2);
  /** Packets of the current frame. */
  readonly #packets: EncodedPacket[] = [];
  #last: Snapshot | undefined;
  #encodes = 0;
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
    const reader = new WorldReader(layout, options.codec);
    const decoder = new PacketDecoder(reader);
    this.#check = new PacketCheck(reader.codec, decoder, this.#fault);
    this.#source = new PacketSource(layout, options, (frames) => log.stale(frames));
    this.#acks = new AckReturn(this.#source, options.net.ackLagFrames);
    const listeners = { log, hash: this.#hash, fault: this.#fault };
    this.#reception = new Reception(layout, options, decoder, listeners);
    this.consumers = Array.from(
      { length: options.consumers },
      (_, i) =>
        new SimulatedConsumer(i, layout, options, (frames) => {
          if (!this.#isOver) log.wrongFor(i, frames, true);
        }),
    );
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
    const sum = new LinkStats();
    for (const consumer of this.consumers) sum.add(consumer.down.stats);
    return sum;
  }

  /** Takes in the next recorded frame; the snapshot must not change afterwards. */
  step(truth: Snapshot): void {
    const nowUs = Math.round(truth.timeMs * 1000);
    const isDue = this.frames % this.options.sendEveryFrames === 0;
    this.#acks.begin(truth.frame);
    this.#last = truth;
    this.#source.begin(truth);
    this.#packets.length = 0;
    for (const consumer of this.consumers) {
      this.#advance(consumer, nowUs);
      this.#churn(consumer, nowUs);
      if (isDue && consumer.isConnected) this.#send(consumer, truth, nowUs);
    }
    for (const packet of this.#packets) {
      this.#log.encoded(packet);
      this.#check.free(packet);
    }
    this.#encodes = this.#source.encodes;
    this.frames++;
    if (isDue) this.framesSent++;
  }

  /** Lets everything arrive that is on its way, and checks what the ack policy promises. */
  finish(): void {
    for (const consumer of this.consumers) {
      this.#advance(consumer, Infinity);
      this.#reception.closeStreaks(consumer);
    }
    this.#isOver = true;
    if (this.options.policy === "nack" && this.#last !== undefined) this.#settle(this.#last);
  }

  /** Delivers what has arrived by now: first packets, whose acks may arrive by now as well. */
  #advance(consumer: SimulatedConsumer, nowUs: number): void {
    const { packets } = consumer;
    while (packets.length > 0 && packets.nextUs <= nowUs) {
      const arrivalUs = packets.nextUs;
      const isApplied = this.#reception.receive(consumer, packets.shift(), arrivalUs);
      if (isApplied) this.#acks.send(consumer, arrivalUs);
    }
    this.#acks.deliver(consumer, nowUs);
  }

  /** Lets a consumer come or go. What is on its way to it when it goes arrives at nobody. */
  #churn(consumer: SimulatedConsumer, nowUs: number): void {
    const event = consumer.churn?.advance(nowUs);
    if (event !== "disconnect") return;
    this.#source.reset(consumer.index);
    consumer.epoch = this.#source.epoch(consumer.index);
    this.#reception.closeStreaks(consumer);
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
    this.#reception.noteSent(consumer, packet);
    if (arrivalUs < 0) this.#log.lost(consumer.index, packet);
    else consumer.packets.push(arrivalUs, packet);
  }

  #encode(consumer: SimulatedConsumer, truth: Snapshot): SourcedPacket | undefined {
    const sourced = this.#source.packetFor(consumer.index, truth);
    if (sourced === undefined) return undefined;
    const { packet, isNew } = sourced;
    if (isNew) {
      this.#packets.push(packet);
      const base = packet.form === "patch"
        ? consumer.sentTruth
        : this.#reception.baselineOf(consumer, packet);
      this.#check.check(packet, base);
    }
    consumer.sentTruth = packet.truth;
    return sourced;
  }

  /** Time at which the last datagram of a packet arrives, or -1 when one of them does not. */
  #transmit(consumer: SimulatedConsumer, packet: EncodedPacket, nowUs: number): number {
    let latestUs = 0;
    let isLost = false;
    for (let i = 0; i < packet.datagrams; i++) {
      const bytes = datagramBytes(packet.payload.length, i, this.options.mtuBytes);
      const copies = consumer.down.transmit(nowUs, bytes, this.#arrivals);
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
      for (const consumer of this.consumers) {
        const sourced = consumer.isConnected ? this.#encode(consumer, truth) : undefined;
        if (sourced === undefined) continue;
        const wrongFields = this.#reception.apply(consumer, sourced.packet);
        const { newest, appliedBits } = consumer.frames;
        this.#source.ack(consumer.index, newest, appliedBits, consumer.epoch);
        if (round < 2 || wrongFields === 0) continue;
        const what = `leaves consumer ${consumer.index} with ${wrongFields} wrong fields`;
        this.#fault.blame(sourced.packet, what);
      }
    }
  }
}
