import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { ACK_POLICIES } from "../../core/tracker/tracker_options.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import type { RunReport } from "../report/run_report.ts";
import { measureBandwidth, type MeasureOptions } from "./measure_bandwidth.ts";

const LAYOUT = new SnapshotLayout({
  kinds: [{ name: "ship", fields: [{ name: "x", type: "i16" }] }],
});

function framesAt(timesMs: readonly number[]): Snapshot[] {
  return timesMs.map((timeMs, frame) =>
    Snapshot.of(LAYOUT, {
      frame,
      timeMs,
      entities: [{ id: 1, kind: "ship", fields: { x: frame } }],
    })
  );
}

function every(stepMs: number, fromMs: number, toMs: number): number[] {
  const count = Math.floor((toMs - fromMs) / stepMs) + 1;
  return Array.from({ length: count }, (_, i) => fromMs + i * stepMs);
}

/** A network in which packet n is lost or not, late by the same time. */
function traced(count: number, delayMs: number, isLost: (packet: number) => boolean) {
  const rows = Array.from({ length: count }, (_, n) => `${n},${n},${delayMs},${isLost(n) ? 1 : 0}`);
  const text = ["packet,send_ms,delay_ms,lost", ...rows, ""].join("\n");
  return parseNetSpec("trace:link.csv", () => text);
}

async function seen(
  timesMs: readonly number[],
  given: Partial<RunOptions>,
  figures: MeasureOptions = {},
): Promise<Required<RunReport>> {
  const run = { ...RUN_DEFAULTS, ...given };
  const [report] = await measureBandwidth(LAYOUT, framesAt(timesMs), [run], figures);
  return report as Required<RunReport>;
}

const flat = (ms: number) => ({ p50: ms, p95: ms, p99: ms, max: ms });

describe("measureBandwidth() of a link by which nothing arrives from 2.0 to 3.5 s", () => {
  for (const policy of ACK_POLICIES) {
    test(`has one freeze of 1500 ms, ${policy}`, async () => {
      const net = traced(51, 0, (n) => n > 20 && n < 35);
      const report = await seen(every(100, 0, 5000), { net, policy });
      assert.deepEqual(report.freezes, {
        thresholdMs: 250,
        count: 1,
        share: 0.3,
        longestMs: 1500,
      });
      assert.deepEqual(report.updateGapMs, { p50: 100, p95: 100, p99: 1500, max: 1500 });
      // 37 frames at which the state of now is there; then 100, 200 ... 1400 once each.
      assert.deepEqual(report.stateAgeMs, { p50: 0, p95: 1200, p99: 1400, max: 1400 });
      assert.deepEqual(report.timeToFirstStateMs, { ...flat(0), joins: 1, open: 0 });
      // At 0 s the drawn moment is before all states; from 2.2 to 3.4 s it is after all of them.
      assert.deepEqual(report.interpolation, {
        delayMs: 100,
        underrunShare: 0.27451,
        fillingShare: 0.019608,
        withoutStateShare: 0,
        delayMsFor99: 1400,
        delayMsFor999: 1400,
      });
      assert.deepEqual(report.holes, { count: 0, ms: 0, share: 0 });
    });
  }
});

test("measureBandwidth() of a consumer that never gets a state: all of it is one freeze", async () => {
  const net = traced(1, 0, () => true);
  const report = await seen(every(100, 1000, 6000), { net });
  assert.deepEqual(report.freezes, { thresholdMs: 250, count: 1, share: 1, longestMs: 5000 });
  assert.deepEqual(report.updateGapMs, flat(5000));
  // Ages are 0, 100 ... 5000.
  assert.deepEqual(report.stateAgeMs, { p50: 2500, p95: 4800, p99: 5000, max: 5000 });
  assert.deepEqual(report.timeToFirstStateMs, { ...flat(5000), joins: 1, open: 1 });
  assert.deepEqual(report.joinBytes, flat(report.wireBytes));
  assert.equal(report.interpolation.underrunShare, 1);
  assert.equal(report.interpolation.fillingShare, 0);
  assert.equal(report.interpolation.withoutStateShare, 1);
});

describe("measureBandwidth() of a recording with a hole from 2.0 to 3.5 s", () => {
  const timesMs = [...every(100, 0, 2000), ...every(100, 3500, 5000)];

  test("has no freeze for it, and says how much is left out", async () => {
    const report = await seen(timesMs, {});
    assert.deepEqual(report.freezes, { thresholdMs: 250, count: 0, share: 0, longestMs: 0 });
    assert.deepEqual(report.updateGapMs, flat(100));
    assert.deepEqual(report.holes, { count: 1, ms: 1500, share: 0.3 });
    assert.deepEqual(report.stateAgeMs, flat(0));
  });

  test("has none either where packets are later than a freeze is long", async () => {
    const report = await seen(timesMs, { net: parseNetSpec("delay=400") });
    // The wait for the first state is one; the rest is 3500 ms of a recording without its hole.
    assert.deepEqual(report.freezes, {
      thresholdMs: 250,
      count: 1,
      share: 0.114286,
      longestMs: 400,
    });
    assert.deepEqual(report.updateGapMs, { p50: 100, p95: 100, p99: 400, max: 400 });
    // At 3.5, 3.6, 3.7 and 3.8 s the state of 2.0 s is the newest.
    assert.equal(report.stateAgeMs.max, 1800);
    assert.equal(report.stateAgeMs.p50, 400);
    assert.equal(report.interpolation.delayMsFor999, 400);
  });

  test("has one for what is lost beside it, less the hole", async () => {
    // Nothing from 1.7 s on arrives until the state of 3.8 s does: 2100 ms with 1500 of a hole.
    const net = traced(37, 0, (n) => n > 17 && n < 24);
    const report = await seen(timesMs, { net });
    assert.deepEqual(report.freezes, {
      thresholdMs: 250,
      count: 1,
      share: 0.171429,
      longestMs: 600,
    });
    assert.equal(report.updateGapMs.max, 600);
    assert.equal(report.stateAgeMs.max, 2000);
  });
});

describe("measureBandwidth() of a buffer, by paper", () => {
  const underPaper = async (interpMs: number) => {
    // State n is there 30 ms after it was sent, at the frame 40 ms after it; one in five is lost.
    const net = traced(100, 30, (n) => n % 5 === 4);
    return await seen(every(20, 0, 1980), { net }, { interpMs });
  };

  test("50 ms behind, a lost packet leaves it empty", async () => {
    const { interpolation, stateAgeMs } = await underPaper(50);
    // Of 100 frames 2 have no state, 1 has only one that is too new, 19 have none that is new enough.
    assert.deepEqual(interpolation, {
      delayMs: 50,
      underrunShare: 0.22,
      fillingShare: 0.01,
      withoutStateShare: 0.02,
      delayMsFor99: 60,
      delayMsFor999: 60,
    });
    assert.deepEqual(stateAgeMs, { p50: 40, p95: 60, p99: 60, max: 60 });
  });

  test("60 ms behind, it is full once it was filled", async () => {
    const { interpolation } = await underPaper(60);
    assert.equal(interpolation.underrunShare, 0.03);
    assert.equal(interpolation.fillingShare, 0.01);
  });
});

test("measureBandwidth() of uneven frames, of which every second is sent", async () => {
  // Sent at 0, 50, 100, 180; ages at the frames between: 30, 40, 70, and 20 at the last.
  const report = await seen([0, 30, 50, 90, 100, 170, 180, 200], { sendEveryFrames: 2 });
  assert.deepEqual(report.updateGapMs, { p50: 50, p95: 80, p99: 80, max: 80 });
  assert.deepEqual(report.stateAgeMs, { p50: 0, p95: 70, p99: 70, max: 70 });
  assert.deepEqual(report.timeToFirstStateMs, { ...flat(0), joins: 1, open: 0 });
});

test("measureBandwidth() counts the bytes of a join up to the first state", async () => {
  // The first two packets are lost, and the third takes 250 ms: 5 keyframes of equal size.
  const net = traced(20, 250, (n) => n < 2);
  const report = await seen(every(100, 0, 1900), { net });
  const first = await seen([0], {});
  assert.deepEqual(report.timeToFirstStateMs, { ...flat(450), joins: 1, open: 0 });
  assert.deepEqual(report.joinBytes, flat(5 * first.wireBytes));
});

test("measureBandwidth() leaves out what the player sees where only the cost is asked for", async () => {
  const cost = await seen(every(100, 0, 1000), {}, { figures: "cost" });
  const all = await seen(every(100, 0, 1000), {});
  for (const key of ["stateAgeMs", "freezes", "interpolation", "holes"] as const) {
    assert.equal(key in cost, false, key);
    assert.equal(key in all, true, key);
  }
  assert.equal(cost.hash, all.hash);
});
