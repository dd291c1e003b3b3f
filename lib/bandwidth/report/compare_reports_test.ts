import assert from "node:assert/strict";
import { test } from "node:test";
import { compareReports } from "./compare_reports.ts";
import { comparisonText } from "./comparison_text.ts";
import { sampleReport, sampleRun, wrongRun } from "./sample_report_test_helper.ts";

test("compareReports() lists the figures that differ", () => {
  const before = sampleReport(sampleRun());
  const after = sampleReport(sampleRun({
    bytesPerFrame: { mean: 40, p50: 38, p95: 60, p99: 50.4, max: 80 },
    keyframes: 3,
    lost: 2,
    divergence: { wrongFieldFrames: 4, wrongShare: 0.01, longestStreakFrames: 1 },
  }));
  assert.deepEqual(compareReports(before, after), {
    warnings: [],
    runs: [{
      name: "strict varint loss=2%",
      figures: [
        { figure: "bytes p99", before: 63, after: 50.4, change: (50.4 - 63) / 63, isCost: true },
        { figure: "packets lost %", before: 2, after: 4, change: 1, isCost: false },
        { figure: "packets keyframes", before: 2, after: 3, change: 0.5, isCost: true },
        { figure: "wrong field-frames", before: 0, after: 4, isCost: true },
        { figure: "wrong %", before: 0, after: 1, isCost: true },
      ],
    }],
    missing: [],
    added: [],
  });
});

test("compareReports() names runs that only one report has, and counts equal names", () => {
  const twice = [sampleRun(), sampleRun({ keyframes: 9 })];
  const before = sampleReport(...twice, sampleRun({ net: "old" }));
  const after = sampleReport(sampleRun({ net: "new" }), ...twice);
  const { runs, missing, added } = compareReports(before, after);
  assert.deepEqual(runs.map(({ figures }) => figures), [[], []]);
  assert.deepEqual(missing, ["strict varint old"]);
  assert.deepEqual(added, ["strict varint new"]);
});

test("compareReports() compares no figure of a run that is not verified", () => {
  const bad = sampleRun({ verified: false, keyframes: 77 });
  const stateOf = (before: typeof bad, after: typeof bad) =>
    compareReports(sampleReport(before), sampleReport(after)).runs;
  const name = "strict varint loss=2%";
  assert.deepEqual(stateOf(bad, sampleRun()), [{ name, notVerified: "before", figures: [] }]);
  assert.deepEqual(stateOf(sampleRun(), bad), [{ name, notVerified: "after", figures: [] }]);
  assert.deepEqual(stateOf(bad, bad), [{ name, notVerified: "both", figures: [] }]);
});

test("compareReports() warns when the two were not made alike", () => {
  const before = { ...sampleReport(sampleRun(), wrongRun()), seed: 2, recording: "a\n" };
  const after = sampleReport(sampleRun({ consumers: 9 }), wrongRun());
  assert.deepEqual(compareReports(before, after).warnings, [
    "recordings differ: a\\u{a} before, duel.mcap now",
    "seeds differ: 2 before, 1 now",
    "numbers of consumers differ: 2 before, 9 now",
  ]);
});

const CHANGED = [
  sampleReport(sampleRun(), wrongRun(), sampleRun({ net: "old" }), sampleRun({ net: "bad" })),
  {
    ...sampleReport(
      sampleRun({ kbps: { mean: 5.44, p95: 4.92, max: 6.51 }, lost: 2 }),
      wrongRun(),
      sampleRun({ net: "\u001b[2J" }),
      sampleRun({ net: "bad", verified: false }),
    ),
    seed: 3,
  },
] as const;

test("comparisonText() has a heading a run and a line a change", () => {
  assert.equal(
    comparisonText(...CHANGED, { isColored: false }),
    `warning: seeds differ: 1 before, 3 now
strict varint loss=2%
  kbps p95                  6 -> 4.92     -18 %
  kbps max               6.50 -> 6.51     +0.2 %
  packets lost %            2 -> 4        +100 %
append varint loss=2%
  no change
strict varint bad
  not verified (after): nothing to compare
only before: strict varint old
only now: strict varint \\u{1b}[2J
`,
  );
});

test("comparisonText() paints less cost green, more red, and what is no cost not at all", () => {
  const text = comparisonText(...CHANGED, { isColored: true });
  assert.ok(text.includes("\u001b[32m  kbps p95 "));
  assert.ok(text.includes("\u001b[31m  kbps max "));
  assert.ok(text.includes("\n  packets lost %"));
});

test("comparisonText() says when there is nothing to compare", () => {
  const text = comparisonText(sampleReport(), sampleReport(sampleRun()), {
    isColored: false,
  });
  assert.equal(text, "only now: strict varint loss=2%\nno run is in both reports\n");
});

test("compareReports() leaves out a figure that the older report lacks", () => {
  const { late: _late, ...before } = sampleRun({ keyframes: 5 });
  const { wrongShare: _share, ...divergence } = before.divergence;
  const after = sampleRun({ late: 7, divergence: { ...before.divergence, wrongShare: 0.5 } });
  const old = { recording: "old.mcap", seed: 1, runs: [{ ...before, divergence }] };
  const [change] = compareReports(old, sampleReport(after)).runs;
  assert.deepEqual(change!.figures.map(({ figure }) => figure), ["packets keyframes"]);
});
