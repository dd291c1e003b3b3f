import { isNewer } from "../core/time/frame.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { EncodedPacket } from "./encoded_packet.ts";
import type { PacketDecoder } from "./packet_decoder.ts";
import type { PacketLog } from "./packet_log.ts";
import type { RunFault } from "./run_fault.ts";
import type { Fingerprint } from "../core/bytes/fingerprint.ts";
import type { RunOptions } from "./run_options.ts";
import type { SimulatedConsumer } from "./simulated_consumer.ts";

/** Packets of a consumer whose fate is remembered; the oldest of more is forgotten. */
const UNAPPLIED_MAX = 1024;

/** Who hears of what consumers do with packets. */
export interface ReceptionListeners {
  /** Told of every arrival. */
  readonly log: PacketLog;
  /** Takes in how many fields are wrong. */
  readonly hash: Fingerprint;
  /** Takes in what a partial delta left wrong. */
  readonly fault: RunFault;
}

/** What consumers do with the packets that arrive, and what they then see wrong. */
export class Reception {
  readonly #options: RunOptions;
  readonly #decoder: PacketDecoder;
  readonly #listeners: ReceptionListeners;
  /** What a consumer without a state holds. */
  readonly #nothing: Snapshot;

  /** Reception of a run that has not begun. */
  constructor(
    layout: SnapshotLayout,
    options: RunOptions,
    decoder: PacketDecoder,
    listeners: ReceptionListeners,
  ) {
    this.#options = options;
    this.#decoder = decoder;
    this.#listeners = listeners;
    this.#nothing = new Snapshot(layout);
  }

  /** Gives a consumer a packet. @returns true when it applied it, and so will acknowledge it */
  receive(consumer: SimulatedConsumer, packet: EncodedPacket, arrivalUs: number): boolean {
    const { frames, index } = consumer;
    const { log, hash } = this.#listeners;
    if (!frames.isNews(packet.frame)) {
      log.arrived(index, packet, arrivalUs, "stale", 0);
      return false;
    }
    const isLacking = packet.form === "patch"
      ? consumer.truth === undefined
      : packet.form !== "keyframe" && this.baselineOf(consumer, packet) === undefined;
    if (isLacking) {
      const wrongFields = packet.form === "patch" ? this.#countMissing(consumer, packet) : 0;
      log.arrived(index, packet, arrivalUs, "missing-baseline", wrongFields);
      if (packet.form === "patch") hash.word(wrongFields);
      return false;
    }
    const wrongFields = this.apply(consumer, packet);
    log.arrived(index, packet, arrivalUs, "applied", wrongFields);
    hash.word(wrongFields);
    return true;
  }

  /** What a consumer holds of the frame that a packet is against; undefined when it holds nothing. */
  baselineOf(consumer: SimulatedConsumer, packet: EncodedPacket): Snapshot | undefined {
    if (packet.form === "keyframe" || packet.form === "patch") return undefined;
    return consumer.frames.get(packet.baselineFrame, this.#options.historyFrames);
  }

  /** Brings a consumer to a packet's frame; returns how many fields it then sees wrong. */
  apply(consumer: SimulatedConsumer, packet: EncodedPacket): number {
    const { frame, form } = packet;
    const { truth: before, divergence } = consumer;
    this.#noteMissed(consumer, packet);
    let { truth } = packet;
    let wrongFields = 0;
    if (form === "partial") {
      const base = this.baselineOf(consumer, packet);
      ({ state: truth, wrongFields } = this.#decoder.decodePartial(packet, base, before!));
      if (wrongFields > 0) {
        this.#listeners.fault.blame(packet, `leaves ${wrongFields} wrong fields`);
      }
    }
    this.#noteApplied(consumer, packet, truth);
    consumer.seenFrame = frame;
    consumer.truth = truth;
    // The baseline it holds was verified to be the truth, and so was this packet against it.
    if (form === "delta" || form === "partial") return wrongFields;
    const decoding = this.#decoder.decode(packet, before);
    if (decoding.wrongFields === 0 && divergence.isEmpty) return 0;
    return divergence.apply(frame, truth, decoding, this.#decoder.patchOf(packet));
  }

  /** Remembers a packet on its way, where one that does not arrive leaves something wrong. */
  noteSent({ unapplied }: SimulatedConsumer, packet: EncodedPacket): void {
    if (this.#options.policy === "strict") return;
    unapplied.push(packet);
    if (unapplied.length > UNAPPLIED_MAX) unapplied.shift();
  }

  /** Tells for how many frames each field has been wrong that still is, and forgets it. */
  closeStreaks(consumer: SimulatedConsumer): void {
    const { log } = this.#listeners;
    consumer.divergence.close(
      consumer.seenFrame ?? 0,
      (frames) => log.wrongFor(consumer.index, frames, false),
    );
  }

  /**
   * Counts everything as wrong that a consumer without a state does not see; 0 when it has heard of
   * a newer frame.
   */
  #countMissing(consumer: SimulatedConsumer, { frame, truth }: EncodedPacket): number {
    const { seenFrame } = consumer;
    if (seenFrame !== undefined && !isNewer(frame, seenFrame)) return 0;
    consumer.seenFrame = frame;
    consumer.divergence.miss(frame, this.#nothing, truth, undefined);
    return consumer.divergence.wrongFields;
  }

  /** Notes a baseline, and forgets those to which the server will not go back. */
  #noteApplied({ frames }: SimulatedConsumer, packet: EncodedPacket, truth: Snapshot): void {
    frames.noteApplied(packet.frame, truth);
    const keptFrames = this.#options.policy === "strict" ? this.#options.historyFrames : 1;
    while (frames.isOldestBefore(packet.frame, keptFrames)) frames.shift();
    if (packet.form === "keyframe" || packet.form === "patch") return;
    while (isNewer(packet.baselineFrame, frames.frameAt(0))) frames.shift();
  }

  /** Dates what the packets before an applied one did not bring. */
  #noteMissed({ unapplied, truth, divergence }: SimulatedConsumer, applied: EncodedPacket): void {
    // What is newer is still on its way; the applied one is not there when it was forgotten.
    while (unapplied.length > 0 && !isNewer(unapplied[0]!.frame, applied.frame)) {
      const missed = unapplied.shift()!;
      if (missed === applied || truth === undefined) continue;
      const records = this.#decoder.isWhole(missed) ? undefined : missed.records;
      divergence.miss(missed.frame, truth, missed.truth, records);
    }
  }
}
