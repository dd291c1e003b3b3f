import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter } from "../bytes/bytes.ts";
import { defineSchema } from "./define_schema.ts";
import { Mask } from "../bytes/mask.ts";
import { type PacketForm, PacketHeader } from "./packet_header.ts";
import { type Ship, ShipEncoder } from "./ship_encoder_test_helper.ts";
import { EncoderReader } from "./state_reader.ts";

const ship = (x: number, angle: number, hp: number): Ship => ({ x, angle, hp });
const D1_5 = [0, 0, 0, 0, 0, 0, 0xf8, 0x3f];
const D0 = [0, 0, 0, 0, 0, 0, 0, 0];

function headerOf(form: PacketForm, hasTables: boolean = false): PacketHeader {
  return Object.assign(new PacketHeader(), { form, hasTables });
}

/** State of a body, whose baseline and held state differ. */
function read(form: PacketForm, bytes: readonly number[], baseline?: Ship, held?: Ship): Ship {
  const input = new ByteReader(Uint8Array.from(bytes));
  return new EncoderReader(new ShipEncoder())
    .read(headerOf(form), input, baseline, held, undefined);
}

test("EncoderReader.read() of a keyframe takes all fields, standing alone", () => {
  // Mask 0b111; x = 2 is 16 eighths, zigzag 32; angle 1.5; hp 9.
  const bytes = [7, 32, ...D1_5, 9];
  assert.deepEqual(read("keyframe", bytes), ship(2, 1.5, 9));
  assert.deepEqual(read("keyframe", bytes, ship(9, 9, 9), ship(9, 9, 9)), ship(2, 1.5, 9));
});

test("EncoderReader.read() of a delta goes on from the baseline, whatever is held", () => {
  const base = ship(2, 1.5, 9);
  const held = ship(7, 7, 7);
  // x from 16 to 15 eighths: -1, zigzag 1.
  assert.deepEqual(read("delta", [1, 1], base, held), ship(1.875, 1.5, 9));
  assert.deepEqual(read("delta", [0], base, held), base);
});

test("EncoderReader.read() of a patch goes on from what is held, its values stand alone", () => {
  const held = ship(2, 1.5, 9);
  // x = 15 eighths, zigzag 30; hp 8.
  const bytes = [5, 30, 8];
  assert.deepEqual(read("patch", bytes, undefined, held), ship(1.875, 1.5, 8));
  assert.deepEqual(read("patch", bytes), ship(1.875, 0, 8));
  assert.deepEqual(held, ship(2, 1.5, 9));
});

test("EncoderReader.read() refuses a keyframe that lacks a field, tables and parts", () => {
  const input = () => new ByteReader(Uint8Array.of(7, 32, ...D1_5, 9));
  const reader = new EncoderReader(new ShipEncoder());
  const base = ship(0, 0, 0);
  assert.throws(() => read("keyframe", [5, 32, 9]), /lacks a field/);
  assert.throws(() => read("partial", [1, 1], base, base), /no parts and no tables/);
  const tables = headerOf("keyframe", true);
  assert.throws(
    () => reader.read(tables, input(), undefined, undefined, undefined),
    ByteSyntaxError,
  );
});

test("EncoderReader.read() refuses bytes after the last field, in every form", () => {
  const base = ship(0, 0, 0);
  for (const form of ["keyframe", "delta", "patch"] as const) {
    assert.throws(() => read(form, [7, 32, ...D0, 9, 0], base, base), /1 bytes follow the end/);
    assert.throws(() => read(form, [8], base, base), ByteSyntaxError);
  }
});

test("EncoderReader.read() writes into the state that it may use again, and into no other", () => {
  const kind = defineSchema("k", { n: "u8", m: "u8" }, "native");
  const reader = new EncoderReader(kind.encoder);
  assert.equal(reader.schemaHash, kind.encoder.schemaHash);
  const base = kind.pack({ n: 1, m: 2 });
  const held = kind.pack({ n: 3, m: 4 });
  const expected = { keyframe: [8, 9], delta: [8, 2], patch: [8, 4] };
  for (const form of ["keyframe", "delta", "patch"] as const) {
    const bytes = form === "keyframe" ? [3, 8, 9] : [1, 8];
    const spare = kind.pack({ n: 255, m: 255 });
    for (const reuse of [undefined, spare]) {
      const input = new ByteReader(Uint8Array.from(bytes));
      const state = reader.read(headerOf(form), input, base, held, reuse);
      assert.deepEqual([...state].slice(0, 2), expected[form], form);
      if (reuse !== undefined) assert.equal(state, reuse);
    }
  }
  assert.deepEqual([...base].slice(0, 2), [1, 2]);
  assert.deepEqual([...held].slice(0, 2), [3, 4]);
});

test("EncoderReader.read() accepts only bytes that its encoder writes", () => {
  const encoder = new ShipEncoder();
  const base = ship(1, 1.5, 3);
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.constantFrom<PacketForm>("keyframe", "delta", "patch"),
      fc.array(fc.oneof(fc.nat(7), fc.nat(255)), { maxLength: 13 }),
      (form, bytes) => {
        try {
          const state = read(form, bytes, base, base);
          accepted++;
          const mask = new Mask();
          mask.lo = bytes[0]!;
          const out = new ByteWriter();
          encoder.encode(state, form === "delta" ? base : undefined, mask, out);
          assert.deepEqual([...out.bytes()], bytes);
        } catch (error) {
          assert.ok(error instanceof ByteSyntaxError, String(error));
        }
      },
    ),
    { numRuns: 2000, seed: 3 },
  );
  assert.ok(accepted > 50, `only ${accepted} were accepted`);
});
