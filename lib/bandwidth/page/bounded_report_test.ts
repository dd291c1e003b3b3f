import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../report/finding.ts";
import { sampleReport, sampleRun } from "../report/sample_report_test_helper.ts";
import { boundReport } from "./bounded_report.ts";

test("boundReport() leaves a report within the bounds as it is", () => {
  const report = sampleReport(sampleRun(), sampleRun({ net: "lan" }));
  assert.deepEqual(boundReport(report), { report, omissions: [] });
});

test("boundReport() puts seconds together: mean kbps, sums of the rest", () => {
  const bounds = { runs: 9, points: 2, fields: 99, textUnits: 99, findings: 9 };
  const { report, omissions } = boundReport(sampleReport(sampleRun()), bounds);
  assert.deepEqual(report.runs[0]!.series, [
    { second: 0, frame: 100, kbps: 5.75, keyframes: 2, losses: 1, wrongFields: 0 },
    { second: 2, frame: 120, kbps: 2.5, keyframes: 0, losses: 0, wrongFields: 0 },
  ]);
  assert.deepEqual(omissions, [
    "Each point in time stands for 2 seconds: kbps, frozen shares and mean errors are means of " +
    "them, ages medians, the largest stay the largest, the rest are sums.",
  ]);
});

test("boundReport() gives all runs points of one length, that of the longest", () => {
  const of = (length: number) =>
    sampleRun({
      series: Array.from({ length }, (_, second) => ({
        ...{ second, frame: second, kbps: 1, keyframes: 0, losses: 0, wrongFields: 0 },
      })),
    });
  const bounds = { runs: 9, points: 8, fields: 99, textUnits: 99, findings: 9 };
  const { report } = boundReport(sampleReport(of(4), of(5)), bounds);
  const seconds = report.runs.map(({ series }) => series.map(({ second }) => second));
  assert.deepEqual(seconds, [[0, 2], [0, 2, 4]]);
});

test("boundReport() keeps the worst of the seconds that it puts together", () => {
  const point = (second: number, p50: number, max: number, frozenShare: number) => ({
    ...{ second, frame: second, kbps: 1, keyframes: 0, losses: 0, wrongFields: 0, frozenShare },
    ...{ stateAgeMs: { p50, max }, drawnError: { mean: p50 / 10, max: max * 2 } },
  });
  const series = [point(0, 40, 90, 0.5), point(1, 20, 400, 0), point(2, 30, 80, 0.25)];
  const bounds = { runs: 9, points: 1, fields: 99, textUnits: 99, findings: 9 };
  const { report } = boundReport(sampleReport(sampleRun({ series })), bounds);
  assert.deepEqual(report.runs[0]!.series, [{
    ...{ second: 0, frame: 0, kbps: 1, keyframes: 0, losses: 0, wrongFields: 0 },
    ...{ frozenShare: 0.25, stateAgeMs: { p50: 30, max: 400 }, drawnError: { mean: 3, max: 800 } },
  }]);
});

test("boundReport() tells how many findings it leaves out, the least of them", () => {
  const finding = (code: string): Finding => ({
    ...{ code, severity: "note", runs: ["a"], text: "t", evidence: "e", remedy: "r" },
  });
  const bounds = { runs: 9, points: 99, fields: 99, textUnits: 99, findings: 1 };
  const given = { ...sampleReport(sampleRun()), findings: [finding("first"), finding("last")] };
  const { report, omissions } = boundReport(given, bounds);
  assert.deepEqual(report.findings, [finding("first")]);
  assert.deepEqual(omissions, ["Only the worst 1 of 2 findings are shown."]);
});

test("boundReport() says what it leaves out", () => {
  const bounds = { runs: 2, points: 99, fields: 2, textUnits: 10, findings: 9 };
  const runs = [1, 2, 3].map(() => sampleRun());
  const { report, omissions } = boundReport(sampleReport(...runs), bounds);
  assert.equal(report.runs.length, 2);
  assert.deepEqual(report.runs[0]!.fields.map(({ field }) => field), ["x"]);
  // The dear field and what is no field's.
  const parts = report.runs[0]!.costs.map(({ part, field }) => field ?? part);
  assert.deepEqual(parts, ["x", "ip", "udp", "packet", "mask", "entity"]);
  assert.equal(report.runs[0]!.net, "loss=2%");
  assert.equal(report.runs[0]!.name, "strict var…");
  assert.deepEqual(omissions, [
    "Only the first 2 of 3 runs are shown.",
    "Only 1 fields of a run are shown.",
    "Texts longer than 10 characters are cut.",
  ]);
});

test("boundReport() keeps no figure of a run that is not verified", () => {
  const run = sampleRun({ verified: false, fault: "wrong" });
  assert.deepEqual(boundReport(sampleReport(run)).report.runs, [{
    settings: run.settings,
    name: "strict varint loss=2%",
    ack: "strict",
    codec: "varint",
    net: "loss=2%",
    consumers: 2,
    verified: false,
    fault: "wrong",
    hash: "0123456789abcdef",
  }]);
});

test("boundReport() cuts names and lists of kinds, entities, costs and errors", () => {
  const long = "n".repeat(30);
  const cost = { part: "field" as const, kind: long, field: long, bits: 1, share: 0.1 };
  const [kind] = sampleRun().kinds;
  const run = sampleRun({
    kinds: [1, 2, 3].map(() => ({ ...kind!, kind: long })),
    entities: [{ id: long, kind: long, bits: 8, share: 1 }, {
      id: 4,
      kind: "k",
      bits: 8,
      share: 1,
    }],
    costs: [cost],
    drawnErrorNow: [1, 2, 3].map(() => ({
      ...{ kind: long, field: long, count: 9, mean: 1, p50: 1, p95: 1, p99: 1, max: 2 },
      worst: { entity: long, frame: 7 },
    })),
  });
  const bounds = { runs: 9, points: 99, fields: 2, textUnits: 25, findings: 9 };
  const { report, omissions } = boundReport(sampleReport(run), bounds);
  const short = `${"n".repeat(25)}…`;
  const [bounded] = report.runs;
  assert.deepEqual(bounded!.kinds.map((cost) => cost.kind), [short, short]);
  assert.deepEqual(bounded!.entities.map(({ id, kind }) => [id, kind]), [[short, short], [4, "k"]]);
  assert.deepEqual(bounded!.costs, [{ ...cost, kind: short, field: short }]);
  const { drawnErrorNow } = bounded!;
  assert.deepEqual(drawnErrorNow!.map(({ kind, field, worst }) => [kind, field, worst]), [
    [short, short, { entity: short, frame: 7 }],
    [short, short, { entity: short, frame: 7 }],
  ]);
  assert.ok(omissions.includes("Only 2 kinds of a run are shown."));
});
