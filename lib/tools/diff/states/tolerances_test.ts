import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { diffOf } from "../diff_model_test_helper.ts";
import { assertTolerances, distanceOf, isCovered, toleranceOf } from "./tolerances.ts";

test("isCovered() covers a tolerance that was added to a number, however that was rounded", () => {
  const numbers = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
  fc.assert(
    fc.property(numbers, fc.double({ noNaN: true, min: 0, max: 1e6 }), (a, tolerance) => {
      for (const b of [a + tolerance, a - tolerance]) {
        assert.ok(isCovered(a, b, tolerance));
        assert.ok(isCovered(b, a, tolerance));
      }
    }),
    { numRuns: 2000 },
  );
  const tenths = fc.integer({ min: -1e6, max: 1e6 });
  fc.assert(fc.property(tenths, (k) => assert.ok(isCovered(k / 10, (k + 1) / 10, 0.1))));
  fc.assert(fc.property(tenths, (k) => assert.ok(!isCovered(k / 10, (k + 1.001) / 10, 0.1))));
});

test("isCovered() covers no more than the tolerance where that is below the last place", () => {
  assert.ok(!isCovered(1, 1 + Number.EPSILON, 1e-20));
  assert.ok(!isCovered(1, 1 + Number.EPSILON, 0));
  assert.ok(isCovered(0, -0, 0));
  assert.ok(!isCovered(1e300, 1.1e300, 1e290));
  for (const [a, b] of [[NaN, 1], [1, NaN], [Infinity, 1], [Infinity, -Infinity]] as const) {
    assert.ok(!isCovered(a, b, 1e300), `${a} ${b}`);
  }
});

test("toleranceOf() takes the most specific name", () => {
  const tolerances = { "*": 3, x: 2, "player.x": 1, "player.y": 5 };
  const of = (kind: string, field: string) => toleranceOf(tolerances, kind, field);
  assert.deepEqual([of("player", "x"), of("rock", "x"), of("player", "y")], [1, 2, 5]);
  assert.deepEqual([of("rock", "y"), toleranceOf({ x: 1 }, "rock", "y")], [3, undefined]);
  assert.equal(toleranceOf({}, "rock", "toString"), undefined);
});

test("assertTolerances() refuses what is no field, holds no numbers, or is no tolerance", () => {
  const schemas = [
    { kinds: [{ name: "player", fields: [{ name: "x", type: "f64" as const }] }] },
    {
      kinds: [{
        name: "rock",
        fields: [{ name: "on", type: "bool" as const }, { name: "name", type: "text" as const }],
      }],
    },
  ];
  for (const name of ["*", "x", "player.x"]) assertTolerances({ [name]: 0 }, schemas);
  const refusals: readonly [name: string, value: number, message: RegExp][] = [
    ["y", 1, /of "y": no field that is compared has that name$/],
    ["rock.x", 1, /of "rock.x": no field/],
    ["on", 1, /of "on": it holds truth values, and tolerances are for numbers$/],
    ["rock.name", 1, /it holds texts/],
    ["x", -1, /Tolerance of "x" is -1, expected a number from 0 on$/],
    ["x", NaN, /is NaN/],
    ["x", Infinity, /is Infinity/],
  ];
  for (const [name, value, message] of refusals) {
    assert.throws(() => assertTolerances({ [name]: value }, schemas), {
      name: "RangeError",
      message,
    });
  }
});

const LENGTH = 200;
const frames = (x: (i: number) => number, y: (i: number) => number = () => 0) =>
  Array.from({ length: LENGTH }, (_, i) => ({
    frame: i,
    timeMs: i * 16,
    entities: [1, 2].map((id) => ({
      id,
      kind: id === 1 ? "ship" : "rock",
      fields: { x: x(i), y: y(i) },
    })),
  }));

test("diffRecordings() sums noise within a tolerance up, and is equal", async () => {
  const a = frames((i) => i * 0.37);
  const b = frames((i) => i * 0.37 + (i < 5 ? 0 : [0.01, -0.01, 0][i % 3]!));
  const diff = await diffOf({ frames: a }, { frames: b }, { tolerances: { x: 0.01 } });
  assert.deepEqual([diff.equal, diff.first, diff.firstFrame, diff.fields], [true, null, null, []]);
  const counts = diff.drift.map(({ largest, largestAt, first, ...rest }) => {
    assert.ok(Math.abs(largest - 0.01) < 1e-12);
    assert.deepEqual([first.frame, first.a, largestAt.id], [6, 6 * 0.37, first.id]);
    return rest;
  });
  const rest = {
    field: "x",
    count: 130,
    frames: 130,
    lastFrame: 199,
    entities: 1,
    moreEntities: false,
    tolerance: 0.01,
    firstFrame: 6,
    growing: false,
  };
  assert.deepEqual(counts, [{ kind: "ship", ...rest }, { kind: "rock", ...rest }]);

  const strict = await diffOf({ frames: a }, { frames: b }, { tolerances: { "rock.x": 0.01 } });
  assert.deepEqual([strict.equal, strict.first?.frame, strict.first?.id], [false, 6, 1]);
  assert.deepEqual(strict.fields.map(({ kind, count }) => [kind, count]), [["ship", 130]]);
  assert.deepEqual(strict.drift.map(({ kind, count }) => [kind, count]), [["rock", 130]]);
});

test("diffRecordings() says by how much a number is beyond its tolerance, and whether it grows", async () => {
  const diff = await diffOf({ frames: frames((i) => i, () => 1) }, {
    frames: frames((i) => i + (i < 50 ? 0 : (i - 49) / 128), (i) => i < 50 ? 1 : 1.5),
  }, { tolerances: { "*": 0.5 } });
  const [x] = diff.fields;
  // More than 64 steps of 1/128 are beyond a half.
  assert.deepEqual([x!.field, x!.count, x!.growing, x!.first.frame], ["x", 150 - 64, true, 114]);
  assert.deepEqual(x!.largest, { difference: 150 / 128, frame: 199, id: 1 });
  assert.deepEqual(
    diff.drift.map((
      { kind, field, count, largest, growing },
    ) => [kind, field, count, largest, growing]),
    [
      ["ship", "x", 64, 0.5, true],
      ["ship", "y", 150, 0.5, false],
      ["rock", "x", 64, 0.5, true],
      ["rock", "y", 150, 0.5, false],
    ],
  );
});

test("diffRecordings() compares times of pairs within their tolerance", async () => {
  const a = frames(() => 0);
  const b = a.map((frame) => ({ ...frame, timeMs: frame.timeMs + (frame.frame < 20 ? 0 : 2.5) }));
  const { first, fields } = await diffOf({ frames: a }, { frames: b });
  assert.deepEqual(first, {
    what: "time",
    class: "exact",
    frame: 20,
    timeMs: 320,
    a: 320,
    b: 322.5,
  });
  assert.deepEqual(fields, [{
    kind: null,
    field: "time",
    class: "exact",
    count: 180,
    frames: 180,
    lastFrame: 199,
    entities: null,
    moreEntities: false,
    first: { frame: 20, timeMs: 320, id: null, a: 320, b: 322.5 },
    largest: { difference: 2.5, frame: 20, id: null },
    growing: false,
  }]);
  const tolerant = await diffOf({ frames: a }, { frames: b }, { timeToleranceMs: 2.5 });
  assert.ok(tolerant.equal);
  assert.deepEqual(tolerant.drift, [{
    kind: null,
    field: "time",
    count: 180,
    frames: 180,
    lastFrame: 199,
    entities: null,
    moreEntities: false,
    first: { frame: 20, timeMs: 320, id: null, a: 320, b: 322.5 },
    tolerance: 2.5,
    largest: 2.5,
    largestAt: { frame: 20, id: null },
    firstFrame: 20,
    growing: false,
  }]);
  await assert.rejects(diffOf({ frames: a }, { frames: a }, { timeToleranceMs: -1 }), RangeError);
});

test("isCovered() and distanceOf() tell bigints apart by all of their digits", () => {
  const big = 2n ** 63n;
  assert.equal(distanceOf(big, big + 3n), 3);
  assert.equal(distanceOf(big + 3n, big), 3);
  assert.equal(distanceOf(5n, 7), 2);
  assert.ok(Number.isNaN(distanceOf(5n, "5")));
  assert.ok(isCovered(big, big + 3n, 3));
  assert.ok(!isCovered(big, big + 4n, 3));
});
