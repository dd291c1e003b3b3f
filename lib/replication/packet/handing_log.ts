import type { Snapshot } from "../../core/state/snapshot.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { EncodedPacket } from "./encoded_packet.ts";
import type { ArrivalOutcome, PacketLog } from "./packet_log.ts";

/** Hands everything on to a log, as it is unless who extends it says more. */
export abstract class HandingLog implements PacketLog {
  readonly #log: PacketLog;

  /** Hands on to a log. */
  constructor(log: PacketLog) {
    this.#log = log;
  }

  /** See {@linkcode PacketLog.joined}. */
  joined(consumer: number, nowUs: number): void {
    this.#log.joined(consumer, nowUs);
  }

  /** See {@linkcode PacketLog.left}. */
  left(consumer: number, nowUs: number): void {
    this.#log.left(consumer, nowUs);
  }

  /** See {@linkcode PacketLog.sent}. */
  sent(
    consumer: number,
    packet: EncodedPacket,
    sendUs: number,
    reason: KeyframeReason | undefined,
    omitted?: ReadonlySet<number>,
  ): void {
    this.#log.sent(consumer, packet, sendUs, reason, omitted);
  }

  /** See {@linkcode PacketLog.lost}. */
  lost(consumer: number, packet: EncodedPacket): void {
    this.#log.lost(consumer, packet);
  }

  /** See {@linkcode PacketLog.arrived}. */
  arrived(
    consumer: number,
    packet: EncodedPacket,
    arrivalUs: number,
    outcome: ArrivalOutcome,
    wrongFields: number,
  ): void {
    this.#log.arrived(consumer, packet, arrivalUs, outcome, wrongFields);
  }

  /** See {@linkcode PacketLog.wrongFor}. */
  wrongFor(consumer: number, frames: number, isHealed: boolean): void {
    this.#log.wrongFor(consumer, frames, isHealed);
  }

  /** See {@linkcode PacketLog.stale}. */
  stale(frames: number): void {
    this.#log.stale(frames);
  }

  /** See {@linkcode PacketLog.framed}. */
  framed(truth: Snapshot, nowUs: number): void {
    this.#log.framed(truth, nowUs);
  }

  /** See {@linkcode PacketLog.encoded}. */
  encoded(packet: EncodedPacket): void {
    this.#log.encoded(packet);
  }
}
