import type { Snapshot } from "../../core/state/snapshot.ts";
import { PacketBreakdown } from "../../core/wire/packet_breakdown.ts";
import type { WorldCodec } from "../../core/wire/world_codec.ts";
import type { EncodedPacket } from "./encoded_packet.ts";
import type { PacketDecoder } from "./packet_decoder.ts";
import type { RunFault } from "./run_fault.ts";

/** Checks every distinct packet of a run when it is made. */
export class PacketCheck {
  readonly #codec: WorldCodec;
  readonly #decoder: PacketDecoder;
  readonly #fault: RunFault;
  /** Breakdowns of packets that were told of. */
  readonly #free: PacketBreakdown[] = [];

  /** Check that has seen nothing; what it finds goes to `fault`. */
  constructor(codec: WorldCodec, decoder: PacketDecoder, fault: RunFault) {
    this.#codec = codec;
    this.#decoder = decoder;
    this.#fault = fault;
  }

  /**
   * Checks that a packet leads from what the consumer holds, or will when all arrives, to the truth,
   * bit for bit, and that its parts add up.
   */
  check(packet: EncodedPacket, base: Snapshot | undefined): void {
    packet.base = base;
    const breakdown = this.#free.pop() ?? new PacketBreakdown(this.#codec);
    const { wrongFields, error } = this.#decoder.breakDown(packet, base, breakdown);
    packet.noteBreakdown(breakdown);
    const fault = this.#fault;
    if (error !== undefined) fault.blame(packet, `cannot be decoded: ${error.message}`);
    else if (wrongFields > 0) fault.blame(packet, `decodes with ${wrongFields} wrong fields`);
    const partsBits = packet.headerBytes * 8 + breakdown.sum;
    if (partsBits !== packet.payload.length * 8) {
      fault.blame(packet, `has ${packet.payload.length} bytes, its parts ${partsBits} bits`);
    }
  }

  /** Takes back the breakdown of a packet that was told of, for another packet, and lets its base go. */
  free(packet: EncodedPacket): void {
    packet.base = undefined;
    this.#free.push(packet.breakdown);
  }
}
