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

test("RateWindows keeps 60 whole seconds of a stretch without frames and counts those beyond", () => {
  const told: number[][] = [];
  const windows = windowsOf(1, (...window) => told.push(window));
  // Frames at 0.5, 100.5 and 162 s, of seconds that begin at 0.5 s: seconds 1 to 99 lie in the first
  // stretch, 1 to 60 of which stay, and 101 to 160 in the second, of which all do.
  for (const [frame, timeUs] of [500_000, 100_500_000, 162_000_000].entries()) {
    windows.frame(timeUs);
    windows.advance(timeUs, 7 + frame);
    windows.add(0, 125);
  }
  assert.equal(windows.finish(1_000_000), 162_500_000);
  const counted = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const seconds = [0, ...counted(1, 60), 100, ...counted(101, 160), 161];
  assert.deepEqual(windows.series.map(({ second }) => second), seconds);
  assert.equal(windows.leftOut, 39);
  assert.deepEqual(told.map(([second]) => second), seconds);
  assert.deepEqual(windows.kbps.sorted(), [[0, 120], [1, 3]]);
  assert.deepEqual(windows.series.map(({ frame }) => frame).slice(60, 63), [7, 8, 8]);
  assert.ok(windows.series.every(({ connectedUs }) => connectedUs === 1_000_000));
  // Of a packet that arrived in a second that is left out the last before it knows.
  assert.equal(windows.at(90_000_000).second, 60);
  assert.equal(windows.at(100_400_000).second, 60);
  assert.equal(windows.at(100_600_000).second, 100);
});

test("RateWindows needs frames, and not packets, for a second to stay", () => {
  const windows = windowsOf(1);
  windows.frame(0);
  windows.advance(0, 0);
  for (let second = 1; second <= 200; second++) windows.frame(second * 1_000_000);
  windows.advance(200_000_000, 200);
  assert.equal(windows.series.length, 201);
  assert.equal(windows.leftOut, 0);
});

test("RateWindows goes through centuries without frames in no time, whatever the doubles", () => {
  for (const spanUs of [1.6e15, 1e18, 9e18, 1e303]) {
    let told = 0;
    const windows = windowsOf(2, () => told++);
    for (const timeUs of [0, spanUs, spanUs * 2]) {
      windows.frame(timeUs);
      windows.advance(timeUs, 0);
    }
    windows.finish(spanUs);
    assert.ok(windows.series.length <= 123);
    assert.equal(told, 2 * windows.series.length);
    assert.ok(Number.isFinite(windows.leftOut));
  }
});
