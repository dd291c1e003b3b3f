import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Histogram } from "./histogram.ts";
import { WHOLE_MAX, WholeCounts } from "./whole_counts.ts";

test("WholeCounts.addTo() makes the histogram that all values would", () => {
  const value = fc.oneof(
    fc.nat(5000),
    fc.integer({ min: 15_000, max: 17_000 }),
    fc.integer({ min: 0, max: WHOLE_MAX }),
    fc.nat(30).map((bits) => 2 ** bits),
    fc.nat(30).map((bits) => 2 ** (bits + 1) - 1),
  );
  const countMax = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
  fc.assert(fc.property(fc.array(value, { maxLength: 300 }), countMax, (values, countMax) => {
    const counts = new WholeCounts(countMax);
    const expected = new Histogram();
    for (const value of values) {
      counts.add(value);
      expected.add(value);
    }
    const histogram = new Histogram();
    counts.addTo(histogram);
    assert.deepEqual(histogram.sorted(), expected.sorted());
    assert.equal(histogram.count, values.length);
    assert.equal(histogram.max, Math.max(0, ...values));
  }));
});
