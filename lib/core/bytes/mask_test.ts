import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bitCount, lowBits, lowestBit, Mask, MASK_FIELDS_MAX } from "./mask.ts";

const ALL = (1n << 64n) - 1n;
const sets = fc.bigInt({ min: 0n, max: ALL });
const fields = fc.integer({ min: 0, max: 63 });
const words = fc.integer({ min: -2147483648, max: 2147483647 });

function fieldsOf(bits: bigint): number[] {
  return Array.from({ length: 64 }, (_, i) => i).filter((i) => (bits >> BigInt(i)) & 1n);
}

function onesOf(word: number): number[] {
  return fieldsOf(BigInt.asUintN(32, BigInt(word)));
}

test("Mask agrees with a bigint under random operations", () => {
  const operation = fc.oneof(
    fc.tuple(fc.constant("set"), fields),
    fc.tuple(fc.constant("unset"), fields),
    fc.tuple(fc.constant("fill"), fc.integer({ min: 0, max: 64 })),
    fc.tuple(fc.constant("or"), sets),
    fc.tuple(fc.constant("copy"), sets),
    fc.tuple(fc.constant("clear"), fc.constant(0)),
  );
  fc.assert(fc.property(fc.array(operation), (operations) => {
    const mask = new Mask();
    let model = 0n;
    for (const [name, value] of operations) {
      if (name === "set") mask.set(Number(value)), model |= 1n << BigInt(value);
      if (name === "unset") mask.unset(Number(value)), model &= ~(1n << BigInt(value));
      if (name === "fill") mask.fill(Number(value)), model = (1n << BigInt(value)) - 1n;
      if (name === "or") mask.or(Mask.fromBigInt(BigInt(value))), model |= BigInt(value);
      if (name === "copy") mask.copy(Mask.fromBigInt(BigInt(value))), model = BigInt(value);
      if (name === "clear") mask.clear(), model = 0n;
      assert.equal(mask.toBigInt(), model);
      assert.deepEqual([...mask], fieldsOf(model));
      assert.equal(mask.size, fieldsOf(model).length);
      assert.equal(mask.isEmpty, model === 0n);
      assert.equal(mask.equals(Mask.fromBigInt(model)), true);
    }
  }));
});

test("Mask.has() agrees with the bigint's bits", () => {
  fc.assert(fc.property(sets, fields, (bits, field) => {
    assert.equal(Mask.fromBigInt(bits).has(field), ((bits >> BigInt(field)) & 1n) === 1n);
  }));
});

test("Mask.equals() is equality of sets", () => {
  fc.assert(fc.property(sets, sets, (a, b) => {
    assert.equal(Mask.fromBigInt(a).equals(Mask.fromBigInt(b)), a === b);
    assert.equal(Mask.fromBigInt(a).equals(Mask.fromBigInt(a)), true);
  }));
  assert.equal(new Mask().set(0).equals(new Mask().set(32)), false);
});

test("Mask.set() keeps fields that are 32 apart apart", () => {
  assert.deepEqual([new Mask().set(31).lo, new Mask().set(31).hi], [-2147483648, 0]);
  assert.deepEqual([new Mask().set(32).lo, new Mask().set(32).hi], [0, 1]);
  assert.deepEqual([new Mask().set(63).lo, new Mask().set(63).hi], [0, -2147483648]);
});

test("Mask.full() holds the first fields, at 0, 31, 32, 33 and 64", () => {
  for (const count of [0, 1, 31, 32, 33, 63, 64]) {
    const bits = (1n << BigInt(count)) - 1n;
    assert.equal(Mask.full(count).toBigInt(), bits);
    assert.equal(Mask.full(count).equals(Mask.fromBigInt(bits)), true);
  }
});

test("Mask.copy() leaves no tie to the other mask", () => {
  const other = new Mask().set(5);
  const mask = new Mask().copy(other);
  other.set(6);
  assert.deepEqual([...mask], [5]);
});

test("Mask refuses fields and counts outside its range", () => {
  assert.equal(MASK_FIELDS_MAX, 64);
  for (const field of [-1, 64, 0.5, NaN, Infinity]) {
    assert.throws(() => new Mask().set(field), RangeError);
    assert.throws(() => new Mask().unset(field), RangeError);
    assert.throws(() => new Mask().has(field), RangeError);
  }
  for (const count of [-1, 65, 0.5, NaN]) assert.throws(() => Mask.full(count), RangeError);
});

test("Mask.fromBigInt() refuses what 64 bits cannot hold", () => {
  assert.equal(Mask.fromBigInt(ALL).size, 64);
  assert.throws(() => Mask.fromBigInt(ALL + 1n), RangeError);
  assert.throws(() => Mask.fromBigInt(-1n), RangeError);
});

test("lowestBit() and bitCount() agree with a walk over the bits", () => {
  fc.assert(fc.property(words, (word) => {
    assert.equal(lowestBit(word), onesOf(word)[0] ?? 32);
    assert.equal(bitCount(word), onesOf(word).length);
  }));
  assert.equal(lowestBit(0), 32);
  assert.equal(lowestBit(-2147483648), 31);
  assert.equal(bitCount(-1), 32);
});

test("lowBits() sets that many bits, all of them from 32 on", () => {
  assert.deepEqual([0, 1, 8, 31, 32, 40].map(lowBits), [0, 1, 255, 2147483647, -1, -1]);
});
