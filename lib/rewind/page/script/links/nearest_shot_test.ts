import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestShot } from "./nearest_shot.js";

const SHOTS = [
  { index: 0, frame: 10, timeMs: 100 },
  { index: 2, frame: 20, timeMs: 205.5 },
  { index: 3, frame: 20, timeMs: 205.5 },
];

test("nearestShot() finds a shot by its index, and says where it is when the page lacks it", () => {
  assert.deepEqual(nearestShot(SHOTS, { kind: "shot", value: 2 }, 4), { shot: SHOTS[1] });
  assert.deepEqual(nearestShot(SHOTS, { kind: "shot", value: 1 }, 4), {
    note: "Shot 1 is not on this page, which holds 3 of 4.",
  });
  assert.deepEqual(nearestShot(SHOTS, { kind: "shot", value: 4 }, 4), {
    note: "Shot 4 does not exist: they are 0 to 3.",
  });
  assert.deepEqual(nearestShot(SHOTS, { kind: "shot", value: 9 }, 3), {
    note: "Shot 9 does not exist: they are 0 to 3.",
  });
});

test("nearestShot() finds the shot nearest to a frame or a time, and says how far it is off", () => {
  assert.deepEqual(nearestShot(SHOTS, { kind: "frame", value: 20 }, 4), { shot: SHOTS[1] });
  assert.deepEqual(nearestShot(SHOTS, { kind: "frame", value: 11 }, 4), {
    shot: SHOTS[0],
    note: "The shot nearest to frame 11 is 1 frame before it: shot 0.",
  });
  assert.deepEqual(nearestShot(SHOTS, { kind: "time", value: 200 }, 4), {
    shot: SHOTS[1],
    note: "The shot nearest to 200 ms is 5.5 ms after it: shot 2.",
  });
});
