import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { aimDirection, cosDegrees, sinDegrees } from "./angle.ts";

test("sinDegrees: multiples of 90 are exact", () => {
  const turns = [-450, -360, -270, -180, -90, 0, 90, 180, 270, 360, 450, 810];
  const expected = [-1, 0, 1, 0, -1, 0, 1, 0, -1, 0, 1, 1];
  assert.deepEqual(turns.map((angle) => sinDegrees(angle) + 0), expected);
  assert.deepEqual(turns.map((angle) => Math.abs(cosDegrees(angle))), [
    0,
    1,
    0,
    1,
    0,
    1,
    0,
    1,
    0,
    1,
    0,
    0,
  ]);
});

test("sinDegrees agrees with Math.sin to 1.5e-15 over four turns", () => {
  for (let i = -14400; i <= 14400; i++) {
    const degrees = i / 10;
    const reduced = (degrees % 360) * Math.PI / 180;
    assert.ok(Math.abs(sinDegrees(degrees) - Math.sin(reduced)) < 1.5e-15, `sin ${degrees}`);
    assert.ok(Math.abs(cosDegrees(degrees) - Math.cos(reduced)) < 1.5e-15, `cos ${degrees}`);
  }
});

test("sinDegrees agrees with tables", () => {
  // sin 1 degree and sin 30 degrees from tables.
  assert.ok(Math.abs(sinDegrees(1) - 0.0174524064372835128) < 2 ** -53);
  assert.ok(Math.abs(sinDegrees(30) - 0.5) <= 2 ** -53);
  assert.ok(Math.abs(cosDegrees(60) - 0.5) <= 2 ** -53);
});

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
