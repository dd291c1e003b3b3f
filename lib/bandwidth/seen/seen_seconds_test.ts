import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { RunReport } from "../report/run_report.ts";
import { RunSeconds } from "../seconds/run_seconds.ts";
import { withSeen } from "../seconds/seen_series.ts";
import { SeenMeter } from "./seen_meter.ts";
import { play as playScript, RANDOM_SCRIPT } from "./seen_script_test_helper.ts";

const FIGURES = { figures: "all", freezeMs: 250, interpMs: 100 } as const;
const MS = 1000;

/** A series of so many seconds, without what players see. */
function secondsOf(...seconds: number[]): RunReport["series"] {
  return seconds.map((second) => ({
    second,
    frame: 0,
    kbps: 0,
    keyframes: 0,
    losses: 0,
    wrongFields: 0,
  }));
}

/**
 * A meter of consumers who are given the state of each frame 20 ms after it, frames every 100 ms,
 * unless that frame is lost to them.
 */
function play(
  framesMs: readonly number[],
  lost: readonly ((frameMs: number) => boolean)[],
): { readonly meter: SeenMeter; readonly seconds: RunSeconds } {
  const seconds = new RunSeconds();
  const meter = new SeenMeter(lost.length, FIGURES, seconds);
  for (const [frame, timeMs] of framesMs.entries()) {
    for (const [consumer, isLost] of lost.entries()) {
      const beforeMs = framesMs[frame - 1];
      if (beforeMs === undefined) meter.joined(consumer, timeMs * MS);
      else if (!isLost(beforeMs)) {
        meter.applied(consumer, packetOf(frame - 1, beforeMs), (beforeMs + 20) * MS);
      }
      if (frame === 0 && consumer === 0) seconds.begin(timeMs * MS);
      meter.sent(consumer, packetOf(frame, timeMs));
    }
    meter.framed(timeMs * MS);
  }
  return { meter, seconds };
}

function packetOf(frame: number, timeMs: number) {
  return { frame, wireBytes: 100, truth: { timeMs } };
}

/** Times from one to another, every 100 ms. */
function everyTenth(fromMs: number, toMs: number): number[] {
  return Array.from({ length: (toMs - fromMs) / 100 + 1 }, (_, i) => fromMs + 100 * i);
}

test("SeenMeter gives a freeze back to the three seconds that it lies in", () => {
  // The states of 700 to 2800 ms do not come: from 620 to 2920 ms nothing new, of one of two.
  const { meter, seconds } = play(everyTenth(0, 4000), [
    () => false,
    (frameMs) => frameMs >= 700 && frameMs <= 2800,
  ]);
  const { freezes } = meter.figures();
  assert.deepEqual(freezes, { thresholdMs: 250, count: 1, share: 0.2875, longestMs: 2300 });
  const series = withSeen(secondsOf(0, 1, 2, 3, 4), seconds);
  assert.deepEqual(series.map(({ frozenShare }) => frozenShare), [
    // Of 2 seconds each: 380 ms, all of one of the two, 920 ms; the last frame ends nothing.
    0.19,
    0.5,
    0.46,
    0,
    undefined,
  ]);
  assert.deepEqual(series.map(({ stateAgeMs }) => stateAgeMs), [
    // The frame at hand comes 20 ms late, so 100 ms is the least; at 900 ms the state of 600 is newest.
    { p50: 100, max: 300 },
    // 400 to 1300 ms of one, 100 of the other.
    { p50: 100, max: 1300 },
    // 1400 to 2300, and 100.
    { p50: 100, max: 2300 },
    { p50: 100, max: 100 },
    { p50: 100, max: 100 },
  ]);
});

test("SeenMeter leaves holes of the recording out of the seconds that freezes lie in", () => {
  // A freeze from 520 to 2520 ms, in which nothing is recorded between 1000 and 2200 ms.
  const framesMs = [...everyTenth(0, 1000), ...everyTenth(2200, 3000)];
  const { meter, seconds } = play(framesMs, [(frameMs) => frameMs >= 600 && frameMs < 2500]);
  const { freezes, holes } = meter.figures();
  assert.equal(holes.ms, 1200);
  assert.deepEqual(freezes.longestMs, 800);
  const series = withSeen(secondsOf(0, 1, 2), seconds);
  // 480 ms of the first second, none of the hole, 320 ms of the 800 that are recorded of the third.
  assert.deepEqual(series.map(({ frozenShare }) => frozenShare), [0.48, undefined, 0.4]);
  assert.equal(freezes.share, 0.444444);
});

test("withSeen() counts what its series lacks in the second before it", () => {
  const seconds = new RunSeconds();
  seconds.begin(5_000_000);
  seconds.addConnected(4_000_000, 9_000_000, 1);
  seconds.addFrozen(6_500_000, 8_000_000);
  const series = withSeen(secondsOf(0, 1, 3), seconds);
  // The second before the first packet is among the first; second 1 has half a
  // second of freeze, and the one that is left out after it all of its own.
  assert.deepEqual(series.map(({ frozenShare }) => frozenShare), [0, 0.75, 0]);
  assert.equal(series[0]!.stateAgeMs, undefined);
  assert.equal(series[0]!.drawnError, undefined);
});

test("SeenMeter notes of seconds what plain loops find in them, whatever happens", () => {
  const met = { frozen: 0, holes: 0 };
  fc.assert(
    fc.property(RANDOM_SCRIPT, (random) => {
      const { script, seconds, seen } = playScript(random);
      const { connections, framesUs } = script;
      const firstUs = framesUs[0]!;
      const lastUs = framesUs.at(-1)!;
      const ages = new Map<number, number[]>();
      for (const { joinUs, leftUs = Infinity, applied } of connections) {
        for (const nowUs of framesUs) {
          if (nowUs < joinUs || nowUs >= leftUs) continue;
          const states = applied.filter(({ arrivalUs }) => arrivalUs <= nowUs)
            .map(({ send }) => send.sentUs);
          const second = Math.floor((nowUs - firstUs) / 1e6);
          ages.set(second, [...ages.get(second) ?? [], nowUs - Math.max(joinUs, ...states)]);
        }
      }
      const notes = [...seconds.all()];
      const aged = notes.filter(({ ageMaxUs }) => ageMaxUs >= 0);
      assert.equal(aged.length, ages.size);
      for (const { second, ageMaxUs, ageP50Us } of aged) {
        const sorted = ages.get(second)!.sort((a, b) => a - b);
        assert.equal(ageMaxUs, sorted.at(-1));
        const median = sorted[Math.ceil(sorted.length / 2) - 1]!;
        assert.ok(ageP50Us >= median && ageP50Us <= median * 1.001);
      }
      // Each consumer's time between neighbouring frames that are no hole apart.
      let connectedUs = 0;
      for (const { joinUs, leftUs = lastUs } of connections) {
        for (const [i, nowUs] of framesUs.entries()) {
          const sinceUs = nowUs - (framesUs[i - 1] ?? nowUs);
          if (sinceUs > random.figures.freezeMs * MS) continue;
          if (nowUs > joinUs && nowUs <= leftUs) connectedUs += sinceUs;
        }
      }
      const sum = (key: "connectedUs" | "frozenUs") =>
        notes.reduce((total, one) => total + one[key], 0);
      assert.equal(sum("connectedUs"), connectedUs);
      const { share } = seen.freezes;
      const isNear = (partUs: number) => Math.abs(share - partUs) <= 1e-6;
      if (seen.holes.count === 0) {
        assert.ok(connectedUs === 0 || isNear(sum("frozenUs") / connectedUs));
      } else met.holes++;
      assert.equal(sum("frozenUs") > 0, seen.freezes.count > 0);
      if (sum("frozenUs") > 0) met.frozen++;
    }),
    { numRuns: 300 },
  );
  assert.ok(met.frozen > 20 && met.holes > 20, JSON.stringify(met));
});

test("RunSeconds notes of a pause of years no more than its first minute, and all of its time", () => {
  const seconds = new RunSeconds();
  seconds.begin(0);
  const yearsUs = 1e15;
  seconds.addConnected(500_000, yearsUs, 2);
  seconds.addFrozen(250_000, yearsUs);
  const notes = [...seconds.all()];
  assert.deepEqual(notes.map(({ second }) => second), Array.from({ length: 61 }, (_, i) => i));
  assert.deepEqual([notes[0]!.connectedUs, notes[0]!.frozenUs], [1_000_000, 750_000]);
  assert.deepEqual([notes[59]!.connectedUs, notes[59]!.frozenUs], [2_000_000, 1_000_000]);
  assert.equal(notes[60]!.frozenUs, yearsUs - 60e6);
});
