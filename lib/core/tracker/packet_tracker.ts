import { AckLedger } from "./ack_ledger.ts";
import { assertInteger } from "../bytes/assert_integer.ts";
import { Debts } from "./debts.ts";
import { type Frame, frameDistance } from "../time/frame.ts";
import { PacketRecords } from "../wire/packet_records.ts";
import { Pool } from "../state/pool.ts";
import { type Counted, type KeyframeReason, SharedPacket } from "../wire/shared_packet.ts";

/** All ack policies of a tracker. */
export const POLICIES = ["append", "strict", "nack"] as const;

/**
 * Which state a packet is encoded against.
 *
 * - `append`: the state sent last, assumed to have arrived; a lost packet leaves its fields wrong
 *   until they are sent again
 * - `strict`: the newest state that the consumer acked, when the history still has it, else a
 *   keyframe; a lost packet ages the baseline, nothing is ever wrong
 * - `nack`: keyframes until the first ack, then as `append`; what a packet held that a later ack
 *   passes by is sent again, unless it was sent since
 */
export type Policy = (typeof POLICIES)[number];

/** Settings of a tracker. */
export interface TrackerOptions {
  /** Which state a packet is encoded against; `strict` unless given. */
  readonly policy?: Policy;
  /** Frames of the history, 1 to 2^24; 64 unless given. Older baselines become keyframes. */
  readonly historyFrames?: number;
  /** A consumer gets a keyframe at least every so many frames, 1 or more; never by default. */
  readonly keyframeEveryFrames?: number;
  /** False to leave the hash of the schema out of keyframes, between ends that surely agree. */
  readonly schemaHash?: boolean;
}

/** Largest history in frames. */
export const HISTORY_FRAMES_MAX: number = 1 << 24;

/** Frames for which acks are awaited, however short the history. */
const ACK_FRAMES_MIN = 1024;

/** What a tracker remembers of one consumer. */
class Consumer<S> {
  readonly ledger: AckLedger<SharedPacket<S>> = new AckLedger();
  /** Packet of the last append, kept until the next. */
  packet: SharedPacket<S> | undefined;
  /** Policy `strict`: what the consumer held at the frame that it acked last. */
  held: S | undefined;
  /** Frame of the newest keyframe of this epoch. */
  keyframeFrame: Frame = 0;
  /** Why the last packet was a keyframe; undefined when it was none. */
  keyframeReason: KeyframeReason | undefined;
  /** Policy `nack`: what lost packets held; undefined under any other. */
  readonly debts: Debts | undefined;

  constructor(policy: Policy) {
    if (policy === "nack") this.debts = new Debts();
  }
}

const NO_RECORDS = new PacketRecords();

/**
 * What every tracker does, whatever a state is: ack policy, acks, keyframes, and one encode for all
 * consumers that are brought from the same state to the same state.
 */
export abstract class PacketTracker<S extends Counted, K> {
  /** Which state a packet is encoded against. */
  readonly policy: Policy;
  /** Frames of the history. */
  readonly historyFrames: number;
  /** Number of packets encoded so far; one for each distinct packet of a frame. */
  encodes: number = 0;
  /** Hash that keyframes carry; undefined for none. */
  protected readonly schemaHash: number | undefined;
  readonly #keyframeEveryFrames: number;
  readonly #ackFrames: number;
  readonly #consumers: Map<K, Consumer<S>> = new Map();
  /** Packets of one frame, which other consumers may share; each holds a reference. */
  readonly #shared: Pool<SharedPacket<S>> = new Pool();
  #sharedFrame: Frame = 0;
  readonly #free: Pool<SharedPacket<S>> = new Pool();

  /** Tracker without consumers. @throws {RangeError} for an option outside its range */
  constructor(options: TrackerOptions, schemaHash: number | undefined) {
    const { policy = "strict", historyFrames = 64, keyframeEveryFrames = Infinity } = options;
    if (!POLICIES.includes(policy)) {
      throw new RangeError(`Policy is ${policy}, expected one of ${POLICIES.join(", ")}`);
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
  }

  /** Number of different packets that the frame at hand was encoded to so far. */
  get sharedPackets(): number {
    return this.#shared.count;
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
    const { ledger, debts } = target;
    for (let fate = ledger.oldestFate(appliedBits); fate; fate = ledger.oldestFate(appliedBits)) {
      const packet = ledger.shift();
      if (this.policy === "strict") {
        if (fate !== "lost") this.#hold(target, fate === "applied" ? packet : undefined);
      } else if (fate !== "applied" && packet !== undefined) debts?.lose(packet, ledger);
      this.#release(packet);
    }
    return true;
  }

  /** Forgets what a consumer holds: its next packet is a keyframe, acks from before are dead. */
  reset(consumer: K): void {
    const target = this.#consumers.get(consumer);
    if (target === undefined) return;
    this.#hold(target, undefined);
    while (target.ledger.count > 0) this.#release(target.ledger.shift());
    target.ledger.reset();
    target.debts?.clear();
  }

  /** Forgets a consumer altogether, and ends the validity of its last packet. */
  remove(consumer: K): void {
    this.reset(consumer);
    this.#replace(this.#consumers.get(consumer)?.packet);
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
    const { ledger, debts } = target;
    if (!ledger.isNews(frame)) {
      throw new RangeError(
        `Cannot append frame ${frame}: the consumer was sent frame ${ledger.newest} already`,
      );
    }
    const packet = this.#packetFor(target, frame, state, isPartial, isShareable);
    packet.references++;
    packet.uses++;
    this.#replace(target.packet);
    target.packet = packet;
    if (packet.form === "keyframe") target.keyframeFrame = frame;
    else debts?.pay(packet.records);
    this.#note(target, frame, packet);
    return packet;
  }

  #note({ ledger, debts }: Consumer<S>, frame: Frame, packet: SharedPacket<S>): void {
    const isAwaited = this.policy !== "append";
    if (isAwaited) packet.references++;
    ledger.note(frame, isAwaited ? packet : undefined);
    // What a keyframe follows is never owed; what is older than the history is no baseline.
    const isKeyframe = debts !== undefined && packet.form === "keyframe";
    if (isKeyframe || this.policy === "strict") {
      const keptFrames = isKeyframe ? 1 : this.historyFrames;
      while (ledger.isOldestKeptBefore(frame, keptFrames)) this.#release(ledger.takeOldest());
    }
    while (ledger.isOldestBefore(frame, this.#ackFrames)) {
      const oldest = ledger.shift();
      if (oldest !== undefined) debts?.lose(oldest, ledger);
      this.#release(oldest);
    }
  }

  /** State that the next packet of a consumer will be against; undefined before a keyframe. */
  protected baseOf(consumer: K, frame: Frame): S | undefined {
    const target = this.#consumers.get(consumer);
    return target === undefined || this.#reasonFor(target, frame) !== undefined
      ? undefined
      : this.#baseOf(target);
  }

  /** What a consumer is owed. */
  protected owedTo(consumer: K): PacketRecords {
    return this.#consumers.get(consumer)?.debts?.owed ?? NO_RECORDS;
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

  #join(consumer: K): Consumer<S> {
    const target = new Consumer<S>(this.policy);
    this.#consumers.set(consumer, target);
    return target;
  }

  #baseOf(target: Consumer<S>): S | undefined {
    return this.policy === "strict" ? target.held : target.packet?.state;
  }

  #reasonFor(target: Consumer<S>, frame: Frame): KeyframeReason | undefined {
    const { ledger, held, debts } = target;
    const unknown = ledger.epoch > 0 ? "reset" : "no-ack";
    if (!ledger.hasNewest) return unknown;
    if (frameDistance(frame, target.keyframeFrame) >= this.#keyframeEveryFrames) return "interval";
    if (this.policy === "append") return undefined;
    if (!ledger.hasAck) return unknown;
    if (debts !== undefined) return debts.owesAll ? "no-ack" : undefined;
    const isHeld = held !== undefined &&
      frameDistance(frame, ledger.ackedFrame) < this.historyFrames;
    return isHeld ? undefined : "evicted";
  }

  #packetFor(
    target: Consumer<S>,
    frame: Frame,
    state: S,
    isPartial: boolean,
    isShareable: boolean,
  ): SharedPacket<S> {
    const { ledger, debts } = target;
    const isStrict = this.policy === "strict";
    const reason = target.keyframeReason = this.#reasonFor(target, frame);
    const base = reason === undefined ? this.#baseOf(target) : undefined;
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
    if (reason !== undefined) debts?.clear();
    const hasTables = form === "keyframe" && this.hasTables && !ledger.hasAck;
    if (frame !== this.#sharedFrame) this.#forgetShared(frame);
    for (let i = 0; i < this.#shared.count && isShareable; i++) {
      const packet = this.#shared.at(i);
      if (
        packet.base === base && packet.state === state && packet.form === form &&
        packet.baselineFrame === baselineFrame && packet.hasTables === hasTables &&
        (debts === undefined || packet.owed.equals(debts.owed))
      ) return packet;
    }
    const packet = this.#free.pop() ?? new SharedPacket<S>();
    packet.form = form;
    packet.frame = frame;
    packet.baselineFrame = baselineFrame;
    packet.hasTables = hasTables;
    packet.state = state;
    packet.base = base;
    this.#encode(packet, target);
    if (isShareable) this.#share(packet);
    return packet;
  }

  #encode(packet: SharedPacket<S>, { ledger, debts }: Consumer<S>): void {
    packet.serial = this.encodes++;
    packet.state!.references++;
    packet.schemaHash = packet.form === "keyframe" ? this.schemaHash : undefined;
    packet.records.clear();
    packet.owed.copy(debts?.owed ?? NO_RECORDS);
    packet.write(packet.out.clear());
    packet.headerLength = packet.out.length;
    this.write(packet, ledger);
  }

  #share(packet: SharedPacket<S>): void {
    packet.references++;
    packet.uses++;
    if (packet.base !== undefined) packet.base.references++;
    this.#shared.push(packet);
  }

  #forgetShared(frame: Frame): void {
    this.#sharedFrame = frame;
    while (this.#shared.count > 0) {
      const packet = this.#shared.pop()!;
      this.releaseState(packet.base);
      this.#replace(packet);
    }
  }

  /** Takes the state of an applied packet as what the consumer holds; undefined when unknown. */
  #hold(target: Consumer<S>, packet: SharedPacket<S> | undefined): void {
    const { held } = target;
    target.held = packet === undefined || packet.form !== "partial"
      ? packet?.state
      : held && this.merge(held, packet);
    if (target.held !== undefined) target.held.references++;
    this.releaseState(held);
  }

  /** Gives up a packet from which somebody went on; under `nack`, nobody else needs its state. */
  #replace(packet: SharedPacket<S> | undefined): void {
    if (packet !== undefined && --packet.uses === 0 && this.policy === "nack") {
      this.releaseState(packet.state);
      packet.state = undefined;
    }
    this.#release(packet);
  }

  #release(packet: SharedPacket<S> | undefined): void {
    if (packet === undefined || --packet.references > 0) return;
    this.releaseState(packet.state);
    packet.state = undefined;
    this.#free.push(packet);
  }
}
