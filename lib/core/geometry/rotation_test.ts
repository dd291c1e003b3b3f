import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Rotation, slerp, turnBetween } from "./rotation.ts";
import { lengthOf, negative, turn, unit } from "./turns_test_helper.ts";

const RUNS = 1000;

function slerped(from: Rotation, to: Rotation, part: number): Rotation {
  const out = [NaN, NaN, NaN, NaN];
  slerp(from, to, part, out);
  return out as unknown as Rotation;
}

/** Rows of the matrix that turns by a quaternion, from the textbook. */
function matrixOf([x, y, z, w]: Rotation): number[][] {
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
    [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
    [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
  ];
}

function apart(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

/** Largest difference of what two quaternions do, whatever their signs. */
function turnsApart(a: Rotation, b: Rotation): number {
  return apart(matrixOf(a).flat(), matrixOf(b).flat());
}

const coordinate = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 8);
const vector = fc.tuple(coordinate, coordinate, coordinate);
const axes = vector.filter((axis) => lengthOf(axis) > 1);
const angles = fc.integer({ min: -1440, max: 1440 }).map((value) => value / 8);
const parts = fc.double({ min: 0, max: 1, noNaN: true });
const rotations = fc.tuple(coordinate, coordinate, coordinate, coordinate)
  .filter((values) => lengthOf(values) > 1)
  .map((values) => unit(values) as unknown as Rotation);

test("slerp: a turn about one axis turns evenly", () => {
  fc.assert(
    fc.property(axes, angles, fc.integer({ min: -1432, max: 1432 }), parts, (axis, from, by, p) => {
      // By less than half a turn, 179 degrees at most.
      const degrees = by / 8;
      const at = slerped(turn(axis, from), turn(axis, from + degrees), p);
      assert.ok(turnsApart(at, turn(axis, from + degrees * p)) < 1e-13);
    }),
    { numRuns: RUNS },
  );
});

test("slerp: agrees with Shoemake's formula by Math.acos and Math.sin", () => {
  fc.assert(
    fc.property(rotations, rotations, parts, (from, to, part) => {
      const dot = from.reduce((sum, value, i) => sum + value * to[i]!, 0);
      // Math.acos knows little of small angles, and at half a turn both ways are as short.
      fc.pre(Math.abs(dot) < 0.99 && Math.abs(dot) > 1e-6);
      const angle = Math.acos(Math.abs(dot));
      const a = Math.sin((1 - part) * angle) / Math.sin(angle);
      const b = Math.sign(dot) * Math.sin(part * angle) / Math.sin(angle);
      const expected = from.map((value, i) => a * value + b * to[i]!);
      assert.ok(apart(slerped(from, to, part), expected) < 1e-13);
    }),
    { numRuns: RUNS },
  );
});

test("slerp: starts at one rotation, ends at the other, and keeps unit length", () => {
  fc.assert(
    fc.property(rotations, rotations, parts, (from, to, part) => {
      assert.ok(turnsApart(slerped(from, to, 0), from) < 1e-14);
      assert.ok(turnsApart(slerped(from, to, 1), to) < 1e-14);
      assert.ok(Math.abs(lengthOf(slerped(from, to, part)) - 1) < 1e-15);
    }),
    { numRuns: RUNS },
  );
});

test("slerp: a quaternion and its negative make the same path", () => {
  fc.assert(
    fc.property(rotations, rotations, parts, (from, to, part) => {
      const dot = from.reduce((sum, value, i) => sum + value * to[i]!, 0);
      // At half a turn the sign chooses between two ways that are as short.
      fc.pre(Math.abs(dot) > 1e-9);
      const path = slerped(from, to, part);
      const degrees = turnBetween(from, to);
      for (const [a, b] of [[from, negative(to)], [negative(from), to]] as const) {
        assert.ok(turnsApart(slerped(a, b, part), path) < 1e-12);
        assert.ok(Math.abs(turnBetween(a, b) - degrees) < 1e-12);
      }
      // Both negative is the same arithmetic.
      assert.equal(apart(slerped(negative(from), negative(to), part), negative(path)), 0);
    }),
    { numRuns: RUNS },
  );
});

test("slerp: of exactly half a turn is one of the two ways, always the same", () => {
  const upright: Rotation = [0, 0, 0, 1];
  const over: Rotation = [0, 0, 1, 0];
  assert.ok(Math.abs(turnBetween(upright, over) - 180) < 1e-13);
  assert.equal(turnBetween(upright, negative(over)), turnBetween(upright, over));
  const half = slerped(upright, over, 0.5);
  assert.ok(apart(half, turn([0, 0, 1], 90)) < 1e-15);
  assert.deepEqual(slerped(upright, over, 0.5), half);
  // The other way back, through the same rotations.
  assert.ok(turnsApart(slerped(over, upright, 0.5), half) < 1e-15);
});

test("slerp: between rotations that are nearly the same", () => {
  const axis = [1, -2, 3];
  const from = turn(axis, 77);
  for (const degrees of [0, 1e-12, 1e-9, 1e-8, 1e-7, 1e-6, 1e-3, 0.1]) {
    const to = turn(axis, 77 + degrees);
    // What is stored has about 1e-16 of its own rounding, or 1e-14 degrees.
    assert.ok(Math.abs(turnBetween(from, to) - degrees) < 1e-13, `${degrees}`);
    assert.ok(Math.abs(turnBetween(from, negative(to)) - degrees) < 1e-13, `${degrees}`);
    for (const part of [0, 0.25, 0.5, 1]) {
      const at = slerped(from, to, part);
      assert.ok(turnsApart(at, turn(axis, 77 + degrees * part)) < 1e-14, `${degrees}`);
      assert.ok(Math.abs(lengthOf(at) - 1) < 1e-15);
    }
  }
  assert.equal(turnBetween(from, from), 0);
  assert.equal(turnBetween(from, negative(from)), 0);
});

test("turnBetween: the angle of a turn about one axis", () => {
  fc.assert(
    fc.property(axes, angles, fc.integer({ min: 0, max: 1440 }), (axis, from, by) => {
      const degrees = turnBetween(turn(axis, from), turn(axis, from + by / 8));
      assert.ok(Math.abs(degrees - by / 8) < 1e-12, `${degrees}`);
    }),
    { numRuns: RUNS },
  );
});

test("turnBetween: agrees with the relative rotation by Math.atan2", () => {
  fc.assert(
    fc.property(rotations, rotations, (from, to) => {
      const [ax, ay, az, aw] = from;
      const [bx, by, bz, bw] = to;
      // Vector and scalar of the conjugate of the first times the second.
      const across = [
        aw * bx - ax * bw - ay * bz + az * by,
        aw * by - ay * bw - az * bx + ax * bz,
        aw * bz - az * bw - ax * by + ay * bx,
      ];
      const along = Math.abs(ax * bx + ay * by + az * bz + aw * bw);
      const expected = 2 * Math.atan2(lengthOf(across), along) * 180 / Math.PI;
      const degrees = turnBetween(from, to);
      assert.ok(Math.abs(degrees - expected) < 1e-11, `${degrees}, ${expected}`);
      assert.ok(degrees >= 0 && degrees < 180 + 1e-12);
    }),
    { numRuns: RUNS },
  );
});
