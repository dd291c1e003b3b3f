import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FrameBits } from "./frame_bits.ts";

test("FrameBits agrees with a Set of the last frames, also across 2^32", () => {
  const step = fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 5 }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 200 }) },
    { weight: 1, arbitrary: fc.constant("clear" as const) },
  );
  const window = fc.constantFrom(1, 2, 31, 32, 33, 63, 64, 65, 100, 128);
  const first = fc.constantFrom(0, 1, 1000, 0xffffffd0, 0xffffffff);
  fc.assert(
    fc.property(window, first, fc.array(step, { maxLength: 60 }), (size, start, steps) => {
      const bits = new FrameBits(size);
      // The model counts past 2^32.
      let marked: Set<number> = new Set();
      let newest = start;
      for (const ahead of steps) {
        if (ahead === "clear") {
          bits.clear();
          marked = new Set();
        } else {
          newest += ahead;
          bits.mark(newest >>> 0);
          marked.add(newest);
          assert.equal(bits.newest, newest >>> 0);
        }
        assert.equal(bits.hasNewest, marked.size > 0);
        for (let frame: number = newest - 2 * size - 40; frame <= newest + 40; frame++) {
          const isMarked: boolean = marked.has(frame) && frame > newest - size;
          assert.equal(bits.has(frame >>> 0), isMarked, `frame ${frame} of ${newest}`);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("FrameBits.has() is false for what lies half the frames away", () => {
  const bits = new FrameBits(64);
  bits.mark(5);
  assert.equal(bits.has(5), true);
  assert.equal(bits.has((5 + 2 ** 31) >>> 0), false);
  assert.equal(bits.has((5 - 2 ** 30) >>> 0), false);
});
