import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Link } from "./link_test_helper.ts";
import { ACK_POLICIES, type AckPolicy, type ConsumerId } from "./tracker_options.ts";
import { dice, RandomWorld, WORLD_LAYOUT } from "../state/random_world_test_helper.ts";
import { Receiver } from "./receiver.ts";
import { Snapshot } from "../state/snapshot.ts";
import type { View } from "../state/view.ts";
import { CODEC_NAMES, type CodecName } from "../wire/world_codec.ts";
import { WorldReader } from "../wire/world_reader.ts";
import { WorldTracker } from "./world_tracker.ts";

const receiverOf = (codec: CodecName, historyFrames = 64) =>
  new Receiver<Snapshot>(new WorldReader(WORLD_LAYOUT, codec), historyFrames);

/** The entities of a snapshot that are wanted. */
function part(of: Snapshot, isWanted: (id: number) => boolean): Snapshot {
  const snapshot = new Snapshot(WORLD_LAYOUT);
  for (let i = 0; i < of.count; i++) if (isWanted(of.ids[i]!)) snapshot.addFrom(of, i);
  return snapshot;
}

function viewOf<K extends ConsumerId>(
  tracker: WorldTracker<K>,
  isWanted: (id: number) => boolean,
): View {
  const view = tracker.view();
  for (let i = 0; i < tracker.world.count; i++) {
    if (isWanted(tracker.world.ids[i]!)) view.show(tracker.world, i);
  }
  return view;
}

describe("WorldTracker under loss", () => {
  function run(policy: AckPolicy, seed: number, more: {
    historyFrames?: number;
    outage?: readonly [number, number];
    sendEvery?: number;
    frames?: number;
  } = {}) {
    const { historyFrames = 64, outage = [0, 0], sendEvery = 1, frames = 400 } = more;
    const quietFrames = 60 + 5 * sendEvery;
    const codec = (["mask", "varint", "raw"] as const)[seed % 3]!;
    const tracker = new WorldTracker(WORLD_LAYOUT, codec, { policy, historyFrames });
    const link = new Link(receiverOf(codec, historyFrames), dice(seed), 20);
    const world = new RandomWorld(seed);
    // The last frames are on the other side of 2^32.
    const start = 4294967296 - frames + quietFrames;
    const past = new Map<number, Snapshot>();
    const wrong: number[] = [];
    for (let k = 0; k < frames; k++) {
      const frame = (start + k) >>> 0;
      const truth = world.step(frame);
      past.set(frame, truth);
      world.isFrozen = link.isQuiet = k >= frames - quietFrames;
      link.isOut = k >= outage[0] && k < outage[1];
      link.step({
        ack: (acked, bits) => tracker.ack("a", acked, bits),
        send: () => {
          if (k % sendEvery > 0) return undefined;
          tracker.begin(truth);
          return tracker.append("a");
        },
        applied: (applied, state) => {
          if (!past.get(applied)!.equals(state)) wrong.push(k);
        },
      });
    }
    assert.equal(link.outcomes.get("malformed"), undefined);
    // The first packets of the quiet time settle what was in flight.
    const wrongAtTheEnd = wrong.filter((k) => k >= frames - 45);
    return { wrong, wrongAtTheEnd, outcomes: link.outcomes };
  }

  test("strict: nothing that a consumer applies is ever wrong", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { wrong, outcomes } = run("strict", seed);
      assert.deepEqual(wrong, [], `seed ${seed}`);
      assert.ok(outcomes.get("decoded")! > 150);
      assert.equal(outcomes.get("missing-baseline"), undefined);
    }
  });

  test("strict: nothing is wrong with a history of one frame, or after an outage", () => {
    for (const historyFrames of [1, 2, 7]) {
      assert.deepEqual(run("strict", 5, { historyFrames }).wrong, []);
    }
    assert.deepEqual(run("strict", 6, { outage: [100, 250] }).wrong, []);
    assert.deepEqual(run("strict", 7, { sendEvery: 3 }).wrong, []);
  });

  test("nack: nothing is wrong once nothing is in flight", () => {
    let wrongBefore = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const { wrong, wrongAtTheEnd } = run("nack", seed);
      assert.deepEqual(wrongAtTheEnd, [], `seed ${seed}`);
      wrongBefore += wrong.length;
    }
    assert.ok(wrongBefore > 100, `only ${wrongBefore} packets were lost that mattered`);
  });

  test("nack: nothing stays wrong with a short history, long outages, skipped frames", () => {
    for (const historyFrames of [1, 3]) {
      assert.deepEqual(run("nack", 7, { historyFrames }).wrongAtTheEnd, []);
    }
    for (const sendEvery of [2, 5, 40]) {
      assert.deepEqual(run("nack", 9, { sendEvery, frames: 1200 }).wrongAtTheEnd, []);
    }
    // More than 1024 packets without an ack.
    for (const [seed, end] of [[1, 1000], [3, 1100], [4, 2500]] as const) {
      const { wrongAtTheEnd } = run("nack", seed, { outage: [50, end], frames: end + 400 });
      assert.deepEqual(wrongAtTheEnd, [], `outage up to ${end}`);
    }
  });

  test("append: what is lost stays wrong", () => {
    for (const seed of [1, 3, 4]) {
      assert.ok(run("append", seed).wrongAtTheEnd.length > 0, `seed ${seed}`);
    }
  });
});

describe("WorldTracker with views that differ", () => {
  /** A window over the ids that moves now and then, with holes. */
  function isIn(window: number, id: number): boolean {
    const from = Math.floor(window / 3) % 9;
    return id >= from && id < from + 7 && (id * 7 + window) % 5 > 0;
  }

  function check(policy: AckPolicy, codec: CodecName, seed: number): void {
    const roll = dice(seed);
    const tracker = new WorldTracker<number>(WORLD_LAYOUT, codec, { policy });
    const world = new RandomWorld(seed);
    const frames = 300;
    const quietFrom = frames - 60;
    const wrong: string[] = [];
    const consumers = Array.from({ length: 5 }, (_, c) => ({
      link: new Link(receiverOf(codec), roll, policy === "append" ? 0 : 20),
      /** Two consumers see the same all the time. */
      window: c >> 1,
      expected: new Map<number, Snapshot>(),
      checked: 0,
    }));
    for (let k = 0; k < frames; k++) {
      const frame = (4294967100 + k) >>> 0;
      const isQuiet = k >= quietFrom;
      // Views go on changing in the quiet time, the world does not.
      world.isFrozen = isQuiet;
      const truth = world.step(frame);
      tracker.begin(truth);
      consumers.forEach((consumer, c) => {
        const { link } = consumer;
        if (roll(5) === 0 && !isQuiet) consumer.window += roll(3) === 0 ? 5 : 1;
        if (c === 1) consumer.window = consumers[0]!.window;
        const window = k < 250 ? consumer.window : consumer.window + (k >> 2);
        // The last consumer is shown everything at times.
        const isWanted = (id: number) => c === 4 && k % 40 < 20 || isIn(window, id);
        link.isQuiet = isQuiet || policy === "append";
        link.step({
          ack: (acked, bits, epoch) => tracker.ack(c, acked, bits, epoch),
          epoch: () => tracker.epoch(c),
          send: () => {
            if (c === 3 && k % 3 > 0) return undefined;
            if (roll(150) === 0) tracker.reset(c);
            consumer.expected.set(frame, part(truth, isWanted));
            return tracker.append(c, viewOf(tracker, isWanted));
          },
          applied: (applied, state) => {
            consumer.checked++;
            const isRight = state.equals(consumer.expected.get(applied)!);
            // Under nack, what was in flight is settled a round trip into the quiet time.
            const isPromised = policy !== "nack" || k >= quietFrom + 15;
            if (!isRight && isPromised) wrong.push(`consumer ${c} at step ${k}`);
          },
        });
      });
    }
    assert.deepEqual(wrong, [], `${policy} ${codec}, seed ${seed}`);
    for (const { checked, link } of consumers) {
      assert.ok(checked > 60);
      assert.equal(link.outcomes.get("malformed"), undefined);
    }
  }

  for (const policy of ACK_POLICIES) {
    test(`${policy}: a consumer holds its view and nothing else, as far as promised`, () => {
      for (const codec of CODEC_NAMES) for (const seed of [1, 2, 3]) check(policy, codec, seed);
    });
  }
});

describe("WorldTracker with entities left out", () => {
  interface Sent {
    readonly bytes: Uint8Array;
    readonly truth: Snapshot;
    readonly isShown: (id: number) => boolean;
    readonly isOmitted: (id: number) => boolean;
  }

  /** An entity as it is in some snapshot. */
  type Held = Map<number, { snapshot: Snapshot; position: number }>;

  /**
   * What a consumer holds after a packet that it applied. What a keyframe or a whole delta leaves
   * out is not there; otherwise it stays as it is, and all else is as the packet has it.
   */
  function apply(held: Held, { bytes, truth, isShown, isOmitted }: Sent): Held {
    const isPart = bytes[0] === 2 || bytes[0] === 6;
    const now: Held = new Map();
    for (let position = 0; position < truth.count; position++) {
      const id = truth.ids[position]!;
      if (!isShown(id)) continue;
      if (!isOmitted(id)) now.set(id, { snapshot: truth, position });
      else if (isPart && held.has(id)) now.set(id, held.get(id)!);
    }
    return now;
  }

  function snapshotOf(held: Held): Snapshot {
    const snapshot = new Snapshot(WORLD_LAYOUT);
    for (const [, { snapshot: from, position }] of [...held].sort(([a], [b]) => a - b)) {
      snapshot.addFrom(from, position);
    }
    return snapshot;
  }

  /** Consumers of a tracker, each with packets of which some leave entities out. */
  function run(
    policy: AckPolicy,
    codec: CodecName,
    seed: number,
    { isPlainToo = false, lossPercent = 20, frames = 250 },
    check: (state: Snapshot, sent: Sent, k: number, consumer: number, previous: Snapshot) => void,
  ) {
    const roll = dice(seed);
    // Shorter and longer than the bits of an ack reach.
    const historyFrames = seed % 2 === 0 ? 64 : 24;
    const tracker = new WorldTracker<number>(WORLD_LAYOUT, codec, { policy, historyFrames });
    const world = new RandomWorld(seed);
    const forms = new Map<number, number>();
    const consumers = Array.from({ length: 3 }, () => ({
      link: new Link(receiverOf(codec), roll, lossPercent),
      sent: new Map<number, Sent>(),
      previous: new Snapshot(WORLD_LAYOUT),
    }));
    for (let k = 0; k < frames; k++) {
      const frame = (4294967100 + k) >>> 0;
      world.isFrozen = k >= frames - 50;
      const truth = world.step(frame);
      tracker.begin(truth);
      consumers.forEach((consumer, c) => {
        const { link, sent } = consumer;
        link.isQuiet = lossPercent === 0 || k >= frames - 50;
        link.isOut = c === 2 && k > 100 && k < 140;
        // Entities come back and go again, also while packets about them are on their way.
        const isShown = (id: number) => c === 0 || (id * 3 + (k >> 1)) % 7 < 5;
        const omitted = new Set<number>();
        for (let id = 0; id < 14; id++) if (roll(3) === 0) omitted.add(id);
        const isPlain = isPlainToo && roll(4) === 0;
        link.step({
          ack: (acked, bits, epoch) => tracker.ack(c, acked, bits, epoch),
          epoch: () => tracker.epoch(c),
          send: () => {
            if (roll(200) === 0) tracker.reset(c);
            const view = c === 0 ? undefined : viewOf(tracker, isShown);
            const bytes = tracker.append(c, view, isPlain ? undefined : omitted);
            const isOmitted = (id: number) => !isPlain && omitted.has(id);
            sent.set(frame, { bytes: bytes.slice(), truth, isShown, isOmitted });
            forms.set(bytes[0]!, (forms.get(bytes[0]!) ?? 0) + 1);
            return bytes;
          },
          applied: (applied, state) => {
            check(state, sent.get(applied)!, k, c, consumer.previous);
            consumer.previous = part(state, () => true);
          },
        });
      });
    }
    for (const { link } of consumers) assert.equal(link.outcomes.get("malformed"), undefined);
    return forms;
  }

  /** Packets are what the model says, for every consumer at every step. */
  function checkExact(policy: AckPolicy, codec: CodecName, seed: number, more: object) {
    const held = new Map<number, Held>();
    const wrong: string[] = [];
    const forms = run(policy, codec, seed, more, (state, sent, k, consumer) => {
      const now = apply(held.get(consumer) ?? new Map(), sent);
      held.set(consumer, now);
      if (!state.equals(snapshotOf(now))) wrong.push(`consumer ${consumer} at step ${k}`);
    });
    assert.deepEqual(wrong, [], `${policy} ${codec}, seed ${seed}`);
    return forms;
  }

  test("strict: what goes is exact and what does not stays as it is, whatever is lost", () => {
    for (const codec of ["mask", "varint"] as const) {
      for (let seed = 1; seed <= 8; seed++) {
        const forms = checkExact("strict", codec, seed, {});
        assert.ok(forms.get(6)! > 300, "partial deltas");
        assert.ok(forms.get(5)! > 3, "keyframes");
      }
    }
  });

  test("strict: packets that leave nothing out may go between, whatever is lost", () => {
    for (const codec of ["mask", "varint"] as const) {
      for (let seed = 1; seed <= 8; seed++) {
        const forms = checkExact("strict", codec, seed, { isPlainToo: true });
        assert.ok(forms.get(6)! > 200 && forms.get(1)! > 60);
      }
    }
  });

  test("append: what goes is exact and what does not stays as it is, without loss", () => {
    for (const codec of ["mask", "varint"] as const) {
      for (const isPlainToo of [false, true]) {
        checkExact("append", codec, 3, { isPlainToo, lossPercent: 0 });
      }
    }
  });

  test("nack: what goes is exact and what does not stays as it is, once nothing is in flight", () => {
    for (const codec of ["mask", "varint"] as const) {
      for (let seed = 1; seed <= 8; seed++) {
        let checked = 0;
        const wrong: string[] = [];
        run("nack", codec, seed, { isPlainToo: seed > 4 }, (state, sent, k, consumer, previous) => {
          if (k < 250 - 50 + 25) return;
          checked++;
          const { bytes, truth, isShown, isOmitted } = sent;
          const name = `consumer ${consumer} at step ${k}`;
          for (let i = 0; i < state.count; i++) if (!isShown(state.ids[i]!)) wrong.push(name);
          const goes = (id: number) => isShown(id) && !isOmitted(id);
          if (!part(state, goes).equals(part(truth, goes))) wrong.push(name);
          // A keyframe brings nothing of what it leaves out.
          const stays = (id: number) => isShown(id) && isOmitted(id) && truth.find(id) >= 0;
          const isStaying = (id: number) => bytes[0] === 2 && stays(id);
          if (!part(state, stays).equals(part(previous, isStaying))) wrong.push(name);
        });
        assert.deepEqual(wrong, [], `${codec}, seed ${seed}`);
        assert.equal(checked, 75);
      }
    }
  });

  test("strict: an entity that changed and changed back while packets were on their way is exact", () => {
    const at = (frame: number, x: number, y: number) =>
      Snapshot.of(WORLD_LAYOUT, {
        frame,
        timeMs: 0,
        entities: [[1, x], [2, y]].map(([id, x]) => ({
          id: id!,
          kind: "mover",
          fields: { x: x!, y: 0 },
        })),
      });
    const tracker = new WorldTracker(WORLD_LAYOUT, "mask");
    const far = receiverOf("mask");
    const xs = (frame: number, x: number, y: number, omitted?: ReadonlySet<number>) => {
      tracker.begin(at(frame, x, y));
      const received = far.receive(tracker.append("a", undefined, omitted));
      assert.ok(received.outcome === "decoded");
      return received.state.toFrame().entities.map(({ fields }) => fields.x);
    };
    assert.deepEqual(xs(1, 1, 1), [1, 1]);
    tracker.ack("a", 1);
    assert.deepEqual(xs(2, 2, 2, new Set([2])), [2, 1]);
    assert.deepEqual(xs(3, 1, 3, new Set([2])), [1, 1]);
  });

  test("what a consumer holds is right while the rows outgrow their memory", () => {
    for (const policy of ACK_POLICIES) {
      const tracker = new WorldTracker(WORLD_LAYOUT, "varint", { policy });
      const far = receiverOf("varint");
      let held: Held = new Map();
      for (let frame = 1; frame <= 40; frame++) {
        // Everything changes in every frame, and few acks let go of what was sent.
        const entities = Array.from({ length: 60 }, (_, id) => ({
          id,
          kind: "mover",
          fields: { x: (id * frame) % 1000, y: frame },
        }));
        const truth = Snapshot.of(WORLD_LAYOUT, { frame, timeMs: 0, entities });
        tracker.begin(truth);
        // The last ones are left out most of the time.
        const isOmitted = (id: number) => id % 8 !== frame % 8 && (id > 40 || id % 3 === 0);
        const omitted = new Set(entities.map(({ id }) => id).filter(isOmitted));
        const bytes = tracker.append("a", undefined, omitted);
        held = apply(held, {
          bytes,
          truth,
          isShown: () => true,
          isOmitted,
        });
        const received = far.receive(bytes);
        assert.ok(received.outcome === "decoded", received.outcome);
        assert.equal(received.state.equals(snapshotOf(held)), true, `${policy} at ${frame}`);
        if (frame % 10 === 1) tracker.ack("a", frame, far.appliedBits);
      }
    }
  });

  test("the codec raw leaves nothing out", () => {
    const tracker = new WorldTracker(WORLD_LAYOUT, "raw");
    tracker.begin(new Snapshot(WORLD_LAYOUT));
    assert.throws(() => tracker.append("a", undefined, new Set([1])), /raw sends everything/);
    assert.throws(() => tracker.append("a", undefined, new Set()), RangeError);
  });
});
