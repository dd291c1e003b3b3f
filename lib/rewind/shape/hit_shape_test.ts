import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type HitShape, shapeEntry, shapeMargin } from "./hit_shape.ts";
import { RayCaster } from "../verdict/ray_caster.ts";
import { emptyLocalRay, type LocalRay, setLocalRay } from "./local_ray.ts";
import { planOf } from "./model_plan.ts";
import { emptyPose } from "./pose.ts";
import { rayAlong, rayBetween } from "./ray.ts";
import { ShapeSpanSolver } from "../verdict/shape_spans.ts";
import type { HitModel } from "./hit_model.ts";
import type { Vector } from "./vector.ts";

function local(from: Vector, to: Vector, radiusUnits = 0): LocalRay {
  const out = emptyLocalRay();
  setLocalRay(out, rayBetween(from, to, { radiusUnits }), 0, 0, 0);
  return out;
}

function modelOf(shape: HitShape): HitModel {
  return {
    kinds: [{ kind: "k", position: ["x", "y", "z"], yaw: "yaw", alive: [], shapes: [shape] }],
  };
}

const box: HitShape = { shape: "box", min: [-16, -16, -24], max: [16, 16, 32] };
const sphere: HitShape = { shape: "sphere", center: [0, 0, 10], radius: 5 };
const capsule: HitShape = { shape: "capsule", from: [0, 0, -10], to: [0, 0, 10], radius: 4 };

test("shapeEntry: box by hand", () => {
  assert.equal(shapeEntry(box, local([-100, 0, 0], [100, 0, 0])), 84);
  assert.equal(shapeEntry(box, local([-100, 16, 0], [100, 16, 0])), 84);
  assert.equal(shapeEntry(box, local([-100, 16.001, 0], [100, 16.001, 0])), -1);
  assert.equal(shapeEntry(box, local([-100, 0, 0], [-17, 0, 0])), -1);
  assert.equal(shapeEntry(box, local([-100, 0, 0], [-16, 0, 0])), 84);
  assert.equal(shapeEntry(box, local([0, 0, 0], [100, 0, 0])), 0);
  assert.equal(shapeEntry(box, local([17, 0, 0], [100, 0, 0])), -1);
});

test("shapeMargin: box by hand", () => {
  assert.equal(shapeMargin(box, local([-100, 20, 0], [100, 20, 0])), 4);
  // Above and beside: 3 and 4 units make 5.
  assert.equal(shapeMargin(box, local([-100, 19, 36], [100, 19, 36])), 5);
  // Ends 9 units before the face.
  assert.equal(shapeMargin(box, local([-100, 0, 0], [-25, 0, 0])), 9);
  // Straight through the middle: 16 units below the nearest face.
  assert.equal(shapeMargin(box, local([-100, 0, 0], [100, 0, 0])), -16);
  // 6 units below the face at y = 16.
  assert.equal(shapeMargin(box, local([-100, 10, 0], [100, 10, 0])), -6);
  assert.equal(shapeMargin(box, local([-100, 20, 0], [100, 20, 0], 1)), 3);
});

test("shapeEntry: sphere by hand", () => {
  assert.equal(shapeEntry(sphere, local([-50, 0, 10], [50, 0, 10])), 45);
  // 3 beside the center: the half chord is 4.
  assert.equal(shapeEntry(sphere, local([-50, 3, 10], [50, 3, 10])), 46);
  assert.equal(shapeEntry(sphere, local([-50, 6, 10], [50, 6, 10])), -1);
  assert.equal(shapeEntry(sphere, local([-50, 6, 10], [50, 6, 10], 1)), 50);
  assert.equal(shapeMargin(sphere, local([-50, 6, 10], [50, 6, 10])), 1);
  assert.equal(shapeMargin(sphere, local([-50, 3, 10], [50, 3, 10])), -2);
});

test("shapeEntry: capsule by hand", () => {
  assert.equal(shapeEntry(capsule, local([-50, 0, 0], [50, 0, 0])), 46);
  // Above the wall, through the round end: 3 over the center of a radius of 5 less 1 ... 4.
  assert.equal(shapeEntry(capsule, local([-50, 0, 10], [50, 0, 10])), 46);
  assert.equal(shapeEntry(capsule, local([-50, 0, 14], [50, 0, 14])), 50);
  assert.equal(shapeEntry(capsule, local([-50, 0, 14.5], [50, 0, 14.5])), -1);
  assert.equal(shapeEntry(capsule, local([0, 0, 50], [0, 0, -50])), 36);
  assert.equal(shapeMargin(capsule, local([-50, 7, 5], [50, 7, 5])), 3);
  assert.equal(shapeMargin(capsule, local([-50, 1, 5], [50, 1, 5])), -3);
});

test("shapeEntry: a thick ray meets the rounded edge of a box", () => {
  // 5 beyond the edge at (16, 32) in y and z would be (3, 4); radius 5 just touches.
  assert.equal(shapeEntry(box, local([-100, 19, 36], [100, 19, 36], 5)) >= 0, true);
  assert.equal(shapeEntry(box, local([-100, 19, 36], [100, 19, 36], 4.999)), -1);
  // Over the face, the entry is the face moved out by the radius.
  assert.equal(shapeEntry(box, local([-100, 0, 0], [100, 0, 0], 2)), 82);
});

test("RayCaster.place(): a box that turns by 90 degrees swaps its sides", () => {
  const long: HitShape = { shape: "box", min: [-50, -5, -5], max: [50, 5, 5], turns: true };
  const ray = rayBetween([-100, 0, 0], [100, 0, 0]);
  const caster = new RayCaster(planOf(modelOf(long)), ray);
  const pose = { ...emptyPose(), isAlive: true, kind: 0 };
  assert.equal(shapeEntry(long, caster.place(long, pose)), 50);
  const turned = caster.place(long, { ...pose, yawDegrees: 90 });
  assert.ok(Math.abs(shapeEntry(long, turned) - 95) < 1e-12);
});

test("rayAlong and rayBetween make the same ray", () => {
  const along = rayAlong([1, 2, 3], 0, 90, 100, { reachUnits: 4 });
  const between = rayBetween([1, 2, 3], [1, 102, 3], { reachUnits: 4 });
  assert.deepEqual(along.direction.map((v) => v + 0), between.direction);
  assert.equal(along.lengthUnits, between.lengthUnits);
  assert.throws(() => rayBetween([1, 2, 3], [1, 2, 3]), /length zero/);
  assert.throws(() => rayBetween([1, NaN, 3], [1, 2, 3]), /finite/);
  assert.throws(() => rayAlong([1, 2, 3], 0, 0, 0), /range/);
});

const coordinate = fc.integer({ min: -400, max: 400 }).map((v) => v / 8);
const vector = fc.tuple(coordinate, coordinate, coordinate);
const shapes = fc.oneof(
  fc.constant(box),
  fc.constant(sphere),
  fc.constant(capsule),
  fc.tuple(vector, vector, fc.integer({ min: 1, max: 90 })).map(([from, to, radius]): HitShape => ({
    shape: "capsule",
    from,
    to,
    radius: radius / 8,
  })),
);
const radii = fc.constantFrom(0, 0, 0.5, 3);

/** Signed distance of a point from a shape, written apart from the code under test. */
function pointDistance(shape: HitShape, p: readonly number[]): number {
  if (shape.shape === "sphere") {
    return Math.hypot(...p.map((v, k) => v - shape.center[k]!)) - shape.radius;
  }
  if (shape.shape === "capsule") {
    const d = shape.to.map((v, k) => v - shape.from[k]!);
    const w = p.map((v, k) => v - shape.from[k]!);
    const dd = d[0]! * d[0]! + d[1]! * d[1]! + d[2]! * d[2]!;
    const s = dd === 0
      ? 0
      : Math.min(1, Math.max(0, (w[0]! * d[0]! + w[1]! * d[1]! + w[2]! * d[2]!) / dd));
    return Math.hypot(...w.map((v, k) => v - d[k]! * s)) - shape.radius;
  }
  const q = p.map((v, k) => Math.max(shape.min[k]! - v, v - shape.max[k]!));
  const outside = Math.hypot(...q.map((v) => Math.max(v, 0)));
  return outside > 0 ? outside : Math.max(...q);
}

test("shapeMargin and shapeEntry agree with walking along the ray", () => {
  fc.assert(fc.property(shapes, vector, vector, radii, (shape, from, to, radius) => {
    fc.pre(Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]) > 0.1);
    const ray = local(from, to, radius);
    let lowest = Infinity;
    let first = -1;
    const steps = 400;
    for (let i = 0; i <= steps; i++) {
      const p = from.map((v, k) => v + (to[k]! - v) * i / steps);
      const distance = pointDistance(shape, p) - radius;
      lowest = Math.min(lowest, distance);
      if (distance <= 0 && first < 0) first = ray.length * i / steps;
    }
    const step = ray.length / steps;
    const margin = shapeMargin(shape, ray);
    const entry = shapeEntry(shape, ray);
    assert.ok(margin <= lowest + 1e-9, `margin ${margin}, walked ${lowest}`);
    assert.ok(margin >= lowest - step, `margin ${margin}, walked ${lowest}`);
    if (first >= 0) {
      assert.ok(entry >= 0 && entry <= first + 1e-9 && entry >= first - step - 1e-9);
    } else if (entry >= 0) {
      assert.ok(margin <= 1e-9);
    }
    if (margin < -1e-9) assert.ok(entry >= 0);
    if (margin > 1e-9) assert.equal(entry, -1);
  }));
});

test("ShapeSpanSolver agrees with stepping along the movement", () => {
  const spans: number[] = [];
  fc.assert(fc.property(shapes, vector, vector, vector, radii, (shape, from, to, move, radius) => {
    fc.pre(Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]) > 0.1);
    const ray = rayBetween(from, to, { radiusUnits: radius });
    const start = { ...emptyPose(), isAlive: true, kind: 0 };
    const end = { ...start, x: move[0], y: move[1], z: move[2] };
    new ShapeSpanSolver(planOf(modelOf(shape)), ray).solve(0, start, end, spans);
    const at = emptyLocalRay();
    for (let i = 0; i <= 100; i++) {
      const u = i / 100;
      setLocalRay(at, ray, move[0] * u, move[1] * u, move[2] * u);
      const margin = shapeMargin(shape, at);
      let isInside = false;
      for (let k = 0; k < spans.length; k += 2) {
        if (u >= spans[k]! && u <= spans[k + 1]!) isInside = true;
      }
      if (Math.abs(margin) > 1e-6) assert.equal(isInside, margin < 0, `u ${u}, margin ${margin}`);
    }
  }));
});
