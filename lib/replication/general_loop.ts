import { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { WorldReader } from "../core/wire/world_reader.ts";
import type { LinkCounts, LinkStats } from "../net/link/link_stats.ts";
import { AckReturn } from "./ack_return.ts";
import type { Churn } from "./churn.ts";
import type { ConsumerLoop, RunListeners } from "./consumer_loop.ts";
import { Transmission } from "./transmission.ts";
import type { EncodedPacket } from "./packet/encoded_packet.ts";
import { PacketCheck } from "./packet/packet_check.ts";
import { PacketDecoder } from "./packet/packet_decoder.ts";
import { PacketSource } from "./packet_source.ts";
import { PacketTable } from "./packet/packet_table.ts";
import { Reception } from "./reception.ts";
import type { RunOptions } from "./run_options.ts";
import { SimulatedConsumers } from "./simulated_consumers.ts";

/** Loop of every ack policy, whatever consumers are shown and when they come and go. */
export class GeneralLoop implements ConsumerLoop {
  /** Encodes up to the last frame; see {@linkcode PacketSource.encodes}. */
  encodes: number = 0;
  readonly #listeners: RunListeners;
  readonly #consumers: SimulatedConsumers;
  readonly #packets: PacketTable = new PacketTable();
  readonly #source: PacketSource;
  readonly #acks: AckReturn;
  readonly #check: PacketCheck;
  readonly #reception: Reception;
  readonly #down: Transmission;
  /** Frame to be settled at the end; undefined where the ack policy promises nothing. */
  #last: Snapshot | undefined;
  readonly #isSettled: boolean;
  /** Consumer that the loop begins with. */
  readonly #first: number;

  /**
   * Loop at its start.
   *
   * @param first consumer before which none takes part
   * @throws {RangeError} for an option that does not fit the recording
   */
  constructor(
    layout: SnapshotLayout,
    options: RunOptions,
    listeners: RunListeners,
    first: number = 0,
  ) {
    const { log, fault } = listeners;
    const reader = new WorldReader(layout, options.codec);
    const decoder = new PacketDecoder(reader);
    const packets = this.#packets;
    const consumers = this.#consumers = new SimulatedConsumers(options);
    this.#listeners = listeners;
    this.#check = new PacketCheck(reader.codec, decoder, fault);
    this.#source = new PacketSource(layout, options, (frames) => log.stale(frames));
    this.#acks = new AckReturn(consumers, this.#source, options.net.ackLagFrames);
    this.#down = new Transmission(consumers.down, options.mtuBytes);
    this.#reception = new Reception(layout, options, consumers, packets, decoder, listeners);
    this.#isSettled = options.policy === "nack";
    this.#first = first;
  }

  /** What happened on the links to all consumers so far. */
  get downStats(): LinkStats {
    return this.#consumers.down.stats;
  }

  /** Datagrams and acks of all consumers so far that went over a link, by what became of them. */
  counts(): { readonly down: LinkCounts; readonly up: LinkCounts } {
    return { down: this.#consumers.down.stats, up: this.#consumers.up.stats };
  }

  /** State that a consumer holds and shows; undefined before the first, lent until the next call. */
  heldBy(consumer: number): Snapshot | undefined {
    return this.#reception.heldBy(consumer);
  }

  /** How often a consumer was disconnected. */
  epochOf(consumer: number): number {
    return this.#consumers.epochs[consumer]!;
  }

  /** Takes in the next frame. */
  step(truth: Snapshot, nowUs: number, isDue: boolean): void {
    this.#acks.begin(truth.frame);
    if (this.#isSettled) this.#last = truth;
    this.#source.begin(truth);
    const consumers = this.#consumers;
    for (let consumer = this.#first; consumer < consumers.count; consumer++) {
      this.#advance(consumer, nowUs);
      if (consumers.churn !== undefined) this.#churn(consumers.churn, consumer, nowUs);
      if (isDue && consumers.isConnected(consumer)) this.#send(consumer, truth, nowUs);
    }
    for (const packet of this.#source.packets) {
      this.#listeners.log.encoded(packet);
      this.#check.free(packet);
      this.#packets.release(packet.number);
    }
    this.encodes = this.#source.encodes;
  }

  /** Lets everything arrive that is on its way, and checks what the ack policy promises. */
  finish(): void {
    for (let consumer = this.#first; consumer < this.#consumers.count; consumer++) {
      this.#advance(consumer, Infinity);
      this.#reception.closeStreaks(consumer);
    }
    this.#reception.finish();
    if (this.#last !== undefined) this.#settle(this.#last);
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
    const event = churn.advance(nowUs, consumer);
    if (event === "connect") this.#listeners.log.joined(consumer, nowUs);
    if (event !== "disconnect") return;
    const { packets, epochs } = this.#consumers;
    const { log, hash } = this.#listeners;
    this.#source.reset(consumer);
    epochs[consumer] = this.#source.epoch(consumer);
    this.#reception.closeStreaks(consumer);
    while (packets.length(consumer) > 0) {
      const packet = this.#packets.get(packets.words[packets.shift(consumer)]!);
      log.arrived(consumer, packet, nowUs, "disconnected", 0);
      this.#packets.release(packet.number);
    }
    this.#reception.forget(consumer);
    log.left(consumer, nowUs);
    hash.word(epochs[consumer]!);
  }

  #send(consumer: number, truth: Snapshot, nowUs: number): void {
    const packet = this.#encode(consumer, truth);
    if (packet === undefined) return;
    const { churn, packets } = this.#consumers;
    const { log, hash } = this.#listeners;
    packet.sends++;
    churn?.noteSend(nowUs, consumer);
    const reason = packet.form === "keyframe" ? this.#source.keyframeReason(consumer) : undefined;
    log.sent(consumer, packet, nowUs, reason, this.#source.omitted);
    const arrivalUs = this.#down.send(consumer, packet, nowUs);
    hash.word(packet.fingerprint);
    hash.integer(arrivalUs);
    this.#reception.noteSent(consumer, packet);
    if (arrivalUs < 0) {
      log.lost(consumer, packet);
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
      for (let consumer = this.#first; consumer < count; consumer++) {
        if (!this.#consumers.isConnected(consumer)) continue;
        const packet = this.#encode(consumer, truth);
        if (packet === undefined) continue;
        const wrongFields = this.#reception.apply(consumer, packet);
        this.#source.ack(consumer, packet.frame, appliedBits[consumer]!, epochs[consumer]!);
        if (round < 2 || wrongFields === 0) continue;
        const what = `leaves consumer ${consumer} with ${wrongFields} wrong fields`;
        this.#listeners.fault.blame(packet, what);
      }
    }
  }
}
