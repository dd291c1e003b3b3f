import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError } from "../bytes/bytes.ts";
import { ENTITY_HEADER_BYTES_MAX, EntityHeaderReader, putEntityHeader } from "./entity_header.ts";
import { leb } from "./wire_model_test_helper.ts";

function written(id: number, previousId: number, type: number): number[] {
  const buffer = new Uint8Array(2 + ENTITY_HEADER_BYTES_MAX);
  const end = putEntityHeader(buffer, 2, id, previousId, type);
  assert.deepEqual([...buffer.subarray(0, 2)], [0, 0]);
  return [...buffer.subarray(2, end)];
}

function read(bytes: number[]): EntityHeaderReader {
  const header = new EntityHeaderReader();
  header.read(new ByteReader(Uint8Array.from(bytes)));
  return header;
}

test("putEntityHeader() writes (id - previous id - 1) * 4 + type as LEB128", () => {
  assert.deepEqual(written(0, -1, 0), [0]);
  assert.deepEqual(written(0, -1, 2), [2]);
  assert.deepEqual(written(7, 6, 1), [1]);
  assert.deepEqual(written(31, -1, 1), [0x7d]);
  assert.deepEqual(written(32, -1, 0), [0x80, 0x01]);
  // 300 - 10 - 1 = 289, times 4 plus 2 is 1158 = 9 * 128 + 6.
  assert.deepEqual(written(300, 10, 2), [0x86, 0x09]);
  // 2^30 * 4 = 2^32: bit 4 of the fifth group of 7 bits.
  assert.deepEqual(written(2 ** 30, -1, 0), [0x80, 0x80, 0x80, 0x80, 0x10]);
  assert.deepEqual(written(2 ** 30 - 1, -1, 0), [0xfc, 0xff, 0xff, 0xff, 0x0f]);
  // (2^32 - 1) * 4 + 2 = 2^34 - 2.
  assert.deepEqual(written(4294967295, -1, 2), [0xfe, 0xff, 0xff, 0xff, 0x3f]);
});

test("putEntityHeader() takes 5 bytes at most", () => {
  assert.equal(written(4294967295, -1, 2).length, ENTITY_HEADER_BYTES_MAX);
});

test("EntityHeaderReader.read() gives back ascending ids and types over the whole range", () => {
  const id = fc.oneof(
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: 0, max: 4294967295 }),
    fc.constantFrom(0, 31, 32, 2 ** 30 - 1, 2 ** 30, 2 ** 30 + 1, 4294967295),
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(id, fc.nat(2)), { selector: (x) => x[0] }), (all) => {
      all.sort((a, b) => a[0] - b[0]);
      const bytes: number[] = [];
      const model: number[] = [];
      let previous = -1;
      for (const [id, type] of all) {
        bytes.push(...written(id, previous, type));
        model.push(...leb((id - previous - 1) * 4 + type));
        previous = id;
      }
      assert.deepEqual(bytes, model);
      const input = new ByteReader(Uint8Array.from(bytes));
      const header = new EntityHeaderReader();
      for (const [id, type] of all) {
        header.read(input);
        assert.deepEqual([header.id, header.type], [id, type]);
      }
      assert.equal(input.remaining, 0);
    }),
  );
});

test("EntityHeaderReader.reset() starts another packet at id 0", () => {
  const header = read([0x28]);
  assert.equal(header.id, 10);
  header.reset();
  header.read(new ByteReader(Uint8Array.of(0)));
  assert.equal(header.id, 0);
});

test("EntityHeaderReader.read() refuses type 3, ids above 2^32 - 1, long forms and cut input", () => {
  assert.throws(() => read([3]), /record type is 3/);
  // (2^32) * 4 = 2^34.
  assert.throws(() => read([0x80, 0x80, 0x80, 0x80, 0x40]), /exceeds 32 bits/);
  assert.throws(() => read([0x80, 0x80, 0x80, 0x80, 0x80, 0x01]), /exceeds 32 bits/);
  assert.throws(() => read([0x80, 0x00]), /longer than needed/);
  assert.throws(() => read([0x84, 0x80, 0x00]), /longer than needed/);
  assert.throws(() => read([]), ByteSyntaxError);
  assert.throws(() => read([0x80]), ByteSyntaxError);
  const header = read([0xfc, 0xff, 0xff, 0xff, 0x3f]);
  assert.equal(header.id, 4294967295);
  assert.throws(() => header.read(new ByteReader(Uint8Array.of(0))), /exceeds 32 bits/);
});

test("EntityHeaderReader.read() accepts only bytes that putEntityHeader() writes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 7 }), (bytes) => {
    const input = new ByteReader(bytes);
    const header = new EntityHeaderReader();
    try {
      header.read(input);
    } catch (error) {
      assert.ok(error instanceof ByteSyntaxError);
      return;
    }
    assert.deepEqual([...bytes.subarray(0, input.offset)], written(header.id, -1, header.type));
  }));
});
