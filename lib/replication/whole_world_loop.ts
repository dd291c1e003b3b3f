import { frameDistance } from "../core/time/frame.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { ACK_FRAMES_MIN } from "../core/tracker/tracker_options.ts";
import type { KeyframeReason } from "../core/wire/shared_packet.ts";
import { WorldReader } from "../core/wire/world_reader.ts";
import { createLink } from "../net/link/create_link.ts";
import type { Link } from "../net/link/link.ts";
import type { LinkStats } from "../net/link/link_stats.ts";
import { createRandoms } from "../net/link/random.ts";
import { TimedQueues } from "../net/queue/timed_queues.ts";
import { ACK_WIRE_BYTES } from "./ack_return.ts";
import { BaselinePackets } from "./baseline_packets.ts";
import { ConsumerDivergences } from "./consumer_divergences.ts";
import type { ConsumerLoop, RunListeners } from "./consumer_loop.ts";
import { earliestArrival } from "./earliest_arrival.ts";
import type { EncodedPacket } from "./packet/encoded_packet.ts";
import { PacketCheck } from "./packet/packet_check.ts";
import { PacketDecoder } from "./packet/packet_decoder.ts";
import { PacketTable } from "./packet/packet_table.ts";
import { hasOwnViews, type RunOptions } from "./run_options.ts";
import { Transmission } from "./transmission.ts";

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
  readonly #down: Link;
  readonly #transmission: Transmission;
  readonly #up: Link;
  readonly #arrivals: Float64Array = new Float64Array(2);
  /** Packets on their way, by number. */
  readonly #arriving: TimedQueues;
  /** Acks on their way: which send, and its frame. */
  readonly #acks: TimedQueues;
  /** By consumer, the send that it applied last; -1 before the first. */
  readonly #applied: Int32Array;
  /** By consumer, the send that the server knows to be applied; -1 before the first. */
  readonly #acked: Int32Array;
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
    this.#down = createLink(net.down, createRandoms(seed, consumers, "down"), consumers);
    this.#transmission = new Transmission(this.#down, mtuBytes);
    this.#up = createLink(net.up, createRandoms(seed, consumers, "up"), consumers);
    this.#arriving = new TimedQueues(consumers, 1);
    this.#acks = new TimedQueues(consumers, 2);
    this.#applied = new Int32Array(consumers).fill(-1);
    this.#acked = new Int32Array(consumers).fill(-1);
    const hasInterval = options.keyframeEveryFrames !== undefined;
    this.#keyframeFrames = new Uint32Array(hasInterval ? consumers : 0);
    this.#held = new Int32Array(consumers).fill(-1);
  }

  /** What happened on the links to all consumers so far. */
  get downStats(): LinkStats {
    return this.#down.stats;
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
    const count = this.#options.consumers;
    if (!isDue) {
      for (let consumer = 0; consumer < count; consumer++) this.#advance(consumer, nowUs);
      return;
    }
    const source = this.#source;
    source.begin(truth, this.#neededIndex());
    for (let consumer = 0; consumer < count; consumer++) {
      this.#advance(consumer, nowUs);
      this.#send(consumer, frame, nowUs);
    }
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
      this.#advance(consumer, Infinity);
      const held = this.#held[consumer]!;
      const seenFrame = held < 0 ? 0 : this.#packets.get(held).frame;
      this.#divergences.close(consumer, seenFrame, (frames) => {
        log.wrongFor(consumer, frames, false);
      });
    }
    this.#divergences.finish();
  }

  /** Delivers what has arrived by now: first packets, whose acks may arrive by now as well. */
  #advance(consumer: number, nowUs: number): void {
    const arriving = this.#arriving;
    while (arriving.nextUs[consumer]! <= nowUs && arriving.length(consumer) > 0) {
      const arrivalUs = arriving.nextUs[consumer]!;
      const packet = this.#packets.get(arriving.words[arriving.shift(consumer)]!);
      this.#receive(consumer, packet, arrivalUs);
    }
    const acks = this.#acks;
    const isByFrames = this.#options.net.ackLagFrames !== undefined && nowUs !== Infinity;
    const clock = isByFrames ? this.#elapsedFrames : nowUs;
    while (acks.nextUs[consumer]! <= clock && acks.length(consumer) > 0) {
      const at = acks.shift(consumer);
      const index = acks.words[at]!;
      const age = frameDistance(this.#sentFrame, acks.words[at + 1]!);
      if (index > this.#acked[consumer]! && age < this.#ackFrames) this.#acked[consumer] = index;
    }
  }

  #receive(consumer: number, packet: EncodedPacket, arrivalUs: number): void {
    const { log, hash } = this.#listeners;
    if (packet.sendIndex <= this.#applied[consumer]!) {
      log.arrived(consumer, packet, arrivalUs, "stale", 0);
      this.#packets.release(packet.number);
      return;
    }
    const before = this.#held[consumer]!;
    if (before >= 0) this.#packets.release(before);
    this.#held[consumer] = packet.number;
    this.#applied[consumer] = packet.sendIndex;
    // What a delta is against was verified to be the truth, and so was the delta.
    const wrongFields = packet.form === "delta" ? 0 : this.#takeWhole(consumer, packet);
    log.arrived(consumer, packet, arrivalUs, "applied", wrongFields);
    hash.word(wrongFields);
    this.#acknowledge(consumer, packet, arrivalUs);
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

  #acknowledge(consumer: number, { sendIndex, frame }: EncodedPacket, nowUs: number): void {
    const { ackLagFrames } = this.#options.net;
    const acks = this.#acks;
    let due: number;
    if (ackLagFrames === undefined) {
      const arrivals = this.#arrivals;
      const copies = this.#up.transmit(nowUs, ACK_WIRE_BYTES, arrivals, consumer);
      if (copies === 0) return;
      due = earliestArrival(arrivals, copies);
    } else due = this.#elapsedFrames - frameDistance(this.#frame!, frame) + ackLagFrames;
    const at = acks.push(consumer, due);
    const { words } = acks;
    words[at] = sendIndex;
    words[at + 1] = frame;
  }

  #send(consumer: number, frame: number, nowUs: number): void {
    const { log, hash } = this.#listeners;
    const acked = this.#acked[consumer]!;
    let reason: KeyframeReason | undefined;
    let packet: EncodedPacket | undefined;
    if (this.#isKeyframeDue(consumer, frame)) reason = "interval";
    else if (acked < 0) reason = "no-ack";
    else {
      packet = this.#source.delta(acked);
      if (packet === undefined) reason = "evicted";
    }
    if (packet === undefined) {
      packet = this.#source.keyframe(acked < 0);
      if (this.#keyframeFrames.length > 0) this.#keyframeFrames[consumer] = frame;
    }
    if (packet.sends++ === 0) {
      this.#packets.add(packet);
      const isDelta = packet.form === "delta";
      this.#check.check(packet, isDelta ? this.#source.truthOf(acked) : undefined);
    }
    log.sent(consumer, packet, nowUs, reason);
    const arrivalUs = this.#transmission.send(consumer, packet, nowUs);
    hash.word(packet.fingerprint);
    hash.integer(arrivalUs);
    if (arrivalUs < 0) {
      log.lost(consumer, packet);
      return;
    }
    const arriving = this.#arriving;
    const at = arriving.push(consumer, arrivalUs);
    arriving.words[at] = packet.number;
    this.#packets.retain(packet.number);
  }

  #isKeyframeDue(consumer: number, frame: number): boolean {
    const { keyframeEveryFrames } = this.#options;
    if (keyframeEveryFrames === undefined || this.#sends === 0) return false;
    return frameDistance(frame, this.#keyframeFrames[consumer]!) >= keyframeEveryFrames;
  }

  /** First send to which the server may go back: no consumer's is older. */
  #neededIndex(): number {
    let index = this.#sends;
    for (const acked of this.#acked) if (acked < index) index = acked;
    return Math.max(0, index);
  }
}
