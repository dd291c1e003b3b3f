import { frameDistance } from "../core/time/frame.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { ACK_FRAMES_MIN } from "../core/tracker/tracker_options.ts";
import type { KeyframeReason } from "../core/wire/shared_packet.ts";
import { WorldReader } from "../core/wire/world_reader.ts";
import { createLink } from "../net/link/create_link.ts";
import { ForeseenLink } from "../net/link/foreseen_link.ts";
import type { Link } from "../net/link/link.ts";
import type { LinkCounts, LinkStats } from "../net/link/link_stats.ts";
import { createRandoms } from "../net/link/random.ts";
import { TimedQueues } from "../net/queue/timed_queues.ts";
import { ACK_WIRE_BYTES } from "./ack_return.ts";
import { BaselinePackets } from "./baseline_packets.ts";
import { ConsumerDivergences } from "./consumer_divergences.ts";
import type { ConsumerLoop, RunListeners } from "./consumer_loop.ts";
import type { EncodedPacket } from "./packet/encoded_packet.ts";
import { PacketCheck } from "./packet/packet_check.ts";
import { PacketDecoder } from "./packet/packet_decoder.ts";
import { PacketTable } from "./packet/packet_table.ts";
import { hasOwnViews, type RunOptions } from "./run_options.ts";
import { Transmission } from "./transmission.ts";

/** Words that are hashed in one go; three more may come at a time. */
const TOLD_MAX = 1000;

/** Later than anything that is on its way. */
const END_US = Number.MAX_VALUE;

/** True when consumers differ in nothing but what they have acked, and so share everything else. */
export function isWholeWorld(options: RunOptions): boolean {
  return options.policy === "strict" && options.churn === undefined && !hasOwnViews(options);
}

/**
 * Loop over consumers who stay, under the ack policy `strict`, and are all shown the whole world. The
 * server has to know of each only which send it acked last; and since it never goes back, whoever is
 * sent a packet holds its baseline when the packet comes, unless it has applied a newer one. A few
 * numbers a consumer, read one after the other, are all that a frame costs.
 */
export class WholeWorldLoop implements ConsumerLoop {
  /** Packets encoded up to the last frame. */
  encodes: number = 0;
  readonly #listeners: RunListeners;
  readonly #options: RunOptions;
  readonly #ackFrames: number;
  readonly #source: BaselinePackets;
  readonly #decoder: PacketDecoder;
  readonly #check: PacketCheck;
  readonly #packets: PacketTable = new PacketTable();
  readonly #divergences: ConsumerDivergences;
  /** Words that the hash has yet to take in. */
  readonly #told: Int32Array = new Int32Array(TOLD_MAX + 4);
  readonly #downLink: Link;
  readonly #down: ForeseenLink;
  readonly #transmission: Transmission;
  readonly #up: ForeseenLink;
  /** Packets on their way, by number. */
  readonly #arriving: TimedQueues;
  /** Acks on their way: which send, and its frame. */
  readonly #acks: TimedQueues;
  /** By consumer, the send that it applied last; -1 before the first. */
  readonly #applied: Int32Array;
  /** By consumer, the send that the server knows to be applied; -1 before the first. */
  readonly #acked: Int32Array;
  readonly #hasInterval: boolean;
  /** Why the consumer at hand is sent a keyframe. */
  #reason: KeyframeReason = "no-ack";
  /** By consumer, frame of its newest keyframe; kept where keyframes are due at intervals. */
  readonly #keyframeFrames: Uint32Array;
  /** By consumer, number of the packet that it applied last; -1 before the first. */
  readonly #held: Int32Array;
  /** Frames from the first recorded one to the newest; the clock of acks that lag by frames. */
  #elapsedFrames = 0;
  #frame: number | undefined;
  /** Frame of the send at hand or, before the next, of the last one; and how many there were. */
  #sentFrame = 0;
  #sends = 0;

  /** Loop at its start, of a run for which {@linkcode isWholeWorld} holds. */
  constructor(layout: SnapshotLayout, options: RunOptions, listeners: RunListeners) {
    const { codec, consumers, seed, net, mtuBytes, historyFrames } = options;
    this.#options = options;
    this.#listeners = listeners;
    this.#ackFrames = Math.max(historyFrames, ACK_FRAMES_MIN);
    const reader = new WorldReader(layout, codec);
    this.#source = new BaselinePackets(layout, options);
    this.#decoder = new PacketDecoder(reader);
    this.#check = new PacketCheck(reader.codec, this.#decoder, listeners.fault);
    this.#divergences = new ConsumerDivergences(layout, consumers, listeners.log);
    this.#downLink = createLink(net.down, createRandoms(seed, consumers, "down"), consumers);
    this.#down = new ForeseenLink(this.#downLink, consumers);
    this.#transmission = new Transmission(this.#down, mtuBytes);
    const up = createLink(net.up, createRandoms(seed, consumers, "up"), consumers);
    this.#up = new ForeseenLink(up, consumers);
    this.#arriving = new TimedQueues(consumers, 1);
    this.#acks = new TimedQueues(consumers, 2);
    this.#applied = new Int32Array(consumers).fill(-1);
    this.#acked = new Int32Array(consumers).fill(-1);
    this.#hasInterval = options.keyframeEveryFrames !== undefined;
    this.#keyframeFrames = new Uint32Array(this.#hasInterval ? consumers : 0);
    this.#held = new Int32Array(consumers).fill(-1);
  }

  /** What happened on the links to all consumers so far. */
  get downStats(): LinkStats {
    return this.#downLink.stats;
  }

  /** Datagrams and acks of all consumers so far that went over a link, by what became of them. */
  counts(): { readonly down: LinkCounts; readonly up: LinkCounts } {
    return { down: this.#down.counts(), up: this.#up.counts() };
  }

  /** State that a consumer holds and shows; undefined before the first, lent until the next call. */
  heldBy(consumer: number): Snapshot | undefined {
    const held = this.#held[consumer]!;
    const truth = held < 0 ? undefined : this.#packets.get(held).truth;
    return this.#divergences.shownBy(consumer, truth);
  }

  /** Nobody is ever disconnected. */
  epochOf(): number {
    return 0;
  }

  /** Takes in the next frame. */
  step(truth: Snapshot, nowUs: number, isDue: boolean): void {
    const { frame } = truth;
    this.#elapsedFrames += frameDistance(frame, this.#frame ?? frame);
    this.#frame = frame;
    const { consumers, net } = this.#options;
    const source = this.#source;
    if (isDue) {
      source.begin(truth, this.#neededIndex());
      this.#down.foresee();
    }
    if (net.ackLagFrames === undefined) this.#up.foresee();
    const ackClock = net.ackLagFrames === undefined ? nowUs : this.#elapsedFrames;
    this.#goRound(0, consumers, nowUs, ackClock, isDue);
    if (!isDue) return;
    this.#sentFrame = frame;
    this.#sends++;
    for (const packet of source.packets) {
      this.#listeners.log.encoded(packet);
      this.#check.free(packet);
      this.#packets.release(packet.number);
    }
    this.encodes = source.encodes;
  }

  /** Lets everything arrive that is on its way. */
  finish(): void {
    const { log } = this.#listeners;
    for (let consumer = 0; consumer < this.#options.consumers; consumer++) {
      this.#goRound(consumer, consumer + 1, END_US, END_US, false);
      const held = this.#held[consumer]!;
      const seenFrame = held < 0 ? 0 : this.#packets.get(held).frame;
      this.#divergences.close(consumer, seenFrame, (frames) => {
        log.wrongFor(consumer, frames, false);
      });
    }
    this.#divergences.finish();
  }

  /**
   * Delivers to each consumer what has arrived by now, then sends what is due. All of it is one loop
   * over local names: told apart into methods, it takes a fifth longer.
   */
  #goRound(first: number, end: number, nowUs: number, ackClock: number, isDue: boolean): void {
    const { log } = this.#listeners;
    const packets = this.#packets;
    const source = this.#source;
    const arriving = this.#arriving;
    const acks = this.#acks;
    const applied = this.#applied;
    const acked = this.#acked;
    const held = this.#held;
    const down = this.#down;
    const up = this.#up;
    const sentFrame = this.#sentFrame;
    const ackFrames = this.#ackFrames;
    const hasInterval = this.#hasInterval;
    const hasAckLag = this.#options.net.ackLagFrames !== undefined;
    const told = this.#told;
    let count = 0;
    for (let consumer = first; consumer < end; consumer++) {
      // Packets come before acks: theirs may have arrived as well.
      while (arriving.nextUs[consumer]! <= nowUs) {
        const arrivalUs = arriving.nextUs[consumer]!;
        const packet = packets.get(arriving.words[arriving.shift(consumer)]!);
        const { sendIndex } = packet;
        if (sendIndex <= applied[consumer]!) {
          log.arrived(consumer, packet, arrivalUs, "stale", 0);
          packets.release(packet.number);
          continue;
        }
        const before = held[consumer]!;
        if (before >= 0) packets.release(before);
        held[consumer] = packet.number;
        applied[consumer] = sendIndex;
        // What a delta is against was verified to be the truth, and so was the delta.
        const wrongFields = packet.form === "delta" ? 0 : this.#takeWhole(consumer, packet);
        log.arrived(consumer, packet, arrivalUs, "applied", wrongFields);
        if (count > TOLD_MAX) count = this.#hash(count);
        told[count++] = wrongFields;
        const due = hasAckLag
          ? this.#laggingDue(packet.frame)
          : up.carry(arrivalUs, ACK_WIRE_BYTES, consumer);
        if (due < 0) continue;
        const at = acks.push(consumer, due);
        acks.words[at] = sendIndex;
        acks.words[at + 1] = packet.frame;
      }
      while (acks.nextUs[consumer]! <= ackClock) {
        const at = acks.shift(consumer);
        const index = acks.words[at]!;
        const age = frameDistance(sentFrame, acks.words[at + 1]!);
        if (index > acked[consumer]! && age < ackFrames) acked[consumer] = index;
      }
      if (!isDue) continue;
      const base = acked[consumer]!;
      const isWhole = base < 0 || (hasInterval && this.#isKeyframeDue(consumer));
      const delta = isWhole ? undefined : source.delta(base);
      const packet = delta ?? this.#keyframe(consumer);
      if (packet.sends++ === 0) this.#introduce(packet, base);
      log.sent(consumer, packet, nowUs, delta === undefined ? this.#reason : undefined);
      const arrivalUs = packet.datagrams === 1
        ? down.carry(nowUs, packet.wireBytes, consumer)
        : this.#transmission.send(consumer, packet, nowUs);
      if (count > TOLD_MAX) count = this.#hash(count);
      told[count] = packet.fingerprint;
      told[count + 1] = arrivalUs;
      told[count + 2] = Math.floor(arrivalUs / 4294967296);
      count += 3;
      if (arrivalUs < 0) {
        log.lost(consumer, packet);
        continue;
      }
      const at = arriving.push(consumer, arrivalUs);
      arriving.words[at] = packet.number;
      packets.retain(packet.number);
    }
    this.#hash(count);
  }

  /** Hashes what was told; returns the number of words that are left, none. */
  #hash(count: number): number {
    this.#listeners.hash.words(this.#told, count);
    return 0;
  }

  /** Number of fields that a consumer sees wrong after a keyframe; above 0 by a fault of the codec. */
  #takeWhole(consumer: number, packet: EncodedPacket): number {
    const decoding = this.#decoder.decode(packet, undefined);
    const divergences = this.#divergences;
    if (decoding.wrongFields === 0 && divergences.of(consumer) === undefined) return 0;
    const divergence = divergences.open(consumer);
    const wrongFields = divergence.apply(packet.frame, packet.truth, decoding, undefined);
    divergences.settle(consumer);
    return wrongFields;
  }

  /** When an ack arrives that lags by frames, which are its clock. */
  #laggingDue(frame: number): number {
    const { ackLagFrames } = this.#options.net;
    return this.#elapsedFrames - frameDistance(this.#frame!, frame) + ackLagFrames!;
  }

  /** Keyframe for a consumer who is sent no delta. */
  #keyframe(consumer: number): EncodedPacket {
    const isFirst = this.#acked[consumer]! < 0;
    if (this.#hasInterval) {
      this.#reason = this.#isKeyframeDue(consumer) ? "interval" : isFirst ? "no-ack" : "evicted";
      this.#keyframeFrames[consumer] = this.#frame!;
    } else this.#reason = isFirst ? "no-ack" : "evicted";
    return this.#source.keyframe(isFirst);
  }

  /** Takes up a packet that nobody was sent before. */
  #introduce(packet: EncodedPacket, base: number): void {
    this.#packets.add(packet);
    this.#check.check(packet, packet.form === "delta" ? this.#source.truthOf(base) : undefined);
  }

  #isKeyframeDue(consumer: number): boolean {
    const { keyframeEveryFrames } = this.#options;
    if (keyframeEveryFrames === undefined || this.#sends === 0) return false;
    return frameDistance(this.#frame!, this.#keyframeFrames[consumer]!) >= keyframeEveryFrames;
  }

  /** First send to which the server may go back: no consumer's is older. */
  #neededIndex(): number {
    let index = this.#sends;
    for (const acked of this.#acked) if (acked < index) index = acked;
    return Math.max(0, index);
  }
}
