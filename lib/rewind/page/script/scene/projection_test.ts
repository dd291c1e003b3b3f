import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineOf, viewsOf } from "./projection.js";
import { shapesBetween } from "../shapes.js";

/** Extent of an outline in a view: left, right, low, high, to a millionth. */
function extentOf(outline: readonly (readonly number[])[]): number[] {
  const [x, y] = [0, 1].map((k) => outline.map((place) => place[k]!)) as [number[], number[]];
  return [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)]
    .map((value) => Math.round(value * 1e6) / 1e6 + 0);
}

function flat(place: readonly number[]): number[] {
  return place.map((value) => Math.round(value * 1e6) / 1e6 + 0);
}

const POSE = { x: 0, y: 0, z: 0, yaw: 0 };

test("the side view shows the model's up axis as up, the top view looks down it", () => {
  // Along z, which lies ahead where y is up; x lies to the left of it.
  const shot = { origin: [5, 6, 7], direction: [0, 0, 1] };
  const { aim, side, top } = viewsOf(shot, 1);
  // 1 along x, 2 along y, 3 along z from the origin.
  assert.deepEqual(flat(side(6, 8, 10)), [3, 2]);
  assert.deepEqual(flat(top(6, 8, 10)), [3, 1]);
  assert.deepEqual(flat(aim(6, 8, 10)), [-1, 2]);
  // Along x where z is up, along y where x is up.
  const views = viewsOf({ origin: [0, 0, 0], direction: [1, 0, 0] }, 2);
  assert.deepEqual(flat(views.side(3, 1, 2)), [3, 2]);
  assert.deepEqual(flat(views.top(3, 1, 2)), [3, 1]);
  const lying = viewsOf({ origin: [0, 0, 0], direction: [0, 1, 0] }, 0);
  assert.deepEqual(flat(lying.side(2, 3, 1)), [3, 2]);
  assert.deepEqual(flat(lying.top(2, 3, 1)), [3, 1]);
});

test("a box turns by its yaw about the up axis, and only if it turns", () => {
  const box = { shape: "box", min: [0, -1, 0], max: [10, 1, 2], turns: true };
  const { side, top } = viewsOf({ origin: [0, 0, 0], direction: [1, 0, 0] }, 2);
  const yaw = (degrees: number) => ({ ...POSE, yaw: degrees });
  assert.deepEqual(extentOf(outlineOf(box, yaw(360), 2, top)), [0, 10, -1, 1]);
  assert.deepEqual(extentOf(outlineOf(box, yaw(180), 2, top)), [-10, 0, -1, 1]);
  assert.deepEqual(extentOf(outlineOf(box, yaw(90), 2, top)), [-1, 1, 0, 10]);
  assert.deepEqual(extentOf(outlineOf(box, yaw(90), 2, side)), [-1, 1, 0, 2]);
  const still = { ...box, turns: false };
  assert.deepEqual(extentOf(outlineOf(still, yaw(90), 2, top)), [0, 10, -1, 1]);
  // Where y is up a quarter turn leads from z to x, which lies to the left of z.
  const ahead = { shape: "box", min: [-1, 0, 0], max: [1, 2, 10], turns: true };
  const views = viewsOf({ origin: [0, 0, 0], direction: [0, 0, 1] }, 1);
  assert.deepEqual(extentOf(outlineOf(ahead, yaw(0), 1, views.top)), [0, 10, -1, 1]);
  assert.deepEqual(extentOf(outlineOf(ahead, yaw(90), 1, views.top)), [-1, 1, 0, 10]);
});

test("a shape turns by its quaternion, whichever way that leads", () => {
  const half = Math.SQRT1_2;
  const { side, top } = viewsOf({ origin: [0, 0, 0], direction: [1, 0, 0] }, 2);
  const arm = { shape: "capsule", from: [0, 0, 0], to: [0, 10, 0], radius: 1, turns: true };
  const turned = (rotation: readonly number[]) => ({ ...POSE, rotation });
  // A quarter about x leads from y to z, about z from y to -x.
  assert.deepEqual(
    extentOf(outlineOf(arm, turned([half, 0, 0, half]), 2, side)),
    [-1, 1, -1, 11],
  );
  assert.deepEqual(
    extentOf(outlineOf(arm, turned([0, 0, half, half]), 2, top)),
    [-11, 1, -1, 1],
  );
  assert.deepEqual(extentOf(outlineOf(arm, turned([0, 0, 0, 1]), 2, top)), [-1, 1, -1, 11]);
});

test("shapes pair up with themselves, or with the one of their form and name that takes over", () => {
  const ball = (radius: number, name = "body") => ({
    ...{ shape: "sphere", name, center: [0, 0, 0], radius },
  });
  // The first goes on, the second becomes the third, the head has no pair.
  const early = [ball(4), ball(8, "arm"), null, ball(1, "head")];
  const late = [ball(6), null, ball(2, "arm"), null];
  assert.deepEqual(shapesBetween(early, late, 0.5), [
    ball(5),
    ball(5, "arm"),
    null,
    ball(1, "head"),
  ]);
});
