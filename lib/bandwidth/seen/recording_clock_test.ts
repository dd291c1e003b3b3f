import assert from "node:assert/strict";
import { test } from "node:test";
import { RecordingClock } from "./recording_clock.ts";

test("RecordingClock counts what is further apart than the threshold, by hand", () => {
  const clock = new RecordingClock(250);
  const sums: [frameUs: number, holesUs: number][] = [];
  for (const us of [1000, 1250, 1501, 1501, 1600, 2600, 2700, 3000]) {
    clock.advance(us);
    sums.push([us, clock.holesUs]);
  }
  // Holes: 1250 to 1501, 1600 to 2600, 2700 to 3000; 250 is none.
  assert.deepEqual(sums, [
    ...[[1000, 0], [1250, 0], [1501, 251], [1501, 251]],
    ...[[1600, 251], [2600, 1251], [2700, 1251], [3000, 1551]],
  ]);
  assert.equal(clock.holes, 3);
  assert.equal(clock.lengthUs, 2000);
  for (const [us, holesUs] of sums) assert.equal(clock.holesBefore(us), holesUs, `${us}`);
});

test("RecordingClock has no hole before the first frame, nor without one", () => {
  const clock = new RecordingClock(0);
  assert.equal(clock.holesBefore(0), 0);
  assert.equal(clock.lengthUs, 0);
  clock.advance(5_000_000);
  assert.deepEqual([clock.holes, clock.holesUs, clock.holesBefore(5_000_000), clock.lengthUs], [
    0,
    0,
    0,
    0,
  ]);
});
