import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandoms } from "../../../net/link/random.ts";
import { findingOf, judge, record } from "../finding_lab_test_helper.ts";

const random = createRandoms(5, 1, "down");
// 4 entities of 4 B that nothing foretells: with headers some 55 B at 50 Hz, 22 kbps.
const NOISE = record(
  [{ name: "x", type: "i32" }, { name: "rest", type: "i32" }],
  600,
  () => Array.from({ length: 4 }, () => ({ x: random.below(2 ** 30, 0), rest: 7 })),
  { stepMs: 20 },
);

test("queue-delay is told of a long queue that drops nothing, and its remedy empties it", async () => {
  const net = "delay=20,rate=15,queue=100000";
  const { findings, reports } = await judge(NOISE, { net });
  const [first] = findings;
  assert.equal(first!.code, "queue-delay");
  assert.equal(first!.severity, "error");
  const { datagramsDropped, stateAgeMs } = reports[0]!;
  assert.equal(datagramsDropped, 0);
  assert.ok(stateAgeMs!.p50 > 1000);
  assert.match(first!.evidence, /where their way takes 20; [0-9.]+ kbps sent, 15 kbit\/s fit$/);
  assert.match(first!.remedy, /^stay below the bottleneck: .*budgetKbps 12kbps/);
  // Acks that wait behind their packets are no reason for a longer history.
  assert.ok(reports[0]!.keyframeReasons.evicted > 0);
  for (const { remedy } of findings) assert.doesNotMatch(remedy, /historyFrames/);
  const [, hz] = /sendRateHz ([0-9.]+)/.exec(first!.remedy) ?? [];
  const mended = await judge(NOISE, {
    net,
    budgetKbps: 12,
    ...(hz ? { sendRateHz: Number(hz) } : {}),
  });
  assert.equal(findingOf(mended.findings, "queue-delay"), undefined);
  assert.ok(mended.reports[0]!.stateAgeMs!.p50 < 250);
});

test("queue-delay is not told where the stream fits, nor of the way, of loss or of drops", async () => {
  for (
    const net of [
      "delay=20,rate=1000,queue=100000",
      "delay=900,rate=1000,queue=1000",
      "delay=300,loss=40%,burst=30",
    ]
  ) assert.equal(findingOf((await judge(NOISE, { net })).findings, "queue-delay"), undefined, net);
  const dropping = await judge(NOISE, { net: "rate=15,queue=20" });
  assert.ok(findingOf(dropping.findings, "rate-limited"));
  assert.equal(findingOf(dropping.findings, "queue-delay"), undefined);
});
