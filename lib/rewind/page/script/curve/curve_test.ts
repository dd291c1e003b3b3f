import assert from "node:assert/strict";
import { test } from "node:test";
import { curveScale, rewindTicks, shareTicks } from "./curve_scale.js";
import { spreadEnds } from "./spread_ends.js";

test("spreadEnds() keeps labels apart, near their lines, in their order", () => {
  assert.deepEqual(spreadEnds([50, 20], 18, 10, 100), [50, 20]);
  assert.deepEqual(spreadEnds([50, 52, 51], 18, 10, 200), [50, 86, 68]);
  // At the lower end they are pushed up.
  assert.deepEqual(spreadEnds([95, 100], 18, 10, 100), [82, 100]);
  assert.deepEqual(spreadEnds([10, 11, 12], 18, 10, 46), [10, 28, 46]);
});

test("spreadEnds() leaves out the lowest lines for which there is no room", () => {
  assert.deepEqual(spreadEnds([40, 12, 11, 10], 18, 10, 46), [undefined, 46, 28, 10]);
  assert.deepEqual(spreadEnds([], 18, 10, 46), []);
});

test("curveScale() shows all lines, from a twentieth below the lowest to all shots", () => {
  const sweep = [{ rewindMs: 0, accuracy: 0.9 }, { rewindMs: 150, accuracy: 0.62 }];
  const scale = curveScale(sweep, [0.8], { width: 400, height: 200, labels: 92 });
  assert.equal(scale.low, 0.6);
  // From 44 pixels on the left to 8 before the labels.
  assert.deepEqual([scale.x(0), scale.x(150)], [44, 300]);
  assert.deepEqual([scale.y(1), scale.y(0.6)], [26, 164]);
  assert.equal(scale.ms(300), 150);
  assert.equal(curveScale(sweep, [0.3], { width: 400, height: 200, labels: 0 }).low, 0.25);
  assert.equal(curveScale(sweep, [0], { width: 400, height: 200, labels: 0 }).low, 0);
});

test("ticks of the curve are readable numbers inside the axes", () => {
  assert.deepEqual(shareTicks(0.6).map((share) => Math.round(share * 100)), [100, 90, 80, 70, 60]);
  assert.deepEqual(shareTicks(0.9).map((share) => Math.round(share * 100)), [100, 95, 90]);
  const ticks = rewindTicks({ firstMs: 30, lastMs: 205, left: 0, right: 350 });
  // 48 pixels are 24 ms.
  assert.deepEqual(ticks, [50, 100, 150, 200]);
});
