import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

const TWO_32 = 4294967296;

/** A seeded stream of random integers: the same words on every runtime, no allocation per draw. */
export class Random {
  readonly #generator: RandomGenerator;

  /**
   * Draws from a generator of pure-rand.
   *
   * @param generator source of signed 32-bit words; it is advanced by every draw
   */
  constructor(generator: RandomGenerator) {
    this.#generator = generator;
  }

  /** Next integer, uniform over 0 .. 2^32 - 1. */
  nextU32(): number {
    return this.#generator.next() >>> 0;
  }

  /**
   * Integer from 0 up to, not including, `count`: unbiased, by rejection; the high bits decide.
   *
   * @param count number of outcomes, 1 .. 2^32, integer
   */
  below(count: number): number {
    const bucket = Math.floor(TWO_32 / count);
    const end = bucket * count;
    let word = this.#generator.next() >>> 0;
    while (word >= end) word = this.#generator.next() >>> 0;
    return Math.floor(word / bucket);
  }

  /**
   * True for `threshold` of 2^32 draws. What is certain (0, or 2^32 and above) takes no draw.
   *
   * @param threshold from {@linkcode chanceThreshold}
   */
  chance(threshold: number): boolean {
    if (threshold <= 0) return false;
    if (threshold >= TWO_32) return true;
    return (this.#generator.next() >>> 0) < threshold;
  }

  /** A stream of its own, whose state is mixed from the next four words of this one. */
  fork(): Random {
    const a = mix32(this.#generator.next() + 0x9e3779b9);
    const b = mix32(this.#generator.next() + 0x3c6ef372);
    const c = mix32(this.#generator.next() + 0xdaa66d2b);
    const d = mix32(this.#generator.next() + 0x78dde6e4);
    return fromState(a, b, c, d);
  }
}

/**
 * The stream of one purpose of one consumer in the run that `seed` names.
 *
 * The 128-bit state of xoroshiro128+ starts as digits of pi and takes in seed, index and the FNV-1a
 * hash of the purpose, one after the other; every step multiplies by an odd constant, chains the four
 * words and ends in MurmurHash3's finaliser. (pure-rand's own seeding fills one word of four, and its
 * first draw is the complement of the seed.)
 *
 * @param seed of the whole run, unsigned 32-bit
 * @param index of the consumer, unsigned 32-bit
 * @param purpose what the draws are for, such as "down", "up", "churn"
 * @throws {RangeError} if seed or index is not an unsigned 32-bit integer
 */
export function createRandom(seed: number, index: number, purpose: string): Random {
  requireU32("seed", seed);
  requireU32("index", index);
  let a = 0x243f6a88;
  let b = 0x85a308d3;
  let c = 0x13198a2e;
  let d = 0x03707344;
  const purposeHash = fnv1a32(purpose);
  for (let step = 0; step < 3; step++) {
    const word = step === 0 ? seed : step === 1 ? index : purposeHash;
    a = mix32(Math.imul(a ^ word, 0x9e3779b1) + d);
    b = mix32(Math.imul(b ^ word, 0x85ebca77) + a);
    c = mix32(Math.imul(c ^ word, 0xc2b2ae3d) + b);
    d = mix32(Math.imul(d ^ word, 0x27d4eb2f) + c);
  }
  return fromState(a, b, c, d);
}

/**
 * Number of the 2^32 words for which an event of the given probability happens.
 *
 * @param probability 0 .. 1
 * @throws {RangeError} if it is outside, or not a number
 */
export function chanceThreshold(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`Cannot draw with probability ${probability}: it must be from 0 to 1`);
  }
  return Math.round(probability * TWO_32);
}

/** xoroshiro128+ with `a:b` as its first 64-bit word and `c:d` as its second. */
function fromState(a: number, b: number, c: number, d: number): Random {
  // The all-zero state is the one from which xoroshiro never leaves zero.
  return new Random(xoroshiro128plusFromState([a, (a | b | c | d) === 0 ? 1 : b, c, d]));
}

/** Finaliser of MurmurHash3 (public domain, Austin Appleby): a bijection of 32-bit words. */
function mix32(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** FNV-1a over UTF-16 code units. */
function fnv1a32(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

function requireU32(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= TWO_32) {
    throw new RangeError(
      `Cannot seed with ${name} ${value}: it must be an integer from 0 to 2^32-1`,
    );
  }
}
