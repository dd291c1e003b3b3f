import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Rotation } from "../../core/geometry/rotation.ts";
import {
  lengthOf,
  negative,
  type Triple,
  turn,
  unit,
} from "../../core/geometry/turns_test_helper.ts";
import { turnBackAbout, turnBackBy } from "./turn_back.ts";

const RUNS = 1000;

/** Rows of the matrix that turns by a quaternion, from the textbook. */
function matrixOf([x, y, z, w]: Rotation): number[][] {
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
    [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
    [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
  ];
}

/** Turned back by the transpose. */
function turnedBack(rotation: Rotation, vector: readonly number[]): number[] {
  const rows = matrixOf(rotation);
  return [0, 1, 2].map((k) => rows.reduce((sum, row, i) => sum + row[k]! * vector[i]!, 0));
}

function apart(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

const coordinate = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 8);
const vector = fc.tuple(coordinate, coordinate, coordinate);
const angles = fc.integer({ min: -1440, max: 1440 }).map((value) => value / 8);
const rotations = fc.tuple(coordinate, coordinate, coordinate, coordinate)
  .filter((values) => lengthOf(values) > 1)
  .map((values) => unit(values) as unknown as Rotation);

test("turnBackBy: is the transpose of the rotation's matrix", () => {
  fc.assert(
    fc.property(rotations, vector, (rotation, given) => {
      const out: Triple = [...given];
      turnBackBy(rotation, out);
      assert.ok(apart(out, turnedBack(rotation, given)) < 1e-12);
      // Its negative does the same, bit for bit.
      const again: Triple = [...given];
      turnBackBy(negative(rotation), again);
      assert.equal(apart(again, out), 0);
    }),
    { numRuns: RUNS },
  );
});

test("turnBackAbout: quarter turns by hand, for each up axis", () => {
  // By 90 degrees the first of the axes a, b comes to lie along b, so that b turns back to a.
  const quarters = [
    { up: 0, from: [0, 0, 1], to: [0, 1, 0] },
    { up: 1, from: [1, 0, 0], to: [0, 0, 1] },
    { up: 2, from: [0, 1, 0], to: [1, 0, 0] },
  ];
  for (const { from, to, up } of quarters) {
    const out = [...from] as Triple;
    turnBackAbout(up, 90, out);
    assert.deepEqual(out.map((value) => value + 0), to);
    turnBackAbout(up, -90, out);
    assert.deepEqual(out.map((value) => value + 0), from);
    const upright = [0, 0, 0].map((_, k) => k === up ? 7 : 0) as Triple;
    turnBackAbout(up, 33, upright);
    assert.equal(upright[up], 7);
  }
});

test("turnBackAbout: for each up axis is turnBackBy of the quaternion about that axis", () => {
  fc.assert(
    fc.property(fc.constantFrom(0, 1, 2), angles, vector, (up, degrees, given) => {
      const axis = [0, 0, 0].map((_, k) => k === up ? 1 : 0);
      const byYaw: Triple = [...given];
      turnBackAbout(up, degrees, byYaw);
      const byQuaternion: Triple = [...given];
      turnBackBy(turn(axis, degrees), byQuaternion);
      assert.ok(apart(byYaw, byQuaternion) < 1e-12);
      assert.ok(apart(byYaw, turnedBack(turn(axis, degrees), given)) < 1e-12);
    }),
    { numRuns: RUNS },
  );
});
