import assert from "node:assert/strict";
import { test } from "node:test";
import { dice } from "../../../core/state/random_world_test_helper.ts";
import { Growth } from "./growth.ts";

/** Frames of a recording: none too few, some that just fill the spans, and many. */
const LENGTHS = [15, 20, 33, 64, 65, 100, 129, 1000, 5000];

function growthOf(length: number, differenceAt: (i: number) => number): boolean | undefined {
  const growth = new Growth();
  for (let i = 0; i < length; i++) growth.add(1000 + i, differenceAt(i), 1);
  return growth.isGrowing;
}

/** Numbers in [0, 1) of a seed. */
function unit(seed: number): () => number {
  const roll = dice(seed);
  return () => roll(1 << 22) / (1 << 22);
}

/** Sorts of noise, each independent from frame to frame. */
const NOISES: Readonly<Record<string, (random: () => number) => number>> = {
  uniform: (random) => random(),
  normal: (random) =>
    Math.abs(Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())),
  "with long tails": (random) => Math.abs(Math.tan(Math.PI * (random() - 0.5))),
  "of steps": (random) => Math.floor(random() * 3) * 0.01,
  rare: (random) => random() < 0.02 ? 5 : 0,
};

test("Growth.isGrowing is never true of noise", () => {
  for (const [name, noise] of Object.entries(NOISES)) {
    for (const length of LENGTHS) {
      const seeds = length > 500 ? 40 : 2000;
      for (let seed = 0; seed < seeds; seed++) {
        const random = unit(seed);
        assert.notEqual(growthOf(length, () => noise(random)), true, `${name} ${length} ${seed}`);
      }
    }
  }
});

test("Growth.isGrowing is true of what grows along a line, a power or an exponential", () => {
  for (const length of LENGTHS) {
    const curves = [
      (i: number) => i,
      (i: number) => 1e-12 * (i + 1),
      (i: number) => i * i,
      (i: number) => 1e-9 * 2 ** ((40 * i) / length),
      (i: number) => 1 + (6 * i) / length,
    ];
    for (const curve of curves) assert.equal(growthOf(length, curve), true, `${length} ${curve}`);
    for (let seed = 0; seed < 50; seed++) {
      const random = unit(seed);
      // As much noise as there is drift in two frames of the shortest.
      const noisy = (i: number) => Math.abs((i * 20) / length + random() * 2);
      if (length >= 33) assert.equal(growthOf(length, noisy), true, `${length} ${seed}`);
    }
  }
});

test("Growth.isGrowing is not true of an offset, a step, a decline, or little more at the end", () => {
  for (const length of LENGTHS) {
    const curves = [
      () => 0.25,
      (i: number) => (i + 0.1) - i,
      (i: number) => length - i,
      (i: number) => 100 + (50 * i) / length,
      (i: number) => i % 7,
    ];
    for (const curve of curves) assert.equal(growthOf(length, curve), false, `${length} ${curve}`);
  }
});

test("Growth.isGrowing is undefined of fewer spans than can tell growth from chance", () => {
  for (let length = 0; length < 15; length++) assert.equal(growthOf(length, (i) => i), undefined);
  // Gaps in time are no spans.
  const growth = new Growth();
  for (let i = 0; i < 14; i++) growth.add(i * 1e6, i, 1);
  assert.equal(growth.isGrowing, undefined);
});

test("Growth.isGrowing goes by means, whatever the number of values", () => {
  const growth = new Growth();
  // Ever more entities with an offset that stays.
  for (let i = 0; i < 200; i++) growth.add(i, 0.5 * (i + 1), i + 1);
  assert.equal(growth.isGrowing, false);
});
