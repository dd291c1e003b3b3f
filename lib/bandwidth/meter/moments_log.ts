import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import { HandingLog } from "../../replication/packet/handing_log.ts";
import type { ArrivalOutcome, PacketLog } from "../../replication/packet/packet_log.ts";
import type { MomentMeter } from "../moments/moment_meter.ts";

/** Tells another log of everything, then the moments of a run of what they are made of. */
export class MomentsLog extends HandingLog {
  readonly #moments: MomentMeter;

  /** Log of a run that has not begun. */
  constructor(log: PacketLog, moments: MomentMeter) {
    super(log);
    this.#moments = moments;
  }

  /** See {@linkcode PacketLog.sent}. */
  override sent(
    consumer: number,
    packet: EncodedPacket,
    sendUs: number,
    reason: KeyframeReason | undefined,
    omitted?: ReadonlySet<number>,
  ): void {
    super.sent(consumer, packet, sendUs, reason, omitted);
    this.#moments.sent(consumer, packet, sendUs, reason);
  }

  /** See {@linkcode PacketLog.lost}. */
  override lost(consumer: number, packet: EncodedPacket): void {
    super.lost(consumer, packet);
    this.#moments.lost();
  }

  /** See {@linkcode PacketLog.arrived}. */
  override arrived(
    consumer: number,
    packet: EncodedPacket,
    arrivalUs: number,
    outcome: ArrivalOutcome,
    wrongFields: number,
  ): void {
    super.arrived(consumer, packet, arrivalUs, outcome, wrongFields);
    this.#moments.arrived(arrivalUs, wrongFields);
  }

  /** See {@linkcode PacketLog.encoded}. */
  override encoded(packet: EncodedPacket): void {
    super.encoded(packet);
    this.#moments.encoded(packet);
  }
}
