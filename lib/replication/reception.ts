import { frameDistance, isNewer } from "../core/time/frame.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { SimulatedConsumers } from "./simulated_consumers.ts";
import type { RunListeners } from "./consumer_loop.ts";
import { ConsumerDivergences } from "./consumer_divergences.ts";
import type { EncodedPacket } from "./packet/encoded_packet.ts";
import type { PacketDecoder } from "./packet/packet_decoder.ts";
import type { PacketTable } from "./packet/packet_table.ts";
import type { RunOptions } from "./run_options.ts";

/** Packets of a consumer whose fate is remembered; the oldest of more is forgotten. */
const UNAPPLIED_MAX = 1024;

/** What consumers do with the packets that arrive, and what they then see wrong. */
export class Reception {
  readonly #isStrict: boolean;
  readonly #historyFrames: number;
  readonly #consumers: SimulatedConsumers;
  readonly #packets: PacketTable;
  readonly #decoder: PacketDecoder;
  readonly #listeners: RunListeners;
  readonly #divergences: ConsumerDivergences;
  /** Frames of what a consumer applied that it keeps as baselines. */
  readonly #keptFrames: number;
  /** What a consumer without a state holds. */
  readonly #nothing: Snapshot;

  /** Reception of a run that has not begun. */
  constructor(
    layout: SnapshotLayout,
    options: RunOptions,
    consumers: SimulatedConsumers,
    packets: PacketTable,
    decoder: PacketDecoder,
    listeners: RunListeners,
  ) {
    this.#isStrict = options.policy === "strict";
    this.#historyFrames = options.historyFrames;
    this.#consumers = consumers;
    this.#packets = packets;
    this.#decoder = decoder;
    this.#listeners = listeners;
    this.#divergences = new ConsumerDivergences(layout, options.consumers, listeners.log);
    this.#keptFrames = this.#isStrict ? options.historyFrames : 1;
    this.#nothing = new Snapshot(layout);
  }

  /** State that a consumer holds and shows; undefined before the first, lent until the next call. */
  heldBy(consumer: number): Snapshot | undefined {
    return this.#divergences.shownBy(consumer, this.#newest(consumer)?.held);
  }

  /** Gives a consumer a packet. @returns true when it applied it, and so will acknowledge it */
  receive(consumer: number, packet: EncodedPacket, arrivalUs: number): boolean {
    const { log, hash } = this.#listeners;
    const newest = this.#newest(consumer);
    if (newest !== undefined && !isNewer(packet.frame, newest.frame)) {
      log.arrived(consumer, packet, arrivalUs, "stale", 0);
      return false;
    }
    const { form } = packet;
    const isLacking = form === "patch"
      ? newest === undefined
      : form !== "keyframe" && this.baselineOf(consumer, packet, newest) === undefined;
    if (isLacking) {
      const wrongFields = packet.form === "patch" ? this.#countMissing(consumer, packet) : 0;
      log.arrived(consumer, packet, arrivalUs, "missing-baseline", wrongFields);
      if (packet.form === "patch") hash.word(wrongFields);
      return false;
    }
    const wrongFields = this.apply(consumer, packet, newest);
    log.arrived(consumer, packet, arrivalUs, "applied", wrongFields);
    hash.word(wrongFields);
    return true;
  }

  /** What a consumer holds of the frame that a packet is against; undefined when it holds nothing. */
  baselineOf(
    consumer: number,
    { form, baselineFrame }: EncodedPacket,
    newest: EncodedPacket | undefined = this.#newest(consumer),
  ): Snapshot | undefined {
    if (newest === undefined || form === "keyframe" || form === "patch") return undefined;
    if (frameDistance(newest.frame, baselineFrame) >= this.#historyFrames) return undefined;
    const { applied } = this.#consumers;
    const count = applied.length(consumer);
    // What is older is forgotten with the packet, so the way to the baseline is short.
    for (let i = 0; i < count; i++) {
      const { frame, held } = this.#packets.get(applied.at(consumer, i));
      if (frame === baselineFrame) return held;
      if (isNewer(frame, baselineFrame)) return undefined;
    }
    return undefined;
  }

  /** Brings a consumer to a packet's frame; returns how many fields it then sees wrong. */
  apply(
    consumer: number,
    packet: EncodedPacket,
    newest: EncodedPacket | undefined = this.#newest(consumer),
  ): number {
    const { frame, form, truth } = packet;
    const before = newest?.held;
    let wrongFields = 0;
    if (form === "partial") {
      const base = this.baselineOf(consumer, packet, newest);
      const decoding = this.#decoder.decodePartial(packet, base, before!);
      packet.held = decoding.state;
      wrongFields = decoding.wrongFields;
      if (wrongFields > 0) {
        this.#listeners.fault.blame(packet, `leaves ${wrongFields} wrong fields`);
      }
    }
    if (!this.#isStrict) this.#noteMissed(consumer, packet, before);
    this.#noteApplied(consumer, packet, newest);
    // The baseline it holds was verified to be the truth, and so was this packet against it.
    if (form === "delta" || form === "partial") return wrongFields;
    const decoding = this.#decoder.decode(packet, before);
    const divergences = this.#divergences;
    if (decoding.wrongFields === 0 && divergences.of(consumer) === undefined) return 0;
    const patch = this.#decoder.patchOf(packet);
    wrongFields = divergences.open(consumer).apply(frame, truth, decoding, patch);
    divergences.settle(consumer);
    return wrongFields;
  }

  /** What a consumer holds when nothing that was sent so far is lost; undefined for nothing. */
  assumedOf(consumer: number): Snapshot | undefined {
    const number = this.#consumers.assumed[consumer] ?? -1;
    return number < 0 ? undefined : this.#packets.get(number).truth;
  }

  /** Assumes that a consumer will hold what a packet leads to, where packets go on from that. */
  assume(consumer: number, { number }: EncodedPacket): void {
    if (this.#isStrict) return;
    const { assumed } = this.#consumers;
    this.#packets.retain(number);
    if (assumed[consumer]! >= 0) this.#packets.release(assumed[consumer]!);
    assumed[consumer] = number;
  }

  /** Remembers a packet on its way, where one that does not arrive leaves something wrong. */
  noteSent(consumer: number, { number }: EncodedPacket): void {
    if (this.#isStrict) return;
    const { unapplied } = this.#consumers;
    unapplied.push(consumer, number);
    this.#packets.retain(number);
    if (unapplied.length(consumer) > UNAPPLIED_MAX) {
      this.#packets.release(unapplied.shift(consumer));
    }
  }

  /** Tells for how many frames each field has been wrong that still is, and forgets it. */
  closeStreaks(consumer: number): void {
    if (this.#divergences.of(consumer) === undefined) return;
    const { log } = this.#listeners;
    const { hasMissed, missedFrames } = this.#consumers;
    const missedFrame = hasMissed[consumer] === 1 ? missedFrames[consumer]! : 0;
    const seenFrame = this.#newest(consumer)?.frame ?? missedFrame;
    const onOpen = (frames: number) => log.wrongFor(consumer, frames, false);
    this.#divergences.close(consumer, seenFrame, onOpen);
  }

  /** Lets a consumer forget what it holds and awaits. */
  forget(consumer: number): void {
    const { applied, appliedBits, unapplied, assumed, hasMissed } = this.#consumers;
    while (applied.length(consumer) > 0) this.#packets.release(applied.shift(consumer));
    appliedBits[consumer] = 0;
    if (this.#isStrict) return;
    while (unapplied.length(consumer) > 0) this.#packets.release(unapplied.shift(consumer));
    if (assumed[consumer]! >= 0) this.#packets.release(assumed[consumer]!);
    assumed[consumer] = -1;
    hasMissed[consumer] = 0;
  }

  /** Ends the run: what is right again from now on is told no more. */
  finish(): void {
    this.#divergences.finish();
  }

  /** Packet that a consumer applied last; undefined before the first. */
  #newest(consumer: number): EncodedPacket | undefined {
    const number = this.#consumers.applied.last(consumer);
    return number < 0 ? undefined : this.#packets.get(number);
  }

  /**
   * Counts everything as wrong that a consumer without a state does not see; 0 when it has heard of
   * a newer frame.
   */
  #countMissing(consumer: number, { frame, truth }: EncodedPacket): number {
    const { hasMissed, missedFrames } = this.#consumers;
    if (hasMissed[consumer] === 1 && !isNewer(frame, missedFrames[consumer]!)) return 0;
    hasMissed[consumer] = 1;
    missedFrames[consumer] = frame;
    const divergence = this.#divergences.open(consumer);
    divergence.miss(frame, this.#nothing, truth, undefined);
    const { wrongFields } = divergence;
    this.#divergences.settle(consumer);
    return wrongFields;
  }

  /** Notes a baseline, and forgets those to which the server will not go back. */
  #noteApplied(
    consumer: number,
    { number, frame, form, baselineFrame }: EncodedPacket,
    newest: EncodedPacket | undefined,
  ): void {
    const { applied, appliedBits } = this.#consumers;
    if (newest !== undefined) {
      const ahead = frameDistance(frame, newest.frame);
      const shifted = ahead > 31 ? 0 : appliedBits[consumer]! << ahead;
      appliedBits[consumer] = ahead > 32 ? 0 : shifted | (1 << (ahead - 1));
    }
    applied.push(consumer, number);
    this.#packets.retain(number);
    const isAgainst = form === "delta" || form === "partial";
    while (true) {
      const oldest = applied.first(consumer);
      const oldestFrame = this.#packets.get(oldest).frame;
      const isOld = frameDistance(frame, oldestFrame) >= this.#keptFrames;
      if (!isOld && !(isAgainst && isNewer(baselineFrame, oldestFrame))) return;
      applied.shift(consumer);
      this.#packets.release(oldest);
    }
  }

  /** Dates what the packets before an applied one did not bring. */
  #noteMissed(consumer: number, applied: EncodedPacket, before: Snapshot | undefined): void {
    const { unapplied } = this.#consumers;
    const packets = this.#packets;
    // What is newer is still on its way; the applied one is not there when it was forgotten.
    while (unapplied.length(consumer) > 0) {
      const missed = packets.get(unapplied.first(consumer));
      if (isNewer(missed.frame, applied.frame)) break;
      if (missed !== applied && before !== undefined) {
        const records = this.#decoder.isWhole(missed) ? undefined : missed.records;
        this.#divergences.open(consumer).miss(missed.frame, before, missed.truth, records);
      }
      packets.release(unapplied.shift(consumer));
    }
    this.#divergences.settle(consumer);
  }
}
