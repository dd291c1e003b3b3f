import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter } from "../bytes/bytes.ts";
import type { FieldCoding } from "./kind_codec.ts";
import { Mask } from "../bytes/mask.ts";
import { RowEncoder } from "./row_encoder.ts";
import { RowLayout } from "../state/row_layout.ts";
import { packerOf } from "../state/row_packer.ts";
import type { Kind } from "../state/schema.ts";
import type { EntityState, FieldValues } from "../state/state.ts";
import { bodyBytes, KINDS, worldPairs } from "./wire_model_test_helper.ts";

const PLAYER = KINDS[0]!;
const SMALL = {
  name: "p",
  fields: [
    { name: "x", type: "f32" },
    { name: "hp", type: "u8" },
    { name: "ammo", type: "u16", optional: true },
  ],
} as const;

function encoderOf(kind: Kind, coding: FieldCoding = "varint") {
  const layout = new RowLayout(kind);
  const encoder = new RowEncoder(layout, coding);
  const row = (fields: FieldValues) => {
    const words = new Int32Array(layout.stride);
    packerOf(layout).pack(fields, words, 0);
    return words;
  };
  const bytes = (state: Int32Array, base: Int32Array | undefined, mask: Mask) => {
    const out = new ByteWriter();
    encoder.encode(state, base, mask, out);
    return [...out.bytes()];
  };
  return { layout, encoder, row, bytes };
}

test("RowEncoder.encode() writes the mask, then the masked fields", () => {
  const { encoder, row, bytes } = encoderOf(SMALL);
  const base = row({ x: 1, hp: 100 });
  const state = row({ x: 1, hp: 90, ammo: 3 });
  const mask = encoder.diff(state, base, new Mask());
  assert.deepEqual([...mask], [1, 2]);
  // Mask 0b110; hp 90 - 100 = -10 -> 19; ammo present, 3 - 0 -> 6.
  assert.deepEqual(bytes(state, base, mask), [0b110, 19, 1, 6]);
  // Standing alone: hp 90 -> 180 = 0xb4 0x01.
  assert.deepEqual(bytes(state, undefined, mask), [0b110, 0xb4, 1, 1, 6]);
  // All fields: x as binary32.
  const all = new Mask().fill(3);
  assert.deepEqual(bytes(state, undefined, all), [0b111, 0, 0, 0x80, 0x3f, 0xb4, 1, 1, 6]);
});

test("RowEncoder.encode() at native width writes values, whatever the baseline", () => {
  const { encoder, row, bytes } = encoderOf(SMALL, "native");
  const state = row({ x: 1.5, hp: 90 });
  const mask = encoder.diff(state, row({ x: 1, hp: 100 }), new Mask());
  assert.deepEqual(bytes(state, row({ x: 1, hp: 100 }), mask), [0b011, 0, 0, 0xc0, 0x3f, 90]);
});

test("RowEncoder.encode() writes counts of steps of 4 and of 0.3, by hand", () => {
  const kind = {
    name: "crate",
    fields: [{ name: "tile", type: "fixed", step: 4 }, { name: "lean", type: "fixed", step: 0.3 }],
  } as const;
  for (const coding of ["varint", "native"] as const) {
    const { layout, encoder, row, bytes } = encoderOf(kind, coding);
    const [base, state] = [row({ tile: 8, lean: 0.3 }), row({ tile: -12, lean: 3 * 0.3 })];
    const mask = encoder.diff(state, base, new Mask());
    // -3 and 3 steps; differences of -5 and 2 -> 9, 4; standing alone -3 and 3 -> 5, 6.
    const native = [3, 0xfd, 0xff, 0xff, 0xff, 3, 0, 0, 0];
    const isVarint = coding === "varint";
    assert.deepEqual(bytes(state, base, mask), isVarint ? [3, 9, 4] : native);
    assert.deepEqual(bytes(state, undefined, mask), isVarint ? [3, 5, 6] : native);
    const decoded = encoder.decode(new ByteReader(Uint8Array.from(bytes(state, base, mask))), base);
    assert.deepEqual(layout.unpack(decoded.state, 0), { tile: -12, lean: 0.8999999999999999 });
  }
});

test("RowEncoder.diff() takes all fields when there is no baseline", () => {
  const { encoder, row } = encoderOf(SMALL);
  assert.deepEqual([...encoder.diff(row({ x: 0, hp: 0 }), undefined, new Mask())], [0, 1, 2]);
});

test("RowEncoder.diff() compares bits: NaN equals NaN, -0 differs from 0", () => {
  const { encoder, row } = encoderOf(SMALL);
  const diff = (
    a: number,
    b: number,
  ) => [...encoder.diff(row({ x: a, hp: 0 }), row({ x: b, hp: 0 }), new Mask())];
  assert.deepEqual(diff(NaN, NaN), []);
  assert.deepEqual(diff(-0, 0), [0]);
  assert.deepEqual(diff(-0, -0), []);
});

test("RowEncoder.snapshot() is a copy, into the array that is given", () => {
  const { encoder, row } = encoderOf(SMALL);
  const state = row({ x: 2, hp: 1 });
  const copy = encoder.snapshot(state, undefined);
  state[0] = 0;
  assert.deepEqual(copy, row({ x: 2, hp: 1 }));
  const reuse = row({ x: 9, hp: 9 });
  assert.equal(encoder.snapshot(copy, reuse), reuse);
  assert.deepEqual(reuse, copy);
});

test("RowEncoder.merge() takes the masked fields, presence included, and keeps the others", () => {
  const { encoder, layout, row } = encoderOf(SMALL);
  const held = row({ x: 1, hp: 2, ammo: 3 });
  const merged = encoder.merge(held, row({ x: 7, hp: 8 }), new Mask().set(0).set(2), undefined);
  assert.deepEqual(layout.unpack(merged, 0), { x: 7, hp: 2 });
  assert.deepEqual(layout.unpack(held, 0), { x: 1, hp: 2, ammo: 3 });
  const fresh = encoder.merge(
    undefined,
    row({ x: 7, hp: 8, ammo: 9 }),
    new Mask().set(2),
    undefined,
  );
  assert.deepEqual(layout.unpack(fresh, 0), { x: 0, hp: 0, ammo: 9 });
});

test("RowEncoder.merge() and decode() write into what they are given, and leave nothing there", () => {
  const { encoder, layout, row } = encoderOf(SMALL);
  const reuse = row({ x: 9, hp: 9, ammo: 9 });
  const patch = row({ x: 7, hp: 8 });
  const mask = new Mask().set(0);
  assert.equal(encoder.merge(row({ x: 1, hp: 2, ammo: 3 }), patch, mask, reuse), reuse);
  assert.deepEqual(layout.unpack(reuse, 0), { x: 7, hp: 2, ammo: 3 });
  assert.equal(encoder.merge(undefined, patch, mask, reuse), reuse);
  assert.deepEqual(layout.unpack(reuse, 0), { x: 7, hp: 0 });

  const decoded = { state: row({ x: 9, hp: 9, ammo: 9 }), mask: Mask.full(3) };
  const decode = (base: Int32Array | undefined, ...bytes: number[]) =>
    encoder.decode(new ByteReader(Uint8Array.from(bytes)), base, decoded);
  // hp 100 - 10 and 10: zigzag 19 and 20.
  assert.equal(decode(row({ x: 1, hp: 100, ammo: 3 }), 0b010, 19), decoded);
  assert.deepEqual(layout.unpack(decoded.state, 0), { x: 1, hp: 90, ammo: 3 });
  assert.deepEqual([...decoded.mask], [1]);
  decode(undefined, 0b010, 20);
  assert.deepEqual(layout.unpack(decoded.state, 0), { x: 0, hp: 10 });
});

test("RowEncoder.decode() mirrors encode() and agrees with the format's description", () => {
  const { encoder, row, bytes } = encoderOf(PLAYER);
  const pairs = worldPairs.map(([before, after]): [EntityState, EntityState][] =>
    after.flatMap((one) => {
      const held = before.find(({ id, kind }) => id === one.id && kind === one.kind);
      return held && one.kind === "player" ? [[held, one]] : [];
    })
  );
  fc.assert(fc.property(pairs, (all) => {
    for (const [held, one] of all) {
      const base = row(held.fields);
      const state = row(one.fields);
      const mask = encoder.diff(state, base, new Mask());
      const delta = bytes(state, base, mask);
      // A body holds a header of one byte before the record, and no record without a change.
      const at0 = { id: 0, kind: "player" };
      const model = bodyBytes([PLAYER], "varint", "delta", [{ ...at0, fields: one.fields }], [
        { ...at0, fields: held.fields },
      ]);
      assert.deepEqual(delta, mask.isEmpty ? [0, 0, 0] : model.slice(1));
      const input = new ByteReader(Uint8Array.from([...delta, 0xee]));
      const decoded = encoder.decode(input, base);
      assert.deepEqual(decoded.state, state);
      assert.equal(decoded.mask.equals(mask), true);
      assert.equal(input.remaining, 1);
    }
  }));
});

test("RowEncoder.decode() accepts only bytes that encode() writes", () => {
  const byte = fc.oneof(fc.nat(255), fc.nat(7));
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.constantFrom<FieldCoding>("native", "varint"),
      fc.boolean(),
      fc.array(byte, { maxLength: 12 }),
      (coding, isDelta, hostile) => {
        const { encoder, row, bytes } = encoderOf(SMALL, coding);
        const base = isDelta ? row({ x: 1, hp: 100, ammo: 2 }) : undefined;
        const input = new ByteReader(Uint8Array.from(hostile));
        try {
          const { state, mask } = encoder.decode(input, base);
          accepted++;
          assert.deepEqual(bytes(state, base, mask), hostile.slice(0, input.offset));
          if (base) assert.equal(encoder.diff(state, base, new Mask()).equals(mask), true);
        } catch (error) {
          assert.ok(error instanceof ByteSyntaxError, String(error));
        }
      },
    ),
    { numRuns: 3000, seed: 7 },
  );
  assert.ok(accepted > 100, `only ${accepted} were accepted`);
});

test("RowEncoder.isSame() tells rows apart by any bit of any word", () => {
  const { encoder, row } = encoderOf(SMALL);
  const state = row({ x: 1, hp: 100, ammo: 2 });
  assert.equal(encoder.isSame(state, state.slice()), true);
  for (let w = 0; w < state.length; w++) {
    for (const bit of [0, 17, 31]) {
      const other = state.slice();
      other[w]! ^= 1 << bit;
      assert.equal(encoder.isSame(state, other), false, `word ${w}, bit ${bit}`);
    }
  }
});
