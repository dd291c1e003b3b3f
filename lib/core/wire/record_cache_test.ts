import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteWriter } from "../bytes/bytes.ts";
import { Mask } from "../bytes/mask.ts";
import { RecordCache } from "./record_cache.ts";

const maskOf = (lo: number, hi: number) => {
  const mask = new Mask();
  mask.lo = lo;
  mask.hi = hi;
  return mask;
};

test("RecordCache finds a record by row and baseline, or by row and fields, as a Map does", () => {
  // Rows of a store start at multiples of four; below 0 a record stands alone.
  const query = fc.record({
    row: fc.oneof(fc.nat(20), fc.nat(400)).map((n) => n * 4),
    against: fc.oneof(fc.constantFrom(-1, -2), fc.nat(3).map((n) => n * 4)),
    lo: fc.constantFrom(1, 2, -1),
    hi: fc.constantFrom(0, 0, -2147483648),
    isClear: fc.nat(60).map((n) => n === 0),
  });
  fc.assert(
    fc.property(fc.array(query, { minLength: 100, maxLength: 400, size: "max" }), (queries) => {
      const cache = new RecordCache();
      const model = new Map<string, { bytes: number[]; lo: number; hi: number }>();
      let encodes = 0;
      queries.forEach(({ row, against, lo, hi, isClear }, i) => {
        if (isClear) {
          cache.clear();
          model.clear();
        }
        // A difference between two rows is of certain fields.
        const key = against < 0 ? `${row} ${against} ${lo} ${hi}` : `${row} ${against}`;
        const known = model.get(key);
        const mask = maskOf(lo, hi);
        const entry = cache.find(row, against, mask);
        assert.equal(entry >= 0, known !== undefined, key);
        if (known !== undefined) {
          assert.deepEqual([mask.lo, mask.hi], [known.lo, known.hi]);
          assert.equal(cache.lengthOf(entry), known.bytes.length);
          const out = new ByteWriter(1).u8(7);
          cache.appendTo(out, entry);
          assert.deepEqual([...out.bytes()], [7, ...known.bytes]);
          return;
        }
        const bytes = Array.from({ length: i % 40 }, (_, n) => (i + n) & 0xff);
        const start = cache.out.length;
        for (const byte of bytes) cache.out.u8(byte);
        const added = cache.add(row, against, mask, start);
        model.set(key, { bytes, lo, hi });
        assert.equal(cache.find(row, against, maskOf(lo, hi)), added);
        assert.equal(cache.encodes, ++encodes);
      });
    }),
    { numRuns: 25 },
  );
});
