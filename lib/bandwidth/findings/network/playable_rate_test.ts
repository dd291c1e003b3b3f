import assert from "node:assert/strict";
import { test } from "node:test";
import { findingOf, type GivenRun, judge, judgeWith, record } from "../finding_lab_test_helper.ts";

const WALK = record([{ name: "x", type: "u32" }], 500, (frame) => [{ x: frame * 77 }], {
  stepMs: 20,
});

test("freezes names a larger budget where the budget leaves packets out", async () => {
  const { findings, reports } = await judge(WALK, { budgetKbps: 1 });
  const told = findingOf(findings, "freezes")!;
  assert.equal(told.severity, "error");
  const [, kbps] = /^budgetKbps ([0-9.]+)kbps: the budget leaves packets out$/.exec(told.remedy)!;
  assert.ok(Number(kbps) > 1);
  const mended = await judge(WALK, { budgetKbps: Number(kbps) });
  assert.equal(findingOf(mended.findings, "freezes"), undefined);
  assert.ok(mended.reports[0]!.packets > reports[0]!.packets);
});

test("freezes names a higher rate, with a budget that it fits in", async () => {
  const told = findingOf((await judge(WALK, { sendRateHz: 2 })).findings, "freezes")!;
  assert.equal(told.remedy, "sendRateHz 8: packets are further apart than a freeze is long");
  const given = { sendRateHz: 2, budgetKbps: 0.7 };
  const remedy = findingOf((await judge(WALK, given)).findings, "freezes")!.remedy;
  const [, kbps] = /^sendRateHz 8 with budgetKbps ([0-9.]+)kbps: /.exec(remedy)!;
  const mended = await judge(WALK, { sendRateHz: 8, budgetKbps: Number(kbps) });
  assert.equal(findingOf(mended.findings, "freezes"), undefined);
});

test("remedies of a link that carries no playable rate say so, one as the other", async () => {
  const net = "rate=2,queue=100";
  // Two packets in 250 ms are 8 a second, and 288 B of headers: 2.3 of the 1.6 kbit/s in use.
  const none =
    /^no rate fits: the link carries 2 kbit\/s, 1\.6 of which .* 8 packets a second, 2 in 250 ms, are 2\.3;/;
  const { findings } = await judge(WALK, { net });
  assert.match(findingOf(findings, "rate-limited")!.remedy, none);
  const slow = await judge(WALK, { net, sendRateHz: 2.7, budgetKbps: 1.6 });
  assert.match(findingOf(slow.findings, "freezes")!.remedy, none);
  // With a threshold of a second 2 packets do, and fit.
  const patient = await judgeWith({ freezeMs: 1000 }, WALK, { net });
  assert.match(findingOf(patient.findings, "rate-limited")!.remedy, /^stay below the bottleneck: /);
});

test("rate-limited does not name a budget that is in force already", async () => {
  const random = record(
    [{ name: "x", type: "u32" }, { name: "y", type: "u32" }],
    400,
    (frame) => Array.from({ length: 30 }, (_, i) => ({ x: (frame * 7919 * i) % 65_521, y: frame })),
    { stepMs: 20 },
  );
  const run: GivenRun = { net: "rate=50,queue=1" };
  const told = findingOf((await judge(random, run)).findings, "rate-limited")!;
  assert.equal(told.remedy, "stay below the bottleneck: budgetKbps 40kbps");
  const { findings } = await judge(random, { ...run, budgetKbps: 40 });
  for (const { remedy } of findings) assert.doesNotMatch(remedy, /budgetKbps/);
});

test("interpolation-too-short says whether packets are seldom or the way is long", async () => {
  const of = async (run: GivenRun, interpMs: number) =>
    findingOf((await judgeWith({ interpMs }, WALK, run)).findings, "interpolation-too-short");
  const seldom = (await of({ sendEveryFrames: 5 }, 30))!;
  assert.match(seldom.text, /shorter than packets are apart$/);
  assert.equal(seldom.remedy, "interpMs 80, or send more often: sendEveryFrames 1");
  assert.equal(await of({ sendEveryFrames: 5 }, 80), undefined);
  assert.equal(await of({ sendEveryFrames: 1 }, 30), undefined);
  const budget = (await of({ budgetKbps: 1 }, 100))!;
  assert.match(budget.text, /shorter than packets are apart$/);
  assert.match(budget.remedy, /^interpMs \d+, or send more often: budgetKbps [0-9.]+kbps$/);
  const rate = (await of({ sendRateHz: 2, net: "delay=30" }, 100))!;
  assert.match(rate.text, /shorter than packets are apart$/);
  assert.match(rate.remedy, /, or send more often: sendRateHz 1\d$/);
  const far = (await of({ net: "delay=150" }, 100))!;
  assert.match(far.text, /shorter than the way through the network/);
  assert.match(far.remedy, /^interpMs \d+$/);
});

test("interpolation-too-short leaves out what no delay mends, and says how much it is", async () => {
  // The first state takes 160 ms of 10 s, which is 1.6 %, and a delay of 300 ms is above all ages.
  const made = { net: "delay=150" };
  const enough = await judgeWith({ interpMs: 300 }, WALK, made);
  const { fillingShare, withoutStateShare } = enough.reports[0]!.interpolation!;
  assert.ok(fillingShare > 0.01 && withoutStateShare > 0.01);
  assert.equal(findingOf(enough.findings, "interpolation-too-short"), undefined);
  const short = await judgeWith({ interpMs: 152 }, WALK, made);
  const { interpolation } = short.reports[0]!;
  const told = findingOf(short.findings, "interpolation-too-short")!;
  const without = Number((interpolation!.withoutStateShare * 100).toPrecision(3));
  assert.ok(told.evidence.includes(`${without} % before the first state`), told.evidence);
});
