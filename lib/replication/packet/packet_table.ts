import { grown } from "../../core/state/words.ts";
import type { EncodedPacket } from "./encoded_packet.ts";

/**
 * The packets that are on their way, or that some consumer goes on from, each under a number: what
 * consumers remember of packets is numbers. A number is used again once nobody refers to its packet.
 */
export class PacketTable {
  readonly #packets: (EncodedPacket | undefined)[] = [];
  /** By number, how many refer to the packet. */
  #references: Int32Array = new Int32Array(64);
  readonly #free: number[] = [];

  /** Gives a packet its number, with one reference. */
  add(packet: EncodedPacket): void {
    const number = this.#free.pop() ?? this.#packets.length;
    if (number === this.#references.length) {
      this.#references = grown(this.#references, new Int32Array(number * 2));
    }
    packet.number = number;
    this.#packets[number] = packet;
    this.#references[number] = 1;
  }

  /** Packet of a number that somebody refers to. */
  get(number: number): EncodedPacket {
    return this.#packets[number]!;
  }

  /** Adds a reference. */
  retain(number: number): void {
    this.#references[number]!++;
  }

  /** Gives up a reference. */
  release(number: number): void {
    if (--this.#references[number]! > 0) return;
    this.#packets[number] = undefined;
    this.#free.push(number);
  }
}
