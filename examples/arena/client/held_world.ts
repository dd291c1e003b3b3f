import { encodeAck, Receiver } from "@hindcast/hindcast";
import { type Snapshot, WorldReader } from "@hindcast/hindcast/world";
import { CODEC, wire, type WireFrame } from "../shared/schema.ts";

/** What can become of a packet. */
export type Outcome = ReturnType<Receiver<Snapshot>["receive"]>["outcome"];

/** What the client holds: the far end of the server's tracker. */
export class HeldWorld {
  /** How many packets came to what, since the page was opened. */
  readonly outcomes: Map<Outcome, number> = new Map();
  readonly #receiver: Receiver<Snapshot> = new Receiver(new WorldReader(wire.layout, CODEC));
  #epoch = 0;

  /** A new connection: the server knows that nothing is held. */
  begin(epoch: number): void {
    this.#receiver.reset();
    this.#epoch = epoch;
  }

  /** Takes in a packet. @returns the frame and its ack, when it was applied */
  receive(
    packet: Uint8Array,
  ): { readonly frame: WireFrame; readonly ack: Uint8Array<ArrayBuffer> } | undefined {
    const received = this.#receiver.receive(packet);
    const { outcome } = received;
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    if (outcome !== "decoded") return undefined;
    const { frame } = received;
    const ack = encodeAck({ epoch: this.#epoch, frame, appliedBits: this.#receiver.appliedBits });
    // Only what was applied is acked; a packet does not say its time, so the frame is put in here.
    return { frame: { ...wire.unpack(received.state), frame }, ack };
  }
}
