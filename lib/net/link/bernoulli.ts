import type { LossModel } from "./loss.ts";
import { chanceThreshold, type Random } from "./random.ts";
import { RunLengths } from "./run_lengths.ts";

/** Loses nothing and draws nothing. */
export class NoLoss implements LossModel {
  readonly lossRuns: RunLengths = new RunLengths(0);
  readonly badStay: undefined = undefined;

  isLost(): boolean {
    return false;
  }
}

/** Loses each packet with the same probability L; losses come in runs of 1 / (1 - L) on average. */
export class BernoulliLoss implements LossModel {
  readonly lossRuns: RunLengths;
  readonly badStay: undefined = undefined;
  readonly #threshold: number;
  readonly #random: Random;

  /**
   * Loses each packet with probability `loss`.
   *
   * @param loss probability, 0 .. 1
   * @param random a stream a line
   */
  constructor(loss: number, random: Random, lines: number = 1) {
    this.lossRuns = new RunLengths(lines);
    this.#threshold = chanceThreshold(loss);
    this.#random = random;
  }

  isLost(line: number = 0): boolean {
    const lost = this.#random.chance(this.#threshold, line);
    this.lossRuns.count(lost, line);
    return lost;
  }
}
