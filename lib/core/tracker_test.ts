import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Chunk } from "./chunk.ts";
import { defineSchema } from "./define_schema.ts";
import { dice, RandomWorld, WORLD_LAYOUT } from "./random_world_test.ts";
import { Receiver } from "./receiver.ts";
import { eighth, type Ship, ShipEncoder } from "./ship_encoder_test.ts";
import type { Snapshot } from "./snapshot.ts";
import { CODEC_NAMES, SnapshotCodec } from "./snapshot_codec.ts";
import { POLICIES, type Policy, Tracker, type TrackerOptions } from "./tracker.ts";

const kind = defineSchema("k", { n: "u8", x: "f32" });
const row = (n: number, x = 0) => kind.pack({ n, x });
const trackerOf = (policy: Policy, options: TrackerOptions = {}) =>
  new Tracker<Int32Array>(kind.encoder, { policy, ...options });
const rowsFor = (frame: number) => row(frame & 0xff);

describe("Tracker bytes", () => {
  // Rows: n as zigzag varint, x as binary32; keyframe body is mask 3, n, x.
  const key = (frame: number, n: number) => [0, frame, 0, 0, 0, 3, n * 2, 0, 0, 0, 0];

  test("Tracker strict: keyframes until the first ack, then deltas against the acked frame", () => {
    const tracker = trackerOf("strict");
    assert.deepEqual([...tracker.append("a", 1, row(1))], key(1, 1));
    assert.deepEqual([...tracker.append("a", 2, row(2))], key(2, 2));
    tracker.ack("a", 1);
    assert.deepEqual([...tracker.append("a", 3, row(3))], [1, 3, 0, 0, 0, 2, 1, 4]);
    assert.deepEqual([...tracker.append("a", 4, row(4))], [1, 4, 0, 0, 0, 3, 1, 6]);
    tracker.ack("a", 3);
    assert.deepEqual([...tracker.append("a", 5, row(4))], [1, 5, 0, 0, 0, 2, 1, 2]);
    tracker.ack("a", 5);
    assert.deepEqual([...tracker.append("a", 6, row(4))], [1, 6, 0, 0, 0, 1, 0]);
  });

  test("Tracker append: patches of what changed since the last append, acked or not", () => {
    const tracker = trackerOf("append");
    assert.deepEqual([...tracker.append("a", 1, row(1))], key(1, 1));
    assert.deepEqual([...tracker.append("a", 2, row(2))], [2, 2, 0, 0, 0, 1, 4]);
    assert.deepEqual([...tracker.append("a", 3, row(2))], [2, 3, 0, 0, 0, 0]);
    assert.deepEqual([...tracker.append("a", 4, row(2, 1))], [2, 4, 0, 0, 0, 2, 0, 0, 0x80, 0x3f]);
  });

  test("Tracker nack: as append, and the fields of a lost packet again, once", () => {
    const tracker = trackerOf("nack");
    assert.deepEqual([...tracker.append("a", 1, row(1))], key(1, 1));
    assert.deepEqual([...tracker.append("a", 2, row(2))], [2, 2, 0, 0, 0, 1, 4]);
    assert.deepEqual([...tracker.append("a", 3, row(2))], [2, 3, 0, 0, 0, 0]);
    // Frame 3 arrived, frame 1 (bit 1) as well, frame 2 did not.
    tracker.ack("a", 3, 0b10);
    assert.deepEqual([...tracker.append("a", 4, row(2))], [2, 4, 0, 0, 0, 1, 4]);
    assert.deepEqual([...tracker.append("a", 5, row(2))], [2, 5, 0, 0, 0, 0]);
    // Frame 5 arrived, 4 did not: n goes out a third time, with its newest value.
    tracker.ack("a", 5, 0b110);
    assert.deepEqual([...tracker.append("a", 6, row(3))], [2, 6, 0, 0, 0, 1, 6]);
  });

  test("Tracker nack: a lost keyframe is sent again", () => {
    const tracker = trackerOf("nack");
    tracker.append("a", 1, row(1));
    tracker.append("a", 2, row(2));
    tracker.ack("a", 2);
    assert.deepEqual([...tracker.append("a", 3, row(3))], key(3, 3));
    tracker.ack("a", 3);
    assert.deepEqual([...tracker.append("a", 4, row(4))], [2, 4, 0, 0, 0, 1, 8]);
  });

  test("Tracker nack: a packet that an ack's bits do not reach counts as lost", () => {
    const tracker = trackerOf("nack");
    tracker.append("a", 1, row(1));
    tracker.ack("a", 1);
    for (let frame = 2; frame <= 36; frame++) {
      tracker.append("a", frame, row(frame < 3 ? 1 : 2, frame < 4 ? 0 : 1));
    }
    // 32 bits before frame 36 end with frame 4, which carried x; frame 3 carried n.
    tracker.ack("a", 36, -1);
    assert.deepEqual([...tracker.append("a", 37, row(2, 1))], [2, 37, 0, 0, 0, 1, 4]);
  });

  test("Tracker nack: the oldest of more than 1024 packets without an ack counts as lost", () => {
    for (const last of [1025, 1026, 1027, 1100, 2500]) {
      // A history long enough that no keyframe comes to the rescue.
      const tracker = trackerOf("nack", { historyFrames: 4096 });
      const far = new Receiver(kind.encoder);
      far.receive(tracker.append("a", 1, row(1)));
      tracker.ack("a", 1);
      for (let frame = 2; frame <= last; frame++) tracker.append("a", frame, row(2));
      far.receive(tracker.append("a", last + 1, row(2)));
      tracker.ack("a", last + 1, far.appliedBits);
      const received = far.receive(tracker.append("a", last + 2, row(2)));
      const state = received.outcome === "decoded" && kind.unpack(received.state);
      assert.deepEqual(state, { n: 2, x: 0 }, `${last} packets`);
    }
  });

  test("Tracker diffs bits: NaN equals NaN, -0 differs from 0", () => {
    for (const policy of POLICIES) {
      const tracker = trackerOf(policy);
      const sizes = [NaN, NaN, 0, -0, -0].map((x, i) => {
        const length = tracker.append("a", i + 1, row(0, x)).length;
        tracker.ack("a", i + 1);
        return length;
      });
      const header = policy === "strict" ? 6 : 5;
      const empty = header + 1;
      const changes = sizes.map((size) => size > empty);
      assert.deepEqual(changes, [true, false, true, true, false], policy);
    }
  });

  test("Tracker diffs what the consumer reconstructs, never the raw truth", () => {
    for (const policy of POLICIES) {
      const tracker = new Tracker(new ShipEncoder(), { policy });
      const far = new Receiver(new ShipEncoder());
      const ship: Ship = { x: 0, angle: 0, hp: 1 };
      let sent = 0;
      for (let frame = 1; frame <= 200; frame++) {
        ship.x += 1 / 64; // less than half a step
        const packet = tracker.append("a", frame, ship);
        if (packet.length > (policy === "strict" ? 7 : 6)) sent++;
        const received = far.receive(packet);
        assert.equal(received.outcome, "decoded");
        if (received.outcome !== "decoded") continue;
        assert.equal(received.state.x, Math.round(frame / 8) / 8);
        tracker.ack("a", frame, far.appliedBits);
      }
      // The keyframe, and one packet for each step that the rounded value took.
      assert.equal(sent, 1 + 25, policy);
    }
  });
});

describe("Tracker.ack()", () => {
  const baseline = (tracker: Tracker<Int32Array>, frame: number) => {
    const chunk = tracker.appendChunk("a", frame, rowsFor(frame));
    return chunk.form === "delta" ? chunk.baselineFrame : chunk.form;
  };

  test("Tracker.ack() of a late or repeated frame never moves the baseline back", () => {
    const tracker = trackerOf("strict");
    for (let frame = 1; frame <= 9; frame++) tracker.append("a", frame, rowsFor(frame));
    assert.equal(tracker.ack("a", 5), true);
    assert.equal(tracker.ack("a", 3), false);
    assert.equal(tracker.ack("a", 5), false);
    assert.equal(tracker.ackedFrame("a"), 5);
    assert.equal(baseline(tracker, 10), 5);
    assert.equal(tracker.ack("a", 6), true);
    assert.equal(baseline(tracker, 11), 6);
  });

  test("Tracker.ack() of a frame that was never sent to the consumer changes nothing", () => {
    const tracker = trackerOf("strict");
    tracker.append("b", 1, rowsFor(1));
    tracker.append("a", 2, rowsFor(2));
    tracker.append("b", 3, rowsFor(3));
    for (const frame of [0, 1, 3, 4, 2 + 1024, 4294967295]) {
      assert.equal(tracker.ack("a", frame), false, `frame ${frame}`);
    }
    assert.equal(tracker.ack("nobody", 2), false);
    assert.equal(tracker.ackedFrame("a"), undefined);
    assert.equal(tracker.ack("a", 2), true);
  });

  test("Tracker.ack() from before a reset is dead", () => {
    const tracker = trackerOf("strict");
    for (const frame of [1, 2, 3]) tracker.append("a", frame, rowsFor(frame));
    tracker.reset("a");
    for (const frame of [1, 2, 3]) assert.equal(tracker.ack("a", frame), false);
    assert.equal(baseline(tracker, 4), "keyframe");
    for (const frame of [1, 2, 3]) assert.equal(tracker.ack("a", frame), false);
    assert.equal(tracker.ack("a", 4), true);
    assert.equal(baseline(tracker, 5), 4);
  });

  test("Tracker.ack() of a frame that went out before and after a reset needs the epoch", () => {
    const tracker = trackerOf("strict");
    for (const frame of [1, 2, 3]) tracker.append("a", frame, rowsFor(frame));
    const before = tracker.epoch("a");
    tracker.reset("a");
    const after = tracker.epoch("a");
    assert.notEqual(before, after);
    // Older frames are still in the history, so they can be sent again.
    for (const frame of [2, 3]) {
      tracker.append("a", frame, rowsFor(frame));
      assert.equal(tracker.ack("a", frame), false, "without an epoch");
      assert.equal(tracker.ack("a", frame, 0, before), false, "with the old epoch");
    }
    assert.equal(tracker.ackedFrame("a"), undefined);
    assert.equal(tracker.ack("a", 2, 0, after), true);
    assert.equal(baseline(tracker, 4), 2);
    assert.equal(tracker.ack("a", 4), true);
  });

  test("Tracker.ack() with the epoch of a later or an earlier life is dead", () => {
    const tracker = trackerOf("strict");
    tracker.reset("a");
    assert.equal(tracker.epoch("a"), 0);
    tracker.append("a", 1, rowsFor(1));
    assert.equal(tracker.ack("a", 1, 0, 1), false);
    assert.equal(tracker.ack("a", 1, 0, 0), true);
    tracker.reset("a");
    tracker.reset("a");
    assert.equal(tracker.epoch("a"), 2);
    tracker.append("a", 2, rowsFor(2));
    assert.equal(tracker.ack("a", 2, 0, 1), false);
    assert.equal(tracker.ack("a", 2, 0, 2), true);
  });

  test("Tracker strict: acks shuffled, repeated, stale, invented, never, around resets and 2^32", () => {
    const operation = fc.oneof(
      { weight: 6, arbitrary: fc.record({ op: fc.constant("append"), skip: fc.nat(3) }) },
      { weight: 8, arbitrary: fc.record({ op: fc.constant("ack"), back: fc.nat(14) }) },
      { weight: 2, arbitrary: fc.record({ op: fc.constant("old ack"), back: fc.nat(14) }) },
      { weight: 1, arbitrary: fc.record({ op: fc.constant("reset") }) },
    );
    fc.assert(fc.property(
      fc.array(operation, { maxLength: 80 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(0, 100, 4294967280),
      (operations, historyFrames, start) => {
        const tracker = trackerOf("strict", { historyFrames });
        // Absolute frames, which do not wrap: sent in this epoch, and sent ever.
        let sent = new Set<number>();
        let acked: number | undefined;
        let epoch = 0;
        let frame = start;
        for (const step of operations) {
          if (step.op === "append") {
            frame += 1 + (step as { skip: number }).skip;
            const chunk = tracker.appendChunk("a", frame >>> 0, rowsFor(frame));
            const isHeld = acked !== undefined && frame - acked < historyFrames;
            assert.equal(chunk.form, isHeld ? "delta" : "keyframe");
            if (isHeld) assert.equal(chunk.baselineFrame, acked! >>> 0);
            sent.add(frame);
          } else if (step.op === "reset") {
            if (sent.size > 0 || epoch > 0) epoch++;
            tracker.reset("a");
            sent = new Set();
            acked = undefined;
          } else {
            const target = frame - (step as { back: number }).back;
            if (target < 0) continue;
            const isOld = step.op === "old ack";
            const isNews = !isOld && sent.has(target) && (acked === undefined || target > acked);
            const given = isOld ? epoch - 1 : (target & 1) === 0 ? epoch : undefined;
            assert.equal(tracker.ack("a", target >>> 0, 0, given), isNews);
            if (isNews) acked = target;
          }
          assert.equal(tracker.ackedFrame("a"), acked === undefined ? undefined : acked >>> 0);
        }
      },
    ));
  });
});

describe("Tracker keyframes", () => {
  test("Tracker.keyframeReason() says no-ack, reset, evicted, interval, or nothing", () => {
    const tracker = trackerOf("strict", { historyFrames: 4, keyframeEveryFrames: 10 });
    const reason = (frame: number) => {
      tracker.append("a", frame, rowsFor(frame));
      return tracker.keyframeReason("a");
    };
    assert.equal(tracker.keyframeReason("a"), undefined);
    assert.equal(reason(1), "no-ack");
    assert.equal(reason(2), "no-ack");
    tracker.ack("a", 2);
    assert.equal(reason(3), undefined);
    assert.equal(reason(5), undefined);
    assert.equal(reason(6), "evicted");
    tracker.ack("a", 6);
    assert.equal(reason(7), undefined);
    tracker.reset("a");
    assert.equal(reason(8), "reset");
    tracker.ack("a", 8);
    for (let frame = 9; frame < 18; frame++) {
      assert.equal(reason(frame), undefined);
      tracker.ack("a", frame);
    }
    assert.equal(reason(18), "interval");
  });

  test("Tracker keyframeEveryFrames holds for every policy, counted from the last keyframe", () => {
    for (const policy of POLICIES) {
      const tracker = trackerOf(policy, { keyframeEveryFrames: 5 });
      const keyframes: number[] = [];
      for (let frame = 4294967290; frame < 4294967290 + 17; frame++) {
        if (tracker.appendChunk("a", frame >>> 0, row(1)).form === "keyframe") {
          keyframes.push(frame);
        }
        tracker.ack("a", frame >>> 0);
      }
      assert.deepEqual(keyframes.map((frame) => frame - 4294967290), [0, 5, 10, 15], policy);
    }
  });

  test("Tracker append: only the first packet and the one after a reset are keyframes", () => {
    const tracker = trackerOf("append");
    const forms = [1, 2, 3000, 3001].map((frame) => tracker.appendChunk("a", frame, row(1)).form);
    assert.deepEqual(forms, ["keyframe", "patch", "patch", "patch"]);
    tracker.reset("a");
    assert.equal(tracker.appendChunk("a", 3002, row(1)).form, "keyframe");
    assert.equal(tracker.keyframeReason("a"), "reset");
  });

  test("Tracker nack: a consumer that was left alone for too long gets a keyframe", () => {
    const tracker = trackerOf("nack", { historyFrames: 8 });
    const at = (consumer: string, frame: number) => {
      const form = tracker.appendChunk(consumer, frame, row(frame & 1)).form;
      tracker.ack(consumer, frame);
      return form;
    };
    at("a", 1);
    for (let frame = 2; frame <= 1025; frame++) at("b", frame);
    assert.equal(at("a", 1025), "patch");
    for (let frame = 1026; frame <= 2050; frame++) at("b", frame);
    assert.equal(at("a", 2050), "keyframe");
    assert.equal(tracker.keyframeReason("a"), "evicted");
  });

  test("Tracker takes a consumer that joins late by a keyframe, the others go on", () => {
    for (const policy of POLICIES) {
      const tracker = trackerOf(policy);
      for (const frame of [1, 2, 3]) {
        tracker.append("a", frame, rowsFor(frame));
        tracker.ack("a", frame);
      }
      assert.equal(tracker.appendChunk("late", 4, rowsFor(4)).form, "keyframe");
      assert.notEqual(tracker.appendChunk("a", 4, rowsFor(4)).form, "keyframe");
    }
  });
});

describe("Tracker.append()", () => {
  test("Tracker.append() refuses what is no frame, and frames that are not newer", () => {
    const tracker = trackerOf("strict");
    for (const frame of [-1, 0.5, NaN, 4294967296]) {
      assert.throws(() => tracker.append("a", frame, row(0)), RangeError);
    }
    tracker.append("a", 4294967295, row(0));
    assert.throws(() => tracker.append("a", 4294967295, row(0)), /was sent frame 4294967295/);
    assert.throws(() => tracker.append("a", 4294967290, row(0)), RangeError);
    tracker.append("a", 0, row(0));
  });

  test("Tracker.append() of an older frame takes the copy in the history, else refuses", () => {
    for (const policy of ["append", "strict"] as const) {
      const tracker = trackerOf(policy, { historyFrames: 4 });
      const copies = [1, 2, 3, 4, 6].map((frame) => tracker.append("a", frame, row(frame)).slice());
      // The state that is passed does not count: all consumers see one stream.
      const packet = tracker.append("b", 3, row(99));
      assert.deepEqual(packet[6], policy === "strict" ? copies[2]![6] : 6);
      assert.throws(() => tracker.append("b", 5, row(5)), /frame 6 was appended before it/);
      assert.throws(() => tracker.append("c", 2, row(2)), RangeError);
    }
    const tracker = trackerOf("nack");
    tracker.append("a", 1, row(1));
    tracker.append("a", 2, row(2));
    assert.throws(() => tracker.append("b", 1, row(1)), RangeError);
    tracker.append("b", 2, row(2));
  });

  test("Tracker.append() copies a state that is changed in place", () => {
    for (const policy of POLICIES) {
      const tracker = new Tracker(new ShipEncoder(), { policy });
      const far = new Receiver(new ShipEncoder());
      const ship: Ship = { x: 0, angle: NaN, hp: 0 };
      for (let frame = 1; frame <= 50; frame++) {
        ship.x = frame * 0.3;
        ship.angle = frame % 3 === 0 ? -0 : frame % 3 === 1 ? NaN : 0;
        ship.hp = frame & 7;
        const received = far.receive(tracker.append("a", frame, ship));
        const expected = { x: eighth(ship.x), angle: ship.angle, hp: ship.hp };
        assert.deepEqual(received.outcome === "decoded" && received.state, expected);
        if (frame % 4 === 0) tracker.ack("a", frame, far.appliedBits);
      }
    }
  });

  test("Tracker copies a frame's state once, and uses the memory of old copies again", () => {
    for (const policy of POLICIES) {
      const encoder = new ShipEncoder();
      const tracker = new Tracker<Ship, number>(encoder, { policy, historyFrames: 8 });
      for (let frame = 1; frame <= 100; frame++) {
        for (let c = 0; c < 5; c++) {
          tracker.append(c, frame, { x: frame, angle: 0, hp: 0 });
          tracker.ack(c, frame - 2);
        }
      }
      // One a slot, one to swap; the change table keeps one more.
      assert.equal(encoder.snapshots, policy === "nack" ? 10 : 9, policy);
    }
  });

  test("Tracker.remove() forgets a consumer", () => {
    for (const policy of POLICIES) {
      const tracker = trackerOf(policy);
      tracker.append("a", 1, row(1));
      tracker.ack("a", 1);
      tracker.remove("a");
      tracker.remove("a");
      assert.equal(tracker.ackedFrame("a"), undefined);
      assert.equal(tracker.ack("a", 1), false);
      assert.equal(tracker.appendChunk("a", 2, row(1)).form, "keyframe");
      assert.equal(tracker.keyframeReason("a"), "no-ack");
    }
  });

  test("Tracker refuses options outside their range", () => {
    assert.throws(() => trackerOf("strickt" as Policy), /Policy is strickt/);
    for (const historyFrames of [0, 1.5, NaN]) {
      assert.throws(() => trackerOf("strict", { historyFrames }), RangeError);
    }
    for (const keyframeEveryFrames of [0, -1, NaN]) {
      assert.throws(() => trackerOf("strict", { keyframeEveryFrames }), RangeError);
    }
    assert.equal(new Tracker(kind.encoder).policy, "strict");
  });
});

describe("Tracker sharing", () => {
  /** Consumers with random sends, losses and acks of one tracker, and of one tracker each. */
  function* crowd(policy: Policy, codec: (typeof CODEC_NAMES)[number], seed: number) {
    const wire = new SnapshotCodec(WORLD_LAYOUT, codec);
    const shared = new Tracker<Snapshot, number>(wire, { policy, historyFrames: 32 });
    const world = new RandomWorld(seed);
    const roll = dice(seed + 1);
    const count = 24;
    const alone = Array.from(
      { length: count },
      () =>
        new Tracker<Snapshot, number>(new SnapshotCodec(WORLD_LAYOUT, codec), {
          policy,
          historyFrames: 32,
        }),
    );
    const acks: (() => void)[][] = [];
    for (let k = 0; k < 150; k++) {
      const frame = (4294967250 + k) >>> 0;
      const state = world.step(frame);
      for (const ack of acks[k] ?? []) ack();
      const chunks: Chunk[] = [];
      for (let c = 0; c < count; c++) {
        // Even the trackers of one consumer see every frame, or dates of changes would differ.
        alone[c]!.append(-1, frame, state);
        if (c % 3 === 1 && k % 2 === 0) continue;
        if (roll(200) === 0) {
          shared.reset(c);
          alone[c]!.reset(c);
        }
        const chunk = shared.appendChunk(c, frame, state);
        const own = alone[c]!.append(c, frame, state);
        assert.deepEqual(chunk.bytes, own, `consumer ${c}, frame ${frame}`);
        chunks.push(chunk);
        if (roll(10) > 0) {
          const epoch = shared.epoch(c);
          const bits = roll(4) === 0 ? roll(256) : 0xffffffff;
          (acks[k + 2 + roll(c % 2 ? 2 : 5)] ??= []).push(() => {
            const isNews = shared.ack(c, frame, bits, epoch);
            assert.equal(alone[c]!.ack(c, frame, bits, epoch), isNews);
          });
        }
      }
      yield { shared, chunks };
    }
  }

  for (const policy of POLICIES) {
    test(`Tracker ${policy}: shared packets equal those of one tracker per consumer`, () => {
      for (const codec of CODEC_NAMES) {
        let encodes = 0;
        for (const { shared, chunks } of crowd(policy, codec, 7)) {
          // One encode a distinct packet, and each chunk handed out is one of these.
          assert.equal(shared.encodes - encodes, new Set(chunks.map((c) => c.serial)).size);
          assert.equal(shared.sharedChunks, shared.encodes - encodes);
          const keys = chunks.map((c) =>
            `${c.form} ${c.baselineFrame} ${policy === "nack" ? [...c.bytes].join() : ""}`
          );
          if (policy !== "nack") assert.equal(shared.encodes - encodes, new Set(keys).size);
          else assert.ok(shared.encodes - encodes >= new Set(keys).size);
          encodes = shared.encodes;
        }
      }
    });
  }

  test("Tracker encodes once for a thousand consumers with one baseline", () => {
    for (const policy of POLICIES) {
      const tracker = new Tracker<Int32Array, number>(kind.encoder, { policy });
      for (let frame = 1; frame <= 10; frame++) {
        const packets = new Set<Uint8Array>();
        for (let c = 0; c < 1000; c++) {
          packets.add(tracker.append(c, frame, rowsFor(frame)));
          tracker.ack(c, frame);
        }
        assert.equal(packets.size, 1);
      }
      assert.equal(tracker.encodes, 10, policy);
    }
  });

  test("Tracker onEncode is called once an encode, before the packet is handed out", () => {
    const seen: number[] = [];
    const tracker: Tracker<Int32Array> = trackerOf("strict", {
      onEncode: (chunk) => {
        seen.push(chunk.serial);
        assert.equal(chunk.headerLength, chunk.form === "delta" ? 6 : 5);
        assert.ok(chunk.bytes.length > chunk.headerLength);
      },
    });
    for (let frame = 1; frame <= 5; frame++) {
      const a = tracker.appendChunk("a", frame, rowsFor(frame));
      const b = tracker.appendChunk("b", frame, rowsFor(frame));
      assert.equal(a, b);
      assert.equal(seen.at(-1), a.serial);
      tracker.ack("a", frame);
      tracker.ack("b", frame);
    }
    assert.deepEqual(seen, [0, 1, 2, 3, 4]);
    assert.equal(tracker.encodes, 5);
  });

  test("Tracker keeps a packet for a consumer until its next append, whoever moves on", () => {
    for (const policy of POLICIES) {
      for (const codec of CODEC_NAMES) {
        const wire = new SnapshotCodec(WORLD_LAYOUT, codec);
        const tracker = new Tracker<Snapshot, number>(wire, { policy, historyFrames: 16 });
        const world = new RandomWorld(3);
        const roll = dice(4);
        const held = new Map<number, { view: Uint8Array; copy: Uint8Array }>();
        for (let frame = 1; frame <= 400; frame++) {
          const state = world.step(frame);
          for (let c = 0; c < 12; c++) {
            // Consumer c sends every (c + 1)-th frame or so, and is removed at times.
            if (roll(c + 1) > 0) continue;
            const fate = roll(60);
            if (fate === 0) {
              tracker.remove(c);
              held.delete(c);
            } else if (fate === 1) tracker.reset(c);
            const view = tracker.append(c, frame, state);
            held.set(c, { view, copy: view.slice() });
            if (roll(3)) tracker.ack(c, frame, roll(256));
          }
          for (const [c, { view, copy }] of held) {
            assert.deepEqual(view, copy, `${policy} ${codec}: consumer ${c} at frame ${frame}`);
          }
        }
      }
    }
  });
});

/** One consumer over a link that loses, delays and reorders, acks included. */
function runLink<S>(
  tracker: Tracker<S>,
  far: Receiver<S>,
  truth: { step(k: number): S; check(k: number, state: S, isQuiet: boolean): void },
  options: {
    frames: number;
    quietFrom: number;
    lossPercent: number;
    seed: number;
    outage?: [number, number];
    sendEvery?: number;
  },
): { outcomes: Map<string, number> } {
  const roll = dice(options.seed);
  const firstFrame = 4294966000;
  const arrivals: Uint8Array[][] = [];
  const acks: [frame: number, bits: number][][] = [];
  const outcomes = new Map<string, number>();
  for (let k = 0; k < options.frames; k++) {
    const frame = (firstFrame + k) >>> 0;
    const isQuiet = k >= options.quietFrom;
    const isOut = options.outage !== undefined && k >= options.outage[0] && k < options.outage[1];
    for (const [acked, bits] of acks[k] ?? []) tracker.ack("a", acked, bits);
    const state = truth.step(k);
    if (k % (options.sendEvery ?? 1) === 0) {
      const packet = tracker.append("a", frame, state).slice();
      const isLost = !isQuiet && (isOut || roll(100) < options.lossPercent);
      const delay = isQuiet ? 0 : roll(4);
      if (!isLost) (arrivals[k + delay] ??= []).push(packet);
    }
    for (const arrived of arrivals[k] ?? []) {
      const received = far.receive(arrived);
      outcomes.set(received.outcome, (outcomes.get(received.outcome) ?? 0) + 1);
      if (received.outcome !== "decoded") continue;
      truth.check((received.frame - firstFrame) >>> 0, received.state, isQuiet);
      const isAckLost = !isQuiet && (isOut || roll(100) < options.lossPercent);
      const at = k + 1 + (isQuiet ? 0 : roll(6));
      if (!isAckLost) (acks[at] ??= []).push([received.frame, far.appliedBits]);
    }
  }
  return { outcomes };
}

describe("Tracker under loss", () => {
  /** Worlds by frame, and what the consumer got wrong. */
  function worldTruth(seed: number, quietFrom: number) {
    const world = new RandomWorld(seed);
    const past: Snapshot[] = [];
    const wrong: number[] = [];
    let checked = 0;
    return {
      wrong,
      checked: () => checked,
      step(k: number): Snapshot {
        world.isFrozen = k >= quietFrom;
        past.push(world.step(k));
        return past[k]!;
      },
      check(k: number, state: Snapshot): void {
        checked++;
        if (!past[k]!.equals(state)) wrong.push(k);
      },
    };
  }

  function run(policy: Policy, seed: number, more: {
    historyFrames?: number;
    outage?: [number, number];
    sendEvery?: number;
    frames?: number;
    lossPercent?: number;
  } = {}) {
    const frames = more.frames ?? 400;
    const quietFrames = 60 + 5 * (more.sendEvery ?? 1);
    const quietFrom = frames - quietFrames;
    const codec = new SnapshotCodec(WORLD_LAYOUT, seed % 2 ? "varint" : "mask");
    const historyFrames = more.historyFrames ?? 64;
    const truth = worldTruth(seed, quietFrom);
    const { outcomes } = runLink(
      new Tracker<Snapshot>(codec, { policy, historyFrames }),
      new Receiver<Snapshot>(new SnapshotCodec(WORLD_LAYOUT, codec.name), historyFrames),
      truth,
      { frames, quietFrom, lossPercent: more.lossPercent ?? 20, seed, ...more },
    );
    assert.equal(outcomes.get("malformed"), undefined);
    // The first packets of the quiet time settle what was in flight.
    const wrongAtTheEnd = truth.wrong.filter((k) => k >= quietFrom + quietFrames - 45);
    return { wrong: truth.wrong, wrongAtTheEnd, outcomes, checked: truth.checked() };
  }

  test("Tracker strict: nothing that a consumer applies is ever wrong", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { wrong, checked, outcomes } = run("strict", seed);
      assert.deepEqual(wrong, [], `seed ${seed}`);
      assert.ok(checked > 150);
      assert.equal(outcomes.get("missing-baseline"), undefined);
    }
  });

  test("Tracker strict: nothing is wrong with a history of one frame, or after an outage", () => {
    for (const historyFrames of [1, 2, 7]) {
      assert.deepEqual(run("strict", 5, { historyFrames }).wrong, []);
    }
    assert.deepEqual(run("strict", 6, { outage: [100, 250] }).wrong, []);
    assert.deepEqual(run("strict", 7, { sendEvery: 3 }).wrong, []);
  });

  test("Tracker nack: nothing is wrong once nothing is in flight", () => {
    let wrongBefore = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const { wrong, wrongAtTheEnd } = run("nack", seed);
      assert.deepEqual(wrongAtTheEnd, [], `seed ${seed}`);
      wrongBefore += wrong.length;
    }
    assert.ok(wrongBefore > 0, "no packet was lost that mattered");
  });

  test("Tracker nack: nothing stays wrong with a short history, long outages, skipped frames", () => {
    for (const historyFrames of [1, 3]) {
      assert.deepEqual(run("nack", 8, { historyFrames }).wrongAtTheEnd, []);
    }
    for (const sendEvery of [2, 5, 40]) {
      assert.deepEqual(run("nack", 9, { sendEvery, frames: 1200 }).wrongAtTheEnd, []);
    }
    // More than 1024 packets without an ack.
    for (const outage of [[50, 1000], [50, 1100], [50, 2500]] as [number, number][]) {
      for (let seed = 1; seed <= 3; seed++) {
        const { wrongAtTheEnd } = run("nack", seed, { outage, frames: 3000 });
        assert.deepEqual(wrongAtTheEnd, [], `outage ${outage}, seed ${seed}`);
      }
    }
  });

  test("Tracker append: nothing is wrong without loss, much is with it", () => {
    for (let seed = 1; seed <= 3; seed++) {
      assert.ok(run("append", seed).wrongAtTheEnd.length > 0, `seed ${seed}`);
    }
    const codec = new SnapshotCodec(WORLD_LAYOUT, "varint");
    const tracker = new Tracker<Snapshot>(codec, { policy: "append" });
    const far = new Receiver<Snapshot>(codec);
    const world = new RandomWorld(1);
    for (let frame = 1; frame <= 300; frame++) {
      const state = world.step(frame);
      const received = far.receive(tracker.append("a", frame, state));
      assert.equal(received.outcome === "decoded" && received.state.equals(state), true);
    }
  });

  test("Tracker append: a lost field stays wrong until it is sent again, then heals", () => {
    const tracker = trackerOf("append");
    const far = new Receiver(kind.encoder);
    const apply = (frame: number, n: number, x: number, isLost = false) => {
      const packet = tracker.append("a", frame, row(n, x));
      if (isLost) return;
      const received = far.receive(packet);
      assert.ok(received.outcome === "decoded");
      tracker.ack("a", frame, far.appliedBits);
      return kind.unpack(received.state);
    };
    assert.deepEqual(apply(1, 1, 1), { n: 1, x: 1 });
    apply(2, 2, 1, true);
    // The ack of frame 3 passes frame 2 by, and nothing is done about it.
    assert.deepEqual(apply(3, 2, 5), { n: 1, x: 5 });
    assert.deepEqual(apply(4, 2, 6), { n: 1, x: 6 });
    assert.deepEqual(apply(5, 3, 6), { n: 3, x: 6 });
  });

  test("Tracker with an object encoder keeps each policy's promise", () => {
    for (const policy of POLICIES) {
      const ships: Ship[] = [];
      const roll = dice(21);
      const wrong: number[] = [];
      runLink<Ship>(new Tracker(new ShipEncoder(), { policy }), new Receiver(new ShipEncoder()), {
        step(k) {
          const last = ships[k - 1] ?? { x: 0, angle: 0, hp: 0 };
          const next = { ...last };
          if (k < 340 && roll(2)) next.x += roll(100) / 30;
          if (k < 340 && roll(3) === 0) next.angle = [NaN, -0, 0, roll(10) / 3][roll(4)]!;
          if (k < 340 && roll(6) === 0) next.hp = roll(256);
          ships.push(next);
          return next;
        },
        check(k, state, isQuiet) {
          const { x, angle, hp } = ships[k]!;
          const isRight = state.x === eighth(x) && Object.is(state.angle, angle) && state.hp === hp;
          if (!isRight && (policy === "strict" || (isQuiet && k > 350))) wrong.push(k);
        },
      }, { frames: 400, quietFrom: 340, lossPercent: 25, seed: 22 });
      if (policy !== "append") assert.deepEqual(wrong, [], policy);
    }
  });
});
