import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyDecision, goBackMs } from "../policy/decision.ts";
import { hitIntervals } from "../verdict/hit_intervals.ts";
import type { HitShape } from "./hit_shape.ts";
import { readHitModel } from "./hit_model_json.ts";
import { emptyVerdict } from "../verdict/verdict.ts";
import { Judge } from "../verdict/judge.ts";
import { TargetPoses } from "../verdict/target_poses.ts";
import { planOf } from "./model_plan.ts";
import { KindShapes } from "./kind_shapes.ts";
import { momentOf } from "../policy/moment.ts";
import { emptyPose, type Pose } from "./pose.ts";
import { PoseHistory } from "../past/pose_history.ts";
import type { Shot } from "../shot/shot.ts";
import type { TargetShape } from "./target_shape.ts";
import type { Vector } from "./vector.ts";
import { makeShot } from "../worlds_test_helper.ts";

/** Pose of a living target with some shapes in force and the values of the kind's fields. */
function poseOf(inForce: readonly number[], numbers: readonly number[] = []): Pose {
  const pose = { ...emptyPose(), isAlive: true, kind: 0, shapes: 0, numbers: [...numbers] };
  for (const index of inForce) pose.shapes |= 1 << index;
  return pose;
}

/** A copy of a shape's numbers, for a shape may be filled again by the next question. */
function numbersOf(shape: HitShape | undefined): number[] | undefined {
  if (shape === undefined) return undefined;
  switch (shape.shape) {
    case "sphere":
      return [...shape.center, shape.radius];
    case "capsule":
      return [...shape.from, ...shape.to, shape.radius];
    default:
      return [...shape.min, ...shape.max];
  }
}

const STANDING: TargetShape = { shape: "box", name: "body", min: [-1, -1, 0], max: [1, 1, 4] };
const DUCKED: TargetShape = { shape: "box", name: "body", min: [-1, -1, 0], max: [1, 1, 2] };

test("KindShapes.between: a box that ducks is half as much lower half-way", () => {
  const shapes = new KindShapes([STANDING, DUCKED]);
  const [up, down] = [poseOf([0]), poseOf([1])];
  assert.equal(shapes.partner(0, up, down), 1);
  assert.equal(shapes.isRigid(0, up, down), false);
  assert.deepEqual(numbersOf(shapes.between(0, up, down, 0)), [-1, -1, 0, 1, 1, 4]);
  assert.deepEqual(numbersOf(shapes.between(0, up, down, 0.5)), [-1, -1, 0, 1, 1, 3]);
  assert.deepEqual(numbersOf(shapes.between(0, up, down, 0.75)), [-1, -1, 0, 1, 1, 2.5]);
  assert.deepEqual(numbersOf(shapes.between(0, up, down, 1)), [-1, -1, 0, 1, 1, 2]);
  // What takes its place is not in force before the row that has it.
  assert.equal(shapes.between(1, up, down, 0.5), undefined);
  // And up again.
  assert.deepEqual(numbersOf(shapes.between(1, down, up, 0.25)), [-1, -1, 0, 1, 1, 2.5]);
  // The shapes of the model are as they were.
  assert.deepEqual(numbersOf(shapes.at(0, up)), [-1, -1, 0, 1, 1, 4]);
  assert.deepEqual(numbersOf(shapes.at(1, down)), [-1, -1, 0, 1, 1, 2]);
});

test("KindShapes.partner: has the same form and the same name", () => {
  const ball = (name?: string): TargetShape => ({
    shape: "sphere",
    ...(name === undefined ? {} : { name }),
    center: [0, 0, 0],
    radius: 1,
  });
  const shapes = new KindShapes([STANDING, ball("body"), ball("head"), DUCKED, ball(), ball()]);
  const from = poseOf([0, 2, 4]);
  // A sphere is no partner of a box, whatever its name.
  assert.equal(shapes.partner(0, from, poseOf([1])), -1);
  assert.equal(shapes.partner(0, from, poseOf([1, 3])), 3);
  // A head does not turn into a body, nor into a shape without a name.
  assert.equal(shapes.partner(2, from, poseOf([1, 5])), -1);
  assert.equal(shapes.partner(4, from, poseOf([1, 2])), -1);
  assert.equal(shapes.partner(4, from, poseOf([1, 2, 5])), 5);
  // A shape that is in force at both is its own.
  assert.equal(shapes.partner(4, from, poseOf([4, 5])), 4);
  // One that is not in force has none.
  assert.equal(shapes.partner(3, from, poseOf([3])), -1);
  // One that was there all along takes nobody's place.
  assert.equal(shapes.partner(4, poseOf([4, 5]), poseOf([5])), -1);
});

test("KindShapes.between: a shape without a partner stays until the next row", () => {
  const head: TargetShape = { shape: "sphere", name: "head", center: [0, 0, 5], radius: 1 };
  const shapes = new KindShapes([STANDING, head]);
  const [both, body] = [poseOf([0, 1]), poseOf([0])];
  assert.equal(shapes.isRigid(1, both, body), true);
  assert.deepEqual(numbersOf(shapes.between(1, both, body, 0.999)), [0, 0, 5, 1]);
  assert.equal(shapes.at(1, body), undefined);
  // One that comes is there from the row on that has it.
  assert.equal(shapes.between(1, body, both, 0.999), undefined);
  assert.deepEqual(numbersOf(shapes.at(1, both)), [0, 0, 5, 1]);
});

test("KindShapes: numbers are fields, each read once, and -NAME takes the negative", () => {
  const shapes = new KindShapes([
    { shape: "box", min: ["-w", -2, 0], max: ["w", 2, "h"] },
    { shape: "capsule", from: [0, 0, 1], to: [0, 0, "h"], radius: "r" },
    { shape: "sphere", center: ["-h", 0, 7], radius: 3 },
    { shape: "sphere", center: [0, 0, 0], radius: 9 },
  ]);
  assert.deepEqual(shapes.fields, ["w", "h", "r"]);
  assert.deepEqual(shapes.fieldsOf(0), ["w", "w", "h"]);
  assert.deepEqual(shapes.fieldsOf(3), []);
  const [from, to] = [poseOf([0, 1, 2, 3], [6, 20, 4]), poseOf([0, 1, 2, 3], [8, 10, 4])];
  assert.deepEqual(numbersOf(shapes.at(0, from)), [-6, -2, 0, 6, 2, 20]);
  assert.deepEqual(numbersOf(shapes.at(1, from)), [0, 0, 1, 0, 0, 20, 4]);
  assert.deepEqual(numbersOf(shapes.at(2, from)), [-20, 0, 7, 3]);
  assert.deepEqual(numbersOf(shapes.between(0, from, to, 0.5)), [-7, -2, 0, 7, 2, 15]);
  assert.deepEqual(numbersOf(shapes.between(1, from, to, 0.25)), [0, 0, 1, 0, 0, 17.5, 4]);
  assert.deepEqual(numbersOf(shapes.between(2, from, to, 1)), [-10, 0, 7, 3]);
  // Only a shape without fields is the same at every pose.
  assert.deepEqual([0, 1, 2, 3].map((i) => shapes.isRigid(i, from, to)), [
    false,
    false,
    false,
    true,
  ]);
});

test("KindShapes.between: fields of one stance move to numbers of another", () => {
  const shapes = new KindShapes([
    { shape: "box", min: [0, 0, 0], max: [1, 1, "h"] },
    { shape: "box", min: [0, 0, 0], max: [1, 1, 2] },
  ]);
  const [up, down] = [poseOf([0], [10]), poseOf([1], [50])];
  assert.deepEqual(numbersOf(shapes.between(0, up, down, 0.5)), [0, 0, 0, 1, 1, 6]);
  assert.deepEqual(numbersOf(shapes.between(1, down, up, 0.5)), [0, 0, 0, 1, 1, 6]);
});

test("KindShapes: a radius below 0 and a box turned inside out are no shape", () => {
  const shapes = new KindShapes([
    { shape: "sphere", center: [0, 0, 0], radius: "r" },
    { shape: "capsule", from: [0, 0, 0], to: [1, 0, 0], radius: "-r" },
    { shape: "box", min: [-1, -1, "r"], max: [1, 1, 2] },
  ]);
  const all = [0, 1, 2];
  const areShapes = (r: number) => all.map((i) => shapes.at(i, poseOf(all, [r])) !== undefined);
  assert.deepEqual(areShapes(1), [true, false, true]);
  assert.deepEqual(areShapes(-1), [false, true, true]);
  // A point is one, and so is a flat box.
  assert.deepEqual(areShapes(0), [true, true, true]);
  assert.deepEqual(areShapes(2), [true, false, true]);
  assert.deepEqual(areShapes(2.5), [true, false, false]);
  // What is no shape at one row has no way to or from the other.
  const [some, none] = [poseOf(all, [1]), poseOf(all, [-1])];
  assert.equal(shapes.partner(0, some, none), -1);
  assert.equal(shapes.partner(0, none, some), -1);
  assert.deepEqual(numbersOf(shapes.between(0, some, none, 0.5)), [0, 0, 0, 1]);
  assert.equal(shapes.between(0, none, some, 0.5), undefined);
});

test("KindShapes.between: a next row that is dead, or of another kind, changes no shape", () => {
  const shapes = new KindShapes([
    STANDING,
    DUCKED,
    { shape: "sphere", center: [0, 0, "h"], radius: 1 },
  ]);
  const from = poseOf([0, 2], [5]);
  const ducked = poseOf([1, 2], [9]);
  for (const to of [{ ...ducked, isAlive: false }, { ...ducked, kind: 1 }]) {
    assert.equal(shapes.isRigid(0, from, to), true);
    assert.deepEqual(numbersOf(shapes.between(0, from, to, 0.5)), [-1, -1, 0, 1, 1, 4]);
    assert.deepEqual(numbersOf(shapes.between(2, from, to, 0.5)), [0, 0, 5, 1]);
  }
  assert.deepEqual(numbersOf(shapes.between(2, from, ducked, 0.5)), [0, 0, 7, 1]);
});

// ------------------------------------------------------------------ the same, from rows to hits

interface Fields {
  readonly [name: string]: number;
}

/** History of entity 2 with a row every 10 ms. */
function historyOf(shapes: readonly unknown[], rows: readonly Fields[]): PoseHistory {
  const kind = { alive: "dead=0", shapes };
  const history = new PoseHistory(readHitModel({ kinds: { player: kind } }));
  rows.forEach((fields, frame) => {
    const all = { x: 100, y: 0, z: 0, dead: 0, ...fields };
    const entities = [{ id: 2, kind: "player", fields: all }];
    history.addFrame({ frame, timeMs: frame * 10, entities });
  });
  return history;
}

/** A shot along x at some height, 10 ms after the last row. */
function shotAt(history: PoseHistory, height: number): Shot {
  const from: Vector = [0, 0, height];
  return {
    ...makeShot(history.length - 1, history.length * 10, from, [200, 0, height]),
    isBetweenFrames: true,
  };
}

const RULES = { interpolates: true, teleport: { by: "units", units: 50 } } as const;

function isHit(history: PoseHistory, shot: Shot, ms: number): boolean {
  const moment = momentOf(history, shot, history.model);
  const decision = emptyDecision();
  const verdict = emptyVerdict();
  goBackMs(moment, ms, decision);
  const poses = new TargetPoses(moment, RULES, planOf(history.model));
  new Judge(poses, shot).judge(decision, verdict);
  return verdict.victim === 2;
}

/** Ends of the only interval in which a shot at a height hits, to whole microseconds. */
function intervalAt(history: PoseHistory, height: number): number[] {
  const shot = shotAt(history, height);
  const moment = momentOf(history, shot, history.model);
  const spans = hitIntervals(moment, shot, history.model, { maxMs: 60, rules: RULES });
  return spans.flatMap(({ fromMs, toMs }) =>
    [fromMs, toMs].map((ms) => Math.round(ms * 1e3) / 1e3)
  );
}

test("judge and hitIntervals: a target that ducks can be hit ever lower", () => {
  const shapes = [{ ...STANDING, when: "duck=0" }, { ...DUCKED, when: "duck=1" }];
  const history = historyOf(shapes, [{ duck: 0 }, { duck: 1 }, { duck: 1 }]);
  // It goes down from 4 to 2 between 30 and 20 ms back: half-way it is 3 high.
  assert.equal(isHit(history, shotAt(history, 2.95), 25), true);
  assert.equal(isHit(history, shotAt(history, 3.05), 25), false);
  assert.deepEqual(intervalAt(history, 3), [25, 60]);
  assert.deepEqual(intervalAt(history, 2.5), [22.5, 60]);
  assert.deepEqual(intervalAt(history, 1), [0, 60]);
});

test("judge and hitIntervals: a target that dies while it ducks stays as high", () => {
  const shapes = [{ ...STANDING, when: "duck=0" }, { ...DUCKED, when: "duck=1" }];
  const history = historyOf(shapes, [{ duck: 0 }, { duck: 1, dead: 1 }, { duck: 1, dead: 1 }]);
  assert.equal(isHit(history, shotAt(history, 3.9), 20.001), true);
  assert.equal(isHit(history, shotAt(history, 3.9), 20), false);
  assert.deepEqual(intervalAt(history, 3.9), [20, 60]);
});

test("judge and hitIntervals: a height that is a field grows evenly", () => {
  const shapes = [{ shape: "box", min: [-1, -1, "-h"], max: [1, 1, "h"] }];
  const history = historyOf(shapes, [{ h: 2 }, { h: 6 }, { h: 6 }]);
  assert.deepEqual(intervalAt(history, 3), [0, 27.5]);
  assert.deepEqual(intervalAt(history, -5), [0, 22.5]);
});

test("judge and hitIntervals: what its next row turns into no shape stays until then", () => {
  const forms = [
    { shape: "box", min: [-5, -5, -5], max: [5, 5, "h"] },
    { shape: "sphere", radius: "h" },
    { shape: "capsule", from: [0, 0, -1], to: [0, 0, 1], radius: "h" },
  ];
  for (const form of forms) {
    const history = historyOf([form], [{ h: 5 }, { h: -9 }, { h: -9 }]);
    for (const ms of [20.001, 25, 29.999, 30]) {
      assert.equal(isHit(history, shotAt(history, 0), ms), true, `${form.shape}, ${ms} ms`);
    }
    assert.equal(isHit(history, shotAt(history, 0), 20), false, form.shape);
    assert.deepEqual(intervalAt(history, 0), [20, 60], form.shape);
  }
});

test("fillPose: shapes in force are those whose conditions all hold", () => {
  const shapes = [{ ...STANDING, when: "duck=1&armor>0" }, DUCKED];
  const history = historyOf(shapes, [
    { duck: 1, armor: 5 },
    { duck: 1, armor: 0 },
    { duck: 0, armor: 5 },
  ]);
  const pose = emptyPose();
  const inForce = [0, 1, 2].map((index) => {
    history.readPose(index, 0, pose);
    return pose.shapes;
  });
  assert.deepEqual(inForce, [0b11, 0b10, 0b10]);
});
