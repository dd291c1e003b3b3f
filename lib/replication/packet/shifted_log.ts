import type { Snapshot } from "../../core/state/snapshot.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { EncodedPacket } from "./encoded_packet.ts";
import { HandingLog } from "./handing_log.ts";
import type { ArrivalOutcome, PacketLog } from "./packet_log.ts";

/** Hands everything on to a log, with times that are later by so many microseconds. */
export class ShiftedLog extends HandingLog {
  readonly #byUs: number;

  /** What is told here at time 0 is told there at time `byUs`. */
  constructor(log: PacketLog, byUs: number) {
    super(log);
    this.#byUs = byUs;
  }

  override joined(consumer: number, nowUs: number): void {
    super.joined(consumer, nowUs + this.#byUs);
  }

  override left(consumer: number, nowUs: number): void {
    super.left(consumer, nowUs + this.#byUs);
  }

  override sent(
    consumer: number,
    packet: EncodedPacket,
    sendUs: number,
    reason: KeyframeReason | undefined,
    omitted?: ReadonlySet<number>,
  ): void {
    super.sent(consumer, packet, sendUs + this.#byUs, reason, omitted);
  }

  override arrived(
    consumer: number,
    packet: EncodedPacket,
    arrivalUs: number,
    outcome: ArrivalOutcome,
    wrongFields: number,
  ): void {
    super.arrived(consumer, packet, arrivalUs + this.#byUs, outcome, wrongFields);
  }

  override framed(truth: Snapshot, nowUs: number): void {
    super.framed(truth, nowUs + this.#byUs);
  }
}
