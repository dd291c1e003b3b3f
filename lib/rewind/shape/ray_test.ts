import assert from "node:assert/strict";
import { test } from "node:test";
import { rayBetween, rayInDirection } from "./ray.ts";

test("rayInDirection() makes a direction of any length a unit vector, and keeps one that is", () => {
  assert.deepEqual(rayInDirection([1, 2, 3], [0, -3, 4], 50, { reachUnits: 5, radiusUnits: 1 }), {
    origin: [1, 2, 3],
    direction: [0, -0.6, 0.8],
    lengthUnits: 55,
    radiusUnits: 1,
  });
  for (let i = 1; i < 500; i++) {
    const { direction } = rayBetween([0, 0, 0], [Math.sin(i) * 9, Math.cos(i * 7), i / 3]);
    const again = rayInDirection([0, 0, 0], JSON.parse(JSON.stringify(direction)), 10).direction;
    assert.deepEqual(again, direction);
  }
});

test("rayInDirection() refuses what is no ray", () => {
  assert.throws(
    () => rayInDirection([0, 0, 0], [0, 0, 0], 9),
    /direction is 0, 0, 0, which has no finite length above 0/,
  );
  assert.throws(() => rayInDirection([0, 0, 0], [1e200, 0, 0], 9), /has no finite length/);
  assert.throws(() => rayInDirection([0, NaN, 0], [1, 0, 0], 9), /start is 0, NaN, 0/);
  assert.throws(() => rayInDirection([0, 0, 0], [1, NaN, 0], 9), /direction is 1, NaN, 0/);
  assert.throws(() => rayInDirection([0, 0, 0], [1, 0, 0], 0), /range is 0/);
  assert.throws(() => rayInDirection([0, 0, 0], [1, 0, 0], Infinity), /range is Infinity/);
});
