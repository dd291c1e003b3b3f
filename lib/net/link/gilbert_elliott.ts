import type { LossModel } from "./loss.ts";
import { chanceThreshold, type Random } from "./random.ts";
import { RunLengths } from "./run_lengths.ts";

/**
 * The four probabilities (0 .. 1) of a chain with a good and a bad state, in the order of netem's
 * `gemodel p r 1-h 1-k`.
 */
export interface GilbertElliott {
  /** Good to bad, per packet. */
  readonly p: number;
  /** Bad to good, per packet. */
  readonly r: number;
  /** Loss while bad: netem's 1-h. */
  readonly badLoss: number;
  /** Loss while good: netem's 1-k. */
  readonly goodLoss: number;
}

/** What a user knows of bursty loss. */
export interface MeanBurst {
  /** Mean loss L, 0 .. 1. */
  readonly loss: number;
  /** Mean stay in the bad state B, in packets, 1 and above; with `badLoss` 1 also the mean loss run. */
  readonly burst: number;
  /** Loss while bad h', 0 .. 1. */
  readonly badLoss: number;
  /** Loss while good k', 0 .. 1. */
  readonly goodLoss: number;
}

/** Why there is no chain, and what would make one. */
export interface MeanBurstFault {
  /** The range that does not hold, with the values. */
  readonly why: string;
  /** What to change. */
  readonly remedy: string;
}

/** Why no chain has these means; `undefined` if one has. */
export function meanBurstFault(mean: MeanBurst): MeanBurstFault | undefined {
  const { loss, burst, badLoss, goodLoss } = mean;
  if (!(burst >= 1)) {
    return { why: `burst is ${burst}, below 1 packet`, remedy: "use burst=1 or more" };
  }
  if (!(goodLoss <= loss && loss < badLoss)) {
    return {
      why: `goodloss <= loss < badloss does not hold for goodloss=${percent(goodLoss)}, ` +
        `loss=${percent(loss)}, badloss=${percent(badLoss)}`,
      remedy: "bring loss between the other two",
    };
  }
  const burstMin = (loss - goodLoss) / (badLoss - loss);
  if (burstMin > burst) {
    return {
      why: `p <= 1 does not hold: loss=${percent(loss)} in bursts of ${burst} needs p = ` +
        `${ceil4(burstMin / burst)}`,
      remedy: `use burst=${ceil4(burstMin)} or more`,
    };
  }
  return undefined;
}

/**
 * The chain with a given mean loss and mean burst: `r = 1/B`, `piBad = (L-k')/(h'-k')`,
 * `p = piBad*r/(1-piBad)`.
 *
 * Source: stationary distribution of the two-state chain, `piBad = p/(p+r)`, and
 * `L = piBad*h' + (1-piBad)*k'`, solved for p; a stay in bad is geometric with mean 1/r.
 *
 * @throws {RangeError} unless `goodLoss <= loss < badLoss`, `burst >= 1` and `p <= 1`
 */
export function gilbertElliottFromMean(mean: MeanBurst): GilbertElliott {
  const fault = meanBurstFault(mean);
  if (fault !== undefined) {
    throw new RangeError(`Cannot build Gilbert-Elliott loss: ${fault.why}; ${fault.remedy}`);
  }
  const { loss, burst, badLoss, goodLoss } = mean;
  const r = 1 / burst;
  const piBad = (loss - goodLoss) / (badLoss - goodLoss);
  return { p: Math.min(1, piBad * r / (1 - piBad)), r, badLoss, goodLoss };
}

/**
 * Loss in bursts, packet by packet as netem does it (`loss_gilb_ell` in Linux net/sched/sch_netem.c):
 * it starts good; for each packet it first draws the transition, then the loss, and the loss goes by
 * the state before the transition. A certainty takes no draw.
 */
export class GilbertElliottLoss implements LossModel {
  readonly lossRuns: RunLengths;
  readonly badStay: RunLengths;
  readonly #p: number;
  readonly #r: number;
  readonly #badLoss: number;
  readonly #goodLoss: number;
  readonly #random: Random;
  /** By line, 1 while it is in the bad state. */
  readonly #bad: Uint8Array;

  /**
   * Begins in the good state.
   *
   * @param random a stream a line
   * @throws {RangeError} if a probability is outside 0 .. 1
   */
  constructor(chain: GilbertElliott, random: Random, lines: number = 1) {
    this.lossRuns = new RunLengths(lines);
    this.badStay = new RunLengths(lines);
    this.#bad = new Uint8Array(lines);
    this.#p = chanceThreshold(chain.p);
    this.#r = chanceThreshold(chain.r);
    this.#badLoss = chanceThreshold(chain.badLoss);
    this.#goodLoss = chanceThreshold(chain.goodLoss);
    this.#random = random;
  }

  isLost(line: number = 0): boolean {
    const bad = this.#bad[line] === 1;
    if (this.#random.chance(bad ? this.#r : this.#p, line)) this.#bad[line] = bad ? 0 : 1;
    const lost = this.#random.chance(bad ? this.#badLoss : this.#goodLoss, line);
    this.badStay.count(bad, line);
    this.lossRuns.count(lost, line);
    return lost;
  }
}

function percent(probability: number): string {
  return `${Math.round(probability * 1e8) / 1e6}%`;
}

/** Rounds up, so that the burst that a remedy names is long enough. */
function ceil4(value: number): number {
  return Math.ceil(value * 1e4 - 1e-6) / 1e4;
}
