import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunOptions } from "../../replication/run_options.ts";
import type { RunReport } from "../report/run_report.ts";
import { findingOf, judge, judgeFigures, record } from "./finding_lab_test_helper.ts";

const WALK = record([{ name: "x", type: "i32" }], 300, (frame) => [{ x: frame * 77 }], {
  stepMs: 16,
});

test("wrong-shown names lost packets or late ones, and consumers without a state", () => {
  const divergence = { wrongFieldFrames: 9, wrongShare: 0.1, longestStreakFrames: 2 };
  const healFrames = { p50: 0, p99: 0, max: 0 };
  const of = (given: Partial<RunReport>) =>
    findingOf(judgeFigures({ divergence, healFrames, ...given }), "wrong-shown")!;
  assert.match(of({ lost: 3 }).text, /^after lost packets/);
  const late = of({ lost: 0, late: 3, consumers: 4, consumersWithoutState: 2 });
  assert.match(late.text, /^after packets that came late/);
  assert.match(late.evidence, /; all of 2 of 4 consumers that had no state for a time$/);
  assert.doesNotMatch(late.evidence, /healed/);
  assert.match(of({ healFrames: { ...healFrames, p50: 3 } }).evidence, /healed within 3 frames$/);
});

test("no-state is a note where nobody waited for as long as a freeze", () => {
  const times = { p50: 16, p95: 30, p99: 30, max: 30, joins: 4, open: 0 };
  const freezes = { thresholdMs: 250, count: 0, share: 0, longestMs: 0 };
  const of = (count: number) =>
    findingOf(
      judgeFigures({
        consumersWithoutState: 1,
        freezes: { ...freezes, count },
        timeToFirstStateMs: times,
      }),
      "no-state",
    )!.severity;
  assert.deepEqual([of(0), of(1)], ["note", "error"]);
});

test("acks-starved says nothing of acks that lag by frames, and sends fewer through a bottleneck", async () => {
  const lag = findingOf((await judge(WALK, { net: "acklag=20" })).findings, "acks-starved")!;
  assert.match(lag.evidence, /^acks lag by 20 frames; baselines are/);
  const up = findingOf(
    (await judge(WALK, { net: "rate.up=4,queue.up=2" })).findings,
    "acks-starved",
  )!;
  assert.match(up.remedy, /^send fewer acks/);
  const full = await judge(WALK, { net: "rate.up=2,queue.up=40" });
  assert.ok(full.reports[0]!.acks.lost > 0);
  for (const { remedy } of full.findings) assert.doesNotMatch(remedy, /historyFrames/);
});

test("dear-entity is not told of the entity of one consumer that sees what is near", () => {
  const entities = [{ id: 1, bits: 900, share: 0.9 }, { id: 2, bits: 100, share: 0.1 }]
    .map((entity) => ({ kind: "p", ...entity }));
  const interest = { center: [0], radius: 5 } as unknown as RunOptions["interest"];
  const of = (given: object, consumers: number) =>
    findingOf(judgeFigures({ entities, entityCount: 2, consumers }, given), "dear-entity");
  assert.ok(of({}, 1));
  assert.ok(of({ interest }, 2));
  assert.equal(of({ interest }, 1), undefined);
});
