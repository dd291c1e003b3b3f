const TWO_32 = 4294967296;

/**
 * Seeded streams of random integers, by xoroshiro128+: the same words on every runtime, no allocation
 * per draw. Streams are numbered from 0; where none is named, the first is meant.
 */
export class Random {
  /** Four words a stream, upper half before lower: those of the first 64-bit word, then the second. */
  readonly #words: Int32Array;

  /** Streams with the given states, four words each. */
  constructor(words: Int32Array) {
    this.#words = words;
  }

  /** Next word of a stream, signed. */
  next(stream: number = 0): number {
    const words = this.#words;
    const at = stream * 4;
    const s01 = words[at]!;
    const s00 = words[at + 1]!;
    const s10 = words[at + 3]!;
    const a1 = words[at + 2]! ^ s01;
    const a0 = s10 ^ s00;
    words[at] = (s01 << 24) ^ (s00 >>> 8) ^ a1 ^ ((a1 << 16) | (a0 >>> 16));
    words[at + 1] = (s00 << 24) ^ (s01 >>> 8) ^ a0 ^ (a0 << 16);
    words[at + 2] = (a0 << 5) ^ (a1 >>> 27);
    words[at + 3] = (a1 << 5) ^ (a0 >>> 27);
    return (s00 + s10) | 0;
  }

  /** Next integer, uniform over 0 .. 2^32 - 1. */
  nextU32(stream: number = 0): number {
    return this.next(stream) >>> 0;
  }

  /**
   * Integer from 0 up to, not including, `count`, as a {@linkcode BoundedDraw} gives it.
   *
   * @param count number of outcomes, 1 .. 2^32, integer
   */
  below(count: number, stream: number = 0): number {
    return new BoundedDraw(count).next(this, stream);
  }

  /**
   * True for `threshold` of 2^32 draws. What is certain (0, or 2^32 and above) takes no draw.
   *
   * @param threshold from {@linkcode chanceThreshold}
   */
  chance(threshold: number, stream: number = 0): boolean {
    if (threshold <= 0) return false;
    if (threshold >= TWO_32) return true;
    return (this.next(stream) >>> 0) < threshold;
  }

  /** As many other streams, the state of each mixed from the next four words of its own here. */
  fork(): Random {
    const words = new Int32Array(this.#words.length);
    for (let stream = 0; stream * 4 < words.length; stream++) {
      const a = mix32(this.next(stream) + 0x9e3779b9);
      const b = mix32(this.next(stream) + 0x3c6ef372);
      const c = mix32(this.next(stream) + 0xdaa66d2b);
      const d = mix32(this.next(stream) + 0x78dde6e4);
      setState(words, stream, a, b, c, d);
    }
    return new Random(words);
  }
}

/** Draws of integers from 0 up to, not including, a bound: unbiased, by rejection; high bits decide. */
export class BoundedDraw {
  readonly #bucket: number;
  readonly #end: number;

  /** Draws among so many outcomes, 1 .. 2^32, integer. */
  constructor(count: number) {
    this.#bucket = Math.floor(TWO_32 / count);
    this.#end = this.#bucket * count;
  }

  /** Next integer by a stream. */
  next(random: Random, stream: number): number {
    let word: number;
    do word = random.next(stream) >>> 0; while (word >= this.#end);
    return (word / this.#bucket) >>> 0;
  }
}

/**
 * The stream of one purpose of one consumer in the run that `seed` names, as the first stream.
 *
 * The 128-bit state of xoroshiro128+ starts as digits of pi and takes in seed, index and the FNV-1a
 * hash of the purpose, one after the other; every step multiplies by an odd constant, chains the four
 * words and ends in MurmurHash3's finaliser.
 *
 * @param seed of the whole run, unsigned 32-bit
 * @param index of the consumer, unsigned 32-bit
 * @param purpose what the draws are for, such as "down", "up", "churn"
 * @throws {RangeError} if seed or index is not an unsigned 32-bit integer
 */
export function createRandom(seed: number, index: number, purpose: string): Random {
  requireU32("seed", seed);
  requireU32("index", index);
  const words = new Int32Array(4);
  seedStream(words, 0, seed, index, fnv1a32(purpose));
  return new Random(words);
}

/**
 * The streams of one purpose of the consumers 0 to `count - 1`, each as {@linkcode createRandom}
 * makes it.
 *
 * @throws {RangeError} if the seed is not an unsigned 32-bit integer
 */
export function createRandoms(seed: number, count: number, purpose: string): Random {
  requireU32("seed", seed);
  const words = new Int32Array(4 * count);
  const purposeHash = fnv1a32(purpose);
  for (let index = 0; index < count; index++) seedStream(words, index, seed, index, purposeHash);
  return new Random(words);
}

function seedStream(
  words: Int32Array,
  stream: number,
  seed: number,
  index: number,
  purposeHash: number,
): void {
  let a = 0x243f6a88;
  let b = 0x85a308d3;
  let c = 0x13198a2e;
  let d = 0x03707344;
  for (let step = 0; step < 3; step++) {
    const word = step === 0 ? seed : step === 1 ? index : purposeHash;
    a = mix32(Math.imul(a ^ word, 0x9e3779b1) + d);
    b = mix32(Math.imul(b ^ word, 0x85ebca77) + a);
    c = mix32(Math.imul(c ^ word, 0xc2b2ae3d) + b);
    d = mix32(Math.imul(d ^ word, 0x27d4eb2f) + c);
  }
  setState(words, stream, a, b, c, d);
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

/** Gives a stream `a:b` as its first 64-bit word and `c:d` as its second. */
function setState(
  words: Int32Array,
  stream: number,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  // The all-zero state is the one from which xoroshiro never leaves zero.
  words[stream * 4] = a;
  words[stream * 4 + 1] = (a | b | c | d) === 0 ? 1 : b;
  words[stream * 4 + 2] = c;
  words[stream * 4 + 3] = d;
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
