import assert from "node:assert/strict";
import { test } from "node:test";
import { Rotation } from "./rotation.ts";

const at = (frame: number, timeMs: number) => ({ frame, timeMs });

test("Rotation.isDue() goes by the times of frames, from the first of the file", () => {
  const rotation = new Rotation({ timeMs: 1000 }, false, () => 0);
  assert.equal(rotation.isDue(at(0, 5000), 0), false);
  rotation.add(at(0, 5000));
  assert.equal(rotation.isDue(at(1, 5999), 0), false);
  assert.equal(rotation.isDue(at(1, 6000), 0), true);
  rotation.startFile();
  assert.equal(rotation.isDue(at(1, 6000), 0), false);
});

test("Rotation.isDue() goes by the clock too where input is live, and only there", () => {
  for (const isLive of [true, false]) {
    let nowMs = 0;
    const rotation = new Rotation({ timeMs: 1000 }, isLive, () => nowMs);
    rotation.add(at(0, 0));
    nowMs = 999;
    assert.equal(rotation.isDue(at(1, 0), 0), false);
    nowMs = 1000;
    assert.equal(rotation.isDue(at(2, 0), 0), isLive);
  }
});

test("Rotation.isDue() takes what is reached first", () => {
  const rotation = new Rotation({ timeMs: 1000, bytes: 500 }, false, () => 0);
  rotation.add(at(0, 0));
  assert.equal(rotation.isDue(at(1, 10), 499), false);
  assert.equal(rotation.isDue(at(1, 10), 500), true);
  assert.equal(rotation.isDue(at(1, 1000), 0), true);
});
