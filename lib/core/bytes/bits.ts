const float32 = new Float32Array(1);
const float64 = new Float64Array(1);
const words32 = new Int32Array(float32.buffer);
const words64 = new Int32Array(float64.buffer);

// A Float64Array's words lie in the machine's byte order; the low word is the one that 1.0 leaves 0.
float64[0] = 1;
const LOW = words64[0] === 0 ? 0 : 1;
const HIGH = 1 - LOW;

/** IEEE 754 binary32 bits of `value`, as a signed word. The number is rounded to binary32. */
export function float32Bits(value: number): number {
  float32[0] = value;
  return words32[0]!;
}

/** The number whose IEEE 754 binary32 bits are `word`. */
export function float32FromBits(word: number): number {
  words32[0] = word;
  return float32[0]!;
}

/** Low 32 bits of the IEEE 754 binary64 form of `value`, as a signed word. */
export function float64LowBits(value: number): number {
  float64[0] = value;
  return words64[LOW]!;
}

/** High 32 bits (sign, exponent, top of the fraction) of the IEEE 754 binary64 form of `value`. */
export function float64HighBits(value: number): number {
  float64[0] = value;
  return words64[HIGH]!;
}

/** The number whose IEEE 754 binary64 form has these two words. */
export function float64FromBits(low: number, high: number): number {
  words64[LOW] = low;
  words64[HIGH] = high;
  return float64[0]!;
}

/** The unsigned 64-bit integer of two words. */
export function uint64FromWords(low: number, high: number): bigint {
  return BigInt(high >>> 0) << 32n | BigInt(low >>> 0);
}

/** Maps a signed word to an unsigned one so that small magnitudes stay small: 0, -1, 1, -2 ... */
export function zigzag(word: number): number {
  return ((word << 1) ^ (word >> 31)) >>> 0;
}

/** Inverse of {@linkcode zigzag}; the result is a signed word. */
export function unzigzag(value: number): number {
  return (value >>> 1) ^ -(value & 1);
}

/** Which of four words differ, one bit each, found without a branch. */
export function differingWords(
  words: Int32Array,
  at: number,
  held: Int32Array,
  heldAt: number,
): number {
  return Number(words[at] !== held[heldAt]) |
    (Number(words[at + 1] !== held[heldAt + 1]) << 1) |
    (Number(words[at + 2] !== held[heldAt + 2]) << 2) |
    (Number(words[at + 3] !== held[heldAt + 3]) << 3);
}
