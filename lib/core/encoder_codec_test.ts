import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter } from "./bytes.ts";
import { defineSchema } from "./define_schema.ts";
import { EncoderCodec } from "./encoder_codec.ts";
import { FrameSpans } from "./frame_spans.ts";
import { type Ship, ShipEncoder } from "./ship_encoder_test.ts";

const codec = new EncoderCodec(new ShipEncoder());
const ship = (x: number, angle: number, hp: number): Ship => ({ x, angle, hp });
const input = (bytes: readonly number[]) => new ByteReader(Uint8Array.from(bytes));

function written(write: (out: ByteWriter) => void): number[] {
  const out = new ByteWriter();
  write(out);
  return [...out.bytes()];
}

const D1_5 = [0, 0, 0, 0, 0, 0, 0xf8, 0x3f];
const D0 = [0, 0, 0, 0, 0, 0, 0, 0];

test("EncoderCodec.writeKeyframe() sends all fields, standing alone", () => {
  // Mask 0b111; x = 2 is 16 eighths, zigzag 32; angle 1.5; hp 9.
  const bytes = [7, 32, ...D1_5, 9];
  assert.deepEqual(written((out) => codec.writeKeyframe(ship(2, 1.5, 9), out)), bytes);
  assert.deepEqual(codec.readKeyframe(input(bytes)), ship(2, 1.5, 9));
});

test("EncoderCodec.writeDelta() sends the fields that differ, against the baseline", () => {
  const base = ship(2, 1.5, 9);
  // x from 16 to 15 eighths: -1, zigzag 1.
  const bytes = [1, 1];
  assert.deepEqual(written((out) => codec.writeDelta(ship(1.875, 1.5, 9), base, out)), bytes);
  assert.deepEqual(codec.readDelta(input(bytes), base), ship(1.875, 1.5, 9));
  assert.deepEqual(written((out) => codec.writeDelta({ ...base }, base, out)), [0]);
  assert.deepEqual(codec.readDelta(input([0]), base), base);
});

test("EncoderCodec.writePatch() sends the fields that differ, standing alone", () => {
  const base = ship(2, 1.5, 9);
  // x = 15 eighths, zigzag 30; hp 8.
  const bytes = [5, 30, 8];
  assert.deepEqual(written((out) => codec.writePatch(ship(1.875, 1.5, 8), base, out)), bytes);
  assert.deepEqual(codec.readPatch(input(bytes), base), ship(1.875, 1.5, 8));
  assert.deepEqual(codec.readPatch(input(bytes), undefined), ship(1.875, 0, 8));
});

test("EncoderCodec.readKeyframe() refuses a keyframe that lacks a field", () => {
  assert.throws(() => codec.readKeyframe(input([5, 32, 9])), /lacks a field/);
});

test("EncoderCodec refuses bytes after the last field, in every form", () => {
  const base = ship(0, 0, 0);
  const extra = [7, 32, ...D0, 9, 0];
  assert.throws(() => codec.readKeyframe(input(extra)), ByteSyntaxError);
  assert.throws(() => codec.readDelta(input(extra), base), ByteSyntaxError);
  assert.throws(() => codec.readPatch(input(extra), base), ByteSyntaxError);
  assert.throws(() => codec.readPatch(input([8]), base), ByteSyntaxError);
});

test("EncoderCodec.changeTable() sends the fields whose last change lies in the spans", () => {
  const table = codec.changeTable();
  const patch = (state: Ship, spans: FrameSpans) =>
    written((out) => table.writePatch(state, spans, out));
  table.note(ship(2, 1.5, 9), 10, 100);
  table.note(ship(2, 1.5, 8), 11, 100);
  const state = ship(3, 1.5, 8);
  table.note(state, 12, 100);
  const spans = new FrameSpans();
  assert.deepEqual(patch(state, spans.clear().add(11, 12)), [1, 48]);
  assert.deepEqual(patch(state, spans.clear().add(10, 11)), [4, 8]);
  // Field x changed at frame 10 as well, but its newest change is what counts.
  assert.deepEqual(patch(state, spans.clear().add(9, 10)), [2, ...D1_5]);
  assert.deepEqual(patch(state, spans.clear().add(9, 10).add(11, 12)), [3, 48, ...D1_5]);
  assert.deepEqual(patch(state, spans.clear().fill()), [7, 48, ...D1_5, 8]);
  assert.deepEqual(patch(state, spans.clear().add(12, 12)), [0]);
});

test("EncoderCodec.changeTable() copies states that are changed in place", () => {
  const table = codec.changeTable();
  const live = ship(1, 0, 1);
  table.note(live, 1, 100);
  live.hp = 2;
  table.note(live, 2, 100);
  const spans = new FrameSpans().add(1, 2);
  assert.deepEqual(written((out) => table.writePatch(live, spans, out)), [4, 2]);
});

test("EncoderCodec.changeTable() tells the fields above 31 apart", () => {
  const fields = Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`f${i}`, "u8" as const]));
  const kind = defineSchema("k", fields, "native");
  const table = new EncoderCodec(kind.encoder).changeTable();
  const row = kind.pack(Object.fromEntries(Object.keys(fields).map((name) => [name, 0])));
  table.note(row, 1, 100);
  row[0] = 1;
  row[31] = 2;
  row[32] = 3;
  row[63] = 4;
  table.note(row, 2, 100);
  const spans = new FrameSpans().add(1, 2);
  const bytes = written((out) => table.writePatch(row, spans, out));
  assert.deepEqual(bytes, [1, 0, 0, 0x80, 1, 0, 0, 0x80, 1, 2, 3, 4]);
});

test("EncoderCodec accepts only bytes that its encoder writes", () => {
  const base = ship(1, 1.5, 3);
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(7), fc.nat(255)), { maxLength: 13 }), (bytes) => {
      const encoder = new ShipEncoder();
      try {
        codec.readPatch(input(bytes), base);
        accepted++;
        const { state, mask } = encoder.decode(input(bytes), undefined);
        assert.deepEqual(written((out) => encoder.encode(state, undefined, mask, out)), bytes);
      } catch (error) {
        assert.ok(error instanceof ByteSyntaxError, String(error));
      }
    }),
    { numRuns: 2000, seed: 3 },
  );
  assert.ok(accepted > 50, `only ${accepted} were accepted`);
});
