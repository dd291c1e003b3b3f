import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleConsumers } from "./consumer_sample.ts";

test("sampleConsumers() is all of a few, ascending", () => {
  assert.deepEqual(sampleConsumers(1, 3, 4), [0, 1, 2]);
  assert.deepEqual(sampleConsumers(9, 4, 4), [0, 1, 2, 3]);
  assert.deepEqual(sampleConsumers(9, 1, 4), [0]);
});

test("sampleConsumers() is of many as many as asked for, by the seed, each as often as any", () => {
  const times = new Array<number>(10).fill(0);
  for (let seed = 0; seed < 2000; seed++) {
    const sample = sampleConsumers(seed, 10, 4);
    assert.equal(new Set(sample).size, 4);
    assert.deepEqual(sample, [...sample].sort((a, b) => a - b));
    assert.deepEqual(sampleConsumers(seed, 10, 4), sample);
    for (const consumer of sample) times[consumer]!++;
  }
  // 800 each, with a deviation of 22.
  for (const count of times) assert.ok(Math.abs(count - 800) < 110, `${times}`);
});
