import assert from "node:assert/strict";
import { test } from "node:test";
import { cameraOf, panned, readableStep, UNMOVED, zoomed } from "./camera.js";

const BOX = { left: 0, right: 100, low: -20, high: 20 };
const SIZE = { width: 440, height: 240, margin: 20 };

test("cameraOf() fits a box into a canvas with its margin, alike in both directions", () => {
  const camera = cameraOf(BOX, SIZE);
  // 400 pixels for 100 units across; 200 for 40 down would be 5.
  assert.equal(camera.scale, 4);
  assert.deepEqual([camera.x(0), camera.x(100)], [20, 420]);
  assert.deepEqual([camera.y(20), camera.y(-20)], [40, 200]);
  assert.deepEqual([camera.u(20), camera.v(200)], [0, -20]);
  // 100 pixels more at the left leave 300, 3 to a unit.
  const beside = cameraOf(BOX, { ...SIZE, left: 100 });
  assert.deepEqual([beside.x(0), beside.x(100), beside.u(120)], [120, 420, 0]);
  assert.deepEqual([beside.y(20), beside.y(-20)], [60, 180]);
});

test("zoomed() keeps the place under a finger, also when asked twice before it is drawn", () => {
  const camera = cameraOf(BOX, SIZE);
  // (320, 80) is at 75 units across and 10 up.
  const once = zoomed(UNMOVED, camera, 2, 320, 80);
  const twice = zoomed(once, camera, 3, 320, 80);
  for (const [moved, scale] of [[once, 8], [twice, 24]] as const) {
    const after = cameraOf(BOX, SIZE, moved);
    assert.equal(after.scale, scale);
    assert.ok(Math.abs(after.x(75) - 320) < 1e-9 && Math.abs(after.y(10) - 80) < 1e-9);
  }
  const beside = { ...SIZE, left: 100 };
  const place = cameraOf(BOX, beside).u(200);
  const moved = zoomed(UNMOVED, cameraOf(BOX, beside), 2, 200, 80);
  assert.ok(Math.abs(cameraOf(BOX, beside, moved).x(place) - 200) < 1e-9);
});

test("zoomed() stops at its ends, and then moves nothing", () => {
  const camera = cameraOf(BOX, SIZE);
  const far = zoomed(UNMOVED, camera, 1e9, 220, 120);
  assert.equal(far.zoom, 256);
  assert.deepEqual(zoomed(far, camera, 2, 0, 0), far);
  assert.equal(zoomed(UNMOVED, camera, 1e-9, 0, 0).zoom, 1 / 16);
});

test("panned() moves what is seen by pixels, whatever its size", () => {
  const camera = cameraOf(BOX, SIZE);
  const moved = panned(zoomed(UNMOVED, camera, 2, 220, 120), camera, 30, -10);
  const after = cameraOf(BOX, SIZE, moved);
  // The middle of the box, 50 across and 0 up, was in the middle of the canvas.
  assert.deepEqual([after.x(50), after.y(0)], [250, 110]);
});

test("readableStep() is 1, 2 or 5 times a power of ten, and wide enough", () => {
  // 44 pixels are 44, 4.4, 22, 8.8 and 0.0044 units.
  assert.deepEqual(
    [1, 10, 2, 5, 10_000].map((scale) => readableStep(scale, 44)),
    [50, 5, 50, 10, 0.005],
  );
  assert.equal(readableStep(44, 44), 1);
  assert.equal(readableStep(0.44, 44), 100);
});
