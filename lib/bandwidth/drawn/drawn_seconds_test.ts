import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnOf, framesOf, type TimedFields } from "./drawn_run_test_helper.ts";

const XY = [{ name: "x", type: "f32" }, { name: "y", type: "f32" }] as const;

test("series say how far off positions are drawn in each second", async () => {
  // Stands in the first two seconds; then hops by (3, 4) in every second frame, which is not sent.
  const states = Array.from({ length: 80 }, (_, frame): TimedFields => {
    const isHop = frame >= 40 && frame % 2 === 1;
    return [500 + frame * 50, { x: isHop ? 3 : 0, y: isHop ? 4 : 0 }];
  });
  const report = await drawnOf(framesOf(XY, states), "none", { sendEveryFrames: 2 });
  const errors = report.series.map(({ drawnError }) => drawnError);
  assert.deepEqual(errors, [
    { mean: 0, max: 0 },
    { mean: 0, max: 0 },
    // What is drawn lies two frames back: of 20 moments, 38 to 57, 9 are hops, each 5 off.
    { mean: 2.25, max: 5 },
    { mean: 2.5, max: 5 },
  ]);
  const [position] = report.drawnError.filter(({ field }) => field === "position");
  assert.equal(position!.max, 5);
  assert.ok(Math.abs(position!.mean - (2.25 + 2.5) / 4) < 1e-9);
});

test("series say nothing of positions where there are none, nor where only the cost is asked for", async () => {
  const states = Array.from({ length: 30 }, (_, i): TimedFields => [i * 50, { level: i }]);
  const frames = framesOf([{ name: "level", type: "u8" }], states);
  const { series } = await drawnOf(frames, "none");
  assert.ok(series.every((point) => !("drawnError" in point) && "stateAgeMs" in point));
  const cost = await drawnOf(frames, "none", { figures: "cost" });
  for (const point of cost.series) {
    assert.deepEqual(Object.keys(point), [
      "second",
      "frame",
      "kbps",
      "keyframes",
      "losses",
      "wrongFields",
    ]);
  }
});
