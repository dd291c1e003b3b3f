import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { chanceThreshold, createRandom, createRandoms, Random } from "./random.ts";
import { scripted } from "./scripted_random_test_helper.ts";

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);

// Computed with a separate implementation in Python (64-bit xoroshiro128+ with 24, 16, 37).
test("createRandom() gives the words of xoroshiro128+ for seed, index and purpose", () => {
  const golden: [number, number, string, number[]][] = [
    [0, 0, "down", [4279144878, 3084286001, 1796916691, 2405858385]],
    [1, 0, "down", [235815308, 1517974308, 3717156223, 1011375931]],
    [1, 1, "down", [1038758274, 3873818086, 395943383, 2295773390]],
    [1, 0, "up", [475271330, 2333602520, 1028103091, 249058225]],
    [0xffffffff, 9999, "churn", [2742515360, 3012114762, 4267666427, 3725864442]],
  ];
  for (const [seed, index, purpose, words] of golden) {
    const random = createRandom(seed, index, purpose);
    assert.deepEqual(draws(4, () => random.nextU32()), words);
    const many = createRandoms(seed, 10_000, purpose);
    assert.deepEqual(draws(4, () => many.nextU32(index)), words);
  }
});

test("Random gives the words of pure-rand from any state, each stream its own", () => {
  const state = fc.array(fc.integer(), { minLength: 4, maxLength: 4 });
  fc.assert(fc.property(fc.array(state, { minLength: 1, maxLength: 5 }), (states) => {
    const random = new Random(Int32Array.from(states.flat()));
    const models = states.map((words) => xoroshiro128plusFromState(words));
    for (let i = 0; i < 40; i++) {
      const stream = (i * i) % states.length;
      assert.equal(random.next(stream), models[stream]!.next());
    }
  }));
});

test("Random.fork() takes four words and gives another stream", () => {
  const random = createRandom(7, 3, "down");
  const fork = random.fork();
  assert.deepEqual(draws(3, () => fork.nextU32()), [3583220103, 3412653144, 1807420116]);
  assert.deepEqual(draws(2, () => random.nextU32()), [1173562382, 2334513625]);
});

test("Random.below() draws the golden numbers, also where most words are rejected", () => {
  const random = createRandom(5, 0, "down");
  assert.deepEqual(draws(10, () => random.below(10)), [7, 2, 9, 1, 7, 6, 8, 2, 7, 5]);
  assert.deepEqual(draws(4, () => random.below(3_000_000_000)), [
    1627524192,
    1588387843,
    2103101172,
    510700504,
  ]);
});

test("Random.below() cuts 2^32 into equal buckets and rejects the rest", () => {
  // 2^32 = 3 * 1431655765 + 1: the last word is rejected.
  assert.equal(scripted([1431655764]).below(3), 0);
  assert.equal(scripted([1431655765]).below(3), 1);
  assert.equal(scripted([0xffffffff, 0xfffffffe]).below(3), 2);
  assert.equal(scripted([0xffffffff]).below(1), 0);
  assert.equal(scripted([0xffffffff]).below(2 ** 32), 0xffffffff);
});

test("Random.chance() is true below the threshold and draws nothing for a certainty", () => {
  assert.equal(scripted([99]).chance(100), true);
  assert.equal(scripted([100]).chance(100), false);
  assert.equal(scripted([0xffffffff]).chance(0xffffffff), false);
  assert.equal(scripted([]).chance(0), false);
  assert.equal(scripted([]).chance(2 ** 32), true);
});

test("chanceThreshold() scales to 2^32", () => {
  assert.equal(chanceThreshold(0), 0);
  assert.equal(chanceThreshold(0.25), 0x40000000);
  assert.equal(chanceThreshold(1), 2 ** 32);
});

test("createRandom() gives 20 000 streams without a shared first pair of words", () => {
  const seen = new Set<string>();
  for (let index = 0; index < 10_000; index++) {
    for (const purpose of ["down", "up"]) {
      const random = createRandom(1, index, purpose);
      seen.add(`${random.nextU32()} ${random.nextU32()}`);
    }
  }
  assert.equal(seen.size, 20_000);
});

test("Random refuses what is no seed and no probability", () => {
  for (const bad of [-1, 0.5, 2 ** 32, NaN]) {
    assert.throws(() => createRandom(bad, 0, "down"), RangeError);
    assert.throws(() => createRandom(0, bad, "down"), RangeError);
  }
  for (const bad of [-0.1, 1.1, NaN]) assert.throws(() => chanceThreshold(bad), RangeError);
});
