import assert from "node:assert/strict";
import { test } from "node:test";
import { MAIN_FIGURES, shortNumber, shownFigures, standings } from "./run_figures.ts";
import { sampleRun } from "./sample_report_test_helper.ts";

function figure(name: string) {
  return MAIN_FIGURES.find((figure) => figure.name === name)!;
}

test("standings() marks the least as best and the greatest as worst", () => {
  const runs = [605, 100, 100, 637].map((keyframes) => sampleRun({ keyframes }));
  assert.deepEqual(standings(figure("packets keyframes"), runs), [
    undefined,
    "best",
    "best",
    "worst",
  ]);
});

test("standings() marks nothing where all are alike or the network decides", () => {
  const runs = [sampleRun(), sampleRun({ lost: 30 })];
  assert.deepEqual(standings(figure("packets keyframes"), runs), [undefined, undefined]);
  assert.deepEqual(standings(figure("packets lost %"), runs), [undefined, undefined]);
});

test("standings() passes over a run that is not verified", () => {
  const runs = [
    sampleRun({ keyframes: 1, verified: false }),
    sampleRun({ keyframes: 5 }),
    sampleRun({ keyframes: 9 }),
  ];
  assert.deepEqual(standings(figure("packets keyframes"), runs), [undefined, "best", "worst"]);
});

test("shownFigures() has staleness only where something was stale", () => {
  const names = (...runs: Parameters<typeof shownFigures>[0]) =>
    shownFigures(runs).map(({ name }) => name);
  assert.ok(!names(sampleRun()).includes("staleness p99"));
  const stale = sampleRun({ stalenessFrames: { p50: 0, p99: 0, max: 1 } });
  assert.ok(names(sampleRun(), stale).includes("staleness p99"));
});

test("shortNumber() is short", () => {
  const pairs: [value: number, text: string][] = [
    [0, "0"],
    [12, "12"],
    [99_999, "99999"],
    [100_000, "100.0k"],
    [1_828_879, "1.83M"],
    [321_900_000, "321.9M"],
    [5e9, "5.00G"],
    [1.984, "1.98"],
    [39.647, "39.6"],
    [1234.5, "1235"],
  ];
  for (const [value, text] of pairs) assert.equal(shortNumber(value), text);
});
