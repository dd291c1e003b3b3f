import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteSyntaxError } from "./bytes.ts";
import { defineSchema } from "./define_schema.ts";
import { type Received, Receiver } from "./receiver.ts";
import { RandomWorld, WORLD_LAYOUT } from "./random_world_test.ts";
import { ShipEncoder } from "./ship_encoder_test.ts";
import { SnapshotCodec } from "./snapshot_codec.ts";
import { Tracker } from "./tracker.ts";

const kind = defineSchema("k", { n: "u8" });

// Form, frame, then for a delta the baseline's age; then mask and zigzag of n.
const keyframe = (frame: number, n: number) => Uint8Array.of(0, frame, 0, 0, 0, 1, n * 2);
const delta = (frame: number, age: number, step: number) =>
  Uint8Array.of(1, frame, 0, 0, 0, age, 1, step * 2);
const patch = (frame: number, n: number) => Uint8Array.of(2, frame, 0, 0, 0, 1, n * 2);

const receiver = (historyFrames?: number) => new Receiver(kind.encoder, historyFrames);

function value(received: Received<Int32Array>): number | string {
  return received.outcome === "decoded" ? received.state[0]! : received.outcome;
}

test("Receiver.receive() applies keyframes, deltas against any frame it holds, and patches", () => {
  const far = receiver();
  assert.equal(value(far.receive(keyframe(1, 10))), 10);
  assert.equal(value(far.receive(delta(2, 1, 5))), 15);
  assert.equal(value(far.receive(delta(3, 2, 7))), 17);
  assert.equal(value(far.receive(patch(4, 40))), 40);
  assert.equal(value(far.receive(delta(5, 1, 1))), 41);
  assert.equal(far.newest, 5);
});

test("Receiver.receive() says which frame it decoded", () => {
  const received = receiver().receive(keyframe(9, 1));
  assert.equal(received.outcome === "decoded" && received.frame, 9);
});

test("Receiver.receive() drops a delta whose baseline it never had or no longer holds", () => {
  const far = receiver(3);
  assert.deepEqual(far.receive(delta(5, 1, 1)), { outcome: "missing-baseline", frame: 5 });
  assert.equal(far.newest, undefined);
  for (const frame of [1, 2, 3]) far.receive(keyframe(frame, frame));
  assert.equal(value(far.receive(delta(4, 3, 1))), 2);
  // Frames 2, 3 and 4 are held now.
  assert.equal(value(far.receive(delta(5, 4, 1))), "missing-baseline");
  assert.equal(value(far.receive(delta(5, 3, 1))), 3);
});

test("Receiver.receive() drops a frame that is not newer than its newest", () => {
  const far = receiver();
  far.receive(keyframe(10, 1));
  assert.deepEqual(far.receive(keyframe(10, 2)), { outcome: "stale", frame: 10 });
  assert.deepEqual(far.receive(keyframe(9, 2)), { outcome: "stale", frame: 9 });
  assert.equal(value(far.receive(delta(11, 1, 1))), 2);
});

test("Receiver.receive() takes frames that follow across 2^32", () => {
  const far = receiver();
  assert.equal(value(far.receive(Uint8Array.of(0, 255, 255, 255, 255, 1, 2))), 1);
  assert.equal(value(far.receive(delta(0, 1, 1))), 2);
  assert.equal(value(far.receive(delta(2, 3, 1))), 2);
  assert.equal(value(far.receive(Uint8Array.of(0, 254, 255, 255, 255, 1, 2))), "stale");
  assert.equal(far.newest, 2);
  assert.equal(far.appliedBits >>> 0, 0b110);
});

test("Receiver.receive() names the byte of malformed packets, and keeps what it holds", () => {
  const far = receiver();
  far.receive(keyframe(1, 10));
  for (
    const bytes of [
      [],
      [9, 0, 0, 0, 0],
      [1, 2, 0, 0, 0, 0],
      [1, 2, 0, 0, 0, 1, 1],
      [1, 2, 0, 0, 0, 1, 1, 0],
      [1, 2, 0, 0, 0, 1, 2, 2],
      [0, 2, 0, 0, 0, 0],
      [2, 2, 0, 0, 0, 1, 2, 0],
    ]
  ) {
    const received = far.receive(Uint8Array.from(bytes));
    assert.equal(received.outcome, "malformed", String(bytes));
    assert.ok(received.outcome === "malformed" && received.error instanceof ByteSyntaxError);
  }
  assert.equal(far.newest, 1);
  assert.equal(far.appliedBits, 0);
  assert.equal(value(far.receive(delta(2, 1, 1))), 11);
});

test("Receiver.appliedBits has bit n set when frame newest - 1 - n was applied", () => {
  const far = receiver();
  const bits = (frame: number) => {
    far.receive(keyframe(frame, 0));
    return far.appliedBits >>> 0;
  };
  assert.equal(bits(10), 0);
  assert.equal(bits(11), 0b1);
  assert.equal(bits(13), 0b110);
  // 13, 11 and 10 are 32, 34 and 35 frames before 45: only bit 31 is left.
  assert.equal(bits(45), 0x80000000);
  assert.equal(bits(46), 1);
  assert.equal(bits(79), 0);
  assert.equal(bits(79), 0);
});

test("Receiver.appliedBits reaches back 32 frames", () => {
  const far = receiver();
  for (const frame of [9, 10, 11, 42]) far.receive(keyframe(frame, 0));
  // 11 and 10 are 31 and 32 frames before 42, 9 is one too far.
  assert.equal(far.appliedBits >>> 0, 0xc0000000);
});

test("Receiver.appliedBits agrees with the set of applied frames", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: -3, max: 40 }), { maxLength: 40 }),
    (steps) => {
      const far = receiver();
      const applied = new Set<number>();
      let frame = 4294967200;
      let newest = -1;
      for (const step of steps) {
        frame += applied.size > 0 ? step : 0;
        const word = frame >>> 0;
        const bytes = [0, word, word >>> 8, word >>> 16, word >>> 24, 1, 0];
        const { outcome } = far.receive(Uint8Array.from(bytes));
        assert.equal(outcome, frame > newest ? "decoded" : "stale");
        if (frame > newest) applied.add(newest = frame);
        frame = newest;
        for (let n = 0; n < 32 && applied.size > 0; n++) {
          assert.equal((far.appliedBits >>> n) & 1, applied.has(newest - 1 - n) ? 1 : 0);
        }
      }
    },
  ));
});

test("Receiver.reset() forgets everything", () => {
  const far = receiver();
  far.receive(keyframe(100, 1));
  far.receive(keyframe(101, 1));
  far.reset();
  assert.equal(far.newest, undefined);
  assert.equal(far.appliedBits, 0);
  assert.equal(value(far.receive(delta(102, 1, 1))), "missing-baseline");
  assert.equal(value(far.receive(patch(5, 7))), 7);
});

test("Receiver.receive() reads in place and keeps nothing of the packet", () => {
  const far = receiver();
  const packet = keyframe(1, 10);
  const received = far.receive(packet);
  packet.fill(0xff);
  assert.equal(value(received), 10);
  assert.equal(value(far.receive(delta(2, 1, 1))), 11);
});

test("Receiver.receive() lets an error of a user's encoder through", () => {
  const encoder = new ShipEncoder();
  encoder.decode = () => {
    throw new RangeError("a bug");
  };
  const far = new Receiver(encoder);
  assert.throws(() => far.receive(Uint8Array.of(0, 1, 0, 0, 0, 7)), /a bug/);
});

test("Receiver.receive() throws for no bytes whatever, in any state and policy", () => {
  for (const policy of ["append", "strict", "nack"] as const) {
    const codec = new SnapshotCodec(WORLD_LAYOUT, "varint");
    const tracker = new Tracker(codec, { policy });
    const far = new Receiver(codec);
    const world = new RandomWorld(5);
    const packets: Uint8Array[] = [];
    for (let frame = 1; frame <= 30; frame++) {
      const packet = tracker.append("a", frame, world.step(frame)).slice();
      packets.push(packet);
      if (frame <= 20) {
        assert.equal(far.receive(packet).outcome, "decoded");
        tracker.ack("a", frame);
      }
    }
    const change = fc.tuple(fc.nat(9), fc.nat(), fc.nat(255), fc.boolean());
    fc.assert(
      fc.property(change, ([which, place, byte, isCut]) => {
        const packet = packets[20 + which]!.slice();
        // Frame numbers stay, or one packet would make all others stale.
        const at = place % packet.length;
        if (at < 1 || at > 4) packet[at] = byte;
        const before = far.newest;
        const received = far.receive(isCut ? packet.subarray(0, at) : packet);
        if (received.outcome !== "decoded") assert.equal(far.newest, before);
      }),
      { numRuns: 300 },
    );
    assert.equal(far.receive(new Uint8Array()).outcome, "malformed");
  }
});
