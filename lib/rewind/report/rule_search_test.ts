import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type RuleSample, searchRule } from "./rule_search.ts";
import { wilsonInterval } from "./wilson.ts";

test("wilsonInterval by hand", () => {
  // 8 of 10: (0.8 + 0.19207) / 1.38415 -+ 1.95996 * sqrt(0.016 + 0.0096036) / 1.38415.
  const [low, high] = wilsonInterval(8, 10);
  assert.ok(Math.abs(low - 0.4902) < 1e-4 && Math.abs(high - 0.9433) < 1e-4);
  assert.deepEqual(wilsonInterval(0, 0), [0, 1]);
  const [atLeast, one] = wilsonInterval(50, 50);
  assert.ok(one === 1 && atLeast > 0.92 && atLeast < 0.93);
});

test("searchRule finds ping - 13", () => {
  const samples: RuleSample[] = [20, 30, 40, 60, 100].map((pingMs) => ({
    pingMs,
    offsetMs: 0,
    agreeing: [pingMs - 14, pingMs - 12.2],
  }));
  const found = searchRule(samples)!;
  assert.deepEqual([found.best.a, found.best.b, found.best.accuracy], [1, -13, 1]);
  assert.equal(found.pings, 5);
  assert.equal(searchRule([]), undefined);
});

test("searchRule: a rewind is never below 0", () => {
  const samples: RuleSample[] = [
    { pingMs: 5, offsetMs: 0, agreeing: [0, 1] },
    { pingMs: 50, offsetMs: 0, agreeing: [19, 21] },
  ];
  const { best } = searchRule(samples)!;
  assert.equal(best.agrees, 2);
  assert.deepEqual([best.a, best.b], [1, -30]);
});

test("searchRule takes a rule from inside of a stretch that has no end below and ends before 0", () => {
  const samples: RuleSample[] = [10, 11].map((pingMs) => ({
    pingMs,
    offsetMs: 0,
    agreeing: [0, 1],
  }));
  const { a, b, agrees, plateau } = searchRule(samples)!.best;
  // The first agrees below 1 - 10 a, the second below 1 - 11 a: both below the smaller.
  assert.equal(agrees, 2);
  for (const pingMs of [10, 11]) assert.ok(a * pingMs + b < 1 && a * pingMs + plateau[0] < 1);
});

test("searchRule counts the age of a shot", () => {
  const samples: RuleSample[] = [[30, 0], [40, 5], [60, 11]].map(([pingMs, offsetMs]) => ({
    pingMs: pingMs!,
    offsetMs: offsetMs!,
    agreeing: [offsetMs! + pingMs! - 10.5, offsetMs! + pingMs! - 9.5],
  }));
  assert.deepEqual([searchRule(samples)!.best.a, searchRule(samples)!.best.b], [1, -10]);
});

test("searchRule fits no factor of the ping to one ping", () => {
  const samples: RuleSample[] = [0, 5, 11].map((offsetMs) => ({
    pingMs: 30,
    offsetMs,
    agreeing: [offsetMs + 19.5, offsetMs + 20.5],
  }));
  const { aRange, best, pings, simple } = searchRule(samples)!;
  assert.deepEqual([best.a, best.b, simple.a, pings, aRange], [0, 20, 0, 1, [0, 0]]);
});

test("searchRule says when no rule explains the shots, and when none is as good", () => {
  const at = (pingMs: number, ...agreeing: number[]) => ({ pingMs, offsetMs: 0, agreeing });
  // No line goes through more than three of these five.
  const scattered = [at(20, 90, 91), at(40, 5, 6), at(60, 70, 71), at(80, 1, 2), at(90, 140, 141)];
  assert.equal(searchRule(scattered)!.explains, false);
  const still = searchRule([at(20, 0, 30), at(40, 0, 50), at(60, 0, 70)])!;
  assert.deepEqual([still.explains, still.isNoneAsGood, still.noneAgrees], [true, true, 3]);
  const moving = searchRule(Array.from({ length: 12 }, (_, i) => at(20 + i, 19 + i, 21 + i)))!;
  assert.deepEqual([moving.explains, moving.isNoneAsGood, moving.noneAgrees], [true, false, 0]);
});

const sample = fc.record({
  pingMs: fc.integer({ min: 10, max: 80 }),
  offsetMs: fc.constant(0),
  agreeing: fc.uniqueArray(fc.integer({ min: 0, max: 150 }), { minLength: 2, maxLength: 6 })
    .map((ends) => ends.sort((a, b) => a - b).slice(0, ends.length & ~1)),
});

test("searchRule agrees with trying every b", () => {
  fc.assert(fc.property(fc.array(sample, { minLength: 1, maxLength: 12 }), (samples) => {
    const count = (a: number, b: number): number =>
      samples.filter(({ pingMs, agreeing }) => {
        const ms = Math.max(0, a * pingMs + b);
        // The ends are where two verdicts meet: no more than one of them holds there.
        return agreeing.some((from, i) =>
          i % 2 === 0 && (ms > from || (ms === 0 && from === 0)) && ms < agreeing[i + 1]!
        );
      }).length;
    const found = searchRule(samples)!;
    let most = 0;
    // At a = 0, 0.5 and 1 every end of an interval is a multiple of a half.
    for (const a of [0, 0.5, 1]) {
      for (let b = -100; b <= 150; b += 0.25) most = Math.max(most, count(a, b));
    }
    assert.ok(found.best.agrees >= most);
    const { a, plateau, agrees } = found.best;
    assert.equal(count(a, plateau[0] + (plateau[1] - plateau[0]) / 2), agrees);
  }));
});
