import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandoms } from "../../../net/link/random.ts";
import type { RunReport } from "../../report/run_report.ts";
import { sampleRun } from "../../report/sample_report_test_helper.ts";
import {
  findingOf,
  judge,
  judgeFigures,
  judgeWith,
  record,
  recordNoise,
} from "../finding_lab_test_helper.ts";

const SAMPLE = sampleRun();

test("rate-limited comes first, and its remedy fits through the bottleneck", async () => {
  const made = recordNoise(4, 8, 600, 33);
  const net = "delay=35,rate=6,queue=2";
  const { findings, reports } = await judge(made, { net });
  const [finding] = findings;
  assert.equal(finding!.code, "rate-limited");
  assert.equal(finding!.severity, "error");
  const { datagrams, datagramsDropped, lost, packets } = reports[0]!;
  assert.equal(datagramsDropped, lost);
  assert.ok(lost > packets * 0.8);
  assert.ok(finding!.evidence.startsWith(`${datagramsDropped} of ${datagrams} datagrams dropped`));
  assert.match(finding!.evidence, /, 6 kbit\/s fit$/);
  // 4.8 kbps are 600 B/s, half of which are the headers of 8.3 packets of 36 B.
  assert.equal(
    finding!.remedy,
    "stay below the bottleneck: sendRateHz 8.3 with budgetKbps 4.8kbps, since headers alone fill it",
  );
  const mended = await judge(made, { net, sendRateHz: 8.3, budgetKbps: 4.8 });
  const { datagramsDropped: dropped, datagrams: sent } = mended.reports[0]!;
  assert.ok(dropped < sent * 0.05, `${dropped} of ${sent}`);
  assert.notEqual(findingOf(mended.findings, "rate-limited")?.severity, "error");
});

test("rate-limited names a budget alone where headers leave room for it", async () => {
  const made = recordNoise(20, 8, 200, 33);
  const net = "rate=100,queue=2";
  const { findings } = await judge(made, { net });
  const finding = findingOf(findings, "rate-limited")!;
  assert.equal(finding.remedy, "stay below the bottleneck: budgetKbps 80kbps");
  const mended = await judge(made, { net, budgetKbps: 80 });
  assert.ok(mended.reports[0]!.datagramsDropped * 20 < mended.reports[0]!.datagrams);
});

test("rate-limited is not told of loss that is no bottleneck's", async () => {
  const made = recordNoise(4, 8, 200, 33);
  for (const net of ["loss=30%", "rate=1000,queue=20"]) {
    assert.equal(findingOf((await judge(made, { net })).findings, "rate-limited"), undefined);
  }
});

test("no-state is told of consumers that lost the keyframe before their first patch", async () => {
  const made = recordNoise(2, 8, 300, 33);
  const run = { policy: "append", net: "loss=30%", consumers: 10 } as const;
  const { findings, reports } = await judge(made, run);
  const finding = findingOf(findings, "no-state")!;
  assert.equal(finding.severity, "error");
  const missed = reports[0]!.consumersWithoutState;
  assert.ok(missed > 0);
  assert.match(finding.evidence, new RegExp(`${missed} of 10 consumers got patches to a state`));
  // A second at 33 ms.
  assert.match(
    finding.remedy,
    /^policy strict sends states.*acked; or keyframeEveryFrames 30 sends one every second$/,
  );
  const mended = await judge(made, { ...run, policy: "strict" });
  assert.equal(mended.reports[0]!.consumersWithoutState, 0);
  assert.equal(findingOf(mended.findings, "no-state"), undefined);
});

test("no-state counts joins that never led to a state", () => {
  const first = { p50: 900, p95: 900, p99: 900, max: 900 };
  const freezes = { thresholdMs: 250, count: 0, share: 0, longestMs: 0 };
  const of = (open: number, joins: number, max = 900) =>
    findingOf(
      judgeFigures({ freezes, timeToFirstStateMs: { ...first, max, joins, open } }),
      "no-state",
    );
  assert.match(
    of(3, 10)!.evidence,
    /^3 of 10 joins never led to a state, the longest wait 0\.9 s$/,
  );
  assert.equal(of(10, 10)!.severity, "error");
  assert.equal(of(0, 10), undefined);
  assert.equal(of(1, 200), undefined);
  assert.equal(of(3, 10, 200), undefined);
});

test("wrong-shown is told of append, and strict shows nothing wrong", async () => {
  const random = createRandoms(9, 1, "down");
  // Values that stay for 40 frames: a loss is not mended before.
  const made = record([{ name: "hp", type: "u8" }], 800, (frame) => [
    { hp: frame % 40 === 0 ? random.below(200, 0) : 201 + (frame - frame % 40) / 40 },
  ]);
  const run = { policy: "append", net: "loss=10%", consumers: 10 } as const;
  const { findings, reports } = await judge(made, run);
  const finding = findingOf(findings, "wrong-shown")!;
  const { longestStreakFrames, wrongFieldFrames } = reports[0]!.divergence;
  assert.ok(wrongFieldFrames > 0);
  assert.equal(finding.severity, longestStreakFrames >= 20 ? "error" : "warning");
  assert.ok(finding.evidence.startsWith(`${wrongFieldFrames} wrong fields`));
  assert.ok(finding.evidence.includes(`${longestStreakFrames} frames (`));
  const mended = await judge(made, { ...run, policy: "strict" });
  assert.equal(mended.reports[0]!.divergence.wrongFieldFrames, 0);
  assert.equal(findingOf(mended.findings, "wrong-shown"), undefined);
});

const freezes = { thresholdMs: 250, count: 4, share: 0.02, longestMs: 700 };
const first = { p50: 40, p95: 40, p99: 40, max: 40, joins: 2, open: 0 };

function freezeOf(given: Partial<RunReport>, options: Parameters<typeof judgeFigures>[1] = {}) {
  return findingOf(
    judgeFigures({ freezes, timeToFirstStateMs: first, ...given }, options),
    "freezes",
  );
}

test("freezes weighs the part of the time, and names what would end them", () => {
  const told = freezeOf({})!;
  assert.equal(told.severity, "warning");
  assert.equal(
    told.evidence,
    "4 freezes, 2 % of the time of connected consumers, the longest 700 ms",
  );
  assert.match(told.remedy, /^extrapolate/);
  assert.equal(freezeOf({ freezes: { ...freezes, share: 0.2 } })!.severity, "error");
  assert.equal(freezeOf({ freezes: { ...freezes, share: 0.0001 } })!.severity, "note");
  assert.equal(freezeOf({ freezes: { ...freezes, count: 0, share: 0 } }), undefined);
  // Packets every 10 frames are 500 ms apart; half of 250 ms are 2 frames.
  assert.match(freezeOf({}, { sendEveryFrames: 10 })!.remedy, /^sendEveryFrames 2: packets are/);
  // 2 % of the datagrams lost, and 20 % of the packets.
  const pieces = freezeOf({ packets: 100, lost: 20, datagrams: 1000, datagramsLost: 20 })!;
  assert.match(
    pieces.remedy,
    /^fewer fields or coarser steps by wire.*lost with any of their pieces$/,
  );
  const bursts = freezeOf({ lossRuns: { mean: 2, max: 9 } })!;
  assert.match(bursts.remedy, /up to 9 packets in a row are lost$/);
});

test("freezes that are only waits for the first state are a note", () => {
  const waits = { ...first, p50: 650, max: 700 };
  const told = freezeOf({
    freezes: { ...freezes, count: 2, share: 0.1 },
    timeToFirstStateMs: waits,
  })!;
  assert.equal(told.severity, "note");
  assert.match(told.text, /wait for their first state for more than 250 ms/);
  // 4000 kbit at 10 kbps are 400 s of connected time, of which two waits of 650 ms are 0.3 %.
  const time = { kbps: { ...SAMPLE.kbps, mean: 10 }, wireBytes: 500_000 };
  const more = freezeOf({ timeToFirstStateMs: waits, ...time })!;
  assert.equal(more.severity, "warning");
  const mostly = { ...freezes, share: 0.0035 };
  assert.equal(freezeOf({ freezes: mostly, timeToFirstStateMs: waits, ...time })!.severity, "note");
  assert.equal(freezeOf({ freezes: mostly, ...time })!.severity, "warning");
});

const buffer = {
  delayMs: 100,
  underrunShare: 0.05,
  fillingShare: 0.01,
  withoutStateShare: 0,
  delayMsFor99: 140.2,
  delayMsFor999: 210,
};

test("interpolation-too-short leaves out what fills the buffer after a join", () => {
  const ages = { p95: 90, p99: 140, max: 210 };
  const of = (given: Partial<typeof buffer>, age = 40) =>
    findingOf(
      judgeFigures({ interpolation: { ...buffer, ...given }, stateAgeMs: { ...ages, p50: age } }),
      "interpolation-too-short",
    );
  const told = of({})!;
  assert.equal(told.severity, "warning");
  assert.match(told.evidence, /^for 4 % of the time at 100 ms.*99 % of the time need 140\.2 ms/);
  assert.equal(told.remedy, "interpMs 141");
  assert.equal(of({ underrunShare: 0.3 })!.severity, "error");
  const far = of({ underrunShare: 1 }, 120)!;
  assert.equal(far.severity, "error");
  assert.match(far.text, /shorter than the way through the network/);
  assert.equal(of({ underrunShare: 0.015 }), undefined);
  assert.equal(of({ delayMsFor99: 90 })!.remedy, "interpMs 210");
  const late = { delayMsFor99: 4000, delayMsFor999: 5000 };
  assert.match(of(late)!.text, /so late that no interpolation delay/);
  assert.match(of(late)!.remedy, /^end the losses and freezes/);
});

/** What is advised where states take so long, over a way of 5 s. */
function adviceOf(delayMsFor99: number): string {
  const interpolation = { ...buffer, delayMsFor99, delayMsFor999: delayMsFor99 };
  const stateAgeMs = { p50: 5000, p95: 5000, p99: 5000, max: 5000 };
  const findings = judgeFigures({ interpolation, stateAgeMs }, { net: "delay=5000" });
  return findingOf(findings, "interpolation-too-short")!.remedy;
}

test("interpolation-too-short names no delay that is out of range", () => {
  assert.equal(
    adviceOf(10_000),
    "serve players from nearer by; interpMs 10000 only where nobody plays, as spectators do not",
  );
  assert.equal(
    adviceOf(10_001),
    "serve players from nearer by; no interpMs up to 10000 is enough",
  );
});

test("late-packets names no delay that is out of range", () => {
  // Jitter of 1 s either way turns around what is less than 2 s apart, so states are 1950 ms older.
  const settings = { ...SAMPLE.settings, freezeMs: 5000 };
  const of = (delayMsFor99: number) =>
    findingOf(
      judgeFigures(
        { delivered: 49, late: 20, interpolation: { ...buffer, delayMsFor99 }, settings },
        { net: "delay=1000,jitter=1000" },
      ),
      "late-packets",
    )!.remedy;
  assert.match(of(8050), /1950 ms older, which takes interpMs 10000$/);
  assert.match(of(8051), /1950 ms older, for which no interpMs up to 10000 is enough$/);
});

test("late-packets is told of jitter, and packets so far apart keep their order", async () => {
  const made = recordNoise(2, 8, 600, 16);
  const net = "delay=60,jitter=30";
  const { findings, reports } = await judge(made, { net, consumers: 4 });
  const finding = findingOf(findings, "late-packets")!;
  // Drawn 100 ms behind, nobody sees it; 50 ms behind, many do.
  assert.equal(finding.severity, "note");
  const near = await judgeWith({ interpMs: 50 }, made, { net, consumers: 4 });
  const seen = findingOf(near.findings, "late-packets")!;
  assert.equal(seen.severity, "warning");
  assert.match(seen.remedy, /, with states up to 48 ms older, which takes interpMs \d+$/);
  assert.ok(finding.evidence.startsWith(`${reports[0]!.late} of ${reports[0]!.delivered} `));
  assert.match(
    finding.remedy,
    /^sendEveryFrames 4 sends as far apart as the jitter reaches, with states up to 48 ms older/,
  );
  const mended = await judge(made, { net, consumers: 4, sendEveryFrames: 4 });
  assert.equal(mended.reports[0]!.late, 0);
  assert.equal(findingOf(mended.findings, "late-packets"), undefined);
  const wide = (await judge(made, { net: "delay=60,jitter=150" })).findings;
  assert.match(
    findingOf(wide, "late-packets")!.remedy,
    /^none: .* 300 ms apart, which the picture/,
  );
  const good = await judge(made, { net: "good" });
  assert.ok(good.reports[0]!.late > 0);
  assert.equal(findingOf(good.findings, "late-packets"), undefined);
  const steady = await judge(made, { net: "delay=60,loss=5%" });
  assert.equal(findingOf(steady.findings, "late-packets"), undefined);
});

test("acks-starved is told of lost acks, and baselines are younger with them", async () => {
  const made = recordNoise(2, 8, 600, 16);
  const { findings, reports } = await judge(made, { net: "delay=30,loss.up=60%" });
  const finding = findingOf(findings, "acks-starved")!;
  assert.equal(finding.severity, "warning");
  const { acks, baselineAgeFrames } = reports[0]!;
  assert.ok(finding.evidence.startsWith(`${acks.lost} of ${acks.sent} acks lost (`));
  assert.ok(Math.abs(acks.lost / acks.sent - 0.6) < 0.06);
  const mended = await judge(made, { net: "delay=30" });
  assert.equal(findingOf(mended.findings, "acks-starved"), undefined);
  assert.ok(mended.reports[0]!.baselineAgeFrames.p99 < baselineAgeFrames.p99);
});

test("acks-starved is told of acks that take much longer than packets", async () => {
  const made = recordNoise(2, 8, 300, 16);
  const late = findingOf((await judge(made, { net: "acklag=20" })).findings, "acks-starved")!;
  assert.match(late.evidence, /baselines are 20 frames old \(320 ms\)/);
  const up = await judge(made, { net: "delay=30,delay.up=200" });
  assert.ok(findingOf(up.findings, "acks-starved"));
  for (const net of ["delay=200", "acklag=3", "delay=30,loss=5%"]) {
    assert.equal(findingOf((await judge(made, { net })).findings, "acks-starved"), undefined, net);
  }
});

test("starved-budget is told of news that waits, and twice the budget lets it wait less", async () => {
  const made = recordNoise(20, 8, 300, 33);
  const { findings, reports } = await judge(made, { budgetKbps: 10 });
  const finding = findingOf(findings, "starved-budget")!;
  assert.equal(finding.severity, "error");
  const { p99 } = reports[0]!.stalenessFrames;
  assert.ok(p99 * 33 >= 1000);
  assert.ok(finding.evidence.includes(`${p99} at p99`));
  assert.match(finding.remedy, /^budgetKbps 20kbps/);
  const mended = await judge(made, { budgetKbps: 20 });
  assert.ok(mended.reports[0]!.stalenessFrames.p99 < p99);
  const limited = await judge(made, { budgetKbps: 10, net: "rate=20,queue=20" });
  assert.equal(findingOf(limited.findings, "starved-budget")!.remedy, "send less: interest, wire");
  const enough = await judge(made, { budgetKbps: 4000 });
  assert.equal(findingOf(enough.findings, "starved-budget"), undefined);
  assert.equal(findingOf((await judge(made, {})).findings, "starved-budget"), undefined);
});

test("findings of a sample that nothing is wrong with are few", () => {
  assert.deepEqual(judgeFigures(SAMPLE).map(({ code }) => code), []);
});

test("no-state blames a recording that ends before the first state can come", async () => {
  const made = recordNoise(2, 8, 12, 33);
  const { findings } = await judge(made, { net: "delay=600" });
  const finding = findingOf(findings, "no-state")!;
  assert.equal(finding.severity, "note");
  assert.equal(finding.remedy, "report on a longer recording");
  assert.equal(findingOf(findings, "interpolation-too-short"), undefined);
  const longer = await judge(recordNoise(2, 8, 60, 33), { net: "delay=600" });
  assert.equal(findingOf(longer.findings, "no-state"), undefined);
});
