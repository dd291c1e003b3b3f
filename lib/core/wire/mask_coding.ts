import { type ByteReader, type ByteWriter, putZigzag } from "../bytes/bytes.ts";
import { lowBits, type Mask } from "../bytes/mask.ts";

/** Bytes of a mask of `fieldCount` fields on the wire: one bit a field, rounded up. */
export function maskBytes(fieldCount: number): number {
  return (fieldCount + 7) >>> 3;
}

/** Writes a mask, field 0 in the lowest bit of the first byte. */
export function writeMask({ lo, hi }: Mask, fieldCount: number, out: ByteWriter): void {
  out.length = putMask(out.reserve(8), out.length, lo, hi, fieldCount);
}

/** Puts a mask at a place with room for it; returns the place behind it. */
export function putMask(
  buffer: Uint8Array,
  at: number,
  lo: number,
  hi: number,
  fieldCount: number,
): number {
  for (let bit = 0; bit < fieldCount; bit += 8) {
    buffer[at++] = bit < 32 ? lo >>> bit : hi >>> (bit - 32);
  }
  return at;
}

/**
 * Reads a mask written by {@linkcode writeMask}.
 *
 * @throws {ByteSyntaxError} when a bit above the last field is set
 */
export function readMask(input: ByteReader, fieldCount: number, mask: Mask): Mask {
  let lo = 0;
  let hi = 0;
  for (let bit = 0; bit < fieldCount; bit += 8) {
    if (bit < 32) lo |= input.u8() << bit;
    else hi |= input.u8() << (bit - 32);
  }
  const extraLo = lo & ~lowBits(fieldCount);
  const extraHi = hi & ~(fieldCount > 32 ? lowBits(fieldCount - 32) : 0);
  if ((extraLo | extraHi) !== 0) input.refuse("the mask names a field that the kind lacks");
  mask.lo = lo;
  mask.hi = hi;
  return mask;
}

/**
 * Puts the differences of the masked words of two rows, the lowest bit for the first, each as the
 * LEB128 of its zigzag form; returns the place behind them.
 */
export function putSteps(
  words: Int32Array,
  at: number,
  base: Int32Array,
  baseAt: number,
  mask: number,
  buffer: Uint8Array,
  to: number,
): number {
  for (let bits = mask; bits !== 0; bits &= bits - 1) {
    const w = 31 - Math.clz32(bits & -bits);
    to = putZigzag(buffer, to, words[at + w]! - base[baseAt + w]!);
  }
  return to;
}
