import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { float32Bits, float32FromBits, float64FromBits, float64HighBits } from "./bits.ts";
import { float64LowBits, unzigzag, zigzag } from "./bits.ts";

const words = fc.integer({ min: -2147483648, max: 2147483647 });

test("float32Bits() gives the binary32 words of IEEE 754", () => {
  assert.equal(float32Bits(0), 0);
  assert.equal(float32Bits(-0), -2147483648);
  assert.equal(float32Bits(1), 0x3f800000);
  assert.equal(float32Bits(-2) >>> 0, 0xc0000000);
  assert.equal(float32Bits(0.1), 0x3dcccccd);
  assert.equal(float32Bits(2 ** -149), 1);
  assert.equal(float32Bits(Infinity), 0x7f800000);
  assert.equal(float32Bits(-Infinity) >>> 0, 0xff800000);
});

test("float64LowBits() and float64HighBits() give the binary64 words of IEEE 754", () => {
  const words = (value: number) => [float64HighBits(value) >>> 0, float64LowBits(value) >>> 0];
  assert.deepEqual(words(0), [0, 0]);
  assert.deepEqual(words(-0), [0x80000000, 0]);
  assert.deepEqual(words(1), [0x3ff00000, 0]);
  assert.deepEqual(words(0.1), [0x3fb99999, 0x9999999a]);
  assert.deepEqual(words(5e-324), [0, 1]);
  assert.deepEqual(words(2 ** 53 - 1), [0x433fffff, 0xffffffff]);
  assert.deepEqual(words(-Infinity), [0xfff00000, 0]);
});

test("float32FromBits() inverts float32Bits(), -0 included", () => {
  fc.assert(fc.property(fc.float(), (value) => {
    assert.ok(Object.is(float32FromBits(float32Bits(value)), value));
  }));
  assert.ok(Object.is(float32FromBits(-2147483648), -0));
});

test("float64FromBits() inverts the two words, -0 included", () => {
  fc.assert(fc.property(fc.double(), (value) => {
    assert.ok(Object.is(float64FromBits(float64LowBits(value), float64HighBits(value)), value));
  }));
  assert.ok(Object.is(float64FromBits(0, -2147483648), -0));
});

test("float32FromBits() and float64FromBits() agree with a DataView on any words", () => {
  const view = new DataView(new ArrayBuffer(8));
  fc.assert(fc.property(words, words, (low, high) => {
    view.setInt32(0, high);
    view.setInt32(4, low);
    assert.ok(Object.is(float64FromBits(low, high), view.getFloat64(0)));
    assert.ok(Object.is(float32FromBits(high), view.getFloat32(0)));
  }));
});

test("float32FromBits() and float64FromBits() read every NaN payload as NaN", () => {
  for (const word of [0x7f800001, 0x7fc00000, 0x7fffffff, -1, 0xff800001 | 0]) {
    assert.ok(Number.isNaN(float32FromBits(word)));
  }
  for (const [low, high] of [[1, 0x7ff00000], [0, 0x7ff80000], [-1, -1], [7, 0xfff00000 | 0]]) {
    assert.ok(Number.isNaN(float64FromBits(low!, high!)));
  }
});

test("zigzag() orders words by magnitude, counted by hand", () => {
  const pairs = [
    [0, 0],
    [-1, 1],
    [1, 2],
    [-2, 3],
    [2, 4],
    [63, 126],
    [-64, 127],
    [64, 128],
    [2147483647, 4294967294],
    [-2147483648, 4294967295],
  ] as const;
  for (const [word, value] of pairs) {
    assert.equal(zigzag(word), value);
    assert.equal(unzigzag(value), word);
  }
});

test("zigzag() is 2n for n >= 0 and -2n - 1 below", () => {
  fc.assert(fc.property(words, (word) => {
    assert.equal(zigzag(word), word >= 0 ? word * 2 : -word * 2 - 1);
    assert.equal(unzigzag(zigzag(word)), word);
  }));
});
