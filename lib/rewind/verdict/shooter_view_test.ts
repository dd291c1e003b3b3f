import assert from "node:assert/strict";
import { test } from "node:test";
import { seenErrors } from "./seen_error.ts";
import { seenRewindMs } from "./shooter_view.ts";
import { explainShot } from "../report/explanation/explain_shot.ts";
import { renderExplanation } from "../report/explanation/explanation_text.ts";
import { parseRewindPolicy } from "../policy/policy_text.ts";
import { judgeShot } from "./shot_result.ts";
import { makeHistory, makeShot, QUAKE_MODEL, range } from "../worlds_test_helper.ts";

const UNITS_100 = { by: "units", units: 100 } as const;

// 10 units a frame of 20 ms along y.
const world = makeHistory(range(0, 60), 20, { 1: () => [0, 0, 0], 2: (f) => [300, f * 10, 0] });
const seen = (y: number) => ({
  viewFrame: 40.5,
  newestFrame: 43,
  interpMs: 50,
  poses: [{ id: 2, kind: "player", x: 300, y, z: 0 }],
});

test("seenErrors: what was true has no error", () => {
  assert.deepEqual(seenErrors(world, seen(405), QUAKE_MODEL, UNITS_100), [{
    id: 2,
    errorUnits: 0,
    errorFrames: 0,
  }]);
});

test("seenErrors: a field that was lost six frames ago is 60 units and 6 frames off", () => {
  assert.deepEqual(seenErrors(world, seen(345), QUAKE_MODEL, UNITS_100), [{
    id: 2,
    errorUnits: 60,
    errorFrames: 6,
  }]);
});

test("seenErrors: a target that stands is as old as the view, one unknown is infinitely far", () => {
  const still = makeHistory(range(0, 60), 20, { 2: () => [300, 0, 0] });
  assert.deepEqual(seenErrors(still, seen(3), QUAKE_MODEL, UNITS_100), [{
    id: 2,
    errorUnits: 3,
    errorFrames: 0,
  }]);
  const view = { ...seen(0), poses: [{ id: 9, kind: "player", x: 0, y: 0, z: 0 }] };
  assert.equal(seenErrors(still, view, QUAKE_MODEL, UNITS_100)[0]!.errorUnits, Infinity);
});

test("seenRewindMs goes from the shot to the view frame", () => {
  assert.equal(seenRewindMs(world, seen(0), makeShot(50, 1000, [0, 0, 0], [1, 0, 0])), 190);
});

test("judgeShot: a shot that hit only on the shooter's screen is stale-view", () => {
  const shot = makeShot(50, 1000, [0, 345, 0], [600, 345, 0], { ping: 190 }, 2);
  const policy = parseRewindPolicy("ping");
  const without = judgeShot(world, shot, policy, QUAKE_MODEL).cause;
  assert.equal(without?.rule, "half-rtt-missing");
  const view = seen(345);
  const { cause } = judgeShot(world, shot, policy, QUAKE_MODEL, { shooterView: view });
  assert.equal(cause?.rule, "client-view");
  const text = renderExplanation(
    explainShot(world, shot, [policy], QUAKE_MODEL, { shooterView: view }),
  );
  assert.match(text, /showed frame 40\.5 .* a hit on 2 on its screen/);
  assert.match(text, /2 {2}60 units from the truth, 6 frames old/);
});
