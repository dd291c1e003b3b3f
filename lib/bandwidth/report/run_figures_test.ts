import assert from "node:assert/strict";
import { test } from "node:test";
import { MAIN_FIGURES, shortNumber, shownFigures, standings } from "./run_figures.ts";
import { sampleRun } from "./sample_report_test_helper.ts";

function figure(name: string) {
  return MAIN_FIGURES.find((figure) => figure.name === name)!;
}

test("standings() marks the least as best and the greatest as worst, and no tie", () => {
  const of = (...counts: number[]) =>
    standings(figure("packets keyframes"), counts.map((keyframes) => sampleRun({ keyframes })));
  assert.deepEqual(of(605, 100, 110, 637), [undefined, "best", undefined, "worst"]);
  assert.deepEqual(of(605, 100, 100, 637), [undefined, undefined, undefined, "worst"]);
  assert.deepEqual(of(100, 637, 637), ["best", undefined, undefined]);
  assert.deepEqual(of(0, 0, 0, 9), [undefined, undefined, undefined, "worst"]);
});

test("standings() marks no difference below 1 % or below what is shown", () => {
  const keyframes = (...counts: number[]) =>
    standings(figure("packets keyframes"), counts.map((keyframes) => sampleRun({ keyframes })));
  // 1 % of the larger is just a difference.
  assert.deepEqual(keyframes(990, 1000), ["best", "worst"]);
  assert.deepEqual(keyframes(991, 1000), [undefined, undefined]);
  assert.deepEqual(keyframes(1, 991, 1000), ["best", undefined, undefined]);
  const kbps = (...means: number[]) =>
    standings(
      figure("kbps mean"),
      means.map((mean) => sampleRun({ kbps: { mean, p95: 0, max: 0 } })),
    );
  // Two digits behind the point below 10, one from there on.
  assert.deepEqual(kbps(0.01, 0.02), ["best", "worst"]);
  assert.deepEqual(kbps(0.012, 0.02), [undefined, undefined]);
  assert.deepEqual(kbps(9.9, 10), ["best", "worst"]);
  const ages = (...values: number[]) =>
    standings(
      figure("state age p50 ms"),
      values.map((p50) => sampleRun({ stateAgeMs: { p50, p95: 0, p99: 0, max: 0 } })),
    );
  // Milliseconds are whole from 10 on.
  assert.deepEqual(ages(16.1, 16.9), [undefined, undefined]);
  assert.deepEqual(ages(16.1, 17.1), ["best", "worst"]);
  assert.deepEqual(ages(5.1, 5.9), ["best", "worst"]);
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

test("standings() leaves a run out of what is wrong that shows next to nothing", () => {
  const wrong = (count: number) => ({
    divergence: { wrongFieldFrames: count, wrongShare: 0, longestStreakFrames: 0 },
  });
  const frozenFor = (share: number) => ({
    freezes: { thresholdMs: 250, count: 1, share, longestMs: 300 },
  });
  const of = (name: string, ...runs: Parameters<typeof sampleRun>[0][]) =>
    standings(figure(name), runs.map((given) => sampleRun(given)));
  const wrongs = "wrong field-frames";
  const frozen = { ...wrong(0), ...frozenFor(0.051) };
  const lossy = { ...wrong(0), lost: 26 };
  assert.deepEqual(of(wrongs, frozen, wrong(1), wrong(9)), [undefined, "best", "worst"]);
  assert.deepEqual(of(wrongs, lossy, wrong(1), wrong(9)), [undefined, "best", "worst"]);
  // One that was frozen is not worst either, and a run that is left alone is nothing.
  assert.deepEqual(of(wrongs, { ...frozen, ...wrong(9) }, wrong(1)), [undefined, undefined]);
  assert.deepEqual(of(wrongs, { ...frozen, ...wrong(9) }, wrong(1), wrong(2)), [
    undefined,
    "best",
    "worst",
  ]);
  assert.deepEqual(of(wrongs, frozen, frozen, wrong(9)), [undefined, undefined, undefined]);
  assert.deepEqual(of(wrongs, { ...frozen, ...wrong(3) }, { ...frozen, ...wrong(4) }), [
    undefined,
    undefined,
  ]);
  assert.deepEqual(of("packets keyframes", {}), [undefined]);
  // Frozen for 5 % and half of the packets are just not too little.
  const shown = { ...wrong(0), ...frozenFor(0.05), lost: 25 };
  assert.deepEqual(of(wrongs, shown, wrong(9)), ["best", "worst"]);
  const quick = { ...frozen, healFrames: { p50: 0, p99: 0, max: 0 } };
  const slow = { healFrames: { p50: 1, p99: 2, max: 3 } };
  assert.deepEqual(of("heal p99", quick, slow), [undefined, undefined]);
  assert.deepEqual(of("packets keyframes", { ...frozen, keyframes: 1 }, {}), ["best", "worst"]);
});

test("standings() passes over a run that lacks a figure", () => {
  const interpolation = (delayMsFor99: number) => ({
    interpolation: {
      delayMs: 100,
      underrunShare: 0,
      fillingShare: 0,
      withoutStateShare: 0,
      delayMsFor99,
      delayMsFor999: 9,
    },
  });
  const runs = [sampleRun(interpolation(5)), sampleRun(), sampleRun(interpolation(7))];
  assert.deepEqual(standings(figure("interpolation 99 % need ms"), runs), [
    "best",
    undefined,
    "worst",
  ]);
});

test("shownFigures() has what the player sees only where it was looked at", () => {
  const names = (...runs: Parameters<typeof shownFigures>[0]) =>
    shownFigures(runs).map(({ name }) => name);
  const stateAgeMs = { p50: 1, p95: 2, p99: 3, max: 4 };
  assert.ok(!names(sampleRun()).includes("state age p99 ms"));
  assert.ok(!names(sampleRun({ stateAgeMs, verified: false })).includes("state age p99 ms"));
  assert.ok(names(sampleRun(), sampleRun({ stateAgeMs })).includes("state age p99 ms"));
  assert.ok(!names(sampleRun({ stateAgeMs })).includes("freezes count"));
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

test("MAIN_FIGURES call nothing what is rare of lost and late packets", () => {
  const run = { ...sampleRun({ lost: 1, packets: 3_000_000 }), late: 2 };
  assert.equal(figure("packets lost %").value(run), 0.0000333);
  assert.equal(figure("packets late %").value(run), 0.0000667);
  assert.equal(figure("packets lost %").value({ ...run, lost: 0 }), 0);
  assert.equal(figure("packets lost %").value({ ...run, lost: 0, packets: 0 }), 0);
});
