import type { DelayModel } from "./delay.ts";
import { BoundedDraw, type Random } from "./random.ts";

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
  readonly #random: Random;
  readonly #draw: BoundedDraw;

  /** Delays by `delayUs` give or take `jitterUs`, whole microseconds, by a stream a line. */
  constructor(delayUs: number, jitterUs: number, random: Random) {
    this.#lowestUs = delayUs - jitterUs;
    this.#random = random;
    this.#draw = new BoundedDraw(2 * jitterUs + 1);
  }

  nextDelayUs(line: number = 0): number {
    const delayUs = this.#lowestUs + this.#draw.next(this.#random, line);
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

  /** Delays by `delayUs` give or take `jitterUs`, whole microseconds, by a stream a line. */
  constructor(delayUs: number, jitterUs: number, random: Random) {
    this.#delayUs = delayUs;
    this.#jitterUs = jitterUs;
    this.#random = random;
  }

  nextDelayUs(line: number = 0): number {
    let sum = 0;
    for (let pair = 0; pair < 6; pair++) {
      const word = this.#random.next(line);
      sum += (word >>> 16) + (word & 0xffff);
    }
    const offsetUs = Math.floor((2 * sum - TWICE_SUM_MEAN) * this.#jitterUs / 131072 + 0.5);
    const delayUs = this.#delayUs + offsetUs;
    return delayUs < 0 ? 0 : delayUs;
  }
}
