import type { Snapshot } from "../../core/state/snapshot.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import type { ArrivalOutcome, PacketLog } from "../../replication/packet/packet_log.ts";
import type { MomentMeter } from "../moments/moment_meter.ts";

/** Tells another log of everything, then the moments of a run of what they are made of. */
export class MomentsLog implements PacketLog {
  readonly #log: PacketLog;
  readonly #moments: MomentMeter;

  /** Log of a run that has not begun. */
  constructor(log: PacketLog, moments: MomentMeter) {
    this.#log = log;
    this.#moments = moments;
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
    this.#moments.sent(consumer, packet, sendUs, reason);
  }

  /** See {@linkcode PacketLog.lost}. */
  lost(consumer: number, packet: EncodedPacket): void {
    this.#log.lost(consumer, packet);
    this.#moments.lost();
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
    this.#moments.arrived(arrivalUs, wrongFields);
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
    this.#moments.encoded(packet);
  }
}
