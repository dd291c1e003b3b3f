import type { LossModel } from "./loss.ts";
import { chanceThreshold, type Random } from "./random.ts";
import { RunLengths } from "./run_lengths.ts";

/** Loses nothing and draws nothing. */
export class NoLoss implements LossModel {
  readonly lossRuns: RunLengths = new RunLengths();
  readonly badStay: undefined = undefined;

  isLost(): boolean {
    return false;
  }
}

/** Loses each packet with the same probability L; losses come in runs of 1 / (1 - L) on average. */
export class BernoulliLoss implements LossModel {
  readonly lossRuns: RunLengths = new RunLengths();
  readonly badStay: undefined = undefined;
  readonly #threshold: number;
  readonly #random: Random;

  /**
   * Loses each packet with probability `loss`.
   *
   * @param loss probability, 0 .. 1
   */
  constructor(loss: number, random: Random) {
    this.#threshold = chanceThreshold(loss);
    this.#random = random;
  }

  isLost(): boolean {
    const lost = this.#random.chance(this.#threshold);
    this.lossRuns.count(lost);
    return lost;
  }
}
