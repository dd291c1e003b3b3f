import assert from "node:assert/strict";
import { test } from "node:test";
import { RateLimit } from "./rate_limit.ts";

test("RateLimit queues, drops what finds the queue full, and idles", () => {
  // 8 kbit/s = 1000 B/s: 100 B take 100 ms. Two packets fit, the one that is being sent included.
  const line = new RateLimit(8000, 2);
  assert.equal(line.departUs(0, 100), 100_000);
  assert.equal(line.departUs(0, 100), 200_000);
  assert.equal(line.departUs(0, 100), -1);
  assert.equal(line.departUs(99_999, 100), -1);
  assert.equal(line.departUs(100_000, 50), 250_000);
  assert.equal(line.departUs(1_000_000, 100), 1_100_000);
});

test("RateLimit does not drift: a fraction of a microsecond is carried over", () => {
  // 8 bit at 3000 bit/s take 2666 2/3 us.
  const line = new RateLimit(3000, 10);
  assert.deepEqual([1, 2, 3].map(() => line.departUs(0, 1)), [2667, 5334, 8000]);
  const long = new RateLimit(3_000_000, 100_000);
  let departUs = 0;
  for (let i = 0; i < 3000; i++) departUs = long.departUs(0, 1000);
  assert.equal(departUs, 8_000_000); // 24 Mbit at 3 Mbit/s
});

test("RateLimit refuses a rate below 1 bit/s", () => {
  for (const bad of [0, 0.5, NaN, Infinity]) assert.throws(() => new RateLimit(bad, 1), RangeError);
});
