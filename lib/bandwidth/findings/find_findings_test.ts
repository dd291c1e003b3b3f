import assert from "node:assert/strict";
import { test } from "node:test";
import { RUN_DEFAULTS } from "../../replication/run_options.ts";
import { RecordingWatch } from "../facts/recording_watch.ts";
import { sampleRun } from "../report/sample_report_test_helper.ts";
import { findFindings } from "./find_findings.ts";
import { type GivenRun, judge, judgeFigures, record } from "./finding_lab_test_helper.ts";
import { FINDING_RULES } from "./finding_rules.ts";

const RECORDING = record([{ name: "x", type: "i32" }], 200, (frame) => [{ x: frame * 77 }]);

test("findFindings() makes one finding of runs that show the same, with the figures of the worst", async () => {
  const nets = ["loss.up=60%", "loss.up=80%", "none", "loss.up=30%"];
  const { findings, reports } = await judge(RECORDING, ...nets.map((net) => ({ net })));
  const starved = findings.filter(({ code }) => code === "acks-starved");
  assert.deepEqual(
    starved.map(({ runs, severity }) => [severity, ...runs]),
    [
      ["warning", "strict varint loss.up=60%", "strict varint loss.up=80%"],
      ["note", "strict varint loss.up=30%"],
    ],
  );
  const { lost, sent } = reports[1]!.acks;
  const begins = `strict varint loss.up=80%: ${lost} of ${sent} acks lost`;
  assert.ok(starved[0]!.evidence.startsWith(begins), starved[0]!.evidence);
});

test("findFindings() orders by severity, and by size within it", async () => {
  const { findings } = await judge(
    RECORDING,
    { net: "rate=2,queue=2" },
    { policy: "append", net: "loss=20%" },
    { net: "loss.up=60%" },
  );
  const severities = findings.map(({ severity }) => severity);
  const ranks = severities.map((severity) => ["error", "warning", "note"].indexOf(severity));
  assert.deepEqual(ranks, ranks.toSorted((a, b) => a - b));
  assert.ok(new Set(severities).size > 1);
  assert.equal(findings[0]!.code, "rate-limited");
});

test("findFindings() spells remedies as it is told", () => {
  const freezes = { thresholdMs: 250, count: 1, share: 0.1, longestMs: 900 };
  const report = sampleRun({ freezes });
  const runs = [{ ...RUN_DEFAULTS, sendEveryFrames: 10 }];
  const watch = new RecordingWatch(RECORDING.layout);
  for (const frame of RECORDING.frames) watch.add(frame);
  const sources = { reports: [report], runs, facts: watch.facts() };
  const remedies = (nameOf?: (key: string) => string) =>
    findFindings({ ...sources, ...(nameOf === undefined ? {} : { nameOf }) })
      .filter(({ code }) => code === "freezes").map(({ remedy }) => remedy);
  assert.match(remedies()[0]!, /^sendEveryFrames 2:/);
  assert.match(remedies((key) => `<${key}>`)[0]!, /^<sendEveryFrames> 2:/);
});

test("findFindings() says nothing of runs that are not verified, or that only the cost is known of", () => {
  assert.ok(judgeFigures({ datagramsLost: 1e6 }).length > 0);
  assert.deepEqual(judgeFigures({ datagramsLost: 1e6, verified: false }), []);
  const { settings } = sampleRun();
  assert.deepEqual(
    judgeFigures({ datagramsLost: 1e6, settings: { ...settings, figures: "cost" } }),
    [],
  );
});

test("findFindings() copes with runs that sent nothing", async () => {
  const none = record([{ name: "x", type: "u8" }], 0, () => []);
  assert.deepEqual((await judge(none, { net: "4g" })).findings, []);
  const one = record([{ name: "x", type: "u8" }], 1, () => [{ x: 1 }]);
  const { findings } = await judge(one, { net: "4g,rate=3" });
  for (const { evidence, remedy, text } of findings) {
    assert.doesNotMatch(`${text} ${evidence} ${remedy}`, /NaN|Infinity|undefined/);
  }
});

test("findings of any network name no figure that is none", async () => {
  const nets = ["none", "acklag=3", "rate=1,queue=1", "delay=900,jitter=200,loss=50%,burst=9"];
  const policies = ["append", "strict", "nack"] as const;
  const runs = nets.flatMap((net) => policies.map((policy) => ({ net, policy })));
  const { findings } = await judge(RECORDING, ...runs.map((run) => ({ ...run })));
  assert.ok(findings.length > 3);
  for (const { evidence, remedy, text } of findings) {
    assert.doesNotMatch(`${text} ${evidence} ${remedy}`, /NaN|Infinity|undefined/);
  }
});

test("codes of findings are told apart", () => {
  const codes = FINDING_RULES.map(({ code }) => code);
  assert.equal(new Set(codes).size, codes.length);
  assert.ok(codes.every((code) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(code)));
});

test("findFindings() names a remedy that does for every run of a finding", async () => {
  const made = record([{ name: "x", type: "i32" }], 1000, (frame) => [{ x: frame * 77 }], {
    stepMs: 8,
  });
  const nets = ["delay=600,loss=5%", "delay=900", "delay=700"];
  const { findings } = await judge(made, ...nets.map((net) => ({ net })));
  const finding = findings.find(({ code }) => code === "history-shorter-than-rtt")!;
  assert.equal(finding.runs.length, 3);
  // 1800 ms are 225 frames, with a quarter more 283.
  assert.equal(finding.remedy, "historyFrames 512");
  const mended = await judge(made, ...nets.map((net) => ({ net, historyFrames: 512 })));
  assert.ok(!mended.findings.some(({ code }) => code === "history-shorter-than-rtt"));
});

test("findFindings() takes packets that a budget leaves out for further apart", async () => {
  const made = record([{ name: "x", type: "i32" }], 600, (frame) => [{ x: frame * 77 }], {
    stepMs: 16,
  });
  const remedyOf = async (given: GivenRun) =>
    (await judge(made, given)).findings.find(({ code }) => code === "framing-share")?.remedy;
  assert.match((await remedyOf({}))!, /^sendEveryFrames 2 halves/);
  assert.equal(await remedyOf({ budgetKbps: 2 }), undefined);
});
