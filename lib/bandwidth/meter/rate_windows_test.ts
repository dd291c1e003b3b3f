import assert from "node:assert/strict";
import { test } from "node:test";
import { RateWindows } from "./rate_windows.ts";

test("RateWindows tells every consumer's bytes in every complete second", () => {
  const told: number[][] = [];
  const windows = new RateWindows(2, (...window) => told.push(window));
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
  const windows = new RateWindows(1, (...window) => told.push(window));
  windows.advance(0, 0);
  windows.advance(1_200_000, 1);
  windows.add(0, 9);
  assert.equal(windows.finish(100_000), 1_300_000);
  assert.deepEqual(told, [[0, 0, 0, 1]]);
});

test("RateWindows tells the length of a recording that is shorter than a second", () => {
  const told: number[][] = [];
  const windows = new RateWindows(1, (...window) => told.push(window));
  windows.advance(0, 0);
  windows.add(0, 9);
  windows.advance(250_000, 1);
  assert.equal(windows.finish(250_000), 500_000);
  assert.deepEqual(told, [[0, 0, 9, 0.5]]);
});

test("RateWindows knows each second's first frame, or the last before a second without one", () => {
  const windows = new RateWindows(1);
  windows.advance(0, 40);
  windows.advance(500_000, 41);
  windows.advance(3_500_000, 42);
  assert.deepEqual(windows.series.map(({ frame }) => frame), [40, 41, 41, 42]);
});
