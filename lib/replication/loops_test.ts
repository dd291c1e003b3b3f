import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { WORLD_LAYOUT } from "../core/state/random_world_test_helper.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import { CODEC_NAMES } from "../core/wire/world_codec.ts";
import { WorldReader } from "../core/wire/world_reader.ts";
import { parseNetSpec } from "../net/spec/net_text.ts";
import { describeState } from "./naive_lab_test_helper.ts";
import { ReplicationRun } from "./replication_run.ts";
import { NETS, optionsOf, recordWorld } from "./run_lab_test_helper.ts";
import type { RunOptions } from "./run_options.ts";
import { isWholeWorld } from "./whole_world_loop.ts";

/** Everything that a run tells, in order. */
function told(frames: readonly Snapshot[], options: RunOptions, isGeneral: boolean): unknown[] {
  const events: unknown[] = [];
  const numbers = new Map<object, number>();
  const run: ReplicationRun = new ReplicationRun(WORLD_LAYOUT, options, {
    sent(consumer, packet, sendUs, reason) {
      if (!numbers.has(packet)) numbers.set(packet, numbers.size);
      const { frame, form, baselineFrame, payload } = packet;
      events.push([consumer, numbers.get(packet), sendUs, reason, frame, form, baselineFrame]);
      events.push(payload.join());
    },
    lost: (consumer, packet) => events.push(["lost", consumer, numbers.get(packet)]),
    arrived(consumer, packet, arrivalUs, outcome, wrongFields) {
      const held = run.heldBy(consumer);
      const state = held === undefined ? "" : describeState(held);
      events.push([consumer, numbers.get(packet), arrivalUs, outcome, wrongFields, state]);
    },
    wrongFor: (...wrong) => events.push(["wrong", ...wrong]),
    stale: (waited) => events.push(["stale", waited]),
    joined: (consumer, us) => events.push(["joined", consumer, us]),
    left: (consumer, us) => events.push(["left", consumer, us]),
    framed: (truth, us) => events.push(["framed", truth.frame, us]),
    encoded: (packet) => events.push(["encoded", numbers.get(packet), packet.sends]),
  }, isGeneral);
  for (const frame of frames) {
    run.step(frame);
    events.push([run.encodes, run.hash]);
  }
  run.finish();
  const { sent, lost, dropped, duplicated, lossRuns, badStay } = run.downStats();
  events.push([sent, lost, dropped, duplicated, lossRuns.mean, badStay.mean, lossRuns.max]);
  events.push([run.frames, run.framesSent, run.encodes, run.hash, run.fault]);
  return events;
}

function assertAlike(frames: readonly Snapshot[], options: RunOptions): unknown[] {
  assert.ok(isWholeWorld(options));
  const fast = told(frames, options, false);
  assert.deepEqual(fast, told(frames, options, true));
  return fast;
}

test("the loop over the whole world tells what the general one tells, for any settings", () => {
  const percent = fc.constantFrom("0%", "3%", "30%", "70%");
  const links = fc.tuple(fc.nat(120), fc.nat(60), percent, percent, percent).map(
    ([delay, jitter, loss, lossUp, duplicate]) =>
      `delay=${delay},jitter=${jitter},loss=${loss},loss.up=${lossUp},duplicate=${duplicate}`,
  );
  const settings = fc.record({
    codec: fc.constantFrom(...CODEC_NAMES),
    net: fc.oneof(fc.constantFrom(...NETS, "acklag=0", "acklag=30"), links).map((net) =>
      parseNetSpec(net)
    ),
    consumers: fc.integer({ min: 1, max: 6 }),
    sendEveryFrames: fc.constantFrom(1, 1, 3),
    mtuBytes: fc.constantFrom(64, 100, 1200),
    historyFrames: fc.constantFrom(1, 4, 7, 64, 2000),
    keyframeEveryFrames: fc.option(fc.constantFrom(1, 5, 30), { nil: undefined }),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
  });
  const first = fc.constantFrom(0, 0xffffffc0);
  fc.assert(
    fc.property(settings, fc.nat(1000), first, (given, world, firstFrame) => {
      const { keyframeEveryFrames, ...rest } = given;
      const every = keyframeEveryFrames === undefined ? {} : { keyframeEveryFrames };
      assertAlike(recordWorld(world, 90, firstFrame), optionsOf({ ...rest, ...every }));
    }),
    { numRuns: 60 },
  );
});

test("both loops forget an ack that comes more than 1024 frames late", () => {
  // Frames are 17.4 ms apart: an ack is 980 or 1150 of them late.
  for (const [delayMs, isEvicted] of [[17_000, true], [20_000, false]] as const) {
    const net = parseNetSpec(`delay.up=${delayMs}`);
    const events = assertAlike(recordWorld(3, 1300), optionsOf({ net, consumers: 2 }));
    const evicted = events.some((event) => Array.isArray(event) && event.includes("evicted"));
    assert.equal(evicted, isEvicted);
  }
});

test("both loops see the same wrong where a codec decodes keyframes wrong", () => {
  const { read } = WorldReader.prototype;
  WorldReader.prototype.read = function (header, input, baseline, held, reuse) {
    const state = read.call(this, header, input, baseline, held, reuse);
    const position = state.kinds.subarray(0, state.count).indexOf(0);
    if (position >= 0 && header.frame % 7 < 4) state.words[state.rows[position]! + 1]! ^= 1;
    return state;
  };
  try {
    const net = parseNetSpec("delay=40,jitter=30,loss=20%");
    const options = optionsOf({ net, consumers: 3, keyframeEveryFrames: 3 });
    const events = assertAlike(recordWorld(5, 120), options);
    assert.ok(events.some((event) => Array.isArray(event) && event[0] === "wrong"));
  } finally {
    WorldReader.prototype.read = read;
  }
});
