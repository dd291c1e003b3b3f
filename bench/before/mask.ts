/** Largest number of fields that one mask, hence one kind, can hold. */
export const MASK_FIELDS_MAX = 64;

/** Set of changed fields, one bit each, for up to 64 fields. */
export class Mask {
  /** Fields 0 to 31, field 0 in the lowest bit. */
  lo: number = 0;
  /** Fields 32 to 63, field 32 in the lowest bit. */
  hi: number = 0;

  /** Mask with the first `fieldCount` bits set. */
  static full(fieldCount: number): Mask {
    return new Mask().fill(fieldCount);
  }

  /** Empties the set. */
  clear(): this {
    this.lo = 0;
    this.hi = 0;
    return this;
  }

  /** Makes the set hold exactly fields 0 to `fieldCount - 1`. */
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

  /** True when no field is set. */
  get isEmpty(): boolean {
    return (this.lo | this.hi) === 0;
  }

  /** True when both hold the same fields. */
  equals(other: Mask): boolean {
    return this.lo === other.lo && this.hi === other.hi;
  }

  /** The fields in ascending order. */
  *[Symbol.iterator](): Generator<number, void, void> {
    for (let bits = this.lo; bits !== 0; bits &= bits - 1) yield lowestBit(bits);
    for (let bits = this.hi; bits !== 0; bits &= bits - 1) yield 32 + lowestBit(bits);
  }
}

/** Index of the lowest set bit of a 32-bit word. */
export function lowestBit(word: number): number {
  return word === 0 ? 32 : 31 - Math.clz32(word & -word);
}

/** Word whose lowest `count` bits are set. */
export function lowBits(count: number): number {
  return count >= 32 ? -1 : ((1 << count) - 1) | 0;
}
