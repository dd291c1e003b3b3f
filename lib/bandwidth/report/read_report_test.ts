import assert from "node:assert/strict";
import { test } from "node:test";
import { readReport, ReportSyntaxError } from "./read_report.ts";
import { sampleReport, sampleRun } from "./sample_report_test_helper.ts";

const REMEDY = "give a file that `reportJson` wrote";

function messageOf(text: string): string {
  try {
    readReport(text, "old.json");
  } catch (error) {
    assert.ok(error instanceof ReportSyntaxError);
    return error.message;
  }
  throw new Error(`read ${text}`);
}

test("readReport() reads a report, also an older one without staleness", () => {
  const run = sampleRun();
  assert.equal(readReport(JSON.stringify(sampleReport(run)), "old.json").runs[0]!.kbps.p95, 6);
  const { stalenessFrames: _, ...older } = run;
  const text = JSON.stringify({ recording: "a", seed: 1, runs: [older] });
  assert.equal(readReport(text, "old.json").runs[0]!.stalenessFrames, undefined);
});

test("readReport() reads a report that names datagrams by their former key", () => {
  const { datagrams, ...run } = sampleRun();
  const text = JSON.stringify({
    recording: "a",
    seed: 1,
    runs: [{ ...run, fragments: datagrams }],
  });
  assert.equal(readReport(text, "old.json").runs[0]!.packets, 50);
});

test("readReport() needs no figure of a run that is not verified", () => {
  const runs = [{ name: "strict", verified: false, fault: "packet of frame 3 is wrong" }];
  const report = readReport(JSON.stringify({ recording: "a", seed: 1, runs }), "old.json");
  assert.equal(report.runs[0]!.fault, "packet of frame 3 is wrong");
});

test("readReport() reads what the player sees, and refuses it where it is no figure", () => {
  const interpolation = {
    delayMs: 100,
    underrunShare: 0.5,
    fillingShare: 0,
    withoutStateShare: 0,
    delayMsFor99: 1,
    delayMsFor999: 2,
  };
  const error = { kind: "ship", field: "position", p50: 1, p99: 2, max: 3 };
  const textOf = (given: object) =>
    JSON.stringify(sampleReport({ ...sampleRun(), interpolation, ...given }));
  const [run] = readReport(textOf({ drawnError: [error] }), "old.json").runs;
  assert.equal(run!.interpolation!.underrunShare, 0.5);
  assert.equal(run!.drawnError![0]!.p99, 2);
  assert.match(
    messageOf(textOf({ interpolation: { ...interpolation, delayMsFor99: "1" } })),
    /at runs\.0\.interpolation\.delayMsFor99: it is "1", expected number/,
  );
  assert.match(
    messageOf(textOf({ drawnError: [{ ...error, max: -3 }] })),
    /at runs\.0\.drawnError\.0\.max: it is -3/,
  );
});

test("readReport() says in one line why a text is no report", () => {
  const kbps = { ...sampleRun().kbps, p95: "6" };
  const lost = { ...sampleRun(), lost: -1 };
  const pairs: [text: string, message: string][] = [
    ["{", `Cannot read report old.json: it is not JSON; ${REMEDY}`],
    ["{}", `Cannot read report old.json at recording: it is missing; ${REMEDY}`],
    ["3", `Cannot read report old.json: it is 3, expected Object; ${REMEDY}`],
    [
      JSON.stringify({ recording: "a", seed: 1, runs: [{ ...sampleRun(), kbps }] }),
      `Cannot read report old.json at runs.0.kbps.p95: it is "6", expected number; ${REMEDY}`,
    ],
    [
      JSON.stringify(sampleReport(sampleRun(), lost)),
      `Cannot read report old.json at runs.1.lost: it is -1, expected >=0; ${REMEDY}`,
    ],
  ];
  for (const [text, message] of pairs) assert.equal(messageOf(text), message);
});

test("ReportSyntaxError shows control characters of the file's name", () => {
  const error = new ReportSyntaxError("a\u001b[2J\n.json", "", "it is not JSON");
  assert.equal(
    error.message,
    `Cannot read report a\\u{1b}[2J\\u{a}.json: it is not JSON; ${REMEDY}`,
  );
  assert.equal(
    error.messageWith(() => "tool --json").split("; ")[1],
    "give a file that `tool --json` wrote",
  );
});
