import assert from "node:assert/strict";
import { test } from "node:test";
import { type OnWindow, RateWindows } from "./rate_windows.ts";

/** Windows of consumers who all are there from the start. */
function windowsOf(consumers: number, onWindow?: OnWindow): RateWindows {
  const windows = new RateWindows(consumers, onWindow);
  for (let consumer = 0; consumer < consumers; consumer++) windows.join(consumer, 0);
  return windows;
}

test("RateWindows tells every consumer's bytes in every complete second", () => {
  const told: number[][] = [];
  const windows = windowsOf(2, (...window) => told.push(window));
  windows.advance(5_000_000, 10);
  windows.add(0, 100);
  windows.add(1, 50);
  windows.advance(5_999_999, 11);
  windows.add(0, 1);
  windows.advance(6_000_000, 12);
  windows.add(1, 7);
  assert.deepEqual(told, [[0, 0, 101, 1], [0, 1, 50, 1]]);
  assert.equal(windows.finish(1_000_000), 2_000_000);
  assert.deepEqual(told.slice(2), [[1, 0, 0, 1], [1, 1, 7, 1]]);
});

test("RateWindows leaves out a last second that is not whole", () => {
  const told: number[][] = [];
  const windows = windowsOf(1, (...window) => told.push(window));
  windows.advance(0, 0);
  windows.advance(1_200_000, 1);
  windows.add(0, 9);
  assert.equal(windows.finish(100_000), 1_300_000);
  assert.deepEqual(told, [[0, 0, 0, 1]]);
});

test("RateWindows tells the length of a recording that is shorter than a second", () => {
  const told: number[][] = [];
  const windows = windowsOf(1, (...window) => told.push(window));
  windows.advance(0, 0);
  windows.add(0, 9);
  windows.advance(250_000, 1);
  assert.equal(windows.finish(250_000), 500_000);
  assert.deepEqual(told, [[0, 0, 9, 0.5]]);
});

test("RateWindows knows each second's first frame, or the last before a second without one", () => {
  const windows = windowsOf(1);
  windows.advance(0, 40);
  windows.advance(500_000, 41);
  windows.advance(3_500_000, 42);
  assert.deepEqual(windows.series.map(({ frame }) => frame), [40, 41, 41, 42]);
});

test("RateWindows takes the rate of a consumer over seconds for which it was there all the time", () => {
  const told: number[][] = [];
  const windows = new RateWindows(3, (...window) => told.push(window));
  // Consumer 0 from before the first packet until second 2 begins; 1 from 0.5 s on, away from 2.25
  // to 2.5 s; 2 comes when second 1 begins and goes within it.
  windows.join(0, 4_800_000);
  windows.advance(5_000_000, 10);
  windows.add(0, 1000);
  windows.join(1, 5_500_000);
  windows.advance(5_500_000, 11);
  windows.add(1, 500);
  windows.join(2, 6_000_000);
  windows.advance(6_000_000, 12);
  windows.add(0, 250);
  windows.add(1, 125);
  windows.add(2, 25);
  windows.leave(2, 6_400_000);
  windows.leave(0, 7_000_000);
  windows.advance(7_000_000, 13);
  windows.add(1, 50);
  windows.leave(1, 7_250_000);
  windows.join(1, 7_500_000);
  windows.advance(7_500_000, 14);
  windows.add(1, 75);
  windows.advance(8_000_000, 15);
  windows.add(1, 375);
  assert.equal(windows.finish(1_000_000), 4_000_000);
  assert.deepEqual(told, [
    [0, 0, 1000, 1],
    [0, 1, 500, 1],
    [1, 0, 250, 1],
    [1, 1, 125, 1],
    [1, 2, 25, 1],
    [2, 1, 125, 1],
    [3, 1, 375, 1],
  ]);
  // 1000 and 250 bytes of consumer 0; 125 and 375 of consumer 1.
  assert.deepEqual(windows.kbps.sorted(), [[1, 1], [2, 1], [3, 1], [8, 1]]);
  const connectedUs = windows.series.map((window) => window.connectedUs);
  assert.deepEqual(connectedUs, [1_500_000, 2_400_000, 750_000, 1_000_000]);
});

test("RateWindows has no rate where nobody is there for a second, and no row where nobody is", () => {
  const told: number[][] = [];
  const windows = new RateWindows(2, (...window) => told.push(window));
  windows.join(1, 0);
  windows.leave(1, 100);
  windows.join(0, 400_000);
  windows.advance(400_000, 0);
  windows.add(0, 100);
  windows.leave(0, 900_000);
  windows.reach(1_100_000);
  windows.join(1, 2_000_000);
  windows.advance(2_000_000, 5);
  windows.reach(3_200_000);
  windows.leave(1, 3_200_000);
  windows.reach(5_000_000);
  windows.finish(500_000);
  // Seconds from 0.4 s on: consumer 0 in the first, 1 in the second and third.
  assert.deepEqual(told, [[0, 0, 100, 1], [1, 1, 0, 1], [2, 1, 0, 1]]);
  assert.equal(windows.kbps.count, 0);
  assert.deepEqual(
    windows.series.map(({ frame, connectedUs }) => [frame, connectedUs]),
    [[0, 500_000], [5, 400_000], [5, 800_000], [5, 0], [5, 0]],
  );
});
