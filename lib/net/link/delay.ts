import { chanceThreshold, type Random } from "./random.ts";

/** Gives each packet the time that it is on its way. */
export interface DelayModel {
  /** Delay of the next packet, in whole microseconds, 0 and above. */
  nextDelayUs(): number;
}

/** Delay of a link as plain data. */
export interface DelaySpec {
  /** Mean one-way delay, whole microseconds. */
  readonly delayUs: number;
  /** Half width (uniform) or standard deviation (normal), whole microseconds. */
  readonly jitterUs: number;
  /** Which of the two `jitterUs` means. */
  readonly jitterDistribution: "uniform" | "normal";
  /** Share of packets (0 .. 1) that skip delay and jitter and so overtake those before them. */
  readonly reorder: number;
}

/**
 * Builds the delay model that a spec describes.
 *
 * Each packet is delayed on its own, so with jitter a packet may overtake another. A delay that the
 * jitter would take below zero is zero, as in netem: with `delay=0,jitter=5` half of the packets have
 * none. Reorder is netem's (`reorder P%`, gap 1): that share of packets goes out at once.
 *
 * @throws {RangeError} if a time is not a whole number from 0 up, or the share is outside 0 .. 1
 */
export function createDelayModel(spec: DelaySpec, random: Random): DelayModel {
  requireMicroseconds("delay", spec.delayUs);
  requireMicroseconds("jitter", spec.jitterUs);
  const model = spec.jitterUs === 0
    ? new FixedDelay(spec.delayUs)
    : spec.jitterDistribution === "normal"
    ? new NormalJitter(spec.delayUs, spec.jitterUs, random)
    : new UniformJitter(spec.delayUs, spec.jitterUs, random);
  return spec.reorder === 0 ? model : new Reorder(spec.reorder, model, random);
}

/** The same delay for every packet; draws nothing. */
export class FixedDelay implements DelayModel {
  readonly #delayUs: number;

  /** Delays every packet by `delayUs`, whole microseconds. */
  constructor(delayUs: number) {
    this.#delayUs = delayUs;
  }

  nextDelayUs(): number {
    return this.#delayUs;
  }
}

/** Delay uniform over the microseconds from `delay - jitter` to `delay + jitter`, both included. */
export class UniformJitter implements DelayModel {
  readonly #lowestUs: number;
  readonly #outcomes: number;
  readonly #random: Random;

  /** Delays by `delayUs` give or take `jitterUs`, whole microseconds. */
  constructor(delayUs: number, jitterUs: number, random: Random) {
    this.#lowestUs = delayUs - jitterUs;
    this.#outcomes = 2 * jitterUs + 1;
    this.#random = random;
  }

  nextDelayUs(): number {
    const delayUs = this.#lowestUs + this.#random.below(this.#outcomes);
    return delayUs < 0 ? 0 : delayUs;
  }
}

/** Mean of the sum of twelve 16-bit words, doubled so that it is whole: 12 * 65535. */
const TWICE_SUM_MEAN = 786420;

/**
 * Delay that is nearly normal: mean `delay`, standard deviation `jitter`, never beyond 6 deviations.
 *
 * A normal deviate is the sum of twelve uniform 16-bit words, whose standard deviation is
 * `sqrt(12 * (2^32 - 1) / 12) = 65536` (Irwin-Hall), so only integers and a power of two are used.
 */
export class NormalJitter implements DelayModel {
  readonly #delayUs: number;
  readonly #jitterUs: number;
  readonly #random: Random;

  /** Delays by `delayUs` give or take `jitterUs`, whole microseconds. */
  constructor(delayUs: number, jitterUs: number, random: Random) {
    this.#delayUs = delayUs;
    this.#jitterUs = jitterUs;
    this.#random = random;
  }

  nextDelayUs(): number {
    let sum = 0;
    for (let pair = 0; pair < 6; pair++) {
      const word = this.#random.nextU32();
      sum += (word >>> 16) + (word & 0xffff);
    }
    const offsetUs = Math.floor((2 * sum - TWICE_SUM_MEAN) * this.#jitterUs / 131072 + 0.5);
    const delayUs = this.#delayUs + offsetUs;
    return delayUs < 0 ? 0 : delayUs;
  }
}

/** Sends a share of the packets at once; the others wait as the inner model says. */
export class Reorder implements DelayModel {
  readonly #threshold: number;
  readonly #others: DelayModel;
  readonly #random: Random;

  /**
   * Sends `share` of the packets at once.
   *
   * @param share of packets that are sent at once, 0 .. 1
   */
  constructor(share: number, others: DelayModel, random: Random) {
    this.#threshold = chanceThreshold(share);
    this.#others = others;
    this.#random = random;
  }

  nextDelayUs(): number {
    return this.#random.chance(this.#threshold) ? 0 : this.#others.nextDelayUs();
  }
}

function requireMicroseconds(name: string, value: number): void {
  // 2 * jitter + 1 outcomes have to fit one 32-bit draw.
  if (!Number.isInteger(value) || value < 0 || value >= 2147483648) {
    throw new RangeError(
      `Cannot use a ${name} of ${value} us: it must be whole, from 0 below 2^31`,
    );
  }
}
