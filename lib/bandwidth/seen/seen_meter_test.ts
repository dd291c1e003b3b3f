import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { RandomWorld, WORLD_LAYOUT } from "../../core/state/random_world_test_helper.ts";
import { ACK_POLICIES } from "../../core/tracker/tracker_options.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import type { PacketLog } from "../../replication/packet/packet_log.ts";
import { ReplicationRun } from "../../replication/replication_run.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import { SeenMeter } from "./seen_meter.ts";
import {
  assertSeen,
  type Connection,
  type ModelSend,
  type Script,
} from "./seen_model_test_helper.ts";
import { play, RANDOM_SCRIPT } from "./seen_script_test_helper.ts";

describe("SeenMeter agrees with plain loops over each consumer's packets", () => {
  test("in runs in which anything may happen", () => {
    fc.assert(
      fc.property(RANDOM_SCRIPT, (random) => {
        const { seen, script } = play(random);
        assertSeen(seen, script, random.figures);
      }),
      { numRuns: 500 },
    );
  });

  for (const policy of ACK_POLICIES) {
    test(`in runs over networks, ${policy}`, () => {
      for (const given of RUNS) {
        const options = { ...RUN_DEFAULTS, policy, consumers: 5, ...given };
        const figures = { figures: "all", interpMs: 100, freezeMs: 120 } as const;
        const { meter, script, log } = recorder(options.consumers, figures);
        const run = new ReplicationRun(WORLD_LAYOUT, options, log);
        const world = new RandomWorld(5);
        let timeMs = 0;
        for (let frame = 0; frame < 240; frame++) {
          const snapshot = world.step(frame);
          snapshot.timeMs = timeMs += frame % 97 === 60 ? 700 : frame % 3 === 0 ? 17 : 16;
          run.step(snapshot);
        }
        meter.end();
        run.finish();
        assert.equal(run.fault, undefined);
        assertSeen(meter.figures(), script, figures);
        assert.ok(script.connections.flatMap(({ applied }) => applied).length > 20);
      }
    });
  }
});

const RUNS: readonly Partial<RunOptions>[] = [
  {},
  { net: parseNetSpec("delay=60,jitter=30,loss=5%") },
  { net: parseNetSpec("delay=200,loss=30%"), sendEveryFrames: 3 },
  { net: parseNetSpec("delay=40,jitter=20,jitterdist=normal,rate=60,queue=5") },
  {
    net: parseNetSpec("delay=30,jitter=10,loss=20%"),
    churn: { joinMs: 500, reconnectMs: 600, awayMs: 80 },
  },
  {
    net: parseNetSpec("delay=80,loss=60%"),
    churn: { joinMs: 200, reconnectMs: 150, leaveMs: 900 },
    keyframeEveryFrames: 9,
  },
  {
    net: parseNetSpec("delay=20,jitter=15,loss=10%"),
    interest: { radius: 300, position: ["x", "y"], ownKind: "mover" },
    budgetKbps: 30,
  },
];

/** A log that feeds a meter and keeps all that it is told. */
function recorder(
  consumers: number,
  figures: ConstructorParameters<typeof SeenMeter>[1],
): { meter: SeenMeter; script: Script; log: PacketLog } {
  const meter = new SeenMeter(consumers, figures);
  const script: Script = { framesUs: [], connections: [] };
  const current: (Connection | undefined)[] = [];
  const sends = new Map<string, ModelSend>();
  const log: PacketLog = {
    joined(consumer, nowUs) {
      meter.joined(consumer, nowUs);
      const connection = { joinUs: nowUs, leftUs: undefined, sends: [], applied: [] };
      script.connections.push(current[consumer] = connection);
    },
    left(consumer, nowUs) {
      meter.left(consumer, nowUs);
      current[consumer]!.leftUs = nowUs;
      current[consumer] = undefined;
    },
    sent(consumer, packet, sentUs) {
      meter.sent(consumer, packet);
      const send = { sentUs, bytes: packet.wireBytes };
      sends.set(`${consumer} ${packet.frame}`, send);
      current[consumer]!.sends.push(send);
    },
    arrived(consumer, packet, arrivalUs, outcome) {
      if (outcome !== "applied") return;
      meter.applied(consumer, packet, arrivalUs);
      const send = sends.get(`${consumer} ${packet.frame}`)!;
      current[consumer]!.applied.push({ send, arrivalUs });
    },
    framed(_truth, nowUs) {
      meter.framed(nowUs);
      script.framesUs.push(nowUs);
    },
    lost() {},
    wrongFor() {},
    stale() {},
    encoded() {},
  };
  return { meter, script, log };
}

test("SeenMeter of a consumer that leaves while it is frozen, and comes back for nothing", () => {
  const meter = new SeenMeter(1, { figures: "all", interpMs: 100, freezeMs: 250 });
  const packet = (frame: number) => ({ frame, truth: { timeMs: frame * 100 }, wireBytes: 40 });
  for (let frame = 0; frame <= 26; frame++) {
    const nowUs = frame * 100_000;
    // The state of 500 ms comes at 600 ms, and no other.
    if (frame === 6) meter.applied(0, packet(5), nowUs);
    if (frame === 10) meter.left(0, nowUs);
    if (frame === 0 || frame === 20) meter.joined(0, nowUs);
    if (frame < 10 || frame >= 20) meter.sent(0, packet(frame));
    meter.framed(nowUs);
  }
  meter.end();
  // Nobody hears of what comes after the last frame.
  meter.applied(0, packet(26), 2_700_000);
  const figures = meter.figures();
  // 600 ms from the join, 400 to the disconnect, 600 to the end, of 1000 and 600 connected.
  assert.deepEqual(figures.freezes, {
    thresholdMs: 250,
    count: 3,
    share: 1,
    longestMs: 600,
  });
  assert.deepEqual(figures.updateGapMs, { p50: 600, p95: 600, p99: 600, max: 600 });
  assert.deepEqual(figures.timeToFirstStateMs, {
    ...{ p50: 600, p95: 600, p99: 600, max: 600 },
    joins: 2,
    open: 1,
  });
  // 6 packets before 600 ms; 7 of the second join.
  assert.deepEqual(figures.joinBytes, { p50: 240, p95: 280, p99: 280, max: 280 });
  // At 600 ms the drawn moment is that of the one state: no underrun. At 0 to 500 ms of each join
  // there is no state, later the state is too old: 16 of 17 frames.
  assert.equal(figures.interpolation.underrunShare, 0.941176);
  assert.equal(figures.interpolation.fillingShare, 0);
  // 6 and 7 of them without a state.
  assert.equal(figures.interpolation.withoutStateShare, 0.764706);
  assert.equal(figures.stateAgeMs.max, 600);
});

test("SeenMeter takes gaps of any length for what they are, up to a threshold of a day", () => {
  const hourMs = 3_600_000;
  const meter = new SeenMeter(1, { figures: "all", interpMs: 100, freezeMs: 24 * hourMs });
  const timesMs = [0, 100, hourMs, 3 * hourMs, 28 * hourMs];
  for (const [frame, timeMs] of timesMs.entries()) {
    if (frame === 0) meter.joined(0, 0);
    meter.framed(timeMs * 1000);
    meter.applied(0, { frame, truth: { timeMs }, wireBytes: 40 }, timeMs * 1000);
  }
  meter.end();
  const { updateGapMs, freezes, holes } = meter.figures();
  const long = 2 * hourMs;
  // The last stretch is a hole of 25 hours, and so none at all.
  assert.deepEqual(updateGapMs, { p50: 3_599_900, p95: long, p99: long, max: long });
  assert.equal(freezes.count, 0);
  assert.deepEqual(holes, { count: 1, ms: 25 * hourMs, share: 0.892857 });
});

test("SeenMeter takes holes off the frozen part and off the whole alike", () => {
  const meter = new SeenMeter(1, { figures: "all", interpMs: 100, freezeMs: 250 });
  const packet = (timeMs: number) => ({ frame: timeMs, truth: { timeMs }, wireBytes: 40 });
  // Frames at 0, 100 and 200 ms, a hole of 1000 ms, then at 1200, 1300 ... 1800.
  const timesMs = [0, 100, 200, ...Array.from({ length: 7 }, (_, i) => 1200 + 100 * i)];
  // State and arrival: that of 200 ms comes in the middle of the hole, 1200 right after it.
  const arrivals = [[0, 0], [200, 700], [1200, 1250], [1300, 1750]] as const;
  for (const timeMs of timesMs) {
    for (const [stateMs, atMs] of arrivals) {
      if (atMs <= timeMs && atMs > timeMs - (timeMs === 1200 ? 1000 : 100)) {
        if (timeMs === 0) meter.joined(0, 0);
        meter.applied(0, packet(stateMs), atMs * 1000);
      }
    }
    meter.framed(timeMs * 1000);
  }
  meter.end();
  // Stretches: 0 from the join to the first state; 700; 550, all of it the hole; 500; and 50 to the
  // end. Frozen are 700 and 500 of 1250.
  assert.deepEqual(meter.figures().freezes, {
    thresholdMs: 250,
    count: 2,
    share: 0.96,
    longestMs: 700,
  });
});
