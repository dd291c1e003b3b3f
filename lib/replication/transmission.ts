import type { Link } from "../net/link/link.ts";
import { datagramBytes } from "./packet/datagrams.ts";
import { earliestArrival } from "./earliest_arrival.ts";
import type { EncodedPacket } from "./packet/encoded_packet.ts";

/** The way of packets over a link, datagram by datagram. */
export class Transmission {
  readonly #link: Link;
  readonly #mtuBytes: number;
  readonly #arrivals: Float64Array = new Float64Array(2);

  /** Way over a link that takes payloads of up to `mtuBytes` in one piece. */
  constructor(link: Link, mtuBytes: number) {
    this.#link = link;
    this.#mtuBytes = mtuBytes;
  }

  /** Time at which the last datagram of a packet arrives, or -1 when one of them does not. */
  send(line: number, packet: EncodedPacket, nowUs: number): number {
    const arrivals = this.#arrivals;
    let latestUs = 0;
    let isLost = false;
    for (let i = 0; i < packet.datagrams; i++) {
      const bytes = datagramBytes(packet.payload.length, i, this.#mtuBytes);
      const copies = this.#link.transmit(nowUs, bytes, arrivals, line);
      if (copies === 0) isLost = true;
      else latestUs = Math.max(latestUs, earliestArrival(arrivals, copies));
    }
    return isLost ? -1 : latestUs;
  }
}
