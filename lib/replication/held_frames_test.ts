import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HeldFrames } from "./held_frames.ts";

test("HeldFrames agrees with a Set, also across 2^32", () => {
  const ahead = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 70 }));
  const first = fc.constantFrom(0, 77, 0xffffffe0);
  const size = fc.constantFrom(1, 4, 33, 64);
  fc.assert(
    fc.property(size, first, fc.array(ahead, { maxLength: 50 }), (history, start, steps) => {
      const held = new HeldFrames(history);
      const applied = new Set<number>();
      let newest = start;
      assert.equal(held.isNews(start >>> 0), true);
      for (const step of steps) {
        newest += step;
        held.note(newest >>> 0);
        applied.add(newest);
        assert.equal(held.newest, newest >>> 0);
        for (let back = 1; back <= 32; back++) {
          const bit = (held.appliedBits >>> (back - 1)) & 1;
          assert.equal(bit === 1, applied.has(newest - back), `${back} back`);
        }
        for (let back = -3; back < 80; back++) {
          const frame: number = newest - back;
          assert.equal(held.holds(frame >>> 0), applied.has(frame) && back < history);
          assert.equal(held.isNews(frame >>> 0), back < 0);
        }
      }
      held.reset();
      assert.equal(held.hasNewest, false);
      assert.equal(held.appliedBits, 0);
      assert.equal(held.holds(newest >>> 0), false);
    }),
    { numRuns: 60 },
  );
});
