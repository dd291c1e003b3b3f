import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader } from "../core/bytes/bytes.ts";
import { PacketBreakdown } from "../core/wire/packet_breakdown.ts";
import { WORLD_LAYOUT } from "../core/state/random_world_test_helper.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import { ACK_POLICIES } from "../core/tracker/tracker_options.ts";
import { CODEC_NAMES } from "../core/wire/world_codec.ts";
import { WorldReader } from "../core/wire/world_reader.ts";
import { parseNetSpec } from "../net/spec/net_text.ts";
import { runNaively } from "./naive_lab_test_helper.ts";
import type { PacketLog } from "./packet/packet_log.ts";
import { ReplicationRun } from "./replication_run.ts";
import { NETS, optionsOf, recordWorld, runLab } from "./run_lab_test_helper.ts";
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
  for (const policy of ACK_POLICIES) {
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
    // Some get a keyframe after patches for which they had no state, some never do.
    const lossy = optionsOf({ policy: "append", net: parseNetSpec("loss=50%"), consumers: 8 });
    const never = runNaively(WORLD_LAYOUT, recordWorld(3, 60), lossy);
    assert.ok(never.withoutState.length > 0 && never.withoutState.length < 8);
    const later = runNaively(WORLD_LAYOUT, recordWorld(3, 60), {
      ...lossy,
      keyframeEveryFrames: 10,
    });
    assert.ok(later.missing > 0 && later.missing < never.missing);
  });

  test("append and nack when half of all packets are lost, the first keyframes as well", () => {
    for (const policy of ["append", "nack"] as const) {
      for (const codec of CODEC_NAMES) {
        for (const net of ["loss=50%", "loss=50%,delay=40,jitter=35,duplicate=30%"]) {
          const given = { policy, codec, net: parseNetSpec(net), consumers: 8 };
          const frames = recordWorld(net.length, 60, 0xffffffe0);
          assertAgree(frames, optionsOf(given));
          assertAgree(frames, optionsOf({ ...given, keyframeEveryFrames: 10 }));
          assertAgree(frames, optionsOf({ ...given, churn: CHURN, sendEveryFrames: 2 }));
        }
      }
    }
  });

  test("any settings and any world", () => {
    const settings = fc.record({
      policy: fc.constantFrom(...ACK_POLICIES),
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
    // Who loses frame 0 alone has no state in frame 1; who loses frame 1 alone never hears of it.
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

  test("append: who loses its first keyframe sees nothing, until a keyframe comes", () => {
    // Two movers of three fields and a mark without any: seven fields to see.
    const frames = Array.from({ length: 40 }, (_, frame) =>
      Snapshot.of(WORLD_LAYOUT, {
        frame,
        timeMs: frame * 16,
        entities: [
          { id: 1, kind: "mover", fields: { x: frame, y: 0 } },
          { id: 2, kind: "mover", fields: { x: 0, y: frame } },
          { id: 3, kind: "mark", fields: {} },
        ],
      }));
    for (const codec of CODEC_NAMES) {
      for (const keyframeEveryFrames of [undefined, 10]) {
        const options = optionsOf({
          policy: "append",
          codec,
          net: parseNetSpec("loss.down=40%"),
          consumers: 20,
          ...(keyframeEveryFrames === undefined ? {} : { keyframeEveryFrames }),
        });
        const arrived = runPackets(frames, options);
        const heals: number[] = [];
        let without = 0;
        arrived.forEach((packets) => {
          const isKeyframe = ({ frame }: Arrived) => frame % (keyframeEveryFrames ?? 99) === 0;
          const first = packets.findIndex(isKeyframe);
          const early = first < 0 ? packets : packets.slice(0, first);
          if (early.length > 0) without++;
          for (const { outcome, wrongFields } of early) {
            assert.deepEqual([outcome, wrongFields], ["missing-baseline", 7]);
          }
          const late = packets.slice(early.length);
          for (const { outcome } of late) assert.equal(outcome, "applied");
          if (late.length === 0) return;
          assert.equal(late[0]!.wrongFields, 0);
          if (early.length === 0) return;
          heals.push(...new Array(7).fill(late[0]!.frame - early[0]!.frame));
        });
        assert.ok(without > 0 && without < 20);
        assert.equal(heals.length > 0, keyframeEveryFrames !== undefined);
        const { tally } = runLab(frames, options);
        assert.equal(tally.withoutState.length, without);
        // Others have lost a patch and heal as well.
        for (const frames of heals) {
          const place = tally.heals.indexOf(frames);
          assert.ok(place >= 0, `a heal of ${frames} frames`);
          tally.heals.splice(place, 1);
        }
      }
    }
  });

  test("append: keyframes hold the tables of texts until the consumer acked a frame", () => {
    const frames = recordWorld(7, 80);
    const net = parseNetSpec("loss.down=60%");
    const options = optionsOf({ policy: "append", net, consumers: 12, keyframeEveryFrames: 8 });
    /** Form bytes of the keyframes of each consumer, and after which of them it first acked. */
    const forms = Array.from({ length: 12 }, (): string[] => []);
    const run: ReplicationRun = new ReplicationRun(WORLD_LAYOUT, options, {
      ...SILENT,
      sent: (consumer, packet, _sendUs, reason) => {
        if (reason !== undefined) forms[consumer]!.push(String(packet.payload[0]));
      },
      // Without delay, the ack of an applied packet is there before the next is sent.
      arrived: (consumer, _packet, _arrivalUs, outcome) => {
        if (outcome === "applied") forms[consumer]!.push("ack");
      },
    });
    for (const frame of frames) run.step(frame);
    run.finish();
    const [KEYFRAME, WITH_TABLES] = ["0", "3"];
    for (const form of forms) {
      const first = form.indexOf("ack");
      assert.ok(form.slice(0, first).every((name) => name === WITH_TABLES));
      assert.ok(form.slice(first).every((name) => name === KEYFRAME || name === "ack"));
      assert.ok(form.slice(first).includes(KEYFRAME));
    }
    assert.ok(forms.some((form) => form.indexOf("ack") > 1), "no first keyframe was lost");
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
    for (const policy of ACK_POLICIES) {
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
    for (const policy of ACK_POLICIES) {
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
    const { addField } = PacketBreakdown.prototype;
    PacketBreakdown.prototype.addField = function (field, bits) {
      addField.call(this, field, field === 2 ? bits + 8 : bits);
    };
    try {
      const run = runUnchecked(recordWorld(2, 200), optionsOf(), () => {});
      assert.match(run.fault!, /has \d+ bytes, its parts \d+ bits$/);
    } finally {
      PacketBreakdown.prototype.addField = addField;
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
  joined() {},
  left() {},
  framed() {},
};

/** What became of a packet that arrived. */
interface Arrived {
  readonly frame: number;
  readonly outcome: string;
  readonly wrongFields: number;
}

/** What arrived at each consumer. */
function runPackets(frames: readonly Snapshot[], options: RunOptions): Arrived[][] {
  const all = Array.from({ length: options.consumers }, (): Arrived[] => []);
  const run = new ReplicationRun(WORLD_LAYOUT, options, {
    ...SILENT,
    arrived: (consumer, { frame }, _arrivalUs, outcome, wrongFields) =>
      all[consumer]!.push({ frame, outcome, wrongFields }),
  });
  for (const frame of frames) run.step(frame);
  run.finish();
  return all;
}

/** Lets every packet from frame 50 on that is not a keyframe go wrong once it is decoded. */
function breakCodec(
  damage: (state: Snapshot) => void,
): { fault: (frame: number) => void; restore: () => void } {
  const { read } = WorldReader.prototype;
  let now = 0;
  WorldReader.prototype.read = function (header, input, baseline, held, reuse) {
    const state = read.call(this, header, input, baseline, held, reuse);
    if (now >= 50 && header.form !== "keyframe") damage(state);
    return state;
  };
  return {
    fault: (frame) => now = frame,
    restore: () => WorldReader.prototype.read = read,
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
