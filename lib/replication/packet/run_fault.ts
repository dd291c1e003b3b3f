import type { EncodedPacket } from "./encoded_packet.ts";

/** The first contradiction of what a run's ack policy promises. */
export class RunFault {
  /** What it was; undefined while there is none. */
  text: string | undefined;

  /** Notes what is wrong with a packet, unless something was before it. */
  blame({ frame, form }: EncodedPacket, what: string): void {
    this.text ??= `packet of frame ${frame} (${form}) ${what}`;
  }
}
