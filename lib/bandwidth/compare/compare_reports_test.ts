import assert from "node:assert/strict";
import { test } from "node:test";
import { RUN_DEFAULTS } from "../../replication/run_options.ts";
import { readReport, type ReportFigures } from "../report/read_report.ts";
import { namedRuns } from "../report/run_name.ts";
import type { RunReport } from "../report/run_report.ts";
import { FIGURE_DEFAULTS, type RunSettings } from "../report/run_settings.ts";
import { compareReports, reportDifferences } from "./compare_reports.ts";
import { comparisonText } from "./comparison_text.ts";
import { sampleReport, sampleRun, wrongRun } from "../report/sample_report_test_helper.ts";

test("compareReports() lists the figures that differ", () => {
  const before = sampleReport(sampleRun());
  const after = sampleReport(sampleRun({
    bytesPerFrame: { mean: 40, p50: 38, p95: 60, p99: 50.4, max: 80 },
    keyframes: 3,
    lost: 2,
    divergence: { wrongFieldFrames: 4, wrongShare: 0.01, longestStreakFrames: 1 },
  }));
  assert.deepEqual(compareReports(before, after), {
    differences: [],
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

test("compareReports() leaves out what tables do not show for holes, also of a report that is read", () => {
  const of = (p99: number, share: number) =>
    sampleRun({
      stateAgeMs: { p50: 1, p95: 1, p99, max: 9 },
      updateGapMs: { p50: 1, p95: 1, p99, max: 9 },
      holes: { count: 1, ms: 100, share },
    });
  const read = (run: RunReport) => readReport(JSON.stringify(sampleReport(run)), "old.json");
  const changed = (before: RunReport, after: RunReport) =>
    compareReports(read(before), read(after)).runs[0]!.figures.map(({ figure }) => figure);
  assert.deepEqual(changed(of(3, 0.5), of(4, 0.5)), ["state age p99 ms", "update gap p99 ms"]);
  assert.deepEqual(changed(of(3, 0.51), of(4, 0)), ["state age p99 ms"]);
  assert.deepEqual(changed(of(3, 0), of(4, 0.51)), ["state age p99 ms"]);
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

/** A run with some settings other than the sample's. */
function runWith(settings: Partial<RunSettings>, given: Partial<RunReport> = {}): RunReport {
  const run = sampleRun(given);
  return { ...run, settings: { ...run.settings, ...settings } };
}

/** A report as versions before settings wrote them. */
function withoutSettings(...runs: readonly RunReport[]): ReportFigures {
  return {
    ...sampleReport(),
    runs: runs.map(({ settings: _, durationSeconds: __, ...run }) => run),
  };
}

test("compareReports() names settings that differ, each once with both values", () => {
  const other = { sendEvery: null, sendRateHz: 20, keyframeEvery: 30, mtu: 900, seed: 2 };
  const before = sampleReport(runWith({}), runWith({}, { net: "4g" }));
  const after = sampleReport(
    runWith({ ...other, budgetKbps: 64, interpMs: 0, freezeMs: 300 }),
    runWith({ ...other, budgetKbps: 64, interpMs: 0, freezeMs: 300 }, { net: "4g" }),
  );
  assert.deepEqual(
    compareReports(before, after).differences.map(({ what, before, after }) =>
      [what, before, after].join(" ")
    ),
    [
      "send-every 1 none",
      "send-rate none 20",
      "keyframe-every none 30",
      "mtu 1200 900",
      "seed 1 2",
      "budget none 64",
      "interp 100 0",
      "freeze 250 300",
    ],
  );
});

test("compareReports() names frames and duration that differ, but of runs that were measured", () => {
  const before = sampleReport(sampleRun());
  const other = { frames: 26, durationSeconds: 2.6 };
  const of = (after: RunReport) => compareReports(before, sampleReport(after)).differences;
  assert.deepEqual(of(sampleRun(other)), [
    { what: "frames of the recording", before: "25", after: "26" },
  ]);
  assert.deepEqual(of(sampleRun({ durationSeconds: 2.6 })), [
    { what: "duration of the recording", before: "2.5 s", after: "2.6 s" },
  ]);
  // When the first packet goes is a setting's doing.
  assert.deepEqual(of(runWith({ sendEvery: 2 }, { durationSeconds: 2.6 })), [
    { what: "send-every", before: "1", after: "2" },
  ]);
  const bad = sampleReport(sampleRun({ ...other, verified: false }));
  assert.deepEqual(compareReports(before, bad).differences, []);
});

test("compareReports() tells files and presets of one name apart by what they say", () => {
  const half = runWith({ wire: "half.json", wireHash: "aa" });
  const of = (before: RunReport, after: RunReport) =>
    compareReports(sampleReport(before), sampleReport(after)).differences;
  assert.deepEqual(of(half, runWith({ wire: "half.json", wireHash: "bb", netHash: "cc" })), [
    { what: "what net loss=2% stands for", before: half.settings.netHash, after: "cc" },
    { what: "what wire half.json stands for", before: "aa", after: "bb" },
  ]);
  assert.deepEqual(of(half, runWith({ wire: "third.json", wireHash: "bb" })), [
    { what: "wire", before: "half.json", after: "third.json" },
  ]);
});

test("compareReports() compares how the player's side was measured only where both measured it", () => {
  const of = (before: RunReport, after: RunReport) =>
    compareReports(sampleReport(before), sampleReport(after)).differences;
  assert.deepEqual(of(runWith({}), runWith({ figures: "cost", interpMs: 50 })), []);
  assert.equal(of(runWith({}), runWith({ interpMs: 50 })).length, 1);
});

test("compareReports() matches a run with the one that was made alike, whatever its name", () => {
  const named = (history: number) =>
    runWith({ history }, { name: `strict varint loss=2% history=${history}` });
  const alone = sampleReport(runWith({ history: 64 }));
  const both = compareReports(alone, sampleReport(named(128), named(64)));
  assert.deepEqual(both.differences, []);
  assert.deepEqual(both.runs.map(({ name }) => name), ["strict varint loss=2% history=64"]);
  assert.deepEqual(both.added, ["strict varint loss=2% history=128"]);
  const back = compareReports(sampleReport(named(128), named(64)), alone);
  assert.deepEqual(back.runs.map(({ name }) => name), ["strict varint loss=2%"]);
  assert.deepEqual(back.missing, ["strict varint loss=2% history=128"]);
});

test("compareReports() matches by name what was not made alike, and by less where nothing matches", () => {
  const [old, now] = [runWith({ history: 64 }), runWith({ history: 128 })];
  const byName = compareReports(sampleReport(old), sampleReport(now));
  assert.deepEqual(byName.runs.length, 1);
  assert.deepEqual(byName.differences, [{ what: "history", before: "64", after: "128" }]);
  const half = runWith({ wire: "half.json", wireHash: "aa" }, {
    name: "strict varint loss=2% wire=half.json",
  });
  const byLess = compareReports(sampleReport(runWith({})), sampleReport(half));
  assert.deepEqual(byLess.runs.map(({ name }) => name), [half.name]);
  assert.deepEqual(byLess.differences.map(({ what }) => what), ["wire"]);
  // Where something matches, another is added, not another version of what is there.
  const more = compareReports(sampleReport(runWith({})), sampleReport(runWith({}), half));
  assert.deepEqual([more.added, more.differences], [[half.name], []]);
});

test("compareReports() warns of a report that says no settings, and names what it knows and differs", () => {
  const before = {
    ...withoutSettings(sampleRun(), wrongRun()),
    seed: 2,
    recording: "a\n",
  };
  const after = sampleReport(
    runWith({ consumers: 9, mtu: 900 }, { consumers: 9, mtuBytes: 900, frames: 30 }),
    wrongRun(),
  );
  const { differences, runs, warnings } = compareReports(before, after);
  assert.deepEqual(differences, [
    { what: "consumers", before: "2", after: "9" },
    { what: "mtu", before: "1200", after: "900" },
    { what: "seed", before: "2", after: "1" },
    { what: "frames of the recording", before: "25", after: "30" },
  ]);
  assert.equal(runs.length, 2);
  assert.deepEqual(warnings, [
    "recordings differ: a\\u{a} before, duel.mcap now",
    "a report of an older version does not say all settings: others may differ",
  ]);
  const named = sampleRun({ name: "strict varint loss=2% history=64" });
  assert.equal(compareReports(withoutSettings(sampleRun()), sampleReport(named)).runs.length, 1);
});

test("compareReports() warns of settings that one of the reports does not say", () => {
  const { freezeMs: _, ...settings } = sampleRun().settings;
  const before = {
    ...sampleReport(),
    runs: [{ ...sampleRun(), settings: { ...settings, own: 1 } }],
  };
  const { differences, warnings } = compareReports(before, sampleReport(sampleRun()));
  assert.deepEqual(differences, []);
  assert.deepEqual(warnings, ["only one of the reports says freezeMs, own: they may differ"]);
});

test("reportDifferences() compares with a report that has no figures yet", () => {
  const planned = namedRuns([{ ...RUN_DEFAULTS, seed: 4 }], FIGURE_DEFAULTS);
  const made = runWith({ seed: 3, consumers: 1 }, { net: "none" });
  const differences = reportDifferences(sampleReport(made), { runs: planned });
  assert.deepEqual(differences, [{ what: "seed", before: "3", after: "4" }]);
});

const CHANGED = [
  sampleReport(
    runWith({ seed: 1 }),
    wrongRun(),
    sampleRun({ net: "old" }),
    sampleRun({ net: "bad" }),
  ),
  {
    ...sampleReport(
      runWith({ seed: 3 }, { kbps: { mean: 5.44, p95: 4.92, max: 6.51 }, lost: 2 }),
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
    `warning: seed differs: 1 before, 3 now
strict varint loss=2%
  kbps p95              6 -> 4.92     -18 %
  kbps max           6.50 -> 6.51     +0.2 %
  packets lost %        2 -> 4        +100 %
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

test("compareReports() warns where position errors are of other kinds", () => {
  const of = (...kinds: string[]) =>
    sampleReport(sampleRun({
      drawnError: kinds.map((kind) => ({
        ...{ kind, field: "position", axes: ["x", "y"], count: 1, mean: 1, p50: 1, p95: 1, p99: 1 },
        ...{ max: 1, worst: { entity: 1, frame: 0 } },
      })),
    }));
  const warned = (a: ReportFigures, b: ReportFigures) =>
    compareReports(a, b).warnings.filter((text) => text.startsWith("kinds"));
  assert.deepEqual(warned(of("b", "a"), of("a")), [
    "kinds whose position errors are compared differ: a, b before, a now",
  ]);
  assert.deepEqual(warned(of("b", "a"), of("a", "b")), []);
  assert.deepEqual(warned(of("a"), of()), []);
});

test("comparisonText() aligns figures of any name, and says what they are in", () => {
  const drawn = { delayMs: 50, fillingShare: 0, withoutStateShare: 0, delayMsFor999: 90 };
  const before = sampleReport(sampleRun({
    ...{ baselineAgeFrames: { p50: 1, p99: 2, max: 3 }, healFrames: { p50: 1, p99: 2, max: 2 } },
    interpolation: { ...drawn, underrunShare: 0.01, delayMsFor99: 60 },
  }));
  const after = sampleReport(sampleRun({
    ...{ baselineAgeFrames: { p50: 1, p99: 4, max: 5 }, healFrames: { p50: 3, p99: 3, max: 3 } },
    interpolation: { ...drawn, underrunShare: 0.1, delayMsFor99: 90 },
  }));
  const lines = comparisonText(before, after, { isColored: false }).split("\n")
    .filter((line) => line.includes(" -> "));
  assert.equal(new Set(lines.map((line) => line.indexOf(" -> "))).size, 1, lines.join("\n"));
  for (const name of ["baseline age p99 frames", "heal p50 frames", "interpolation 99 % need ms"]) {
    assert.ok(lines.some((line) => line.startsWith(`  ${name} `)), name);
  }
});
