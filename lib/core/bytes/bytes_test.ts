import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter, putVarint, putWord } from "./bytes.ts";

const u32 = fc.integer({ min: 0, max: 4294967295 });

/** Asserts a refusal at a byte, and what it says. */
function assertRefuses(read: () => unknown, offset: number, text: string): void {
  assert.throws(read, (error: Error) => {
    assert.ok(error instanceof ByteSyntaxError && error instanceof SyntaxError);
    assert.equal(error.name, "ByteSyntaxError");
    assert.equal(error.offset, offset);
    assert.ok(error.message.startsWith(`Cannot read byte ${offset}: `), error.message);
    assert.ok(error.message.includes(text), error.message);
    return true;
  });
}

/** Varint by the text of LEB128: base 128, least significant group first, bit 7 on all but the last. */
function leb128(value: number): number[] {
  const groups = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    groups.push(rest % 128);
  }
  return groups.map((group, i) => i < groups.length - 1 ? group + 128 : group);
}

// deno-fmt-ignore
const GOLDEN: readonly [name: string, write: (out: ByteWriter) => unknown, bytes: number[]][] = [
  ["u8", (out) => out.u8(0).u8(255), [0, 255]],
  ["u8 keeps the low 8 bits", (out) => out.u8(0x1ff).u8(-1), [0xff, 0xff]],
  ["u16", (out) => out.u16(0x1234).u16(65535), [0x34, 0x12, 255, 255]],
  ["u16 keeps the low 16 bits", (out) => out.u16(-2).u16(0x51234), [0xfe, 0xff, 0x34, 0x12]],
  ["u32", (out) => out.u32(0x12345678), [0x78, 0x56, 0x34, 0x12]],
  ["u32 of signed words", (out) => out.u32(-1).u32(-2147483648), [255, 255, 255, 255, 0, 0, 0, 128]],
  ["f32", (out) => out.f32(1).f32(-0).f32(0.1), [0, 0, 128, 63, 0, 0, 0, 128, 0xcd, 0xcc, 0xcc, 0x3d]],
  ["f64", (out) => out.f64(1).f64(-0), [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 128]],
  ["f64 of a tenth", (out) => out.f64(0.1), [0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f]],
  ["varint of one byte", (out) => out.varint(0).varint(1).varint(127), [0, 1, 127]],
  ["varint of two bytes", (out) => out.varint(128).varint(300).varint(16383), [0x80, 1, 0xac, 2, 0xff, 0x7f]],
  ["varint of three bytes", (out) => out.varint(16384).varint(2097151), [0x80, 0x80, 1, 0xff, 0xff, 0x7f]],
  ["varint of four bytes", (out) => out.varint(2097152), [0x80, 0x80, 0x80, 1]],
  ["varint of five bytes", (out) => out.varint(268435456).varint(4294967295),
    [0x80, 0x80, 0x80, 0x80, 1, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ["varint of a signed word", (out) => out.varint(-1), [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ["zigzag", (out) => out.zigzag(0).zigzag(-1).zigzag(1).zigzag(-64).zigzag(64), [0, 1, 2, 127, 0x80, 1]],
  ["zigzag of the extremes", (out) => out.zigzag(2147483647).zigzag(-2147483648),
    [0xfe, 0xff, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ["append", (out) => out.append(Uint8Array.of()).append(Uint8Array.of(1, 2)).u8(3), [1, 2, 3]],
];

describe("ByteWriter writes golden bytes:", () => {
  for (const [name, write, bytes] of GOLDEN) {
    test(name, () => {
      const out = new ByteWriter();
      write(out);
      assert.deepEqual([...out.bytes()], bytes);
      assert.equal(out.length, bytes.length);
    });
  }
});

test("ByteReader reads golden bytes and stops at their end", () => {
  const input = new ByteReader(Uint8Array.of(
    ...[0xff, 0x34, 0x12, 0x00, 0x00, 0x00, 0x80, 0xff, 0xff, 0xff, 0xff],
    ...[0x00, 0x00, 0xc0, 0x3f, 0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f],
    ...[0xac, 0x02, 0x03, 0x09, 0x08],
  ));
  assert.equal(input.u8(), 255);
  assert.equal(input.u16(), 0x1234);
  assert.equal(input.u32(), 2147483648);
  assert.equal(input.i32(), -1);
  assert.equal(input.f32(), 1.5);
  assert.equal(input.f64(), 0.1);
  assert.equal(input.varint(), 300);
  assert.equal(input.zigzag(), -2);
  assert.equal(input.remaining, 2);
  assert.deepEqual([...input.take(2)], [9, 8]);
  assert.equal(input.remaining, 0);
  input.end();
});

test("ByteWriter.varint() writes LEB128 that ByteReader.varint() reads back, all of it", () => {
  fc.assert(fc.property(u32, (value) => {
    const bytes = new ByteWriter().varint(value).bytes();
    assert.deepEqual([...bytes], leb128(value));
    const input = new ByteReader(bytes);
    assert.equal(input.varint(), value);
    input.end();
  }));
});

test("ByteReader.varint() accepts only bytes that ByteWriter.varint() writes", () => {
  // Half of all random bytes end a varint, so every length up to 6 occurs often.
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 7 }), (bytes) => {
      const input = new ByteReader(bytes);
      let value: number;
      try {
        value = input.varint();
      } catch (error) {
        assert.ok(error instanceof ByteSyntaxError);
        assert.ok(error.offset <= bytes.length);
        return;
      }
      const read = bytes.subarray(0, input.offset);
      assert.deepEqual([...new ByteWriter().varint(value).bytes()], [...read]);
    }),
    { numRuns: 2000 },
  );
});

test("ByteReader reads integers and floats to the bytes that ByteWriter makes of them", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 23, maxLength: 23 }), (bytes) => {
    const input = new ByteReader(bytes);
    const out = new ByteWriter().u8(input.u8()).u16(input.u16()).u32(input.u32()).u32(input.i32());
    const [f32, f64] = [input.f32(), input.f64()];
    input.end();
    // A number does not carry a NaN's payload on every engine, so NaN may change its bytes.
    out.f32(f32).f64(f64);
    const end = Number.isNaN(f32) ? 11 : Number.isNaN(f64) ? 15 : 23;
    assert.deepEqual([...out.bytes().subarray(0, end)], [...bytes.subarray(0, end)]);
    assert.equal(out.length, 23);
  }));
});

test("ByteReader.u32() and i32() carry a NaN's bits as they are", () => {
  const signalling = Uint8Array.of(0x01, 0x00, 0x80, 0x7f);
  assert.deepEqual([...new ByteWriter().u32(new ByteReader(signalling).i32()).bytes()], [
    ...signalling,
  ]);
});

test("ByteReader.varint() refuses overlong forms at the byte that is too much", () => {
  assertRefuses(() => new ByteReader(Uint8Array.of(0x80, 0x00)).varint(), 1, "longer than needed");
  assertRefuses(() => new ByteReader(Uint8Array.of(0xac, 0x82, 0)).varint(), 2, "longer");
  const five = Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x00);
  assertRefuses(() => new ByteReader(five).varint(), 4, "longer than needed");
});

test("ByteReader.varint() refuses what exceeds 32 bits", () => {
  for (const last of [0x10, 0x1f, 0x7f, 0x80, 0xff]) {
    const bytes = Uint8Array.of(0xff, 0xff, 0xff, 0xff, last, 0);
    assertRefuses(() => new ByteReader(bytes).varint(), 4, "exceeds 32 bits");
  }
});

test("ByteReader refuses every read past the end", () => {
  const short = [
    ["u8", 0, (input: ByteReader) => input.u8()],
    ["u16", 1, (input: ByteReader) => input.u16()],
    ["u32", 3, (input: ByteReader) => input.u32()],
    ["i32", 3, (input: ByteReader) => input.i32()],
    ["f32", 3, (input: ByteReader) => input.f32()],
    ["f64", 3, (input: ByteReader) => input.f64()],
    ["take", 4, (input: ByteReader) => input.take(5)],
  ] as const;
  for (const [name, length, read] of short) {
    const input = new ByteReader(new Uint8Array(length).fill(1));
    assertRefuses(() => read(input), 0, "the input ends");
    assert.equal(input.offset, 0, name);
  }
  assertRefuses(() => new ByteReader(Uint8Array.of(0x80, 0x80)).varint(), 2, "the input ends");
  assertRefuses(() => new ByteReader(Uint8Array.of(0x80)).zigzag(), 1, "the input ends");
  const cut = new ByteReader(new Uint8Array(7));
  assertRefuses(() => cut.f64(), 4, "4 bytes expected");
});

test("ByteReader.end() refuses bytes that are left", () => {
  const input = new ByteReader(Uint8Array.of(1, 2, 3));
  input.u8();
  assertRefuses(() => input.end(), 1, "2 bytes follow the end");
});

test("ByteReader.refuse() names the offset", () => {
  const input = new ByteReader(Uint8Array.of(1, 2));
  input.u16();
  assertRefuses(() => input.refuse("no such kind"), 2, "no such kind");
});

test("ByteReader reads within the bounds of a subarray, from its own offset 0", () => {
  const input = new ByteReader(Uint8Array.of(9, 1, 2, 9).subarray(1, 3));
  assert.equal(input.u16(), 0x0201);
  assertRefuses(() => input.u8(), 2, "the input ends");
});

test("ByteReader.reset() starts over on other bytes", () => {
  const input = new ByteReader(Uint8Array.of(1));
  input.u8();
  input.reset(Uint8Array.of(2, 3));
  assert.deepEqual([input.offset, input.remaining, input.u8()], [0, 2, 2]);
});

test("ByteWriter grows from any capacity and keeps what was written", () => {
  const values = fc.array(u32, { maxLength: 50 });
  fc.assert(fc.property(fc.integer({ min: 0, max: 40 }), values, (capacity, values) => {
    const out = new ByteWriter(capacity);
    for (const value of values) out.u8(value).u16(value).u32(value).varint(value).f64(value);
    const input = new ByteReader(out.bytes());
    for (const value of values) {
      assert.equal(input.u8(), value % 256);
      assert.equal(input.u16(), value % 65536);
      assert.equal(input.u32(), value);
      assert.equal(input.varint(), value);
      assert.equal(input.f64(), value);
    }
    input.end();
  }));
});

test("putVarint() and putWord() write at a place, touch nothing before it, and give the place behind", () => {
  const word = fc.oneof(u32, fc.integer({ min: 0, max: 40000 }), fc.constantFrom(127, 128, 16383));
  fc.assert(fc.property(word, fc.nat(3), fc.boolean(), (value, at, isSigned) => {
    const given = isSigned ? value | 0 : value;
    const buffer = new Uint8Array(at + 5).fill(0xee);
    const end = putVarint(buffer, at, given);
    const before = new Array(at).fill(0xee);
    assert.deepEqual([...buffer.subarray(0, end)], [...before, ...leb128(value)]);
    assert.equal(end, at + leb128(value).length);
    const words = new Uint8Array(at + 5).fill(0xee);
    assert.equal(putWord(words, at, given), at + 4);
    const bytes = [0, 8, 16, 24].map((shift) => Math.floor(value / 2 ** shift) % 256);
    assert.deepEqual([...words], [...before, ...bytes, 0xee]);
  }));
});

test("ByteWriter.reserve() gives memory to write into, and keeps what was written when it grows", () => {
  const out = new ByteWriter(8).u32(0x04030201);
  assert.equal(out.reserve(4), out.reserve(0), "there was room");
  const buffer = out.reserve(3000);
  assert.ok(buffer.length >= 3004);
  assert.equal(out.length, 4, "nothing is written yet");
  out.length = putWord(buffer, out.length, 0x08070605);
  assert.deepEqual([...out.bytes()], [1, 2, 3, 4, 5, 6, 7, 8]);
  // A writer grows to twice its size at least, so that many small writes move it seldom.
  const small = new ByteWriter(64);
  small.length = 64;
  assert.equal(small.reserve(1).length, 128);
});

test("ByteReader.bytes is the whole input, also of a part of an array", () => {
  const part = Uint8Array.of(9, 1, 2, 9).subarray(1, 3);
  const input = new ByteReader(part);
  input.u8();
  assert.equal(input.bytes, part);
  assert.equal(input.bytes[input.offset], 2);
});

test("ByteWriter.append() takes more than twice the capacity, and its own bytes", () => {
  const large = Uint8Array.from({ length: 5000 }, (_, i) => i);
  const out = new ByteWriter(8).u8(7).append(large);
  assert.deepEqual([...out.bytes()], [7, ...large]);
  const twice = new ByteWriter(8).u32(0x04030201);
  twice.append(twice.bytes()).append(twice.bytes());
  assert.deepEqual([...twice.bytes()], [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]);
});

test("ByteWriter.clear() starts over and bytes() then has the new length", () => {
  const out = new ByteWriter().u32(1).u32(2);
  assert.equal(out.bytes().length, 8);
  out.clear();
  assert.deepEqual([out.length, out.bytes().length], [0, 0]);
  assert.deepEqual([...out.u8(5).bytes()], [5]);
});

test("ByteWriter.bytes() gives the same view for the same length again", () => {
  const out = new ByteWriter().u32(1);
  const view = out.bytes();
  out.clear().u32(2);
  assert.equal(out.bytes(), view);
  assert.deepEqual([...view], [2, 0, 0, 0]);
});

test("ByteWriter.bytes() forgets its views when it grows", () => {
  const out = new ByteWriter(8).u32(1);
  out.bytes();
  out.append(new Uint8Array(100)).clear().u32(2);
  assert.deepEqual([...out.bytes()], [2, 0, 0, 0]);
});
