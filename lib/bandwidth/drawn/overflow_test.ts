import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field } from "../../core/state/schema.ts";
import { drawnOf, errorOf, framesOf, type TimedFields } from "./drawn_run_test_helper.ts";

const MAX = 1.79769313486e308;
const x: readonly Field[] = [{ name: "x", type: "f64" }];

function statesOf(values: readonly number[]): TimedFields[] {
  return values.map((value, frame) => [frame * 50, { x: value }]);
}

test("drawnErrorNow counts a difference beyond the largest double as that double", async () => {
  // Drawn 100 ms late: 0 for the first two frames, then 1e308 against -1e308 and back.
  const recorded = framesOf(x, statesOf([1e308, 1e308, -1e308, -1e308, 1e308, 1e308]));
  const { drawnErrorNow, drawnError, drawnSample } = await drawnOf(recorded, "none");
  const error = errorOf(drawnErrorNow, "x");
  assert.equal(error.max, MAX);
  assert.deepEqual(error.worst, { entity: 7, frame: 2 });
  // Frames 2 to 5 are off by it, 0 and 1 by nothing.
  assert.ok(Math.abs(error.mean / (MAX * (4 / 6)) - 1) < 0.001);
  assert.equal(errorOf(drawnError, "x").max, 0);
  assert.equal(drawnSample!.missingValueShare, 0);
});

test("drawnErrorNow draws between numbers whose step is beyond the largest double", async () => {
  // 75 ms late: a quarter, half and three quarters of the way lie on the line.
  const recorded = framesOf(x, statesOf([1e308, -1e308, -1e308, -1e308]));
  const { drawnErrorNow } = await drawnOf(recorded, "none", { interpMs: 75 });
  // At 100 ms it is drawn half way from 1e308 to -1e308: 0, off by 1e308. At 50 ms it is 1e308.
  const error = errorOf(drawnErrorNow, "x");
  assert.deepEqual(error.worst, { entity: 7, frame: 1 });
  assert.ok(Math.abs(error.mean - (MAX / 4 + 1e308 / 4)) < 0.001 * MAX);
});

test("drawnErrorNow knows a distance whose square is beyond the largest double", async () => {
  // 100 of 1000 ms late: a tenth of 5e200.
  const fields: readonly Field[] = [{ name: "x", type: "f64" }, { name: "y", type: "f64" }];
  const states: TimedFields[] = [
    [0, { x: 0, y: 0 }],
    [1000, { x: 3e200, y: 4e200 }],
  ];
  const { drawnErrorNow } = await drawnOf(framesOf(fields, states), "none", { freezeMs: 5000 });
  assert.equal(errorOf(drawnErrorNow, "position").max, 5e199);
});
