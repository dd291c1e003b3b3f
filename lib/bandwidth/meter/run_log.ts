import type { Snapshot } from "../../core/state/snapshot.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import type { ArrivalOutcome, PacketLog } from "../../replication/packet/packet_log.ts";
import type { DrawnMeter } from "../drawn/drawn_meter.ts";
import type { SeenMeter } from "../seen/seen_meter.ts";
import type { BandwidthMeter } from "./bandwidth_meter.ts";

/** Tells every meter of a run what it has to know. */
export class RunLog implements PacketLog {
  readonly #cost: BandwidthMeter;
  readonly #seen: SeenMeter;
  readonly #drawn: DrawnMeter;

  /** Log of a run that has not begun. */
  constructor(cost: BandwidthMeter, seen: SeenMeter, drawn: DrawnMeter) {
    this.#cost = cost;
    this.#seen = seen;
    this.#drawn = drawn;
  }

  /** See {@linkcode PacketLog.joined}. */
  joined(consumer: number, nowUs: number): void {
    this.#cost.joined(consumer, nowUs);
    this.#seen.joined(consumer, nowUs);
    this.#drawn.joined(consumer);
  }

  /** See {@linkcode PacketLog.left}. */
  left(consumer: number, nowUs: number): void {
    this.#cost.left(consumer, nowUs);
    this.#seen.left(consumer, nowUs);
    this.#drawn.left(consumer);
  }

  /** See {@linkcode PacketLog.sent}. */
  sent(
    consumer: number,
    packet: EncodedPacket,
    sendUs: number,
    reason: KeyframeReason | undefined,
  ): void {
    this.#cost.sent(consumer, packet, sendUs, reason);
    this.#seen.sent(consumer, packet);
  }

  /** See {@linkcode PacketLog.lost}. */
  lost(): void {
    this.#cost.lost();
  }

  /** See {@linkcode PacketLog.arrived}. */
  arrived(
    consumer: number,
    packet: EncodedPacket,
    arrivalUs: number,
    outcome: ArrivalOutcome,
    wrongFields: number,
  ): void {
    this.#cost.arrived(consumer, packet, arrivalUs, outcome, wrongFields);
    if (outcome !== "applied") return;
    this.#seen.applied(consumer, packet, arrivalUs);
    this.#drawn.applied(consumer, packet, arrivalUs);
  }

  /** See {@linkcode PacketLog.wrongFor}. */
  wrongFor(consumer: number, frames: number, isHealed: boolean): void {
    this.#cost.wrongFor(consumer, frames, isHealed);
  }

  /** See {@linkcode PacketLog.stale}. */
  stale(frames: number): void {
    this.#cost.stale(frames);
  }

  /** See {@linkcode PacketLog.framed}. */
  framed(truth: Snapshot, nowUs: number): void {
    this.#cost.framed(truth, nowUs);
    this.#seen.framed(nowUs);
    this.#drawn.framed(nowUs);
  }

  /** See {@linkcode PacketLog.encoded}. */
  encoded(packet: EncodedPacket): void {
    this.#cost.encoded(packet);
  }
}
