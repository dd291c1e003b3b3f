import type { DelayModel } from "./delay.ts";
import { chanceThreshold, type Random } from "./random.ts";

/** Sends a share of the packets at once; the others wait as the inner model says. */
export class Reorder implements DelayModel {
  readonly #threshold: number;
  readonly #others: DelayModel;
  readonly #random: Random;

  /**
   * Sends `share` of the packets at once.
   *
   * @param share of packets that are sent at once, 0 .. 1
   * @param random a stream a line
   */
  constructor(share: number, others: DelayModel, random: Random) {
    this.#threshold = chanceThreshold(share);
    this.#others = others;
    this.#random = random;
  }

  nextDelayUs(line: number = 0): number {
    return this.#random.chance(this.#threshold, line) ? 0 : this.#others.nextDelayUs(line);
  }
}
