import type { AckLedger } from "./ack_ledger.ts";
import { assertInteger } from "../bytes/assert_integer.ts";
import type { Frame } from "../time/frame.ts";
import { EntityRecords } from "../wire/entity_records.ts";
import { FramePackets } from "./frame_packets.ts";
import { TrackedConsumer } from "./tracked_consumer.ts";
import {
  ACK_FRAMES_MIN,
  ACK_POLICIES,
  type AckPolicy,
  type ConsumerId,
  HISTORY_FRAMES_MAX,
  TRACKER_DEFAULTS,
  type TrackerOptions,
} from "./tracker_options.ts";
import type { Counted, KeyframeReason, SharedPacket } from "../wire/shared_packet.ts";

const NO_RECORDS = new EntityRecords();

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
  readonly #keyframeEveryFrames: number;
  readonly #ackFrames: number;
  readonly #consumers: Map<K, TrackedConsumer<S>> = new Map();
  readonly #packets: FramePackets<S>;

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
    this.#keyframeEveryFrames = keyframeEveryFrames;
    this.#ackFrames = Math.max(historyFrames, ACK_FRAMES_MIN);
    this.schemaHash = options.schemaHash === false ? undefined : schemaHash;
    this.#packets = new FramePackets((state) => this.releaseState(state), policy === "nack");
  }

  /** Number of packets encoded so far; one for each distinct packet of a frame. */
  get encodes(): number {
    return this.#packets.encodes;
  }

  /** Number of different packets that the frame at hand was encoded to so far. */
  get sharedPackets(): number {
    return this.#packets.count;
  }

  /**
   * Notes that a consumer applied a frame. A late or repeated ack changes nothing, nor does one of
   * a frame that was not sent since the last reset.
   *
   * @param appliedBits bit n set when frame `frame - 1 - n` was applied as well. `nack` takes the
   *   other frames before `frame` as lost, and so does `strict` where entities are left out
   * @param epoch the consumer's epoch when the frame was sent, see {@linkcode epoch}; without it a
   *   frame that was sent before a reset as well is taken as dead
   * @returns true when the ack was news
   */
  ack(consumer: K, frame: Frame, appliedBits: number = 0, epoch?: number): boolean {
    const target = this.#consumers.get(consumer);
    if (target === undefined || !target.ledger.noteAck(frame, epoch)) return false;
    const { ledger, owing } = target;
    for (let fate = ledger.oldestFate(appliedBits); fate; fate = ledger.oldestFate(appliedBits)) {
      const packet = ledger.shift();
      if (this.policy === "strict") {
        if (fate !== "lost") this.#hold(target, fate === "applied" ? packet : undefined);
      } else if (fate !== "applied" && packet !== undefined) owing?.lose(packet, ledger);
      this.#packets.release(packet);
    }
    return true;
  }

  /** Forgets what a consumer holds: its next packet is a keyframe, acks from before are dead. */
  reset(consumer: K): void {
    const target = this.#consumers.get(consumer);
    if (target === undefined) return;
    this.#hold(target, undefined);
    while (target.ledger.count > 0) this.#packets.release(target.ledger.shift());
    target.ledger.reset();
    target.owing?.clear();
  }

  /** Forgets a consumer altogether, and ends the validity of its last packet. */
  remove(consumer: K): void {
    this.reset(consumer);
    this.#packets.replace(this.#consumers.get(consumer)?.packet);
    this.#consumers.delete(consumer);
  }

  /** How often a consumer was reset; send it along with packets and get it back with acks. */
  epoch(consumer: K): number {
    return this.#consumers.get(consumer)?.ledger.epoch ?? 0;
  }

  /** Newest frame that a consumer acked since its last reset; undefined before the first. */
  ackedFrame(consumer: K): Frame | undefined {
    const ledger = this.#consumers.get(consumer)?.ledger;
    return ledger?.hasAck ? ledger.ackedFrame : undefined;
  }

  /** Why a consumer's last packet was a keyframe; undefined when it was none. */
  keyframeReason(consumer: K): KeyframeReason | undefined {
    return this.#consumers.get(consumer)?.keyframeReason;
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
    const target = this.#consumers.get(consumer) ?? this.#join(consumer);
    const { ledger, owing } = target;
    if (!ledger.isNews(frame)) {
      throw new RangeError(
        `Cannot append frame ${frame}: the consumer was sent frame ${ledger.newest} already`,
      );
    }
    const packet = this.#packetFor(target, frame, state, isPartial, isShareable);
    packet.references++;
    packet.uses++;
    this.#packets.replace(target.packet);
    target.packet = packet;
    if (packet.form === "keyframe") target.keyframeFrame = frame;
    else owing?.pay(packet.records);
    this.#note(target, frame, packet);
    return packet;
  }

  #note({ ledger, owing }: TrackedConsumer<S>, frame: Frame, packet: SharedPacket<S>): void {
    const isAwaited = this.policy !== "append";
    if (isAwaited) packet.references++;
    ledger.note(frame, isAwaited ? packet : undefined);
    // What a keyframe follows is never owed; what is older than the history is no baseline.
    const isKeyframe = owing !== undefined && packet.form === "keyframe";
    if (isKeyframe || this.policy === "strict") {
      const keptFrames = isKeyframe ? 1 : this.historyFrames;
      while (ledger.isOldestKeptBefore(frame, keptFrames)) {
        this.#packets.release(ledger.takeOldest());
      }
    }
    while (ledger.isOldestBefore(frame, this.#ackFrames)) {
      const oldest = ledger.shift();
      if (oldest !== undefined) owing?.lose(oldest, ledger);
      this.#packets.release(oldest);
    }
  }

  /** State that the next packet of a consumer will be against; undefined before a keyframe. */
  protected baseOf(consumer: K, frame: Frame): S | undefined {
    const target = this.#consumers.get(consumer);
    return target === undefined || this.#reasonFor(target, frame) !== undefined
      ? undefined
      : target.base;
  }

  /** What a consumer is owed. */
  protected owedTo(consumer: K): EntityRecords {
    return this.#consumers.get(consumer)?.owing?.owed ?? NO_RECORDS;
  }

  /** True when the far end needs tables to read keyframes. */
  protected abstract get hasTables(): boolean;

  /**
   * Writes the body of a packet: of its form, from its base to its state, with what is owed.
   *
   * @param unsettled packets to the consumer that no ack has settled
   */
  protected abstract write(packet: SharedPacket<S>, unsettled: AckLedger<SharedPacket<S>>): void;

  /** State of a consumer that held one and applied a packet that left parts of its state out. */
  protected abstract merge(held: S, packet: SharedPacket<S>): S;

  /** Uses the memory of a state that nobody refers to again. */
  protected abstract free(state: S): void;

  /** Gives up one reference to a state. */
  protected releaseState(state: S | undefined): void {
    if (state !== undefined && --state.references === 0) this.free(state);
  }

  #join(consumer: K): TrackedConsumer<S> {
    const target = new TrackedConsumer<S>(this.policy);
    this.#consumers.set(consumer, target);
    return target;
  }

  #reasonFor(target: TrackedConsumer<S>, frame: Frame): KeyframeReason | undefined {
    return target.keyframeReasonAt(frame, this.historyFrames, this.#keyframeEveryFrames);
  }

  #packetFor(
    target: TrackedConsumer<S>,
    frame: Frame,
    state: S,
    isPartial: boolean,
    isShareable: boolean,
  ): SharedPacket<S> {
    const { ledger, owing } = target;
    const isStrict = this.policy === "strict";
    const reason = target.keyframeReason = this.#reasonFor(target, frame);
    const base = reason === undefined ? target.base : undefined;
    const form = reason !== undefined
      ? "keyframe"
      : !isStrict
      ? "patch"
      : isPartial
      ? "partial"
      : "delta";
    const baselineFrame = form === "keyframe"
      ? frame
      : isStrict
      ? ledger.ackedFrame
      : ledger.newest;
    if (reason !== undefined) owing?.clear();
    const hasTables = form === "keyframe" && this.hasTables && !ledger.hasAck;
    const packets = this.#packets;
    packets.begin(frame);
    for (let i = 0; i < packets.count && isShareable; i++) {
      const packet = packets.at(i);
      if (
        packet.base === base && packet.state === state && packet.form === form &&
        packet.baselineFrame === baselineFrame && packet.hasTables === hasTables &&
        (owing === undefined || packet.owed.equals(owing.owed))
      ) return packet;
    }
    const packet = packets.take();
    packet.form = form;
    packet.frame = frame;
    packet.baselineFrame = baselineFrame;
    packet.hasTables = hasTables;
    packet.state = state;
    packet.base = base;
    this.#encode(packet, target);
    if (isShareable) packets.share(packet);
    return packet;
  }

  #encode(packet: SharedPacket<S>, { ledger, owing }: TrackedConsumer<S>): void {
    packet.state!.references++;
    packet.schemaHash = packet.form === "keyframe" ? this.schemaHash : undefined;
    packet.records.clear();
    packet.owed.copy(owing?.owed ?? NO_RECORDS);
    packet.write(packet.out.clear());
    packet.headerLength = packet.out.length;
    this.write(packet, ledger);
  }

  /** Takes the state of an applied packet as what the consumer holds; undefined when unknown. */
  #hold(target: TrackedConsumer<S>, packet: SharedPacket<S> | undefined): void {
    const { held } = target;
    target.held = packet === undefined || packet.form !== "partial"
      ? packet?.state
      : held && this.merge(held, packet);
    if (target.held !== undefined) target.held.references++;
    this.releaseState(held);
  }
}
