import assert from "node:assert/strict";
import { test } from "node:test";
import { LookTurns, NOBODY } from "./look_turns.ts";

/** Place that is looked at in each of so many frames of so many values; -1 for none. */
function placesOf(seed: number, consumers: number, frames: number, values: number): number[] {
  const turns = new LookTurns(seed, consumers, 4);
  return Array.from({ length: frames }, () => {
    const place = turns.next();
    if (place !== NOBODY) turns.pay(values);
    return place;
  });
}

test("LookTurns compares 0.15 values a consumer and frame, each of the sample by turns", () => {
  for (const values of [300, 768, 2000]) {
    const looks = placesOf(1, 1000, 20_000, values).filter((place) => place !== NOBODY);
    assert.deepEqual(looks, looks.map((_, i) => i % 4));
    const aFrame = looks.length * values / 20_000;
    assert.ok(Math.abs(aFrame - 150) < 5, `${values}: ${aFrame}`);
  }
});

test("LookTurns looks in every frame where it may, and no more seldom than every 16th", () => {
  assert.deepEqual(placesOf(1, 1000, 12, 100), [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
  const looks = placesOf(1, 5, 16_000, 1e6).filter((place) => place !== NOBODY);
  assert.ok(Math.abs(looks.length - 1000) < 50, `${looks.length}`);
});

test("LookTurns.everyFrames is the mean from one look at a consumer to its next", () => {
  const turns = new LookTurns(3, 100, 4);
  const seen: number[] = [];
  for (let frame = 0; frame < 5000; frame++) {
    const place = turns.next();
    if (place === NOBODY) continue;
    if (place === 2) seen.push(frame);
    turns.pay(100);
  }
  const mean = (seen.at(-1)! - seen[0]!) / (seen.length - 1);
  assert.ok(Math.abs(turns.everyFrames - mean) <= 0.6, `${turns.everyFrames}, not ${mean}`);
});

test("LookTurns falls in step with no period of frames", () => {
  for (const values of [200, 768, 1600, 3200]) {
    for (const period of [2, 3, 4, 5, 6, 8, 10, 12, 20, 60]) {
      // As many looks at a consumer in each phase of it, but for chance.
      const phases = new Array<number>(period).fill(0);
      const places = placesOf(7, 1000, 120_000, values);
      for (const [frame, place] of places.entries()) if (place === 1) phases[frame % period]!++;
      const mean = phases.reduce((sum, count) => sum + count) / period;
      const furthest = Math.max(...phases.map((count) => Math.abs(count - mean)));
      assert.ok(furthest < 6 * Math.sqrt(mean), `${values} ${period}: ${phases}`);
    }
  }
});

test("LookTurns is the same for the same seed, and another for another", () => {
  const [first, again, other] = [5, 5, 6].map((seed) => placesOf(seed, 1000, 500, 3000));
  assert.deepEqual(first, again);
  assert.notDeepEqual(first, other);
});
