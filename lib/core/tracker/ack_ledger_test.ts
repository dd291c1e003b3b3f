import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { AckLedger } from "./ack_ledger.ts";

describe("AckLedger", () => {
  test("appliedBits agree with the set of applied frames, across 2^32", () => {
    const ahead = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 70 }));
    fc.assert(fc.property(
      fc.array(ahead, { maxLength: 60 }),
      fc.constantFrom(0, 4294967200),
      (steps, start) => {
        const ledger = new AckLedger<number>();
        const applied = new Set<number>();
        let frame = start;
        for (const step of steps) {
          frame += step;
          ledger.noteApplied(frame >>> 0, frame);
          applied.add(frame);
          for (let n = 0; n < 32; n++) {
            assert.equal((ledger.appliedBits >>> n) & 1, applied.has(frame - 1 - n) ? 1 : 0);
          }
        }
        ledger.reset();
        assert.equal(ledger.appliedBits, 0);
      },
    ));
  });
});
