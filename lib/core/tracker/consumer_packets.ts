import type { Frame } from "../time/frame.ts";
import { EntityRecords } from "../wire/entity_records.ts";
import type { Counted, SharedPacket } from "../wire/shared_packet.ts";
import { ConsumerTable } from "./consumer_table.ts";
import { FramePackets } from "./frame_packets.ts";
import { OwedRecords } from "./owed_records.ts";
import { fateOf } from "./packet_fate.ts";
import { ACK_FRAMES_MIN, type AckPolicy } from "./tracker_options.ts";
import { UnsettledPackets } from "./unsettled_packets.ts";

const NO_RECORDS = new EntityRecords();

/** What else a tracker does with states. */
export interface StateKeeper<S> {
  /** Gives up one reference to a state. */
  release(state: S | undefined): void;
  /** State of a consumer that held one and applied a packet that left parts of its state out. */
  merge(held: S, packet: SharedPacket<S>): S;
}

/**
 * The packets of all consumers by the ack policy: which are on their way, which a consumer holds,
 * what it is owed, and how long each is kept. A consumer has a number, and a place in the table.
 */
export class ConsumerPackets<S extends Counted> {
  /** What is known of each consumer. */
  readonly table: ConsumerTable;
  /** All packets. */
  readonly packets: FramePackets<S>;
  /** Packets on their way to the consumer that was named last. */
  readonly unsettled: UnsettledPackets<S>;
  readonly #keeper: StateKeeper<S>;
  readonly #historyFrames: number;
  readonly #ackFrames: number;
  /** Age in frames from which on something is given up: a baseline, or the wait for an ack. */
  readonly #keptFrames: number;
  /** True when somebody asks for packets on their way. */
  readonly #isAwaited: boolean;
  /** True when packets go on from the one before, not from one that is held. */
  readonly #keepsLast: boolean;
  /** True when a consumer is owed what was lost. */
  readonly #isOwing: boolean;
  /** What each consumer is owed, if any may be. */
  readonly #owing: OwedRecords[] = [];

  /** No packets, and no consumers. */
  constructor(
    policy: AckPolicy,
    historyFrames: number,
    keyframeEveryFrames: number,
    keeper: StateKeeper<S>,
  ) {
    this.table = new ConsumerTable({
      needsAck: policy !== "append",
      baselineFrames: policy === "strict" ? historyFrames : 0,
      keyframeEveryFrames,
    });
    this.#isOwing = policy === "nack";
    this.#keeper = keeper;
    this.#historyFrames = historyFrames;
    this.#ackFrames = Math.max(historyFrames, ACK_FRAMES_MIN);
    this.#keptFrames = policy === "strict" ? historyFrames : this.#ackFrames;
    this.#isAwaited = policy !== "append";
    this.#keepsLast = policy !== "strict";
    this.packets = new FramePackets((state) => keeper.release(state), policy === "nack");
    this.unsettled = new UnsettledPackets(this.table, this.packets);
  }

  /** Begins a consumer, who was sent nothing. */
  join(number: number): void {
    this.table.begin(this.table.placeOf(number));
    if (this.#isOwing) this.#owing[number] = new OwedRecords();
  }

  /** What a consumer is owed. */
  owedTo(number: number): EntityRecords {
    return this.#isOwing && number >= 0 ? this.#owing[number]!.owed : NO_RECORDS;
  }

  /** True when a consumer is owed so much that it needs a keyframe. */
  owesAll(number: number): boolean {
    return this.#isOwing && this.#owing[number]!.owesAll;
  }

  /** Owes a consumer nothing, who is sent everything. */
  forgive(number: number): void {
    this.#owing[number]?.clear();
  }

  /** Takes an ack; false when it changes nothing. See `PacketTracker.ack`. */
  ack(number: number, frame: Frame, appliedBits: number, epoch: number | undefined): boolean {
    const table = this.table;
    const packets = this.packets;
    const c = table.placeOf(number);
    const older = table.noteAck(c, frame, epoch);
    if (older < 0) return false;
    for (let i = 0; i < older; i++) this.#pass(number, appliedBits);
    const acked = packets.at(table.shift(c));
    if (this.#keepsLast) packets.release(acked);
    else this.#hold(c, acked);
    return true;
  }

  /** Forgets what a consumer holds. */
  reset(number: number): void {
    const table = this.table;
    const c = table.placeOf(number);
    this.#keepLast(c);
    this.#hold(c, undefined);
    while (table.oldest(c) !== 0) this.packets.release(this.packets.at(table.shift(c)));
    table.reset(c);
    this.forgive(number);
  }

  /** Notes that a consumer was sent a packet, which takes the place of the one before. */
  note(number: number, frame: Frame, packet: SharedPacket<S>, reason: number): void {
    const table = this.table;
    const c = table.placeOf(number);
    packet.references++;
    table.note(c, frame, packet.number, this.#isAwaited, reason);
    this.giveUpSpare(c);
    if (this.#keepsLast) this.#goOn(number, packet);
    if (table.isOldestBefore(c, frame, this.#keptFrames)) this.#giveUp(number, frame);
  }

  /** Packet from whose state the next to a consumer goes on when it is no keyframe. */
  fromOf(c: number): SharedPacket<S> | undefined {
    return this.packets.at(this.#keepsLast ? this.table.packet(c) : this.table.held(c));
  }

  /** Frame that such a packet is against. */
  fromFrameOf(c: number): Frame {
    return this.#keepsLast ? this.table.newest(c) : this.table.ackedFrame(c);
  }

  /** Settles the oldest packet on its way to a consumer by the ack of a newer one. */
  #pass(number: number, appliedBits: number): void {
    const table = this.table;
    const c = table.placeOf(number);
    const fate = fateOf(table.framesToAck(c), appliedBits);
    const packet = this.packets.at(table.shift(c));
    if (!this.#keepsLast) {
      if (fate === "applied") return this.#hold(c, packet);
      if (fate === "unknown") this.#hold(c, undefined);
    } else if (packet !== undefined && (fate === "lost" || fate === "unknown")) {
      this.#lose(number, packet);
    }
    this.packets.release(packet);
  }

  /** Ends the validity of a packet that is kept for nothing but its bytes, or to go on from. */
  giveUpSpare(c: number): void {
    const spare = this.packets.at(this.table.spare(c));
    if (spare === undefined) return;
    this.table.setSpare(c, 0);
    this.packets.replace(spare);
  }

  /** Keeps the last packet of a consumer, whatever becomes of it on its way. */
  #keepLast(c: number): void {
    const last = this.packets.at(this.table.packet(c));
    if (last === undefined || this.table.spare(c) !== 0) return;
    last.references++;
    this.table.setSpare(c, last.number);
  }

  /** Gives up packets that are too old for a baseline, and frames that are too old for an ack. */
  #giveUp(number: number, frame: Frame): void {
    const c = this.table.placeOf(number);
    const table = this.table;
    const packets = this.packets;
    while (!this.#keepsLast && table.isOldestKeptBefore(c, frame, this.#historyFrames)) {
      packets.release(packets.at(table.takeOldest(c)));
    }
    while (table.isOldestBefore(c, frame, this.#ackFrames)) {
      const oldest = packets.at(table.shift(c));
      if (oldest !== undefined) this.#lose(number, oldest);
      packets.release(oldest);
    }
  }

  /**
   * Policies `append` and `nack`: keeps a packet to go on from it. Under `nack` what it holds is paid,
   * and what a keyframe follows is never owed.
   */
  #goOn(number: number, packet: SharedPacket<S>): void {
    const c = this.table.placeOf(number);
    const table = this.table;
    const packets = this.packets;
    table.setSpare(c, packet.number);
    if (!this.#isOwing) return;
    packet.references++;
    packet.uses++;
    if (packet.form !== "keyframe") this.#owing[number]!.pay(packet.records);
    else {while (table.isOldestKeptBefore(c, packet.frame, 1)) {
        packets.release(packets.at(table.takeOldest(c)));
      }}
  }

  /** Notes that a packet to a consumer was lost. */
  #lose(number: number, packet: SharedPacket<S>): void {
    this.#owing[number]?.lose(packet, this.unsettled.of(this.table.placeOf(number)));
  }

  /**
   * Takes an applied packet, and one reference to it, as what the consumer holds; undefined when that
   * is unknown.
   */
  #hold(c: number, packet: SharedPacket<S> | undefined): void {
    const next = packet?.form === "partial" ? this.#merged(c, packet) : packet;
    const before = this.table.hold(c, next === undefined ? 0 : next.number);
    this.packets.release(this.packets.at(before));
  }

  /** A packet, never sent, whose state is what a consumer holds after a partial one. */
  #merged(c: number, packet: SharedPacket<S>): SharedPacket<S> | undefined {
    const held = this.packets.at(this.table.held(c));
    const state = held && this.#keeper.merge(held.state!, packet);
    if (packet.number === this.table.packet(c)) this.#keepLast(c);
    this.packets.release(packet);
    if (state === undefined) return undefined;
    const merged = this.packets.take();
    merged.references = 1;
    merged.form = "keyframe";
    merged.state = state;
    state.references++;
    return merged;
  }
}
