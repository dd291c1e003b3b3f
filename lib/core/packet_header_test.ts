import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter } from "./bytes.ts";
import { type PacketForm, readPacketHeader, writePacketHeader } from "./packet_header.ts";

function written(
  form: PacketForm,
  frame: number,
  baselineFrame: number,
  hasTables: boolean = false,
): number[] {
  const out = new ByteWriter();
  writePacketHeader(form, frame, baselineFrame, out, hasTables);
  return [...out.bytes()];
}

const read = (bytes: number[]) => readPacketHeader(new ByteReader(Uint8Array.from(bytes)));

test("writePacketHeader() writes form, frame, and in a delta the age of the baseline", () => {
  assert.deepEqual(written("keyframe", 0x01020304, 0x01020304), [0, 4, 3, 2, 1]);
  assert.deepEqual(written("keyframe", 0x01020304, 0x01020304, true), [3, 4, 3, 2, 1]);
  assert.deepEqual(written("patch", 258, 257), [2, 2, 1, 0, 0]);
  assert.deepEqual(written("delta", 258, 257), [1, 2, 1, 0, 0, 1]);
  assert.deepEqual(written("delta", 300, 0), [1, 0x2c, 1, 0, 0, 0xac, 0x02]);
});

test("readPacketHeader() reads a baseline on the other side of 2^32", () => {
  // Frame 2 against frame 2^32 - 3: five frames apart.
  assert.deepEqual(written("delta", 2, 4294967293), [1, 2, 0, 0, 0, 5]);
  assert.deepEqual(read([1, 2, 0, 0, 0, 5]), {
    form: "delta",
    frame: 2,
    baselineFrame: 4294967293,
    hasTables: false,
  });
});

test("readPacketHeader() gives the frame as the baseline of a keyframe and a patch", () => {
  const frame = 4294967295;
  assert.deepEqual(read([0, 255, 255, 255, 255]), {
    form: "keyframe",
    frame,
    baselineFrame: frame,
    hasTables: false,
  });
  assert.deepEqual(read([2, 255, 255, 255, 255]), {
    form: "patch",
    frame,
    baselineFrame: frame,
    hasTables: false,
  });
  assert.equal(read([3, 9, 0, 0, 0]).form, "keyframe");
  assert.equal(read([3, 9, 0, 0, 0]).hasTables, true);
});

test("readPacketHeader() refuses unknown forms, baselines that are not older, and cut input", () => {
  assert.throws(() => read([4, 0, 0, 0, 0]), ByteSyntaxError);
  assert.throws(() => read([255, 0, 0, 0, 0]), ByteSyntaxError);
  assert.throws(() => read([1, 9, 0, 0, 0, 0]), /not older/);
  // 2^31 frames back reads as ahead.
  assert.throws(() => read([1, 9, 0, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x08]), /not older/);
  assert.throws(() => read([1, 9, 0, 0, 0, 0x81, 0x00]), /longer than needed/);
  for (const bytes of [[], [0], [0, 1, 2, 3], [1, 9, 0, 0, 0], [1, 9, 0, 0, 0, 0x80]]) {
    assert.throws(() => read(bytes), ByteSyntaxError);
  }
});

test("readPacketHeader() accepts only bytes that writePacketHeader() writes", () => {
  const bytes = fc.tuple(fc.nat(4), fc.uint8Array({ minLength: 4, maxLength: 12 }))
    .map(([form, rest]) => Uint8Array.from([form, ...rest]));
  fc.assert(fc.property(bytes, (bytes) => {
    const input = new ByteReader(bytes);
    try {
      const { form, frame, baselineFrame, hasTables } = readPacketHeader(input);
      const consumed = [...bytes.subarray(0, input.offset)];
      assert.deepEqual(consumed, written(form, frame, baselineFrame, hasTables));
    } catch (error) {
      assert.ok(error instanceof ByteSyntaxError, String(error));
    }
  }));
});
