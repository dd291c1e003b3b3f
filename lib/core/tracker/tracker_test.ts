import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { defineSchema } from "../wire/define_schema.ts";
import { Link } from "./link_test_helper.ts";
import { ACK_POLICIES, type AckPolicy, type TrackerOptions } from "./tracker_options.ts";
import { dice } from "../state/random_world_test_helper.ts";
import { Receiver } from "./receiver.ts";
import { eighth, type Ship, ShipEncoder } from "../wire/ship_encoder_test_helper.ts";
import { Tracker } from "./tracker.ts";

const kind = defineSchema("k", { n: "u8", x: "f32" });
const row = (n: number, x = 0) => kind.pack({ n, x });
const trackerOf = (policy: AckPolicy, options: TrackerOptions = {}) =>
  new Tracker<Int32Array>(kind.encoder, { policy, schemaHash: false, ...options });
const receiverOf = () => new Receiver(kind.encoder, { schemaHash: false });
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

  test("Tracker.ack() of a number that is no frame changes nothing", () => {
    const tracker = trackerOf("strict");
    for (const frame of [1, 2, 3]) tracker.append("a", frame, row(frame));
    for (const frame of [NaN, undefined as unknown as number, 1.5, -1, 2 ** 32 + 3]) {
      assert.equal(tracker.ack("a", frame), false, String(frame));
      assert.equal(tracker.ackedFrame("a"), undefined);
    }
    assert.equal(tracker.ack("a", 3), true);
  });

  test("Tracker append: patches of what changed since the last append, acked or not", () => {
    const tracker = trackerOf("append");
    assert.deepEqual([...tracker.append("a", 1, row(1))], key(1, 1));
    assert.deepEqual([...tracker.append("a", 2, row(2))], [2, 2, 0, 0, 0, 1, 4]);
    assert.deepEqual([...tracker.append("a", 3, row(2))], [2, 3, 0, 0, 0, 0]);
    assert.deepEqual([...tracker.append("a", 4, row(2, 1))], [2, 4, 0, 0, 0, 2, 0, 0, 0x80, 0x3f]);
  });

  test("Tracker nack: keyframes until the first ack, then as append, and what was lost once", () => {
    const tracker = trackerOf("nack");
    assert.deepEqual([...tracker.append("a", 1, row(1))], key(1, 1));
    assert.deepEqual([...tracker.append("a", 2, row(1))], key(2, 1));
    tracker.ack("a", 2);
    assert.deepEqual([...tracker.append("a", 3, row(2))], [2, 3, 0, 0, 0, 1, 4]);
    assert.deepEqual([...tracker.append("a", 4, row(2))], [2, 4, 0, 0, 0, 0]);
    // Frame 4 arrived, frame 2 (bit 1) as well, frame 3 did not.
    tracker.ack("a", 4, 0b10);
    assert.deepEqual([...tracker.append("a", 5, row(2))], [2, 5, 0, 0, 0, 1, 4]);
    assert.deepEqual([...tracker.append("a", 6, row(2))], [2, 6, 0, 0, 0, 0]);
    // Frame 6 arrived, 5 did not: n goes out a third time, with its newest value.
    tracker.ack("a", 6, 0b10);
    assert.deepEqual([...tracker.append("a", 7, row(3))], [2, 7, 0, 0, 0, 1, 6]);
  });

  test("Tracker nack: a field that was sent since is not sent again", () => {
    const tracker = trackerOf("nack");
    tracker.append("a", 1, row(1));
    tracker.ack("a", 1);
    assert.deepEqual([...tracker.append("a", 2, row(2, 1))], [
      2,
      2,
      0,
      0,
      0,
      3,
      4,
      0,
      0,
      0x80,
      0x3f,
    ]);
    assert.deepEqual([...tracker.append("a", 3, row(3, 1))], [2, 3, 0, 0, 0, 1, 6]);
    assert.deepEqual([...tracker.append("a", 4, row(3, 1))], [2, 4, 0, 0, 0, 0]);
    // Frame 2 is lost: n went out with frame 3, whose fate is open, x did not.
    tracker.ack("a", 3, 0b10);
    assert.deepEqual([...tracker.append("a", 5, row(3, 1))], [2, 5, 0, 0, 0, 2, 0, 0, 0x80, 0x3f]);
  });

  test("Tracker nack: a lost keyframe is sent again, unless there was a later one", () => {
    const tracker = trackerOf("nack");
    for (const frame of [1, 2, 3]) tracker.append("a", frame, row(frame));
    tracker.ack("a", 2);
    assert.deepEqual([...tracker.append("a", 4, row(4))], [2, 4, 0, 0, 0, 1, 8]);
    // Frame 3 is lost, and the patch of frame 4 went onto frame 2.
    tracker.ack("a", 4, 0b10);
    assert.deepEqual([...tracker.append("a", 5, row(5))], key(5, 5));
    assert.equal(tracker.keyframeReason("a"), "no-ack");
    assert.deepEqual([...tracker.append("a", 6, row(6))], [2, 6, 0, 0, 0, 1, 12]);
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

  test("Tracker nack: a packet of 1024 frames ago, or of the history, counts as lost unacked", () => {
    for (const [historyFrames, frames] of [[1, 1024], [1024, 1024], [1500, 1500]] as const) {
      const tracker = trackerOf("nack", { historyFrames });
      tracker.append("a", 1, row(1));
      tracker.ack("a", 1);
      const sizes: number[] = [];
      for (let frame = 2; frame <= frames + 4; frame++) {
        sizes[frame] = tracker.append("a", frame, row(2)).length;
      }
      // Frame 2 carried n; it is lost once a packet that many frames later is sent.
      const carriers = sizes.flatMap((size, frame) => size > 6 ? [frame] : []);
      assert.deepEqual(carriers, [2, frames + 3]);
    }
  });

  test("Tracker writes the encoder's hash into keyframes, unless told not to, and nowhere else", () => {
    for (const policy of ACK_POLICIES) {
      const encoder = Object.assign(new ShipEncoder(), { schemaHash: 0xdeadbeef });
      const ship = { x: 0, angle: 0, hp: 9 };
      const body = [7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
      const tracker = new Tracker<Ship>(encoder, { policy });
      const bytes = [...tracker.append("a", 1, ship)];
      assert.deepEqual(bytes, [4, 1, 0, 0, 0, 0xef, 0xbe, 0xad, 0xde, ...body]);
      tracker.ack("a", 1);
      const second = tracker.appendPacket("a", 2, ship);
      const head = policy === "strict" ? [1, 2, 0, 0, 0, 1] : [2, 2, 0, 0, 0];
      assert.deepEqual([...second.bytes], [...head, 0]);
      assert.equal(second.headerLength, head.length);
      for (
        const plain of [
          new Tracker(encoder, { policy, schemaHash: false }),
          new Tracker(new ShipEncoder()),
        ]
      ) {
        assert.deepEqual([...plain.append("a", 1, ship)], [0, 1, 0, 0, 0, ...body]);
      }
    }
  });

  test("Tracker diffs bits: NaN equals NaN, -0 differs from 0", () => {
    for (const policy of ACK_POLICIES) {
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
    for (const policy of ACK_POLICIES) {
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
    const packet = tracker.appendPacket("a", frame, rowsFor(frame));
    return packet.form === "delta" ? packet.baselineFrame : packet.form;
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
            const packet = tracker.appendPacket("a", frame >>> 0, rowsFor(frame));
            const isHeld = acked !== undefined && frame - acked < historyFrames;
            assert.equal(packet.form, isHeld ? "delta" : "keyframe");
            if (isHeld) {
              assert.equal(packet.baselineFrame, acked! >>> 0);
              // n as its difference from the acked frame's, whatever that was sent with.
              const step = ((frame & 0xff) - (acked! & 0xff)) | 0;
              const zigzag = step < 0 ? -step * 2 - 1 : step * 2;
              const bytes = zigzag < 128 ? [zigzag] : [zigzag % 128 + 128, zigzag >> 7];
              assert.deepEqual([...packet.bytes.subarray(6)], step === 0 ? [0] : [1, ...bytes]);
            }
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
    for (const policy of ACK_POLICIES) {
      const tracker = trackerOf(policy, { keyframeEveryFrames: 5 });
      const keyframes: number[] = [];
      for (let frame = 4294967290; frame < 4294967290 + 17; frame++) {
        if (tracker.appendPacket("a", frame >>> 0, row(1)).form === "keyframe") {
          keyframes.push(frame);
        }
        tracker.ack("a", frame >>> 0);
      }
      assert.deepEqual(keyframes.map((frame) => frame - 4294967290), [0, 5, 10, 15], policy);
    }
  });

  test("Tracker append: only the first packet and the one after a reset are keyframes", () => {
    const tracker = trackerOf("append");
    const forms = [1, 2, 3000, 3001].map((frame) => tracker.appendPacket("a", frame, row(1)).form);
    assert.deepEqual(forms, ["keyframe", "patch", "patch", "patch"]);
    tracker.reset("a");
    assert.equal(tracker.appendPacket("a", 3002, row(1)).form, "keyframe");
    assert.equal(tracker.keyframeReason("a"), "reset");
  });

  test("Tracker nack: keyframes until an ack of the epoch, and none for who was left alone since", () => {
    const tracker = trackerOf("nack", { historyFrames: 8 });
    const at = (frame: number) => {
      const { form } = tracker.appendPacket("a", frame, row(frame & 1));
      return `${form} ${tracker.keyframeReason("a")}`;
    };
    assert.deepEqual([1, 2, 5000].map(at), [
      "keyframe no-ack",
      "keyframe no-ack",
      "keyframe no-ack",
    ]);
    tracker.ack("a", 5000);
    assert.deepEqual([5001, 9000].map(at), ["patch undefined", "patch undefined"]);
    tracker.reset("a");
    assert.deepEqual([9001, 9002].map(at), ["keyframe reset", "keyframe reset"]);
    tracker.ack("a", 9001);
    assert.equal(at(9003), "patch undefined");
  });

  test("Tracker takes a consumer that joins late by a keyframe, the others go on", () => {
    for (const policy of ACK_POLICIES) {
      const tracker = trackerOf(policy);
      for (const frame of [1, 2, 3]) {
        tracker.append("a", frame, rowsFor(frame));
        tracker.ack("a", frame);
      }
      assert.equal(tracker.appendPacket("late", 4, rowsFor(4)).form, "keyframe");
      assert.notEqual(tracker.appendPacket("a", 4, rowsFor(4)).form, "keyframe");
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

  test("Tracker.append() takes frames of different consumers in any order", () => {
    for (const policy of ACK_POLICIES) {
      const tracker = trackerOf(policy, { historyFrames: 4 });
      for (const frame of [1, 2, 3, 4, 6]) tracker.append("a", frame, row(frame));
      const far = receiverOf();
      for (const frame of [3, 5, 500]) {
        const received = far.receive(tracker.append("b", frame, row(frame & 0x7f)));
        assert.equal(received.outcome === "decoded" && received.state[0], frame & 0x7f);
        tracker.ack("b", frame, far.appliedBits);
        tracker.append("a", frame + 4, row(frame & 0x7f));
      }
    }
  });

  test("Tracker.append() copies a state that is changed in place", () => {
    for (const policy of ACK_POLICIES) {
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

  test("Tracker uses the memory of old copies and packets again, also for who never acks", () => {
    for (const policy of ACK_POLICIES) {
      const encoder = new ShipEncoder();
      const tracker = new Tracker<Ship, number>(encoder, { policy, historyFrames: 8 });
      const packets = new Set<unknown>();
      const step = (frame: number) => {
        for (let c = 0; c < 5; c++) {
          const hp = (frame + c % 2) & 0xff;
          packets.add(tracker.appendPacket(c, frame, { x: frame, angle: 0, hp }));
          if (c < 4) tracker.ack(c, frame - 2);
        }
      };
      // Until the oldest packet without an ack counts as lost.
      for (let frame = 1; frame <= 1100; frame++) step(frame);
      const before = [encoder.snapshots, packets.size];
      for (let frame = 1101; frame <= 3000; frame++) step(frame);
      assert.deepEqual([encoder.snapshots, packets.size], before, policy);
      // Only nack has to know what packets without an ack held.
      if (policy !== "nack") assert.ok(encoder.snapshots <= 24, `${policy} ${encoder.snapshots}`);
      else assert.ok(encoder.snapshots <= 2 * 1030, `${policy} ${encoder.snapshots}`);
    }
  });

  test("Tracker.remove() forgets a consumer", () => {
    for (const policy of ACK_POLICIES) {
      const tracker = trackerOf(policy);
      tracker.append("a", 1, row(1));
      tracker.ack("a", 1);
      tracker.remove("a");
      tracker.remove("a");
      assert.equal(tracker.ackedFrame("a"), undefined);
      assert.equal(tracker.ack("a", 1), false);
      assert.equal(tracker.appendPacket("a", 2, row(1)).form, "keyframe");
      assert.equal(tracker.keyframeReason("a"), "no-ack");
    }
  });
});

describe("Tracker with a state for each consumer", () => {
  const decoded = <S>(far: Receiver<S>, packet: Uint8Array): S => {
    const received = far.receive(packet);
    assert.ok(received.outcome === "decoded", received.outcome);
    return received.state;
  };

  test("Tracker brings each consumer to its own state of a frame", () => {
    for (const policy of ACK_POLICIES) {
      const tracker = trackerOf(policy);
      const [ada, bob] = [receiverOf(), receiverOf()];
      for (const frame of [1, 2, 3]) {
        assert.equal(decoded(ada, tracker.append("ada", frame, row(frame * 10)))[0], frame * 10);
        assert.equal(
          decoded(bob, tracker.append("bob", frame, row(frame * 10 + 1)))[0],
          frame * 10 + 1,
        );
        for (const name of ["ada", "bob"]) tracker.ack(name, frame);
      }
    }
  });

  test("Tracker takes one object for all that is changed between the consumers", () => {
    for (const policy of ACK_POLICIES) {
      const tracker = new Tracker<Ship>(new ShipEncoder(), { policy });
      const names = ["ada", "bob", "cyd"];
      const fars = names.map(() => new Receiver(new ShipEncoder()));
      const live: Ship = { x: 0, angle: 0, hp: 0 };
      for (let frame = 1; frame <= 20; frame++) {
        names.forEach((name, i) => {
          live.hp = frame * 3 + i;
          live.x = -i;
          const { hp, x } = decoded(fars[i]!, tracker.append(name, frame, live));
          assert.deepEqual([hp, x], [frame * 3 + i, -i + 0]);
          if (frame % 3 === i) tracker.ack(name, frame, fars[i]!.appliedBits);
        });
      }
    }
  });

  test("Tracker encodes once for consumers whose states and baselines are equal bit by bit", () => {
    for (const policy of ACK_POLICIES) {
      const tracker = trackerOf(policy);
      const names = ["a", "b", "c", "d", "e", "f"];
      const encodes = (frame: number, ...xs: number[]) => {
        const before = tracker.encodes;
        const packets = xs.map((x, i) => tracker.appendPacket(names[i]!, frame, row(1, x)));
        for (const name of names) tracker.ack(name, frame);
        assert.equal(tracker.sharedPackets, tracker.encodes - before);
        assert.equal(new Set(packets).size, tracker.encodes - before);
        return tracker.encodes - before;
      };
      assert.equal(encodes(1, 0, -0, NaN, 0, -0, NaN), 3);
      // Equal states, but from three baselines.
      assert.equal(encodes(2, 5, 5, 5, 5, 5, 5), 3);
      assert.equal(encodes(3, 5, 5, 5, 5, 5, 5), 1);
      assert.equal(encodes(4, 1, 2, 3, 4, 5, 6), 6);
    }
  });

  test("Tracker encodes once for a thousand consumers with one baseline", () => {
    for (const policy of ACK_POLICIES) {
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

  test("Tracker gives every consumer the bytes of a tracker of its own, and encodes each once", () => {
    for (const policy of ACK_POLICIES) {
      const roll = dice(5);
      const count = 12;
      const options = { policy, historyFrames: 16, keyframeEveryFrames: 40 };
      const shared = new Tracker<Int32Array, number>(kind.encoder, options);
      const alone = Array.from(
        { length: count },
        () => new Tracker<Int32Array>(kind.encoder, options),
      );
      const values = Array.from({ length: count }, () => 0);
      const acks: (() => void)[][] = [];
      for (let k = 0; k < 250; k++) {
        const frame = (4294967200 + k) >>> 0;
        for (const ack of acks[k] ?? []) ack();
        const bytes = new Set<string>();
        const packets = new Set<number>();
        const before = shared.encodes;
        for (let c = 0; c < count; c++) {
          if (c % 3 === 1 && k % 2 === 0) continue;
          if (roll(150) === 0) {
            shared.reset(c);
            alone[c]!.reset("a");
          }
          if (roll(200) === 0) {
            shared.remove(c);
            alone[c]!.remove("a");
          }
          // Groups of four see the same, until one of them goes its own way.
          values[c] = roll(30) === 0 ? roll(4) : k >> (c >> 2) & 3;
          const state = row(values[c]!, [0, -0, NaN, 1][values[c]!]);
          const shareable = shared.appendPacket(c, frame, state);
          const packet = shareable.bytes;
          assert.deepEqual(packet, alone[c]!.append("a", frame, state), `${policy} ${c} at ${k}`);
          bytes.add(packet.join());
          packets.add(shareable.serial);
          if (roll(10) === 0) continue;
          const epoch = shared.epoch(c);
          const bits = roll(4) === 0 ? roll(256) : -1;
          (acks[k + 1 + roll(c % 2 ? 2 : 5)] ??= []).push(() => {
            const isNews = alone[c]!.ack("a", frame, bits, epoch);
            assert.equal(shared.ack(c, frame, bits, epoch), isNews);
          });
        }
        assert.equal(shared.encodes - before, packets.size);
        assert.ok(packets.size >= bytes.size);
      }
      const sum = alone.reduce((total, { encodes }) => total + encodes, 0);
      assert.ok(shared.encodes < sum * 0.8, `${shared.encodes} of ${sum}`);
    }
  });

  test("Tracker keeps a packet for a consumer until its next append, whoever moves on", () => {
    for (const policy of ACK_POLICIES) {
      const tracker = new Tracker<Int32Array, number>(kind.encoder, { policy, historyFrames: 16 });
      const roll = dice(4);
      const held = new Map<number, { view: Uint8Array; copy: Uint8Array }>();
      for (let frame = 1; frame <= 400; frame++) {
        for (let c = 0; c < 12; c++) {
          // Consumer c sends every (c + 1)-th frame or so, and is removed at times.
          if (roll(c + 1) > 0) continue;
          const fate = roll(60);
          if (fate === 0) {
            tracker.remove(c);
            held.delete(c);
          } else if (fate === 1) tracker.reset(c);
          const view = tracker.append(c, frame, row((frame + c % 4) & 0xff, frame));
          held.set(c, { view, copy: view.slice() });
          if (roll(3)) tracker.ack(c, frame, roll(256));
        }
        for (const [c, { view, copy }] of held) {
          assert.deepEqual(view, copy, `${policy}: consumer ${c} at frame ${frame}`);
        }
      }
    }
  });
});

describe("Tracker under loss", () => {
  test("Tracker keeps each policy's promise to consumers with states of their own", () => {
    for (const policy of ACK_POLICIES) {
      for (let seed = 1; seed <= 4; seed++) {
        const roll = dice(seed);
        const tracker = new Tracker<Ship, number>(new ShipEncoder(), { policy });
        const consumers = Array.from({ length: 3 }, () => ({
          link: new Link(new Receiver(new ShipEncoder()), roll, policy === "append" ? 0 : 25),
          ship: { x: 0, angle: 0, hp: 0 },
          past: new Map<number, Ship>(),
          checked: 0,
        }));
        const wrong: string[] = [];
        for (let k = 0; k < 400; k++) {
          const frame = (4294967100 + k) >>> 0;
          const isQuiet = k >= 340;
          consumers.forEach((consumer, c) => {
            const { link, ship, past } = consumer;
            if (!isQuiet && roll(2)) ship.x += roll(100) / 30;
            if (!isQuiet && roll(3) === 0) ship.angle = [NaN, -0, 0, roll(10) / 3][roll(4)]!;
            if (!isQuiet && roll(6) === 0) ship.hp = roll(256);
            past.set(frame, { ...ship, x: eighth(ship.x) });
            // Without loss, append still needs order.
            link.isQuiet = isQuiet || policy === "append";
            link.step({
              ack: (acked, bits) => tracker.ack(c, acked, bits),
              send: () => k % (c + 1) > 0 ? undefined : tracker.append(c, frame, ship),
              applied: (applied, state) => {
                consumer.checked++;
                const { x, angle, hp } = past.get(applied)!;
                const isRight = state.x === x && Object.is(state.angle, angle) && state.hp === hp;
                const isPromised = policy !== "nack" || k >= 355;
                if (!isRight && isPromised) wrong.push(`consumer ${c} at step ${k}`);
              },
            });
          });
        }
        assert.deepEqual(wrong, [], `${policy}, seed ${seed}`);
        consumers.forEach(({ checked, link }, c) => {
          assert.ok(checked > 200 / (c + 1));
          assert.equal(link.outcomes.get("malformed"), undefined);
        });
      }
    }
  });

  test("Tracker append: a lost field stays wrong until it is sent again, then heals", () => {
    const tracker = trackerOf("append");
    const far = receiverOf();
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
});
