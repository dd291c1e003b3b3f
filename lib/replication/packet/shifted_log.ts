import type { Snapshot } from "../../core/state/snapshot.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { EncodedPacket } from "./encoded_packet.ts";
import type { ArrivalOutcome, PacketLog } from "./packet_log.ts";

/** Hands everything on to a log, with times that are later by so many microseconds. */
export class ShiftedLog implements PacketLog {
  readonly #log: PacketLog;
  readonly #byUs: number;

  /** What is told here at time 0 is told there at time `byUs`. */
  constructor(log: PacketLog, byUs: number) {
    this.#log = log;
    this.#byUs = byUs;
  }

  joined(consumer: number, nowUs: number): void {
    this.#log.joined(consumer, nowUs + this.#byUs);
  }

  left(consumer: number, nowUs: number): void {
    this.#log.left(consumer, nowUs + this.#byUs);
  }

  sent(
    consumer: number,
    packet: EncodedPacket,
    sendUs: number,
    reason: KeyframeReason | undefined,
    omitted?: ReadonlySet<number>,
  ): void {
    this.#log.sent(consumer, packet, sendUs + this.#byUs, reason, omitted);
  }

  lost(consumer: number, packet: EncodedPacket): void {
    this.#log.lost(consumer, packet);
  }

  arrived(
    consumer: number,
    packet: EncodedPacket,
    arrivalUs: number,
    outcome: ArrivalOutcome,
    wrongFields: number,
  ): void {
    this.#log.arrived(consumer, packet, arrivalUs + this.#byUs, outcome, wrongFields);
  }

  wrongFor(consumer: number, frames: number, isHealed: boolean): void {
    this.#log.wrongFor(consumer, frames, isHealed);
  }

  stale(frames: number): void {
    this.#log.stale(frames);
  }

  framed(truth: Snapshot, nowUs: number): void {
    this.#log.framed(truth, nowUs + this.#byUs);
  }

  encoded(packet: EncodedPacket): void {
    this.#log.encoded(packet);
  }
}
