import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cosDegrees, shorterArc, sinDegrees } from "./angle.ts";

const angles = fc.integer({ min: -1440, max: 1440 }).map((value) => value / 8);

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

test("shorterArc: the short way round, by hand", () => {
  assert.equal(shorterArc(350, 10), 20);
  assert.equal(shorterArc(10, 350), -20);
  assert.equal(shorterArc(170, -170), 20);
  assert.equal(shorterArc(-170, 170), -20);
  // 810 degrees look where 90 do.
  assert.equal(shorterArc(810, 0), -90);
  assert.equal(shorterArc(0, 810), 90);
  assert.equal(shorterArc(-720.5, 720.5), 1);
  assert.equal(shorterArc(45, 45), 0);
  assert.equal(shorterArc(0, 179.5), 179.5);
  assert.equal(shorterArc(0, 180.5), -179.5);
});

test("shorterArc: exactly half a turn goes the same way from everywhere", () => {
  for (const [from, to] of [[0, 180], [180, 0], [0, -180], [-90, 90], [90, -90], [540, 0]]) {
    assert.equal(shorterArc(from!, to!), 180, `${from} to ${to}`);
  }
});

test("shorterArc: is at most half a turn and leads to the other angle", () => {
  fc.assert(
    fc.property(angles, angles, fc.integer({ min: -3, max: 3 }), (from, to, turns) => {
      const arc = shorterArc(from, to + 360 * turns);
      assert.ok(arc > -180 && arc <= 180);
      const radians = (to - from) * Math.PI / 180;
      const reference = Math.atan2(Math.sin(radians), Math.cos(radians)) * 180 / Math.PI;
      // Half a turn is -180 or 180 to Math.atan2, as rounding has it.
      const differs = Math.abs(arc - reference);
      assert.ok(differs < 1e-9 || Math.abs(differs - 360) < 1e-9, `${arc}, ${reference}`);
    }),
    { numRuns: 1000 },
  );
});

test("shorterArc: in radians a turn is 2 pi", () => {
  const turn = 2 * Math.PI;
  const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-12);
  near(shorterArc(3.1, -3.1, turn), turn - 6.2);
  near(shorterArc(-3.1, 3.1, turn), 6.2 - turn);
  near(shorterArc(0.25, 0.5, turn), 0.25);
  near(shorterArc(0, 3 * turn + 1, turn), 1);
});
