import { assertInteger } from "../bytes/assert_integer.ts";
import { type Frame, isFrame } from "../time/frame.ts";
import type { EntityRecords } from "../wire/entity_records.ts";
import { writeHeader } from "../wire/packet_header.ts";
import {
  type Counted,
  KEYFRAME_REASONS,
  type KeyframeReason,
  type SharedPacket,
} from "../wire/shared_packet.ts";
import { ConsumerNumbers } from "./consumer_numbers.ts";
import { ConsumerPackets } from "./consumer_packets.ts";
import {
  ACK_POLICIES,
  type AckPolicy,
  type ConsumerId,
  HISTORY_FRAMES_MAX,
  TRACKER_DEFAULTS,
  type TrackerOptions,
} from "./tracker_options.ts";
import type { Unsettled } from "./unsettled_packets.ts";

/**
 * What every tracker does, whatever a state is: ack policy, acks, keyframes, and one encode for all
 * consumers that are brought from the same state to the same state.
 */
export abstract class PacketTracker<S extends Counted, K extends ConsumerId> {
  /** Which state a packet is encoded against. */
  readonly policy: AckPolicy;
  /** Frames of the history. */
  readonly historyFrames: number;
  /** Hash that keyframes carry; undefined for none. */
  protected readonly schemaHash: number | undefined;
  /** Form of packets that are no keyframes and leave nothing out. */
  readonly #change: "delta" | "patch";
  readonly #numbers: ConsumerNumbers<K> = new ConsumerNumbers();
  readonly #consumers: ConsumerPackets<S>;
  /** Reason for a keyframe whose predecessor was lost. */
  readonly #lostKeyframe: number = KEYFRAME_REASONS.indexOf("no-ack") + 1;

  /** Tracker without consumers. @throws {RangeError} for an option outside its range */
  constructor(options: TrackerOptions, schemaHash: number | undefined) {
    const {
      policy = TRACKER_DEFAULTS.policy,
      historyFrames = TRACKER_DEFAULTS.historyFrames,
      keyframeEveryFrames = Infinity,
    } = options;
    if (!ACK_POLICIES.includes(policy)) {
      throw new RangeError(`Policy is ${policy}, expected one of ${ACK_POLICIES.join(", ")}`);
    }
    assertInteger("historyFrames", historyFrames, 1, HISTORY_FRAMES_MAX);
    if (!(keyframeEveryFrames >= 1)) {
      throw new RangeError(`keyframeEveryFrames is ${keyframeEveryFrames}, expected 1 or more`);
    }
    this.policy = policy;
    this.historyFrames = historyFrames;
    this.#change = policy === "strict" ? "delta" : "patch";
    this.schemaHash = options.schemaHash === false ? undefined : schemaHash;
    this.#consumers = new ConsumerPackets<S>(policy, historyFrames, keyframeEveryFrames, {
      release: (state) => this.releaseState(state),
      merge: (held, packet) => this.merge(held, packet),
    });
  }

  /** Number of packets encoded so far; one for each distinct packet of a frame. */
  get encodes(): number {
    return this.#consumers.packets.encodes;
  }

  /** Number of different packets that the frame at hand was encoded to so far. */
  get sharedPackets(): number {
    return this.#consumers.packets.count;
  }

  /**
   * Notes that a consumer applied a frame. A late or repeated ack changes nothing, nor does one of
   * a frame that was not sent since the last reset, or of a number that is no frame.
   *
   * @param appliedBits bit n set when frame `frame - 1 - n` was applied as well. `nack` takes the
   *   other frames before `frame` as lost, and so does `strict` where entities are left out
   * @param epoch the consumer's epoch when the frame was sent, see {@linkcode epoch}; without it a
   *   frame that was sent before a reset as well is taken as dead
   * @returns true when the ack was news
   */
  ack(consumer: K, frame: Frame, appliedBits: number = 0, epoch?: number): boolean {
    const number = this.#numbers.find(consumer);
    // A number that is no frame would be cut to one.
    if (number < 0 || !isFrame(frame)) return false;
    return this.#consumers.ack(number, frame, appliedBits, epoch);
  }

  /** Forgets what a consumer holds: its next packet is a keyframe, acks from before are dead. */
  reset(consumer: K): void {
    const number = this.#numbers.find(consumer);
    if (number >= 0) this.#consumers.reset(number);
  }

  /** Forgets a consumer altogether, and ends the validity of its last packet. */
  remove(consumer: K): void {
    const number = this.#numbers.find(consumer);
    if (number < 0) return;
    this.#consumers.reset(number);
    this.#consumers.giveUpSpare(this.#consumers.table.placeOf(number));
    this.#numbers.delete(consumer);
  }

  /** How often a consumer was reset; send it along with packets and get it back with acks. */
  epoch(consumer: K): number {
    const number = this.#numbers.find(consumer);
    return number < 0 ? 0 : this.#consumers.table.epoch(this.#consumers.table.placeOf(number));
  }

  /** Newest frame that a consumer acked since its last reset; undefined before the first. */
  ackedFrame(consumer: K): Frame | undefined {
    const number = this.#numbers.find(consumer);
    const c = this.#consumers.table.placeOf(number);
    return number >= 0 && this.#consumers.table.hasAck(c)
      ? this.#consumers.table.ackedFrame(c)
      : undefined;
  }

  /**
   * How far a consumer is behind: frames from the newest that it acked, or before its first ack from
   * the oldest that waits for one, to the one that it was sent last; 0 when nothing waits.
   */
  unackedFrames(consumer: K): number {
    const number = this.#numbers.find(consumer);
    return number < 0 ? 0 : this.#consumers.table.unackedFrames(
      this.#consumers.table.placeOf(number),
    );
  }

  /** Why a consumer's last packet was a keyframe; undefined when it was none. */
  keyframeReason(consumer: K): KeyframeReason | undefined {
    const number = this.#numbers.find(consumer);
    if (number < 0) return undefined;
    return KEYFRAME_REASONS[
      this.#consumers.table.reason(this.#consumers.table.placeOf(number)) - 1
    ];
  }

  /**
   * Packet that brings a consumer to a state.
   *
   * @param isPartial true when a delta leaves parts of the state out
   * @param isShareable false when more than the state says what goes
   */
  protected send(
    consumer: K,
    frame: Frame,
    state: S,
    isPartial: boolean = false,
    isShareable: boolean = !isPartial,
  ): SharedPacket<S> {
    const consumers = this.#consumers;
    const { table, packets } = consumers;
    const known = this.#numbers.find(consumer);
    const number = known < 0 ? this.#join(consumer) : known;
    const c = table.placeOf(number);
    if (!table.isNews(c, frame)) this.#refuse(frame, table.newest(c));
    packets.begin(frame);
    const reason = this.#reasonFor(number, frame);
    const isKeyframe = reason > 0;
    if (isKeyframe) consumers.forgive(number);
    const from = isKeyframe ? undefined : consumers.fromOf(c);
    const baselineFrame = isKeyframe ? frame : consumers.fromFrameOf(c);
    const hasTables = isKeyframe && this.hasTables && !table.hasAck(c);
    const owed = consumers.owedTo(number);
    let packet = isShareable
      ? packets.find(from, baselineFrame, state, hasTables, owed)
      : undefined;
    if (packet === undefined) {
      packet = packets.take();
      packet.form = isKeyframe ? "keyframe" : isPartial ? "partial" : this.#change;
      packet.frame = frame;
      packet.baselineFrame = baselineFrame;
      packet.hasTables = hasTables;
      this.#encode(packet, c, state, from, owed);
      if (isShareable) packets.share(packet);
    }
    consumers.note(number, frame, packet, reason);
    return packet;
  }

  #refuse(frame: Frame, newest: Frame): never {
    throw new RangeError(
      `Cannot append frame ${frame}: the consumer was sent frame ${newest} already`,
    );
  }

  /** State that the next packet of a consumer will be against; undefined before a keyframe. */
  protected baseOf(consumer: K, frame: Frame): S | undefined {
    const number = this.#numbers.find(consumer);
    return number < 0 || this.#reasonFor(number, frame) !== 0
      ? undefined
      : this.#consumers.fromOf(this.#consumers.table.placeOf(number))?.state;
  }

  /** What a consumer is owed. */
  protected owedTo(consumer: K): EntityRecords {
    return this.#consumers.owedTo(this.#numbers.find(consumer));
  }

  /** True when the far end needs tables to read keyframes. */
  protected abstract get hasTables(): boolean;

  /**
   * Writes the body of a packet: of its form, from its base to its state, with what is owed.
   *
   * @param unsettled packets to the consumer that no ack has settled
   */
  protected abstract write(packet: SharedPacket<S>, unsettled: Unsettled<SharedPacket<S>>): void;

  /** State of a consumer that held one and applied a packet that left parts of its state out. */
  protected abstract merge(held: S, packet: SharedPacket<S>): S;

  /** Uses the memory of a state that nobody refers to again. */
  protected abstract free(state: S): void;

  /** Gives up one reference to a state. */
  protected releaseState(state: S | undefined): void {
    if (state === undefined || --state.references > 0) return;
    state.lives++;
    this.free(state);
  }

  #join(consumer: K): number {
    const number = this.#numbers.add(consumer);
    this.#consumers.join(number);
    return number;
  }

  /** As `ConsumerTable.reasonFor`, and for what a consumer is owed. */
  #reasonFor(number: number, frame: Frame): number {
    const { table } = this.#consumers;
    const reason = table.reasonFor(table.placeOf(number), frame);
    return reason === 0 && this.#consumers.owesAll(number) ? this.#lostKeyframe : reason;
  }

  /** Fills a packet whose header is set. */
  #encode(
    packet: SharedPacket<S>,
    c: number,
    state: S,
    from: SharedPacket<S> | undefined,
    owed: EntityRecords,
  ): void {
    const base = from?.state;
    const isKeyframe = packet.form === "keyframe";
    packet.serial = this.#consumers.packets.encodes++;
    packet.state = state;
    packet.base = base;
    packet.baseLives = base === undefined ? 0 : base.lives;
    packet.schemaHash = isKeyframe ? this.schemaHash : undefined;
    state.references++;
    packet.records.clear();
    packet.owed.copy(owed);
    writeHeader(packet, packet.out.clear());
    packet.headerLength = packet.out.length;
    this.write(packet, this.#consumers.unsettled.of(c));
    packet.close();
    if (from !== undefined) from.onward = packet;
  }
}
