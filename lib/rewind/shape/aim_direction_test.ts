import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { aimDirection } from "./aim_direction.ts";

test("aimDirection: Quake looks down for a positive pitch", () => {
  assert.deepEqual(aimDirection(0, 0).map((v) => v + 0), [1, 0, 0]);
  assert.deepEqual(aimDirection(0, 90).map((v) => v + 0), [0, 1, 0]);
  assert.deepEqual(aimDirection(90, 0).map((v) => v + 0), [0, 0, -1]);
  assert.deepEqual(aimDirection(-90, 180).map((v) => v + 0), [0, 0, 1]);
});

test("aimDirection has length 1", () => {
  const angle = fc.double({ min: -720, max: 720, noNaN: true });
  fc.assert(fc.property(angle, angle, (pitch, yaw) => {
    const [x, y, z] = aimDirection(pitch, yaw);
    assert.ok(Math.abs(x * x + y * y + z * z - 1) < 1e-14);
  }));
});
