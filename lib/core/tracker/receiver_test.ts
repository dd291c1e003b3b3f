import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type ByteReader, ByteSyntaxError, type ByteWriter } from "../bytes/bytes.ts";
import { defineSchema } from "../wire/define_schema.ts";
import type { Decoded, Encoder } from "../wire/encoder.ts";
import { Link } from "./link_test_helper.ts";
import { Mask } from "../bytes/mask.ts";
import { ACK_POLICIES, type AckPolicy } from "./tracker_options.ts";
import { dice, RandomWorld, WORLD_LAYOUT } from "../state/random_world_test_helper.ts";
import { type Received, Receiver } from "./receiver.ts";
import { ShipEncoder } from "../wire/ship_encoder_test_helper.ts";
import { Snapshot } from "../state/snapshot.ts";
import { SnapshotLayout } from "../state/snapshot_layout.ts";
import { Tracker } from "./tracker.ts";
import { WorldReader } from "../wire/world_reader.ts";
import { WorldTracker } from "./world_tracker.ts";

const kind = defineSchema("k", { n: "u8" });

// Form, frame, then for a delta the baseline's age; then mask and zigzag of n.
const keyframe = (frame: number, n: number) => Uint8Array.of(0, frame, 0, 0, 0, 1, n * 2);
const delta = (frame: number, age: number, step: number) =>
  Uint8Array.of(1, frame, 0, 0, 0, age, 1, step * 2);
const patch = (frame: number, n: number) => Uint8Array.of(2, frame, 0, 0, 0, 1, n * 2);

const receiver = (historyFrames = 64) =>
  new Receiver(kind.encoder, { historyFrames, schemaHash: false });

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

test("Receiver.receive() takes what sockets give, and refuses what is no bytes", () => {
  const { buffer } = keyframe(1, 10);
  assert.equal(value(receiver().receive(buffer)), 10);
  for (const data of ["text", undefined, [0, 1, 0], new Blob([buffer])]) {
    assert.throws(() => receiver().receive(data as never), TypeError);
  }
});

test("Receiver.receive() gives a world the frame of its packet, whatever the form", () => {
  for (const policy of ACK_POLICIES) {
    const world = new RandomWorld(3);
    const tracker = new WorldTracker<number>(WORLD_LAYOUT, "varint", { policy });
    const far = new Receiver(new WorldReader(WORLD_LAYOUT, "varint"));
    const forms = new Set<string>();
    for (let frame = 500; frame < 560; frame += 1 + (frame & 1)) {
      tracker.begin(world.step(frame));
      const packet = tracker.appendPacket(1);
      forms.add(packet.form);
      const received = far.receive(packet.bytes);
      assert.ok(received.outcome === "decoded");
      assert.deepEqual([received.state.frame, received.state.timeMs], [frame, 0]);
      if (frame % 5 !== 0) tracker.ack(1, frame, far.appliedBits);
    }
    assert.ok(forms.size >= 2, [...forms].join());
  }
});

test("Receiver.receive() drops a delta whose baseline it never had or no longer holds", () => {
  const far = receiver(3);
  assert.deepEqual(far.receive(delta(5, 1, 1)), { outcome: "missing-baseline", frame: 5 });
  // A patch needs no baseline, but something to go on from.
  assert.deepEqual(far.receive(patch(6, 1)), { outcome: "missing-baseline", frame: 6 });
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
  assert.equal(value(far.receive(patch(103, 7))), "missing-baseline");
  assert.equal(value(far.receive(keyframe(5, 7))), 7);
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
  for (const policy of ACK_POLICIES) {
    const tracker = new WorldTracker(WORLD_LAYOUT, "varint", { policy });
    const far = new Receiver(new WorldReader(WORLD_LAYOUT, "varint"));
    const world = new RandomWorld(5);
    const packets: Uint8Array[] = [];
    for (let frame = 1; frame <= 30; frame++) {
      tracker.begin(world.step(frame));
      const omitted = frame % 2 === 0 ? new Set([frame % 14]) : undefined;
      const packet = tracker.append("a", undefined, omitted).slice();
      packets.push(packet);
      if (frame <= 20) {
        assert.equal(far.receive(packet).outcome, "decoded");
        tracker.ack("a", frame, far.appliedBits);
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

test("Receiver refuses options outside their range", () => {
  for (const historyFrames of [0, 1.5, NaN, 2 ** 24 + 1]) {
    const message = `historyFrames is ${historyFrames}, expected an integer from 1 to 16777216`;
    assert.throws(() => new Receiver(kind.encoder, historyFrames), { name: "RangeError", message });
    assert.throws(() => new Receiver(kind.encoder, { historyFrames }), { message });
  }
  for (const farFrames of [0, 1.5, NaN, 2 ** 31]) {
    assert.throws(() => new Receiver(kind.encoder, { farFrames }), /farFrames is .* 2147483647/);
  }
});

describe("Receiver and the hash of the schema", () => {
  const fields = { hp: "u8", x: "u8" } as const;
  const swapped = { x: "u8", hp: "u8" } as const;

  test("Receiver.receive() takes no keyframe of another schema, whatever the rest looks like", () => {
    const ours = defineSchema("k", fields);
    const packet = new Tracker(ours.encoder).append("a", 1, ours.pack({ hp: 3, x: 200 })).slice();
    const others = [
      defineSchema("k", swapped),
      defineSchema("k", fields, "native"),
      defineSchema("j", fields),
      defineSchema("k", { hp: "u8", x: "i16" }),
      defineSchema("k", { hp: "u8", x: { type: "u8", optional: true } }),
    ];
    for (const other of others) {
      for (const schemaHash of [true, false]) {
        const far = new Receiver(other.encoder, { schemaHash });
        assert.deepEqual(far.receive(packet), { outcome: "schema-mismatch", frame: 1 });
        assert.equal(far.newest, undefined);
      }
    }
    const received = new Receiver(defineSchema("k", fields).encoder).receive(packet);
    assert.deepEqual(received.outcome === "decoded" && ours.unpack(received.state), {
      hp: 3,
      x: 200,
    });
  });

  test("Receiver.receive() takes keyframes without a hash only when told to, or without one itself", () => {
    const bytes = keyframe(1, 5);
    assert.deepEqual(new Receiver(kind.encoder).receive(bytes), {
      outcome: "schema-mismatch",
      frame: 1,
    });
    assert.equal(value(receiver().receive(bytes)), 5);
    // Form 4: the hash stands behind the frame, low byte first.
    const ship = [1, 0, 0, 0, 0xef, 0xbe, 0xad, 0xde, 7, 16, 0, 0, 0, 0, 0, 0, 0, 0, 9];
    const packet = Uint8Array.of(4, ...ship);
    for (const schemaHash of [0xdeadbeef, undefined]) {
      const encoder = Object.assign(new ShipEncoder(), { schemaHash });
      const received = new Receiver(encoder).receive(packet);
      assert.deepEqual(received.outcome === "decoded" && received.state, { x: 1, angle: 0, hp: 9 });
    }
    const encoder = Object.assign(new ShipEncoder(), { schemaHash: 0xdeadbeee });
    assert.equal(new Receiver(encoder).receive(packet).outcome, "schema-mismatch");
  });

  test("Receiver.receive() tells worlds of other codecs and schemas, and goes on with its own", () => {
    const layoutOf = (...names: string[]) =>
      new SnapshotLayout({
        kinds: [{ name: "k", fields: [{ name: "e", type: "enum", values: names }] }],
      });
    const layout = layoutOf("a", "b");
    const truth = Snapshot.of(layout, {
      frame: 1,
      timeMs: 0,
      entities: [{ id: 1, kind: "k", fields: { e: "b" } }],
    });
    const packets = (["mask", "varint"] as const).map((codec) => {
      const tracker = new WorldTracker(layout, codec);
      tracker.begin(truth);
      return tracker.append("a");
    });
    const far = new Receiver(new WorldReader(layout, "varint"));
    assert.equal(far.receive(packets[0]!).outcome, "schema-mismatch");
    assert.equal(far.receive(packets[1]!).outcome, "decoded");
    const swappedTexts = new Receiver(new WorldReader(layoutOf("b", "a"), "varint"));
    assert.equal(swappedTexts.receive(packets[1]!).outcome, "schema-mismatch");
  });
});

describe("Receiver and far frames", () => {
  const START = 4294967296 - 40;
  const le = (frame: number) => [0, 8, 16, 24].map((shift) => (frame >>> shift) & 0xff);
  const leb = (n: number): number[] => n < 128 ? [n] : [n % 128 + 128, ...leb(Math.floor(n / 128))];
  const { schemaHash } = kind.encoder;

  /** One packet of each form, of a frame of choice, that would do harm. */
  function forgeries(frame: number, heldFrame: number): Uint8Array[] {
    const age = leb((frame - heldFrame) >>> 0);
    return [
      [0, ...le(frame), 1, 200, 1],
      [3, ...le(frame), 1, 200, 1],
      [4, ...le(frame), ...le(schemaHash), 1, 200, 1],
      [5, ...le(frame), ...le(schemaHash), 1, 200, 1],
      [1, ...le(frame), ...age, 1, 2],
      [6, ...le(frame), ...age, 1, 2],
      [2, ...le(frame), 1, 200, 1],
    ].map((bytes) => Uint8Array.from(bytes));
  }

  test("one forged packet of a far frame does nothing, of any form and as often as it comes", () => {
    const offsets = [1025, 5000, 2 ** 30, 2 ** 31 - 1, -1025, -5000, -(2 ** 30), -(2 ** 31)];
    for (const policy of ACK_POLICIES) {
      for (const offset of offsets) {
        for (let form = 0; form < 7; form++) {
          const tracker = new Tracker<Int32Array>(kind.encoder, { policy });
          const far = new Receiver(kind.encoder);
          for (let frame = START; frame < START + 80; frame++) {
            if (frame % 8 === 0 && frame > START + 5) {
              const newest = frame - 1;
              const packet = forgeries((newest + offset) >>> 0, newest >>> 0)[form]!;
              for (let i = 0; i < 3; i++) {
                assert.notEqual(far.receive(packet).outcome, "decoded");
                assert.equal(far.newest, newest >>> 0);
              }
            }
            const state = kind.pack({ n: frame & 0xff });
            const received = far.receive(tracker.append("a", frame >>> 0, state));
            assert.equal(value(received), frame & 0xff, `${policy}: ${form} at ${offset}`);
            if (frame % 3 > 0) tracker.ack("a", frame >>> 0, far.appliedBits);
          }
        }
      }
    }
  });

  test("a packet is far beyond farFrames, either way, and is no longer beside another", () => {
    const at = (far: Receiver<Int32Array>, frame: number) =>
      value(far.receive(Uint8Array.of(0, ...le(frame), 1, 2)));
    for (const farFrames of [1, 7, 1024]) {
      const far = new Receiver(kind.encoder, { farFrames, schemaHash: false });
      assert.equal(at(far, 5000), 1);
      assert.equal(at(far, 5000 + farFrames), 1);
      assert.equal(at(far, 5000 + 2 * farFrames + 1), "far");
      assert.equal(far.newest, 5000 + farFrames);
      assert.equal(at(far, 5000 - 1), "stale");
      // The two before are far from one another.
      assert.equal(at(far, 5000), "stale");
      assert.equal(at(far, 9000), "far");
      assert.equal(at(far, 9000), "far");
      assert.equal(at(far, 9000 + farFrames + 1), "far");
      assert.equal(at(far, 9000 + 2 * farFrames + 1), 1);
      assert.equal(far.newest, 9000 + 2 * farFrames + 1);
      assert.equal(at(far, 100), "stale");
      assert.equal(at(far, 100 + farFrames), 1);
      assert.equal(far.newest, 100 + farFrames);
      assert.equal(far.appliedBits, 0);
    }
  });

  test("a packet that is applied ends what a far one before it began", () => {
    const far = receiver();
    far.receive(keyframe(1, 1));
    const forged = Uint8Array.of(0, 0, 0, 9, 0, 1, 200, 1);
    const later = Uint8Array.of(0, 1, 0, 9, 0, 1, 200, 1);
    assert.equal(value(far.receive(forged)), "far");
    assert.equal(value(far.receive(delta(2, 1, 1))), 2);
    assert.equal(value(far.receive(later)), "far");
  });

  test("a stream that goes on far away is followed after two packets, and exact as its policy allows", () => {
    for (const policy of ["strict", "nack"] as const) {
      for (const jump of [1100, 5000, 2 ** 30, -1100, -5000, -(2 ** 30)]) {
        const tracker = new Tracker<Int32Array>(kind.encoder, { policy });
        const far = new Receiver(kind.encoder);
        const outcomes: (number | string)[] = [];
        let frame = 4294967290;
        for (let k = 0; k < 30; k++) {
          frame += k === 15 ? jump : 1;
          // A counter that begins anew does so in a new epoch.
          if (k === 15 && jump < 0) tracker.reset("a");
          const state = kind.pack({ n: k });
          outcomes.push(value(far.receive(tracker.append("a", frame >>> 0, state))));
          const epoch = tracker.epoch("a");
          if (far.newest === frame >>> 0) tracker.ack("a", frame >>> 0, far.appliedBits, epoch);
        }
        const expected = Array.from({ length: 30 }, (_, k) => k);
        assert.deepEqual(
          outcomes,
          expected.with(15, (jump > 0 ? "far" : "stale") as never),
          `${policy} by ${jump}`,
        );
      }
    }
  });

  test("a forged first packet makes the honest ones wait for two of them at most", () => {
    for (const policy of ACK_POLICIES) {
      for (const offset of [3000, -3000, 2 ** 31 - 1]) {
        const tracker = new Tracker<Int32Array>(kind.encoder, { policy });
        const far = new Receiver(kind.encoder);
        far.receive(forgeries((START + offset) >>> 0, 0)[2]!);
        const outcomes: unknown[] = [];
        for (let frame = START; frame < START + 100; frame++) {
          const state = kind.pack({ n: frame & 0xff });
          outcomes.push(value(far.receive(tracker.append("a", frame >>> 0, state))));
          if (far.newest === frame >>> 0) tracker.ack("a", frame >>> 0, far.appliedBits);
        }
        const expected = Array.from({ length: 100 }, (_, k) => (START + k) & 0xff);
        assert.deepEqual(outcomes.slice(1), expected.slice(1), `${policy} at ${offset}`);
      }
    }
  });
});

describe("Receiver and the memory of states", () => {
  /** States of one consumer, received under loss; each is looked at as long as it is valid. */
  function checkStates<S>(
    historyFrames: number,
    far: Receiver<S>,
    ends: {
      step(k: number): void;
      append(frame: number): Uint8Array;
      ack(frame: number, bits: number): void;
    },
    copyOf: (state: S) => unknown,
  ): { objects: Set<S>; states: Map<number, unknown> } {
    const link = new Link(far, dice(historyFrames), 20);
    const objects = new Set<S>();
    const states = new Map<number, unknown>();
    let valid: { frame: number; state: S; copy: unknown }[] = [];
    for (let k = 0; k < 250; k++) {
      ends.step(k);
      link.step({
        ack: ends.ack,
        send: () => ends.append((4294967100 + k) >>> 0),
        applied: (frame, state) => {
          // The newest one makes those too old that are `historyFrames` before it.
          for (const { state, copy } of valid) assert.deepEqual(copyOf(state), copy);
          valid = valid.filter((one) => ((frame - one.frame) | 0) < historyFrames);
          valid.push({ frame, state, copy: copyOf(state) });
          states.set(frame, copyOf(state));
          objects.add(state);
        },
      });
    }
    assert.ok(states.size > 100);
    return { objects, states };
  }

  test("Receiver keeps states as long as they may be baselines, and uses their memory again", () => {
    for (const policy of ACK_POLICIES) {
      for (const historyFrames of [1, 2, 9, 40]) {
        const tracker = new Tracker<Int32Array>(kind.encoder, { policy, historyFrames });
        let n = 0;
        const rows = checkStates(historyFrames, new Receiver(kind.encoder, historyFrames), {
          step: (k) => n = (k * 7) & 0xff,
          append: (frame) => tracker.append("a", frame, kind.pack({ n })),
          ack: (frame, bits) => tracker.ack("a", frame, bits),
        }, (row) => [...row]);
        assert.ok(rows.objects.size <= historyFrames + 1, `${rows.objects.size} rows`);

        const world = new RandomWorld(historyFrames);
        const worlds = new WorldTracker(WORLD_LAYOUT, "varint", { policy, historyFrames });
        const far = new Receiver(new WorldReader(WORLD_LAYOUT, "varint"), historyFrames);
        const snapshots = checkStates(historyFrames, far, {
          step: () => {},
          append: (frame) => {
            worlds.begin(world.step(frame));
            return worlds.append(
              "a",
              undefined,
              frame % 3 === 0 ? new Set([frame % 14]) : undefined,
            );
          },
          ack: (frame, bits) => worlds.ack("a", frame, bits),
        }, (snapshot) => snapshot.toFrame());
        assert.ok(snapshots.objects.size <= historyFrames + 1, `${snapshots.objects.size} worlds`);
      }
    }
  });

  interface Pair {
    a: number;
    b: number;
  }

  /** Writes into what it is given to use again, and returns a state of another whenever it may. */
  class SharingEncoder implements Encoder<Pair> {
    readonly fieldCount = 2;
    isSharing: boolean;

    constructor(isSharing: boolean) {
      this.isSharing = isSharing;
    }

    snapshot({ a, b }: Pair, reuse: Pair = { a: 0, b: 0 }): Pair {
      return Object.assign(reuse, { a, b });
    }

    diff({ a, b }: Pair, baseline: Pair | undefined, mask: Mask): Mask {
      if (a !== baseline?.a) mask.set(0);
      return b === baseline?.b ? mask : mask.set(1);
    }

    encode({ a, b }: Pair, _: Pair | undefined, mask: Mask, out: ByteWriter): void {
      out.u8(mask.lo);
      if (mask.has(0)) out.u8(a);
      if (mask.has(1)) out.u8(b);
    }

    decode(
      input: ByteReader,
      baseline: Pair = { a: 0, b: 0 },
      reuse: Decoded<Pair> = { state: { a: 0, b: 0 }, mask: new Mask() },
    ): Decoded<Pair> {
      const { state, mask } = reuse;
      mask.clear().lo = input.u8();
      if (mask.isEmpty && this.isSharing) return { state: baseline, mask };
      state.a = mask.has(0) ? input.u8() : baseline.a;
      state.b = mask.has(1) ? input.u8() : baseline.b;
      return reuse;
    }

    merge(held: Pair = { a: 0, b: 0 }, patch: Pair, mask: Mask, reuse?: Pair): Pair {
      if (this.isSharing && mask.isEmpty) return held;
      if (this.isSharing && mask.size === 2) return patch;
      const { a, b } = { a: mask.has(0) ? patch.a : held.a, b: mask.has(1) ? patch.b : held.b };
      return Object.assign(reuse ?? {}, { a, b });
    }
  }

  test("Receiver is right with an encoder that returns the baseline, what is held, or the patch", () => {
    const run = (policy: AckPolicy, historyFrames: number, isSharing: boolean) => {
      const tracker = new Tracker<Pair>(new SharingEncoder(false), { policy, historyFrames });
      const roll = dice(77);
      const live = { a: 0, b: 0 };
      const far = new Receiver(new SharingEncoder(isSharing), historyFrames);
      return checkStates(historyFrames, far, {
        step: () => {
          if (roll(3) === 0) live.a = roll(4);
          if (roll(3) === 0) live.b = roll(4);
        },
        append: (frame) => tracker.append("a", frame, live),
        ack: (frame, bits) => tracker.ack("a", frame, bits),
      }, ({ a, b }) => [a, b]).states;
    };
    for (const policy of ACK_POLICIES) {
      for (const historyFrames of [1, 4, 64]) {
        const states = run(policy, historyFrames, true);
        assert.deepEqual(states, run(policy, historyFrames, false), `${policy} ${historyFrames}`);
      }
    }
  });
});
