import assert from "node:assert/strict";
import { test } from "node:test";
import { viewAxesOf } from "./view_axes.js";

const X = [1, 0, 0];
const Y = [0, 1, 0];
const Z = [0, 0, 1];

function opposite(vector: readonly number[]): number[] {
  return vector.map((value) => 0 - value);
}

/** Axes of each view without negative zeros. */
function axesOf(direction: readonly number[], up: number, orientation = {}) {
  const { aim, side, top } = viewAxesOf({ direction }, up, orientation);
  const whole = (axes: readonly (readonly number[])[]) =>
    axes.map((axis) => axis.map((value) => value + 0));
  return { top: whole(top), side: whole(side), aim: whole(aim) };
}

test("viewAxesOf() shows a right-handed world from above with its left on the left", () => {
  // Quake: z is up, and who looks along x has y on his left.
  assert.deepEqual(axesOf(X, 2), {
    top: [X, Y, Z],
    side: [X, Z, opposite(Y)],
    aim: [opposite(Y), Z, opposite(X)],
  });
  // Godot: y is up, and who looks along -z has x on his right.
  assert.deepEqual(axesOf(opposite(Z), 1), {
    top: [opposite(Z), opposite(X), Y],
    side: [opposite(Z), Y, X],
    aim: [X, Y, Z],
  });
  // Where x is up, who looks along y has z on his left.
  assert.deepEqual(axesOf(Y, 0).top, [Y, Z, X]);
});

test("viewAxesOf() shows a left-handed world as its players see it", () => {
  // Unity: y is up, and who looks along z has x on his right.
  assert.deepEqual(axesOf(Z, 1, { isLeftHanded: true }), {
    top: [Z, opposite(X), Y],
    side: [Z, Y, X],
    aim: [X, Y, opposite(Z)],
  });
  // Unreal: z is up, and who looks along x has y on his right.
  assert.deepEqual(axesOf(X, 2, { isLeftHanded: true }), {
    top: [X, opposite(Y), Z],
    side: [X, Z, Y],
    aim: [Y, Z, opposite(X)],
  });
});

test("viewAxesOf() lays the world as it lies on maps, whatever the ray", () => {
  const world = { isWorld: true };
  const mirrored = { isWorld: true, isLeftHanded: true };
  for (const direction of [X, opposite(X), [0.6, 0.8, 0]]) {
    assert.deepEqual(axesOf(direction, 2, world).top, [X, Y, Z]);
    assert.deepEqual(axesOf(direction, 2, world).side, [X, Z, opposite(Y)]);
    assert.deepEqual(axesOf(direction, 2, mirrored).top, [X, opposite(Y), Z]);
    assert.deepEqual(axesOf(direction, 1, world).top, [X, opposite(Z), Y]);
    assert.deepEqual(axesOf(direction, 1, mirrored).top, [X, Z, Y]);
    assert.deepEqual(axesOf(direction, 0, world).top, [Y, Z, X]);
  }
  // Along its ray a shot is seen as its shooter sees it.
  assert.deepEqual(axesOf(Y, 2, world).aim, axesOf(Y, 2).aim);
});

test("viewAxesOf() mirrors no view of a ray straight up or down", () => {
  // Who looks along x and up has his left on the left still, and x under his feet.
  assert.deepEqual(axesOf(Z, 2).aim, [opposite(Y), opposite(X), opposite(Z)]);
  assert.deepEqual(axesOf(opposite(Z), 2).aim, [opposite(Y), X, Z]);
  assert.deepEqual(axesOf(Z, 2).side, [X, Z, opposite(Y)]);
  // A little short of straight up it looks the same.
  const steep = axesOf([1e-5, 0, Math.sqrt(1 - 1e-10)], 2).aim;
  assert.deepEqual(steep.map((axis) => axis.map((value) => Math.round(value) + 0)), [
    opposite(Y),
    opposite(X),
    opposite(Z),
  ]);
});
