import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SendClock } from "./send_clock.ts";

/** Positions of the frames at which packets are due; times in microseconds. */
function dueOf(timesUs: readonly number[], sendRateHz: number): number[] {
  const clock = new SendClock({ sendEveryFrames: 1, sendRateHz });
  return timesUs.flatMap((timeUs, i) => {
    const nextUs = timesUs.slice(i).find((later) => later !== timeUs);
    return clock.isDue(timeUs, nextUs) ? [i] : [];
  });
}

/** Times of frames at an even rate, from a start on. */
function evenTimes(count: number, rateHz: number, startUs = 0): number[] {
  return Array.from({ length: count }, (_, i) => startUs + Math.round((i * 1e6) / rateHz));
}

test("SendClock.isDue() is true at every so many frames, whatever their times", () => {
  const clock = new SendClock({ sendEveryFrames: 3 });
  const due = [0, 5, 5, 900, 901, 902, 5000].map((timeUs) => clock.isDue(timeUs));
  assert.deepEqual(due, [true, false, false, true, false, false, true]);
});

test("SendClock.isDue() sends 20 of 60 frames a second: every third, from any time on", () => {
  for (const startUs of [0, 1, 123_456_789]) {
    assert.deepEqual(dueOf(evenTimes(13, 60, startUs), 20), [0, 3, 6, 9, 12]);
  }
});

test("SendClock.isDue() keeps 20 Hz of 60 frames a second whose times are whole milliseconds", () => {
  // 49 and 99 ms lie before their beats: a clock that waits for the beat would send at 66 and 116.
  const times = [0, 16, 33, 49, 66, 83, 99, 116, 133, 149, 166].map((ms) => ms * 1000);
  assert.deepEqual(dueOf(times, 20), [0, 3, 6, 9]);
});

test("SendClock.isDue() takes the nearest of 77 frames a second to each of 20 beats", () => {
  // Beats at 0, 50, 100, 150, 200, 250 ms; frames every 12.987 ms: 51.95, 103.90, 155.84, 194.81
  // (5.2 before 200; the next is 7.8 after), 246.75.
  assert.deepEqual(dueOf(evenTimes(21, 77), 20), [0, 4, 8, 12, 15, 19]);
  const second = dueOf(evenTimes(78, 77), 20);
  assert.equal(second.filter((i) => i < 77).length, 20);
});

test("SendClock.isDue() sends at every frame where the rate is that of the frames, or above", () => {
  for (const rateHz of [30, 30.5, 47, 1000]) {
    assert.deepEqual(dueOf(evenTimes(10, 30), rateHz), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
});

test("SendClock.isDue() gives the beats of a hole to the frames at its ends", () => {
  // 10 Hz; nothing between 200 and 1000 ms. 300 to 600 lie nearest to 200 (the earlier of two that
  // are equally near), 700 to 1000 to 1000; each is one packet, and the beats then go on.
  const times = [0, 100, 200, 1000, 1010, 1040, 1060, 1100].map((ms) => ms * 1000);
  assert.deepEqual(dueOf(times, 10), [0, 1, 2, 3, 7]);
});

test("SendClock.isDue() sends once at frames of one time, and not for beats after the last frame", () => {
  assert.deepEqual(dueOf([0, 0, 0, 50_000, 50_000], 20), [0, 3]);
  // 100 ms is nearest to the last frame, and a beat after the end of the recording.
  assert.deepEqual(dueOf([0, 50_000, 90_000], 20), [0, 1]);
});

test("SendClock.isDue() sends the beats of a time that frames share at the first of them", () => {
  // 60 Hz: beats at 0 and 16.7 ms are nearest to 0, those at 33.3 and 50 ms to 50.
  assert.deepEqual(dueOf([0, 0, 0, 50_000, 50_000, 50_000], 60), [0, 3]);
  // 20 Hz: the beat at 50 ms lies nearest to the frames before it.
  assert.deepEqual(dueOf([0, 40_000, 40_000, 70_000, 70_000, 100_000], 20), [0, 1, 5]);
  // Where nobody knows the time after theirs, the beats after it are left to the next frame, once.
  const clock = new SendClock({ sendEveryFrames: 1, sendRateHz: 60 });
  const due = [0, 0, 0, 50_000, 50_000].map((timeUs) => clock.isDue(timeUs, timeUs));
  assert.deepEqual(due, [true, false, false, true, false]);
});

test("SendClock.isDue() waits for the beat where nobody knows the next frame", () => {
  const clock = new SendClock({ sendEveryFrames: 1, sendRateHz: 20 });
  const due = [0, 33_000, 49_000, 66_000, 99_000, 101_000].filter((timeUs) => clock.isDue(timeUs));
  assert.deepEqual(due, [0, 66_000, 101_000]);
});

/** Brute force: each beat up to the last frame picks the frame nearest to it, the earlier of two. */
function nearestToBeats(timesUs: readonly number[], everyUs: number): number[] {
  const picked = new Set<number>();
  const [startUs, endUs] = [timesUs[0]!, timesUs.at(-1)!];
  for (let beatUs = startUs; beatUs <= endUs; beatUs += everyUs) {
    let best = 0;
    for (const [i, timeUs] of timesUs.entries()) {
      if (Math.abs(timeUs - beatUs) < Math.abs(timesUs[best]! - beatUs)) best = i;
    }
    picked.add(best);
  }
  return [...picked].sort((a, b) => a - b);
}

test("SendClock.isDue() is true at the frames that are nearest to a beat, in any recording", () => {
  const gaps = fc.array(
    fc.oneof(
      fc.integer({ min: 0, max: 40_000 }),
      fc.constant(0),
      fc.constantFrom(1, 10_000, 16_667, 50_000),
      fc.integer({ min: 1, max: 2_000_000 }),
    ),
    { maxLength: 60 },
  );
  const start = fc.constantFrom<number>(0, 7, 1_000_000_000);
  // Rates whose beats are whole microseconds apart, so that the model has no rounding of its own.
  const rate = fc.constantFrom(1, 8, 10, 20, 25, 40, 64, 125, 1000);
  fc.assert(fc.property(gaps, start, rate, (gaps, startUs, rateHz) => {
    const times = [startUs];
    for (const gap of gaps) times.push(times.at(-1)! + gap);
    assert.deepEqual(dueOf(times, rateHz), nearestToBeats(times, 1e6 / rateHz));
  }));
});
