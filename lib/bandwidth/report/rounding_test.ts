import assert from "node:assert/strict";
import { test } from "node:test";
import { rateOf } from "./rounding.ts";
import { egressText } from "./run_figures.ts";

test("rateOf() keeps six decimals, and three digits of what is smaller", () => {
  assert.equal(rateOf(1, 3), 0.333333);
  assert.equal(rateOf(10, 3e7), 3.33e-7);
  assert.deepEqual([rateOf(0, 5), rateOf(0, 0)], [0, 0]);
});

test("egressText() is never 0 where something was sent", () => {
  const text = (...rates: readonly number[]) =>
    egressText(rates.map((rate) => ({ egressMbps: rate, egressGBPerHour: rate * 0.45 })));
  assert.equal(text(0.25, 7), "0.25 to 7 Mbit/s, 0.113 to 3.15 GB an hour");
  assert.equal(text(2e-7), "0.2 bit/s, 0.09 kB an hour");
  assert.equal(text(3e-5), "0.03 kbit/s, 0.0135 MB an hour");
  assert.equal(text(0), "0 Mbit/s, 0 GB an hour");
});
