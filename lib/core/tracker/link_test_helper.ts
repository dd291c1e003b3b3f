import type { Receiver } from "./receiver.ts";

/** What a {@linkcode Link} needs of one end and the other at a step. */
export interface LinkEnds<S> {
  /** Takes an ack that came back. */
  readonly ack: (frame: number, appliedBits: number, epoch: number) => void;
  /** Packet that goes out now, or none. */
  readonly send: () => Uint8Array | undefined;
  /** Epoch of that packet. */
  readonly epoch?: () => number;
  /** Looks at a state that was applied. */
  readonly applied: (frame: number, state: S) => void;
}

/** One consumer's way to its receiver and back: loses, delays and reorders packets and acks. */
export class Link<S> {
  /** From now on nothing is lost or delayed; what is on its way stays there. */
  isQuiet = false;
  /** Loses everything. */
  isOut = false;
  /** How many packets came to each outcome. */
  readonly outcomes: Map<string, number> = new Map();
  readonly #far: Receiver<S>;
  readonly #roll: (sides: number) => number;
  readonly #lossPercent: number;
  readonly #arrivals: Map<number, { bytes: Uint8Array; epoch: number }[]> = new Map();
  readonly #acks: Map<number, [frame: number, bits: number, epoch: number][]> = new Map();
  #step = 0;

  constructor(far: Receiver<S>, roll: (sides: number) => number, lossPercent: number) {
    this.#far = far;
    this.#roll = roll;
    this.#lossPercent = lossPercent;
  }

  /** The next step: acks come back, a packet goes out, packets arrive. */
  step({ ack, send, epoch = () => 0, applied }: LinkEnds<S>): void {
    const step = this.#step++;
    for (const [frame, bits, sentEpoch] of this.#acks.get(step) ?? []) ack(frame, bits, sentEpoch);
    this.#acks.delete(step);
    const bytes = send()?.slice();
    const isSent = bytes !== undefined && !this.#isLost();
    if (isSent) put(this.#arrivals, step + this.#delay(4), { bytes, epoch: epoch() });
    for (const packet of this.#arrivals.get(step) ?? []) {
      const received = this.#far.receive(packet.bytes);
      const { outcome } = received;
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
      if (received.outcome !== "decoded") continue;
      applied(received.frame, received.state);
      if (this.#isLost()) continue;
      const { frame } = received;
      put(this.#acks, step + 1 + this.#delay(6), [frame, this.#far.appliedBits, packet.epoch]);
    }
    this.#arrivals.delete(step);
  }

  #isLost(): boolean {
    return !this.isQuiet && (this.isOut || this.#roll(100) < this.#lossPercent);
  }

  #delay(sides: number): number {
    return this.isQuiet ? 0 : this.#roll(sides);
  }
}

function put<T>(map: Map<number, T[]>, step: number, item: T): void {
  const items = map.get(step);
  if (items === undefined) map.set(step, [item]);
  else items.push(item);
}
