import assert from "node:assert/strict";
import { test } from "node:test";
import { givenRateNote, RateWatch } from "./rate_note.ts";
import type { TimeUnit } from "../input/time_unit.ts";

/** Note on frames that are `steps` apart, each `by` indexes after the one before. */
function noteOn(steps: readonly number[], by = 1, unit: TimeUnit = "ms") {
  const watch = new RateWatch(unit, "t");
  let timeMs = 0;
  watch.add(0, 0);
  steps.forEach((step, i) => watch.add((i + 1) * by, timeMs += step));
  return watch.note();
}
const repeat = (count: number, ...steps: number[]) =>
  Array.from({ length: count }, () => steps).flat();

test("RateWatch names the unit that makes a rate of games", () => {
  const odd: readonly [steps: number[], by: number, unit: TimeUnit, hz: number, mend: string][] = [
    [repeat(20, 0.05), 1, "ms", 20_000, "s"],
    [repeat(20, 16_667), 1, "ms", 0.06, "us"],
    [repeat(20, 16_666_667), 1, "ms", 0.00006, "ns"],
    // Milliseconds that were read as seconds.
    [repeat(20, 20_000), 1, "s", 0.05, "ms"],
    // Every second frame, in seconds.
    [repeat(20, 0.04), 2, "ms", 50_000, "s"],
    // Whole seconds of a clock under 60 frames each.
    [repeat(5, ...repeat(59, 0), 1), 1, "ms", 60_000, "s"],
    // A pause of an hour, and hitches.
    [[...repeat(500, 0.016), 3600, ...repeat(500, 0.016)], 1, "ms", 62_500, "s"],
    [repeat(10, ...repeat(9, 20_000), 300_000), 1, "ms", 0.05, "us"],
    // Three frames, and two.
    [[20_000, 20_000], 1, "ms", 0.05, "us"],
    [[0.02], 1, "ms", 50_000, "s"],
  ];
  for (const [steps, by, unit, hz, mend] of odd) {
    const note = noteOn(steps, by, unit);
    assert.equal(note?.problem, `the times say ${hz} Hz`);
    assert.match(`${note.remedy}`, new RegExp(`^if t is in [a-z]+, give timeUnit ${mend}$`));
  }
});

test("RateWatch says nothing of the clocks that servers have", () => {
  const usual: readonly [name: string, steps: number[], by?: number][] = [
    ["1 Hz", repeat(20, 1000)],
    ["1000 Hz", repeat(20, 1)],
    ["60 Hz in whole milliseconds", repeat(20, 16, 17, 17)],
    ["bursts after a wait", repeat(20, ...repeat(4, 0.05), 83)],
    ["a pause of an hour", [...repeat(50, 16), 3_600_000]],
    ["slow frames but quick ticks", repeat(20, 10_000), 600],
    ["indexes that are microseconds", repeat(20, 16.667), 16_667],
    ["one frame", []],
    ["two frames about a pause", [5000]],
    ["three frames with a pause", [5000, 16]],
    ["two frames in one millisecond", [0.5]],
    ["two frames of one time", [0]],
  ];
  for (const [name, steps, by] of usual) assert.equal(noteOn(steps, by), undefined, name);
});

test("RateWatch points at the key where no unit will do", () => {
  for (const steps of [repeat(9, 0), repeat(9, 1e-7)]) {
    const note = noteOn(steps);
    assert.match(`${note?.remedy}`, /; give timeKey KEY$/);
    assert.equal(note?.code, "rate");
  }
});

test("givenRateNote() is about rates outside 1 to 1000 Hz", () => {
  for (const hz of [undefined, 1, 60, 1000]) assert.equal(givenRateNote(hz), undefined);
  for (const hz of [0.5, 16_667]) {
    assert.equal(`${givenRateNote(hz)?.remedy}`, "give rateHz HZ");
  }
});
