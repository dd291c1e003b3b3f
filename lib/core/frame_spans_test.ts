import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FrameSpans } from "./frame_spans.ts";

test("FrameSpans.has() takes a span as open at its start and closed at its end", () => {
  const spans = new FrameSpans().add(3, 5).add(9, 10);
  const held = Array.from({ length: 13 }, (_, frame) => frame).filter((frame) => spans.has(frame));
  assert.deepEqual(held, [4, 5, 10]);
});

test("FrameSpans.has() is right across 2^32", () => {
  const spans = new FrameSpans().add(4294967294, 1);
  const frames = [4294967293, 4294967294, 4294967295, 0, 1, 2];
  assert.deepEqual(frames.map((frame) => spans.has(frame)), [
    false,
    false,
    true,
    true,
    true,
    false,
  ]);
});

test("FrameSpans.add() of no frame adds no frame", () => {
  const spans = new FrameSpans().add(7, 7);
  assert.deepEqual([6, 7, 8].map((frame) => spans.has(frame)), [false, false, false]);
});

test("FrameSpans.add() goes on the last span, so that a long loss stays one span", () => {
  const spans = new FrameSpans();
  for (let frame = 4294966000; frame < 4294966000 + 3000; frame++) {
    spans.add(frame >>> 0, (frame + 1) >>> 0);
  }
  assert.equal(spans.count, 1);
  assert.equal(spans.reach((4294966000 + 3000) >>> 0), 3000);
  assert.equal(spans.has(4294966000), false);
  assert.equal(spans.has(4294966001), true);
  assert.equal(spans.has((4294966000 + 3000) >>> 0), true);
  assert.equal(spans.has((4294966000 + 3001) >>> 0), false);
});

test("FrameSpans.add() makes no span that sequence compare could not tell", () => {
  const spans = new FrameSpans().add(0, 0x7fffffff).add(0x7fffffff, 0xfffffffe);
  for (const frame of [1, 0x7fffffff, 0x80000000, 0xfffffffe]) assert.equal(spans.has(frame), true);
});

test("FrameSpans.fill() holds every frame, and adding changes nothing", () => {
  const spans = new FrameSpans().add(1, 2).fill().add(3, 4);
  assert.equal(spans.isAll, true);
  assert.equal(spans.count, 0);
  for (const frame of [0, 1, 2 ** 31, 4294967295]) assert.equal(spans.has(frame), true);
  assert.equal(spans.clear().isAll, false);
  assert.equal(spans.has(0), false);
});

test("FrameSpans.addAll() takes over spans, or everything", () => {
  const spans = new FrameSpans().add(0, 1).addAll(new FrameSpans().add(5, 6).add(8, 9));
  assert.deepEqual([1, 6, 9, 7].map((frame) => spans.has(frame)), [true, true, true, false]);
  assert.equal(spans.addAll(new FrameSpans().fill()).isAll, true);
});

test("FrameSpans.reach() counts from the start of the oldest span", () => {
  assert.equal(new FrameSpans().reach(9), 0);
  assert.equal(new FrameSpans().add(7, 8).add(2, 3).add(5, 6).reach(9), 7);
  assert.equal(new FrameSpans().add(4294967290, 4294967291).reach(4), 10);
});

test("FrameSpans.equals() compares spans, not what they were before a clear", () => {
  const spans = new FrameSpans().add(1, 2).add(5, 6);
  assert.equal(spans.equals(new FrameSpans().add(1, 2).add(5, 6)), true);
  assert.equal(spans.equals(new FrameSpans().add(1, 2)), false);
  assert.equal(spans.equals(new FrameSpans().add(1, 2).add(5, 7)), false);
  assert.equal(spans.clear().equals(new FrameSpans()), true);
  assert.equal(spans.equals(new FrameSpans().fill()), false);
});

test("FrameSpans agrees with a set of frames under random operations", () => {
  const span = fc.tuple(fc.nat(80), fc.nat(12));
  fc.assert(fc.property(
    fc.array(span, { maxLength: 30 }),
    fc.integer({ min: 0, max: 4294967295 }),
    (all, origin) => {
      const spans = new FrameSpans();
      const model = new Set<number>();
      for (const [from, length] of all) {
        spans.add((origin + from) >>> 0, (origin + from + length) >>> 0);
        for (let i = 1; i <= length; i++) model.add(from + i);
      }
      for (let i = -2; i < 100; i++) {
        assert.equal(spans.has((origin + i) >>> 0), model.has(i), `frame ${i} after ${origin}`);
      }
      const copy = new FrameSpans().addAll(spans);
      assert.equal(copy.equals(spans), true);
    },
  ));
});
