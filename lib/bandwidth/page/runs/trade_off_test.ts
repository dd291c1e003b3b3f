import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleRun } from "../../report/sample_report_test_helper.ts";
import type { RunReport } from "../../report/run_report.ts";
import type { FieldError } from "../../report/seen_figures.ts";
import { tradeOff } from "./trade_off.ts";

function run(kbps: number, ageMs: number, given: Partial<RunReport> = {}): RunReport {
  return sampleRun({
    kbps: { mean: kbps, p95: kbps, max: kbps },
    stateAgeMs: { p50: 1, p95: 2, p99: ageMs, max: ageMs },
    freezes: { thresholdMs: 250, count: 0, share: 0, longestMs: 0 },
    ...given,
  });
}

test("tradeOff() weighs kbps against each figure that differs, in its unit", () => {
  const off = { kind: "player", field: "position", axes: ["x"], p50: 1, p99: 4, max: 9 };
  const { figures, kbps } = tradeOff([
    run(10, 50, { drawnError: [off as unknown as FieldError] }),
    run(20, 40, { drawnError: [{ ...off, p99: 6 } as unknown as FieldError] }),
    run(30, 30),
  ]);
  assert.deepEqual(kbps, [10, 20, 30]);
  assert.deepEqual(figures.map(({ name, unit }) => `${name}, ${unit}`), [
    "state age p99, ms",
    "position error p99, game units",
  ]);
  assert.deepEqual(figures.map(({ values }) => values), [[50, 40, 30], [4, 6, null]]);
});

test("tradeOff() compares nobody who froze or lost most, but by how long they froze", () => {
  const froze = { thresholdMs: 250, count: 9, share: 0.06, longestMs: 900 };
  const { figures } = tradeOff([
    run(10, 50),
    run(20, 40, { freezes: froze }),
    run(30, 30, { packets: 100, lost: 51 }),
    run(30, 20, { packets: 100, lost: 50, freezes: { ...froze, share: 0.05 } }),
  ]);
  assert.deepEqual(figures.map(({ isCompared, name, values }) => [name, values, isCompared]), [
    ["state age p99", [50, 40, 30, 20], [true, false, false, true]],
    ["time frozen", [0, 6, 0, 5], [true, true, true, true]],
  ]);
});

test("tradeOff() has nothing of a run that is not verified, nor of one that is mostly holes", () => {
  const bad = { verified: false, fault: "it broke", kbps: undefined } as unknown as RunReport;
  const { figures, kbps } = tradeOff([
    run(10, 50),
    run(20, 40),
    bad,
    run(30, 30, { holes: { count: 1, ms: 1, share: 0.6 } }),
  ]);
  assert.deepEqual(kbps, [10, 20, null, 30]);
  assert.deepEqual(figures[0]!.values, [50, 40, null, 30]);
  assert.deepEqual(figures.map(({ isCompared }) => isCompared[2]), [false]);
});

test("tradeOff() has no figure where all runs are alike", () => {
  assert.deepEqual(tradeOff([sampleRun(), sampleRun()]).figures, []);
});
