import type { ByteReader, ByteWriter } from "./bytes.ts";
import { lowBits, type Mask } from "./mask.ts";

/** Bytes of a mask of `fieldCount` fields on the wire: one bit a field, rounded up. */
export function maskBytes(fieldCount: number): number {
  return (fieldCount + 7) >>> 3;
}

/** Writes a mask, field 0 in the lowest bit of the first byte. */
export function writeMask(mask: Mask, fieldCount: number, out: ByteWriter): void {
  const bytes = maskBytes(fieldCount);
  for (let i = 0; i < bytes; i++) {
    out.u8((i < 4 ? mask.lo >>> (8 * i) : mask.hi >>> (8 * (i - 4))) & 0xff);
  }
}

/** Reads a mask written by `writeMask`. */
export function readMask(input: ByteReader, fieldCount: number, mask: Mask): Mask {
  mask.clear();
  const bytes = maskBytes(fieldCount);
  for (let i = 0; i < bytes; i++) {
    const byte = input.u8();
    if (i < 4) mask.lo |= byte << (8 * i);
    else mask.hi |= byte << (8 * (i - 4));
  }
  const extraLo = mask.lo & ~lowBits(fieldCount);
  const extraHi = mask.hi & ~(fieldCount > 32 ? lowBits(fieldCount - 32) : 0);
  if ((extraLo | extraHi) !== 0) input.refuse("the mask names a field that the kind lacks");
  return mask;
}
