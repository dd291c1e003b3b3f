import { chanceThreshold, type Random } from "./random.ts";
import { type GilbertElliott, GilbertElliottLoss } from "./gilbert_elliott.ts";
import { RunLengths } from "./run_lengths.ts";

/** Decides, packet by packet and in the order of sending, what a link loses. */
export interface LossModel {
  /** Whether the next packet is lost; to be asked once for each packet. */
  isLost(): boolean;
  /** Losses in a row, in packets. */
  readonly lossRuns: RunLengths;
  /** Packets in a row that met the bad state; only Gilbert-Elliott has one. */
  readonly badStay: RunLengths | undefined;
}

/** Which loss model a link has, as plain data; probabilities are 0 .. 1. */
export type LossSpec =
  | { readonly model: "none" }
  | { readonly model: "bernoulli"; readonly loss: number }
  | ({ readonly model: "gilbert-elliott" } & GilbertElliott);

/**
 * Builds the loss model that a spec names.
 *
 * @param random stream that the model draws from, one or two words a packet
 * @throws {RangeError} if a probability is outside 0 .. 1
 */
export function createLossModel(spec: LossSpec, random: Random): LossModel {
  switch (spec.model) {
    case "none":
      return new NoLoss();
    case "bernoulli":
      return new BernoulliLoss(spec.loss, random);
    case "gilbert-elliott":
      return new GilbertElliottLoss(spec, random);
  }
}

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
