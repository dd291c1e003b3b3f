import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter } from "../bytes/bytes.ts";
import { Mask } from "../bytes/mask.ts";
import { maskBytes, putMask, readMask, writeMask } from "./mask_coding.ts";

function written(fields: number[], fieldCount: number): number[] {
  const mask = new Mask();
  for (const field of fields) mask.set(field);
  const out = new ByteWriter();
  writeMask(mask, fieldCount, out);
  return [...out.bytes()];
}

test("maskBytes() is one bit a field, rounded up to bytes", () => {
  const counts = [0, 1, 8, 9, 16, 31, 32, 33, 40, 41, 63, 64];
  assert.deepEqual(counts.map(maskBytes), [0, 1, 1, 2, 2, 4, 4, 5, 5, 6, 8, 8]);
});

test("writeMask() puts field 0 into the lowest bit of the first byte", () => {
  assert.deepEqual(written([], 0), []);
  assert.deepEqual(written([], 3), [0]);
  assert.deepEqual(written([0], 1), [1]);
  assert.deepEqual(written([0, 2, 7], 8), [0x85]);
  assert.deepEqual(written([8], 9), [0, 1]);
  assert.deepEqual(written([31, 32, 39], 40), [0, 0, 0, 0x80, 0x81]);
  assert.deepEqual(written([0, 63], 64), [1, 0, 0, 0, 0, 0, 0, 0x80]);
});

test("putMask() writes at a place and no further, and gives the place behind", () => {
  const lo = 1 | (1 << 31);
  const hi = 1 << 7;
  for (const [count, bytes] of [[0, []], [8, [1]], [32, [1, 0, 0, 0x80]]] as const) {
    const buffer = new Uint8Array(12).fill(0xee);
    assert.equal(putMask(buffer, 2, lo, hi, count), 2 + bytes.length);
    const rest = new Array(10 - bytes.length).fill(0xee);
    assert.deepEqual([...buffer], [0xee, 0xee, ...bytes, ...rest]);
  }
  const buffer = new Uint8Array(5);
  assert.equal(putMask(buffer, 0, lo, hi, 40), 5);
  assert.deepEqual([...buffer], [1, 0, 0, 0x80, 0x80]);
});

test("readMask() gives back every mask that writeMask() wrote, and reads no byte more", () => {
  fc.assert(fc.property(
    fc.integer({ min: 0, max: 64 }).chain((count) =>
      fc.tuple(
        fc.constant(count),
        fc.uniqueArray(fc.nat(Math.max(0, count - 1)), { maxLength: count }),
      )
    ),
    ([count, fields]) => {
      const bytes = Uint8Array.from([...written(fields, count), 0xee]);
      const input = new ByteReader(bytes);
      const mask = readMask(input, count, new Mask().fill(64));
      assert.deepEqual([...mask], [...fields].sort((a, b) => a - b));
      assert.equal(input.remaining, 1);
    },
  ));
});

test("readMask() refuses every bit above the last field", () => {
  for (const count of [0, 1, 7, 8, 9, 31, 32, 33, 63, 64]) {
    const bytes = maskBytes(count);
    for (let bit = count; bit < bytes * 8; bit++) {
      const packet = new Uint8Array(bytes);
      packet[bit >> 3] = 1 << (bit & 7);
      assert.throws(() => readMask(new ByteReader(packet), count, new Mask()), ByteSyntaxError);
    }
  }
});

test("readMask() refuses an input that ends within the mask", () => {
  assert.throws(() => readMask(new ByteReader(new Uint8Array(7)), 64, new Mask()), ByteSyntaxError);
});
