import type { Random } from "../shared/random.ts";

/**
 * One direction of a network that loses and delays. TCP itself loses nothing, so the client pretends:
 * a packet that is lost here is one that would not have come over UDP.
 */
export class BadLink {
  /** Part of what is sent that is lost, 0 to 1. */
  loss = 0;
  /** How late the rest comes, in milliseconds. */
  delayMs = 0;
  /** How many were lost. */
  lost = 0;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Hands over what may be lost. */
  send(deliver: () => void): void {
    if (this.#random.next() < this.loss) this.lost++;
    else this.sendSurely(deliver);
  }

  /** Hands over what a game would send again until it has come. */
  sendSurely(deliver: () => void): void {
    if (this.delayMs > 0) setTimeout(deliver, this.delayMs);
    else deliver();
  }
}
