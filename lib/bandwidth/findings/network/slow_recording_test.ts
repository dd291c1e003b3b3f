import assert from "node:assert/strict";
import { test } from "node:test";
import { findingOf, type GivenRun, judge, judgeWith, record } from "../finding_lab_test_helper.ts";

/** An entity that moves every frame, at given times. */
function walk(count: number, timeOf: (frame: number) => number) {
  return record([{ name: "x", type: "u32" }], count, (frame) => [{ x: frame * 77 }], { timeOf });
}

const PACE = "slower-than-freeze";
const HOLE = "hole-in-recording";

test("slower-than-freeze names a threshold that is above the pace of the recording", async () => {
  const made = walk(60, (frame) => frame * 333);
  const { findings, reports } = await judge(made, {});
  const told = findingOf(findings, PACE)!;
  assert.equal(told.severity, "warning");
  assert.equal(reports[0]!.holes!.share, 1);
  assert.equal(
    told.evidence,
    "frames are 333 ms apart (p50), 333 at p95; 59 of 59 distances are holes, 100 % of the time, " +
      "left out of freezes, update gap and interpolation",
  );
  assert.equal(findingOf(findings, HOLE), undefined);
  // Twice 333 ms, to two digits.
  assert.equal(told.remedy, "freezeMs 670");
  const mended = await judgeWith({ freezeMs: 670 }, made, { net: "loss=30%" });
  assert.deepEqual(mended.reports[0]!.holes, { count: 0, ms: 0, share: 0 });
  assert.equal(findingOf(mended.findings, PACE), undefined);
  assert.ok(mended.reports[0]!.freezes!.count > 0);
});

test("slower-than-freeze is told of frames now below the threshold, now above it", async () => {
  // Turns of 244 and 256 ms.
  const made = walk(61, (frame) => frame * 250 - (frame % 2) * 6);
  const { findings } = await judge(made, {});
  const told = findingOf(findings, PACE)!;
  assert.match(told.evidence, /^frames are 244 ms apart \(p50\), 256 at p95; 30 of 60 distances/);
  assert.equal(told.remedy, "freezeMs 520");
  assert.equal(findingOf(findings, HOLE), undefined);
  const mended = await judgeWith({ freezeMs: 520 }, made, {});
  assert.equal(findingOf(mended.findings, PACE), undefined);
});

test("hole-in-recording counts single holes of a recording that is fast otherwise", async () => {
  // 99 distances, of which two are 1000 ms and all others 50 ms: 2 of 6.85 s.
  const timeOf = (frame: number) => frame * 50 + (frame > 30 ? 950 : 0) + (frame > 60 ? 950 : 0);
  const { findings } = await judge(walk(100, timeOf), {});
  const told = findingOf(findings, HOLE)!;
  assert.equal(told.severity, "note");
  assert.match(told.evidence, /^2 holes, 2 s in all, 29\.2 % of the time, left out of freezes/);
  assert.equal(findingOf(findings, PACE), undefined);
  const whole = await judge(walk(100, (frame) => frame * 50), {});
  assert.equal(findingOf(whole.findings, HOLE), undefined);
  assert.equal(findingOf(whole.findings, PACE), undefined);
});

test("a hole does not make packets further apart than they are", async () => {
  const timeOf = (frame: number) => frame * 20 + (frame > 30 ? 600_000 : 0);
  const { findings } = await judge(walk(400, timeOf), { net: "loss=60%,burst=30" });
  assert.match(findingOf(findings, "freezes")!.remedy, /^extrapolate/);
});

test("nobody-connected is told of a run that sent nothing, and of no other", async () => {
  const made = walk(50, (frame) => frame * 20);
  const of = async (run: GivenRun) => await judge(made, run);
  const { findings } = await of({ churn: { joinMs: 1e6 } });
  assert.deepEqual(findings.map(({ code, severity }) => `${severity} ${code}`), [
    "error nobody-connected",
  ]);
  assert.equal(
    findings[0]!.evidence,
    "0 of 1 consumer joined in 0.98 s of recording; they join within 1000 s",
  );
  for (const run of [{}, { net: "loss=100%" }, { churn: { joinMs: 500 } }]) {
    assert.equal(findingOf((await of(run)).findings, "nobody-connected"), undefined);
  }
});

test("findings say nothing of the parts that a handful of packets makes", async () => {
  const one = await judge(walk(1, () => 0), { consumers: 3 });
  assert.deepEqual(one.findings, []);
  const { findings, reports } = await judge(walk(500, (frame) => frame * 20), {
    sendEveryFrames: 900,
  });
  assert.equal(reports[0]!.packets, 1);
  assert.deepEqual(findings.map(({ code }) => code), ["freezes", "interpolation-too-short"]);
});

test("no-state is told of a recording shorter than a freeze of which nothing arrives", async () => {
  const { findings } = await judge(walk(10, (frame) => frame * 20), { net: "loss=100%" });
  assert.deepEqual(findings.map(({ code, severity }) => `${severity} ${code}`), [
    "error no-state",
  ]);
  assert.equal(
    findings[0]!.evidence,
    "1 of 1 join never led to a state, the longest wait 0.18 s; 10 of 10 packets lost",
  );
  assert.match(findings[0]!.remedy, /^no packet arrives/);
});
