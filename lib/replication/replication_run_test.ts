import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader } from "../core/bytes.ts";
import { WORLD_LAYOUT } from "../core/random_world_test.ts";
import { Snapshot } from "../core/snapshot.ts";
import { CODEC_NAMES, SnapshotCodec } from "../core/snapshot_codec.ts";
import { POLICIES } from "../core/tracker.ts";
import { parseNetSpec } from "../net/net_text.ts";
import { runNaively } from "./naive_lab_test.ts";
import type { PacketLog } from "./packet_log.ts";
import { ReplicationRun } from "./replication_run.ts";
import { NETS, optionsOf, recordWorld, runLab } from "./run_lab_test.ts";
import type { RunOptions } from "./run_options.ts";

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
          const frames = recordWorld(i, 90);
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
      { numRuns: 40 },
    );
  });
});

describe("ReplicationRun", () => {
  test("append is right without loss, and wrong with it", () => {
    const frames = recordWorld(5, 300);
    for (const codec of CODEC_NAMES) {
      for (const net of ["none", "acklag=6", "delay=50"]) {
        const options = optionsOf({ policy: "append", codec, net: parseNetSpec(net) });
        assert.equal(runLab(frames, options).tally.wrongFieldFrames, 0);
      }
      const options = optionsOf({ policy: "append", codec, net: parseNetSpec("loss=5%") });
      // `raw` sends everything each time, so nothing stays wrong.
      assert.equal(runLab(frames, options).tally.wrongFieldFrames > 0, codec !== "raw");
    }
  });

  test("acklag: the baseline is exactly so old once the first ack is usable, also across 2^32", () => {
    for (const first of [0, 0xffffffc0]) {
      const ages: number[] = [];
      const options = optionsOf({ net: parseNetSpec("acklag=6"), consumers: 1 });
      const run = new ReplicationRun(WORLD_LAYOUT, options, {
        ...SILENT,
        encoded: (packet) => ages.push(packet.baselineAgeFrames),
      });
      for (let i = 0; i < 200; i++) {
        const frame = new Snapshot(WORLD_LAYOUT).clear((first + i) >>> 0, i * 16);
        frame.add(7, 2);
        run.step(frame);
      }
      assert.deepEqual(ages, [...new Array(6).fill(0), ...new Array(194).fill(6)]);
    }
  });

  test("a field that is wrong in the last frame only was wrong for one frame", () => {
    // Who loses frame 0 gets an x of frame 1 and never hears of y.
    const frames = [0, 1].map((frame) =>
      Snapshot.of(WORLD_LAYOUT, {
        frame,
        timeMs: frame * 16,
        entities: [{ id: 1, kind: "mover", fields: { x: frame, y: 5 } }],
      })
    );
    const options = optionsOf({ policy: "append", net: parseNetSpec("loss=50%"), consumers: 40 });
    const { tally } = runLab(frames, options);
    assert.ok(tally.wrongFieldFrames > 0);
    assert.equal(tally.longestStreakFrames, 1);
  });

  test("what nack sends after the last frame to prove itself is in no figure", () => {
    const frames = recordWorld(3, 120);
    const net = parseNetSpec("delay=80,loss=40%");
    const options = optionsOf({ policy: "nack", net, consumers: 20 });
    const { tally, run } = runLab(frames, options);
    assert.equal(run.fault, undefined);
    assert.deepEqual(tally.heals, runNaively(WORLD_LAYOUT, frames, options).heals);
  });

  test("more packets on their way than are remembered are no losses", () => {
    const net = parseNetSpec("delay=20000");
    const options = optionsOf({ policy: "append", net, consumers: 1 });
    const run = assertAgree(recordWorld(6, 1300), options);
    assert.equal(run.frames, 1300);
  });

  test("catches a codec that decodes a field wrong, and says in which packet", () => {
    for (const policy of POLICIES) {
      const { fault, restore } = breakCodec((state) => {
        // The field x of the first mover; word 0 says which fields are present.
        const position = state.kinds.subarray(0, state.count).indexOf(0);
        if (position >= 0) state.words[state.rows[position]! + 1]! ^= 1;
      });
      try {
        const run = runUnchecked(recordWorld(2, 80), optionsOf({ policy }), fault);
        assert.match(
          run.fault!,
          /^packet of frame 5\d \((delta|patch)\) decodes with 1 wrong field/,
        );
      } finally {
        restore();
      }
    }
  });

  test("catches a codec whose bytes cannot be decoded, and goes on", () => {
    for (const policy of POLICIES) {
      const { fault, restore } = breakCodec(() =>
        new ByteReader(new Uint8Array()).refuse("the test says so")
      );
      try {
        const run = runUnchecked(recordWorld(2, 80), optionsOf({ policy }), fault);
        assert.match(run.fault!, /^packet of frame 5\d \(.*\) cannot be decoded: Cannot read byte/);
        assert.equal(run.frames, 80);
      } finally {
        restore();
      }
    }
  });

  test("catches bytes that no part accounts for", () => {
    const { writeDespawn } = SnapshotCodec.prototype;
    SnapshotCodec.prototype.writeDespawn = function (id, kind, out) {
      writeDespawn.call(this, id, kind, out);
      if (this.breakdown !== undefined) this.breakdown.maskBits += 8;
    };
    try {
      const run = runUnchecked(recordWorld(2, 200), optionsOf(), () => {});
      assert.match(run.fault!, /has \d+ bytes, its parts \d+ bits$/);
    } finally {
      SnapshotCodec.prototype.writeDespawn = writeDespawn;
    }
  });

  test("refuses options that would hang it or mean nothing, by name", () => {
    const interest = { radius: 1, position: ["x"], ownKind: "mover" };
    const bad: [given: Partial<RunOptions>, message: RegExp][] = [
      [{ consumers: 0 }, /consumers is 0/],
      [{ consumers: 1.5 }, /consumers/],
      [{ sendEveryFrames: 0 }, /sendEveryFrames/],
      [{ mtuBytes: 63 }, /mtuBytes/],
      [{ historyFrames: 2 ** 24 + 1 }, /historyFrames/],
      [{ seed: -1 }, /seed/],
      [{ keyframeEveryFrames: 0 }, /keyframeEveryFrames/],
      [{ budgetKbps: NaN }, /budgetKbps/],
      [{ budgetKbps: 10, codec: "raw" }, /raw/],
      [{ churn: { joinMs: -1 } }, /churn\.joinMs is -1/],
      [{ churn: { reconnectMs: NaN } }, /churn\.reconnectMs/],
      [{ churn: { leaveMs: Infinity } }, /churn\.leaveMs/],
      [{ interest: { ...interest, radius: NaN } }, /interest\.radius/],
      [{ interest: { ...interest, radius: -1 } }, /interest\.radius/],
      [{ interest: { ...interest, position: [] } }, /interest\.position/],
      [{ interest: { ...interest, ownKind: "ghost" } }, /"ghost"/],
      [{ interest: { ...interest, position: ["t"] } }, /"mover"/],
      [{ detailLevels: [] }, /interest/],
      [
        { interest, detailLevels: [{ name: "a", distance: 1, fields: ["ghost"] }] },
        /"ghost"/,
      ],
      [
        {
          interest,
          detailLevels: [
            { name: "a", distance: 2, fields: undefined },
            { name: "b", distance: 2, fields: ["x"] },
          ],
        },
        /"b" ends at 2/,
      ],
    ];
    for (const [given, message] of bad) {
      assert.throws(() => new ReplicationRun(WORLD_LAYOUT, optionsOf(given), SILENT), (error) => {
        assert.ok(error instanceof RangeError);
        assert.match(error.message, message);
        return true;
      });
    }
  });
});

const SILENT: PacketLog = {
  sent() {},
  lost() {},
  arrived() {},
  wrongFor() {},
  stale() {},
  encoded() {},
};

/** Lets every packet from frame 50 on that is not a keyframe go wrong once it is decoded. */
function breakCodec(
  damage: (state: Snapshot) => void,
): { fault: (frame: number) => void; restore: () => void } {
  const { readDelta, readPatch } = SnapshotCodec.prototype;
  let now = 0;
  const damaged = (state: Snapshot) => {
    if (now >= 50) damage(state);
    return state;
  };
  SnapshotCodec.prototype.readDelta = function (input, baseline) {
    return damaged(readDelta.call(this, input, baseline));
  };
  SnapshotCodec.prototype.readPatch = function (input, held) {
    return damaged(readPatch.call(this, input, held));
  };
  return {
    fault: (frame) => now = frame,
    restore: () => Object.assign(SnapshotCodec.prototype, { readDelta, readPatch }),
  };
}

function runUnchecked(
  frames: readonly Snapshot[],
  options: RunOptions,
  onFrame: (frame: number) => void,
): ReplicationRun {
  const run = new ReplicationRun(WORLD_LAYOUT, options, SILENT);
  for (const frame of frames) {
    onFrame(frame.frame);
    run.step(frame);
  }
  run.finish();
  return run;
}
