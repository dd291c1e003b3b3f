import assert from "node:assert/strict";
import { test } from "node:test";
import { createDelayModel } from "./create_link.ts";
import type { DelaySpec } from "./link_spec.ts";
import { createRandom } from "./random.ts";
import { scripted } from "./scripted_random_test_helper.ts";

const FIXED: DelaySpec = {
  delayUs: 50_000,
  jitterUs: 0,
  jitterDistribution: "uniform",
  reorder: 0,
};

function sample(spec: DelaySpec, count: number): number[] {
  const model = createDelayModel(spec, createRandom(9, 0, "down"));
  return Array.from({ length: count }, () => model.nextDelayUs());
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}

test("FixedDelay is always the same and draws nothing", () => {
  const model = createDelayModel(FIXED, scripted([]));
  for (let i = 0; i < 5; i++) assert.equal(model.nextDelayUs(), 50_000);
});

test("UniformJitter reaches both ends and no further", () => {
  const spec = { ...FIXED, delayUs: 1000, jitterUs: 10 };
  assert.equal(createDelayModel(spec, scripted([0])).nextDelayUs(), 990);
  // 21 outcomes: 2^32 = 21 * 204522252 + 4, so the last accepted word is 2^32 - 5.
  assert.equal(createDelayModel(spec, scripted([2 ** 32 - 5])).nextDelayUs(), 1010);
  assert.deepEqual(new Set(sample(spec, 2000)).size, 21);
});

test("UniformJitter has the mean and the deviation of a uniform distribution", () => {
  const delays = sample({ ...FIXED, jitterUs: 10_000 }, 100_000);
  const deviation = 10_000 / Math.sqrt(3);
  assert.ok(Math.abs(meanOf(delays) - 50_000) < 4 * deviation / Math.sqrt(100_000));
  assert.ok(Math.abs(deviationOf(delays) / deviation - 1) < 0.01);
});

test("NormalJitter is the scaled sum of twelve 16-bit words", () => {
  const spec: DelaySpec = { ...FIXED, jitterUs: 8192, jitterDistribution: "normal" };
  const lowest = createDelayModel(spec, scripted([0, 0, 0, 0, 0, 0]));
  // -786420 * 8192 / 131072 = -49151.25, rounded
  assert.equal(lowest.nextDelayUs(), 50_000 - 49_151);
  const highest = createDelayModel(spec, scripted(Array(6).fill(0xffffffff)));
  assert.equal(highest.nextDelayUs(), 50_000 + 49_151);
  const middle = createDelayModel(spec, scripted(Array(6).fill(0xffff0000)));
  assert.equal(middle.nextDelayUs(), 50_000);
});

test("NormalJitter has mean, deviation and share within one deviation of a normal", () => {
  const spec: DelaySpec = { ...FIXED, jitterUs: 5000, jitterDistribution: "normal" };
  const delays = sample(spec, 100_000);
  assert.ok(Math.abs(meanOf(delays) - 50_000) < 4 * 5000 / Math.sqrt(100_000));
  assert.ok(Math.abs(deviationOf(delays) / 5000 - 1) < 0.01);
  const within = delays.filter((delay) => Math.abs(delay - 50_000) <= 5000).length / 100_000;
  assert.ok(Math.abs(within - 0.6827) < 0.01, `${within}`);
});

test("Jitter never makes a delay negative", () => {
  for (const jitterDistribution of ["uniform", "normal"] as const) {
    const delays = sample({ ...FIXED, delayUs: 0, jitterUs: 5000, jitterDistribution }, 10_000);
    assert.ok(delays.every((delay) => delay >= 0 && Number.isInteger(delay)));
    const zeros = delays.filter((delay) => delay === 0).length / 10_000;
    assert.ok(Math.abs(zeros - 0.5) < 0.02, `${zeros}`);
  }
});

test("Reorder sends its share of packets at once and delays the others", () => {
  const delays = sample({ ...FIXED, reorder: 0.25 }, 40_000);
  assert.deepEqual([...new Set(delays)].sort(), [0, 50_000]);
  const share = delays.filter((delay) => delay === 0).length / 40_000;
  assert.ok(Math.abs(share - 0.25) < 4 * Math.sqrt(0.25 * 0.75 / 40_000), `${share}`);
});

test("createDelayModel() refuses times that are not whole and positive", () => {
  for (const bad of [-1, 0.5, NaN, Infinity, 2 ** 31]) {
    const random = createRandom(1, 0, "down");
    assert.throws(() => createDelayModel({ ...FIXED, delayUs: bad }, random), RangeError);
    assert.throws(() => createDelayModel({ ...FIXED, jitterUs: bad }, random), RangeError);
  }
});
