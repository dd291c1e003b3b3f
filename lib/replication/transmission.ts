import type { Link } from "../net/link/link.ts";
import { datagramBytes } from "./packet/datagrams.ts";
import type { EncodedPacket } from "./packet/encoded_packet.ts";

/** The way of packets over a link, datagram by datagram. */
export class Transmission {
  readonly #link: Pick<Link, "carry">;
  readonly #mtuBytes: number;

  /** Way over a link that takes payloads of up to `mtuBytes` in one piece. */
  constructor(link: Pick<Link, "carry">, mtuBytes: number) {
    this.#link = link;
    this.#mtuBytes = mtuBytes;
  }

  /** Time at which the last datagram of a packet arrives, or -1 when one of them does not. */
  send(line: number, packet: EncodedPacket, nowUs: number): number {
    let latestUs = 0;
    let isLost = false;
    for (let i = 0; i < packet.datagrams; i++) {
      const bytes = datagramBytes(packet.payload.length, i, this.#mtuBytes);
      const arrivalUs = this.#link.carry(nowUs, bytes, line);
      if (arrivalUs < 0) isLost = true;
      else latestUs = Math.max(latestUs, arrivalUs);
    }
    return isLost ? -1 : latestUs;
  }
}
