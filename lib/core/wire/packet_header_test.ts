import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter } from "../bytes/bytes.ts";
import { type PacketForm, PacketHeader, writeHeader } from "./packet_header.ts";

interface Fields {
  form: PacketForm;
  frame: number;
  baselineFrame: number;
  hasTables: boolean;
  schemaHash: number | undefined;
}

const keyframe = (frame: number, hasTables: boolean, schemaHash?: number): Fields => ({
  form: "keyframe",
  frame,
  baselineFrame: frame,
  hasTables,
  schemaHash,
});

const other = (form: PacketForm, frame: number, baselineFrame: number): Fields => ({
  ...{ form, frame, baselineFrame, hasTables: false, schemaHash: undefined },
});

function written(fields: Fields): number[] {
  const out = new ByteWriter();
  writeHeader(Object.assign(new PacketHeader(), fields), out);
  return [...out.bytes()];
}

const read = (bytes: number[]) => new PacketHeader().read(new ByteReader(Uint8Array.from(bytes)));

const GOLDEN: readonly [Fields, number[]][] = [
  [keyframe(0x01020304, false), [0, 4, 3, 2, 1]],
  [other("delta", 258, 257), [1, 2, 1, 0, 0, 1]],
  [other("delta", 300, 0), [1, 0x2c, 1, 0, 0, 0xac, 0x02]],
  [other("patch", 258, 258), [2, 2, 1, 0, 0]],
  [keyframe(0x01020304, true), [3, 4, 3, 2, 1]],
  [keyframe(9, false, 0xfedcba98), [4, 9, 0, 0, 0, 0x98, 0xba, 0xdc, 0xfe]],
  [keyframe(9, true, 0), [5, 9, 0, 0, 0, 0, 0, 0, 0]],
  [keyframe(4294967295, true, 4294967295), [5, 255, 255, 255, 255, 255, 255, 255, 255]],
  [other("partial", 258, 257), [6, 2, 1, 0, 0, 1]],
  // Frame 2 against frame 2^32 - 3: five frames apart.
  [other("delta", 2, 4294967293), [1, 2, 0, 0, 0, 5]],
  [other("partial", 2, 4294967293), [6, 2, 0, 0, 0, 5]],
  // As far back as sequence numbers tell.
  [other("delta", 0, 2147483649), [1, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x07]],
];

test("writeHeader() and PacketHeader.read() agree with bytes written by hand, across 2^32", () => {
  // One header for all, so that nothing of the packet before is left.
  const header = new PacketHeader();
  for (const [fields, bytes] of [...GOLDEN, ...GOLDEN.toReversed()]) {
    assert.deepEqual(written(fields), bytes);
    const input = new ByteReader(Uint8Array.from([...bytes, 0xee]));
    assert.equal(header.read(input), header);
    assert.deepEqual({ ...header }, fields);
    assert.equal(input.remaining, 1);
  }
});

test("writeHeader() of a patch says nothing of a baseline", () => {
  assert.deepEqual(written(other("patch", 258, 7)), [2, 2, 1, 0, 0]);
  assert.equal(read([2, 2, 1, 0, 0]).baselineFrame, 258);
});

test("PacketHeader.read() refuses unknown forms, baselines that are not older, and cut input", () => {
  for (const form of [7, 8, 128, 255]) {
    assert.throws(() => read([form, 0, 0, 0, 0, 0, 0, 0, 0]), /packet form is unknown/);
  }
  for (const form of [1, 6]) {
    assert.throws(() => read([form, 9, 0, 0, 0, 0]), /not older/);
    // 2^31 frames back reads as ahead.
    assert.throws(() => read([form, 9, 0, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x08]), /not older/);
    assert.throws(() => read([form, 9, 0, 0, 0, 0x81, 0x00]), /longer than needed/);
  }
  for (const [, bytes] of GOLDEN) {
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(() => read(bytes.slice(0, length)), ByteSyntaxError);
    }
  }
});

test("PacketHeader.read() accepts only bytes that write() writes", () => {
  const bytes = fc.tuple(fc.nat(7), fc.uint8Array({ minLength: 4, maxLength: 12 }))
    .map(([form, rest]) => Uint8Array.from([form, ...rest]));
  let accepted = 0;
  fc.assert(
    fc.property(bytes, (bytes) => {
      const input = new ByteReader(bytes);
      try {
        const header = new PacketHeader().read(input);
        accepted++;
        assert.deepEqual([...bytes.subarray(0, input.offset)], written(header));
      } catch (error) {
        assert.ok(error instanceof ByteSyntaxError, String(error));
      }
    }),
    { seed: 2, numRuns: 300 },
  );
  assert.ok(accepted > 100, `only ${accepted} were accepted`);
});
