import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { RandomWorld, WORLD_LAYOUT } from "../core/random_world_test.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { CODEC_NAMES } from "../core/snapshot_codec.ts";
import { POLICIES } from "../core/tracker.ts";
import { parseNetSpec } from "../net/net_text.ts";
import { describeState, emptyTally, runNaively, type Tally } from "./naive_lab_test.ts";
import { ReplicationRun } from "./replication_run.ts";
import type { RunOptions } from "./run_options.ts";

/** Networks that lose, delay, overtake, copy, queue, or none of it. */
const NETS = [
  "none",
  "acklag=6",
  "delay=50,jitter=10,loss=5%",
  "delay=20,jitter=60,loss=10%,duplicate=20%,reorder=5%",
  "delay=80,loss=25%,burst=3,loss.up=40%",
  "delay=30,rate=60,queue=3",
];

/** Frames about 16 ms apart, some missing. */
export function recordWorld(seed: number, count: number, firstFrame = 0): Snapshot[] {
  const world = new RandomWorld(seed);
  let frame = firstFrame;
  let timeMs = 1000;
  return Array.from({ length: count }, (_, i) => {
    const snapshot = world.step(frame);
    snapshot.timeMs = timeMs;
    const skipped = i % 37 === 36 ? 3 : 0;
    frame = (frame + 1 + skipped) >>> 0;
    timeMs += (13 + ((i * 7 + seed) % 10)) * (1 + skipped);
    return snapshot;
  });
}

/** Options of a run; what is not given is a default. */
export function optionsOf(given: Partial<RunOptions> = {}): RunOptions {
  return {
    policy: "strict",
    codec: "varint",
    net: parseNetSpec("none"),
    consumers: 3,
    sendEveryFrames: 1,
    mtuBytes: 1200,
    historyFrames: 64,
    seed: 1,
    ...given,
  };
}

/** Runs the lab and counts what its log says. */
function runLab(
  frames: readonly Snapshot[],
  options: RunOptions,
): { tally: Tally; run: ReplicationRun } {
  const tally = emptyTally();
  const texts = new Map<object, string>();
  const sends = new Map<object, number>();
  const run: ReplicationRun = new ReplicationRun(WORLD_LAYOUT, options, {
    sent(consumer, packet, _sendUs, reason) {
      let text = texts.get(packet);
      if (text === undefined) texts.set(packet, text = packet.payload.join(" "));
      tally.payloads.push(`${consumer} ${packet.frame} ${text}`);
      tally.payloadBytes += packet.payload.length;
      tally.wireBytes += packet.wireBytes;
      sends.set(packet, (sends.get(packet) ?? 0) + 1);
      if (reason !== undefined) tally.reasons[reason]++;
    },
    lost() {
      tally.lost++;
    },
    arrived(consumer, packet, _arrivalUs, outcome, wrongFields) {
      if (outcome === "applied") {
        tally.applied++;
        tally.wrongFieldFrames += wrongFields;
        const state = describeState(run.consumers[consumer]!.held!);
        tally.states.push(`${consumer} ${packet.frame} ${state}`);
      } else if (outcome === "stale") tally.stale++;
      else if (outcome === "missing-baseline") tally.missing++;
      else tally.disconnected++;
    },
    wrongFor(_consumer, wrongFrames, isHealed) {
      if (isHealed) tally.heals.push(wrongFrames);
      tally.longestStreakFrames = Math.max(tally.longestStreakFrames, wrongFrames);
    },
    stale() {},
    encoded(packet) {
      assert.equal(packet.sends, sends.get(packet));
      assert.equal(packet.partsBits, packet.payload.length * 8);
    },
  });
  for (const frame of frames) run.step(frame);
  run.finish();
  tally.heals.sort((a, b) => a - b);
  tally.states.sort();
  return { tally, run };
}

function assertAgree(frames: readonly Snapshot[], options: RunOptions): ReplicationRun {
  const { tally, run } = runLab(frames, options);
  assert.deepEqual(tally, runNaively(WORLD_LAYOUT, frames, options));
  assert.equal(run.fault, undefined);
  if (options.policy === "strict") assert.equal(tally.wrongFieldFrames, 0);
  return run;
}

const CHURN = { joinMs: 300, reconnectMs: 500, awayMs: 100, timeoutMs: 400 };

describe("ReplicationRun agrees with one tracker and one receiver per consumer", () => {
  for (const policy of POLICIES) {
    for (const codec of CODEC_NAMES) {
      test(`${policy} ${codec} over every kind of network`, () => {
        NETS.forEach((net, i) => {
          const frames = recordWorld(i, 150);
          assertAgree(frames, optionsOf({ policy, codec, net: parseNetSpec(net), seed: i }));
          assertAgree(
            frames,
            optionsOf({
              policy,
              codec,
              net: parseNetSpec(net),
              sendEveryFrames: 3,
              historyFrames: 4,
              mtuBytes: 64,
              keyframeEveryFrames: 40,
              churn: CHURN,
            }),
          );
        });
      });
    }
  }

  test("the networks and settings above meet every outcome and reason", () => {
    const net = parseNetSpec(NETS[4]!);
    const given = { net, keyframeEveryFrames: 12, historyFrames: 16, churn: CHURN };
    const strict = runNaively(WORLD_LAYOUT, recordWorld(4, 150), optionsOf(given));
    for (const count of Object.values(strict.reasons)) assert.ok(count > 0);
    assert.ok(strict.lost > 0 && strict.disconnected > 0);
    const append = runNaively(
      WORLD_LAYOUT,
      recordWorld(3, 150),
      optionsOf({ policy: "append", net: parseNetSpec(NETS[3]!) }),
    );
    assert.ok(append.stale > 0 && append.heals.length > 0 && append.wrongFieldFrames > 0);
  });

  test("any settings and any world", () => {
    const settings = fc.record({
      policy: fc.constantFrom(...POLICIES),
      codec: fc.constantFrom(...CODEC_NAMES),
      net: fc.constantFrom(...NETS.map((net) => parseNetSpec(net))),
      consumers: fc.integer({ min: 1, max: 6 }),
      sendEveryFrames: fc.constantFrom(1, 1, 3),
      mtuBytes: fc.constantFrom(64, 100, 1200),
      historyFrames: fc.constantFrom(1, 4, 7, 64),
      keyframeEveryFrames: fc.constantFrom(undefined, 1, 5, 30),
      churn: fc.constantFrom(undefined, CHURN, { leaveMs: 300 }),
      seed: fc.integer({ min: 0, max: 0xffffffff }),
    });
    const first = fc.constantFrom(0, 0xffffffc0);
    fc.assert(
      fc.property(settings, fc.nat(1000), first, (given, world, firstFrame) => {
        const { keyframeEveryFrames, churn, ...rest } = given;
        const options = optionsOf({
          ...rest,
          ...(keyframeEveryFrames === undefined ? {} : { keyframeEveryFrames }),
          ...(churn === undefined ? {} : { churn }),
        });
        // A naive clock of frames knows no wrap.
        const wraps = options.net.ackLagFrames === undefined ? firstFrame : 0;
        assertAgree(recordWorld(world, 90, wraps), options);
      }),
      { numRuns: 60 },
    );
  });
});
