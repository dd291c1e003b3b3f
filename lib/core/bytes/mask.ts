/** Largest number of fields that one mask, hence one kind, can hold. */
export const MASK_FIELDS_MAX = 64;

/**
 * Set of changed fields, one bit each, for up to 64 fields.
 *
 * The bits live in two 32-bit words, fields 0-31 in `lo` and 32-63 in `hi`, because a shift in
 * JavaScript counts modulo 32 and a `bigint` allocates. Both words are kept as signed integers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Mask } from "@hindcast/hindcast";
 *
 * const mask = new Mask().set(3).set(40);
 * assert.deepEqual([...mask], [3, 40]);
 * assert.equal(mask.toBigInt(), (1n << 3n) | (1n << 40n));
 * ```
 */
export class Mask {
  /** Fields 0 to 31, field 0 in the lowest bit. */
  lo: number = 0;
  /** Fields 32 to 63, field 32 in the lowest bit. */
  hi: number = 0;

  /** Mask with the bits of `bits`, which must be in `[0, 2^64)`. @throws {RangeError} */
  static fromBigInt(bits: bigint): Mask {
    if (bits < 0n || bits >> 64n !== 0n) {
      throw new RangeError(`Mask is ${bits}, expected 0 to 2^64 - 1`);
    }
    const mask = new Mask();
    mask.lo = Number(BigInt.asIntN(32, bits));
    mask.hi = Number(BigInt.asIntN(32, bits >> 32n));
    return mask;
  }

  /** Mask with the first `fieldCount` bits set. @throws {RangeError} unless 0 to 64 */
  static full(fieldCount: number): Mask {
    return new Mask().fill(fieldCount);
  }

  /** The 64 bits as an unsigned number; allocates, so for the API's edge only. */
  toBigInt(): bigint {
    return (BigInt(this.hi >>> 0) << 32n) | BigInt(this.lo >>> 0);
  }

  /** Adds a field, 0 to 63. @throws {RangeError} */
  set(field: number): this {
    assertField(field);
    if (field < 32) this.lo |= 1 << field;
    else this.hi |= 1 << (field - 32);
    return this;
  }

  /** Removes a field, 0 to 63. @throws {RangeError} */
  unset(field: number): this {
    assertField(field);
    if (field < 32) this.lo &= ~(1 << field);
    else this.hi &= ~(1 << (field - 32));
    return this;
  }

  /** True when the field, 0 to 63, is in the set. @throws {RangeError} */
  has(field: number): boolean {
    assertField(field);
    return ((field < 32 ? this.lo >>> field : this.hi >>> (field - 32)) & 1) === 1;
  }

  /** Empties the set. */
  clear(): this {
    this.lo = 0;
    this.hi = 0;
    return this;
  }

  /** Makes the set hold exactly fields 0 to `fieldCount - 1`. @throws {RangeError} */
  fill(fieldCount: number): this {
    if (!(fieldCount >= 0 && fieldCount <= MASK_FIELDS_MAX && Number.isInteger(fieldCount))) {
      throw new RangeError(`Field count is ${fieldCount}, expected 0 to ${MASK_FIELDS_MAX}`);
    }
    this.lo = lowBits(fieldCount);
    this.hi = fieldCount > 32 ? lowBits(fieldCount - 32) : 0;
    return this;
  }

  /** Makes the set equal to `other`. */
  copy(other: Mask): this {
    this.lo = other.lo;
    this.hi = other.hi;
    return this;
  }

  /** Adds every field of `other`. */
  or(other: Mask): this {
    this.lo |= other.lo;
    this.hi |= other.hi;
    return this;
  }

  /** True when no field is set. */
  get isEmpty(): boolean {
    return (this.lo | this.hi) === 0;
  }

  /** How many fields are set, 0 to 64. */
  get size(): number {
    return bitCount(this.lo) + bitCount(this.hi);
  }

  /** True when both hold the same fields. */
  equals(other: Mask): boolean {
    return this.lo === other.lo && this.hi === other.hi;
  }

  /** The fields in ascending order; allocates an iterator, so not for inner loops. */
  [Symbol.iterator](): Generator<number, void, void> {
    return fieldsOf(this.lo, this.hi);
  }
}

/** Fields of two mask words in ascending order; allocates, as an iterator over a mask does. */
export function* fieldsOf(lo: number, hi: number): Generator<number, void, void> {
  for (let bits = lo; bits !== 0; bits &= bits - 1) yield lowestBit(bits);
  for (let bits = hi; bits !== 0; bits &= bits - 1) yield 32 + lowestBit(bits);
}

/** Index of the lowest set bit of a 32-bit word; 32 for zero. */
export function lowestBit(word: number): number {
  return word === 0 ? 32 : 31 - Math.clz32(word & -word);
}

/** Number of set bits of a 32-bit word. */
export function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Word whose lowest `count` bits are set; all 32 for 32 and above. */
export function lowBits(count: number): number {
  return count >= 32 ? -1 : ((1 << count) - 1) | 0;
}

function assertField(field: number): void {
  if (!(field >= 0 && field < MASK_FIELDS_MAX && Number.isInteger(field))) {
    throw new RangeError(`Field is ${field}, expected 0 to ${MASK_FIELDS_MAX - 1}`);
  }
}
