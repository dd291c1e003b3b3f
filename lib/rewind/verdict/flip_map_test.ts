import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { emptyDecision, goBackMs } from "../policy/decision.ts";
import { flipMap } from "./flip_map.ts";
import { hitIntervals } from "./hit_intervals.ts";
import { parseHitModel } from "../shape/hit_model.ts";
import { emptyVerdict } from "./verdict.ts";
import { Judge } from "./judge.ts";
import { RayCaster } from "./ray_caster.ts";
import { momentAt } from "../policy/moment.ts";
import { planOf } from "../shape/model_plan.ts";
import type { PoseRules } from "../policy/policy.ts";
import { rayBetween } from "../shape/ray.ts";
import { emptyTargetPose } from "./target_pose.ts";
import { TargetPoses } from "./target_poses.ts";
import { makeHistory, makeShot, type Place, QUAKE_MODEL, range } from "../worlds_test_helper.ts";

const RUNS = 100;
const rules: PoseRules = { interpolates: true, teleport: { by: "units", units: 100 } };
const options = { maxMs: 150, rules };

test("hitIntervals by hand: a box that passes the ray", () => {
  // 2 units a ms along y, box +-16: over y = 0 at 60 ms back, hit for 8 ms on either side.
  const world = makeHistory(range(0, 20), 10, { 2: (f) => [300, (f - 14) * 20, 0] });
  const moment = momentAt(world, 20, 200);
  const [span, ...rest] = hitIntervals(
    moment,
    makeShot(20, 200, [0, 0, 0], [600, 0, 0]),
    QUAKE_MODEL,
    options,
  );
  assert.equal(rest.length, 0);
  assert.equal(span!.target, 2);
  assert.ok(Math.abs(span!.fromMs - 52) < 1e-9 && Math.abs(span!.toMs - 68) < 1e-9);
});

test("hitIntervals: the earlier row stands over a teleport, and the dead are no targets", () => {
  const world = makeHistory(range(0, 20), 10, {
    2: (f) => f < 15 ? [300, 0, 0] : [300, 500, 0],
    3: (f) => [400, 0, 0, f < 18 ? 1 : 0],
  });
  const moment = momentAt(world, 20, 200);
  const spans = hitIntervals(
    moment,
    makeShot(20, 200, [0, 0, 0], [600, 0, 0]),
    QUAKE_MODEL,
    options,
  );
  // At 50 ms the row behind the teleport stands: the end there is open.
  const [first, second] = spans;
  assert.equal(spans.length, 2);
  assert.ok(first!.fromMs > 50 && first!.fromMs < 50 + 1e-9);
  assert.deepEqual([first!.target, first!.toMs], [2, 150]);
  assert.deepEqual(second, { target: 3, fromMs: 0, toMs: 20 });
});

test("flipMap: the nearer of two targets is the victim", () => {
  const world = makeHistory(range(0, 20), 10, {
    2: (f) => [300, (f - 14) * 20, 0],
    3: () => [400, 0, 0],
  });
  const { spans } = flipMap(
    momentAt(world, 20, 200),
    makeShot(20, 200, [0, 0, 0], [600, 0, 0]),
    QUAKE_MODEL,
    options,
  );
  assert.deepEqual(spans.map((span) => [span.victim, Math.round(span.fromMs)]), [
    [3, 0],
    [2, 52],
    [3, 68],
  ]);
});

test("flipMap: one target passes in front of another", () => {
  // 2 stands at x = 300; 3 comes nearer, and is as near 40 ms back.
  const world = makeHistory(range(0, 20), 10, {
    2: () => [300, 0, 0],
    3: (f) => [300 - (f - 16) * 10, 0, 0],
  });
  const { spans } = flipMap(
    momentAt(world, 20, 200),
    makeShot(20, 200, [0, 0, 0], [600, 0, 0]),
    QUAKE_MODEL,
    options,
  );
  assert.deepEqual(spans.map((span) => span.victim), [3, 2]);
  assert.ok(Math.abs(spans[0]!.toMs - 40) < 1e-6);
});

const models = [
  QUAKE_MODEL,
  parseHitModel(["player=sphere:0,0,4,20"]),
  parseHitModel(["player=capsule:0,0,-20,0,0,20,12"]),
  parseHitModel(["player/body=box:-16,-16,-24,16,16,20", "player/head=sphere:0,0,26,7"]),
];
const step = fc.integer({ min: -320, max: 320 }).map((v) => v / 8);
const steps = fc.array(fc.tuple(step, step, step, fc.integer({ min: 0, max: 9 })), {
  minLength: 21,
  maxLength: 21,
});

/** A walk from the moves; 0 of 9 is a teleport, 1 of 9 dead. */
function walk(moves: readonly (readonly [number, number, number, number])[]): Place[] {
  let [x, y, z] = [300, 0, 0];
  return moves.map(([dx, dy, dz, kind]) => {
    x += dx / 4;
    y += dy + (kind === 0 ? 200 : 0) - y / 4;
    z += dz / 4 - z / 4;
    return [x, y, z, kind === 1 ? 1 : 0];
  });
}

test("flipMap agrees with dense stepping", () => {
  fc.assert(
    fc.property(
      steps,
      steps,
      fc.constantFrom(...models),
      fc.constantFrom(0, 2),
      (a, b, model, radius) => {
        const [first, second] = [walk(a), walk(b)];
        const world = makeHistory(range(0, 20), 10, {
          2: (f) => first[f],
          3: (f) => second[f],
        }, model);
        const ray = rayBetween([0, 0, 0], [600, 10, 5], { radiusUnits: radius });
        const shot = { ...makeShot(20, 200, [0, 0, 0], [1, 0, 0]), ray };
        const moment = momentAt(world, 20, 200);
        const { spans } = flipMap(moment, shot, model, options);
        const poses = new TargetPoses(moment, rules, planOf(model));
        const caster = new RayCaster(planOf(model), ray);
        const decision = emptyDecision();
        const verdict = emptyVerdict();
        const pose = emptyTargetPose();
        let k = 0;
        for (let ms = 0.05; ms < 150; ms += 0.37) {
          goBackMs(moment, ms, decision);
          new Judge(poses, { shooter: 1, ray }).judge(decision, verdict);
          while (spans[k]!.toMs < ms) k++;
          if (spans[k]!.victim === verdict.victim) continue;
          const near = [2, 3].filter((id) => poses.at(decision, id, pose))
            .map((id) => {
              poses.at(decision, id, pose);
              const only = emptyVerdict();
              if (pose.isAlive) caster.hit(pose, id, only);
              return { margin: Math.abs(caster.marginUnits(pose)), at: only.distanceUnits };
            });
          // Only a graze within rounding, or two targets side by side, may differ.
          const isGraze = near.some((target) => target.margin < 1e-6);
          const isTie = near.length === 2 && Math.abs(near[0]!.at - near[1]!.at) < 1;
          assert.ok(isGraze || isTie, `at ${ms} ms`);
        }
      },
    ),
    { numRuns: RUNS },
  );
});
