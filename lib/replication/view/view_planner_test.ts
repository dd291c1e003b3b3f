import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ACK_POLICIES } from "../../core/tracker/tracker_options.ts";
import { dice, RandomWorld, WORLD_LAYOUT } from "../../core/state/random_world_test_helper.ts";
import { Receiver } from "../../core/tracker/receiver.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import type { EntityState } from "../../core/state/state.ts";
import { CODEC_NAMES } from "../../core/wire/world_codec.ts";
import { WorldReader } from "../../core/wire/world_reader.ts";
import { WorldTracker } from "../../core/tracker/world_tracker.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { ConsumerViews } from "../consumer_views.ts";
import {
  type Entities,
  entitiesOf,
  NETS,
  optionsOf,
  recordWorld,
  runLab,
} from "../run_lab_test_helper.ts";
import type { RunOptions } from "../run_options.ts";
import { ViewPlanner } from "./view_planner.ts";

const EVERYTHING = { radius: Infinity, position: ["x", "y"], ownKind: "mover" };
const NEAR = { ...EVERYTHING, radius: 300 };
const LEVELS = [
  { name: "near", distance: 100, fields: undefined },
  { name: "far", distance: 600, fields: ["x"] },
];
const CHURN = { joinMs: 300, reconnectMs: 500, awayMs: 100, timeoutMs: 400 };

interface Mover {
  id: number;
  x: number;
  y?: number;
  item?: number;
}

/** Frames 16 ms apart of movers, and of what else there is by hand. */
function moversAt(
  count: number,
  movers: (frame: number) => readonly Mover[],
  others: readonly EntityState[] = [],
): Snapshot[] {
  return Array.from({ length: count }, (_, frame) =>
    Snapshot.of(WORLD_LAYOUT, {
      frame,
      timeMs: frame * 16,
      entities: [
        ...movers(frame).map(({ id, x, y = 0, item }): EntityState => ({
          id,
          kind: "mover",
          fields: item === undefined ? { x, y } : { x, y, item },
        })),
        ...others,
      ],
    }));
}

/** What consumer 0 holds by frame: `id` or `id:x:item`. */
function viewsOf(frames: readonly Snapshot[], given: Partial<RunOptions>): Map<number, string> {
  const views = new Map<number, string>();
  const options = optionsOf({ consumers: 1, net: parseNetSpec("acklag=1"), ...given });
  const { run } = runLab(frames, options, (_consumer, frame, state) => {
    const shown = state.toFrame().entities.map(({ id, fields: { x, item } }) =>
      [id, x, item].filter((part) => part !== undefined).join(":")
    );
    views.set(frame, shown.join(" "));
  });
  assert.equal(run.fault, undefined);
  return views;
}

describe("ViewPlanner with everything in view", () => {
  test("the run is the one without interest", () => {
    for (const policy of ACK_POLICIES) {
      for (const codec of CODEC_NAMES) {
        NETS.forEach((net, i) => {
          const frames = recordWorld(i + 10, 70);
          const options = optionsOf({
            policy,
            codec,
            net: parseNetSpec(net),
            seed: i,
            historyFrames: i % 2 === 0 ? 64 : 4,
            ...(i % 3 === 0 ? { churn: CHURN } : {}),
            ...(i % 3 === 1 ? { keyframeEveryFrames: 20, sendEveryFrames: 2 } : {}),
          });
          const shared = runLab(frames, options);
          const views = runLab(frames, { ...options, interest: EVERYTHING });
          assert.equal(views.run.hash, shared.run.hash);
          assert.deepEqual(views.tally, shared.tally);
        });
      }
    }
  });

  test("nack: nothing stays wrong, also when a lost entity's id comes back as another kind", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.constantFrom(...CODEC_NAMES),
        fc.constantFrom(...NETS),
        fc.constantFrom(undefined, CHURN),
        (seed, codec, net, churn) => {
          const options = optionsOf({
            policy: "nack",
            codec,
            net: parseNetSpec(net),
            interest: EVERYTHING,
            seed,
            ...(churn === undefined ? {} : { churn }),
          });
          assert.equal(runLab(recordWorld(seed, 100), options).run.fault, undefined);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("ViewPlanner: packets decode on real receivers to what is intended", () => {
  for (const policy of ACK_POLICIES) {
    test(`${policy}: interest, levels of detail, budgets and churn over every network`, () => {
      NETS.forEach((net, i) => {
        for (const codec of CODEC_NAMES) {
          const frames = recordWorld(i + 20, 60);
          const shared = { policy, codec, net: parseNetSpec(net), seed: i };
          const runs: Partial<RunOptions>[] = [
            { interest: NEAR },
            { interest: NEAR, detailLevels: LEVELS, churn: CHURN, historyFrames: 4 },
          ];
          if (codec !== "raw") {
            runs.push(
              { budgetKbps: 24, churn: CHURN },
              { interest: NEAR, detailLevels: LEVELS, budgetKbps: 22, keyframeEveryFrames: 25 },
            );
          }
          for (const given of runs) {
            const { tally, run } = runLab(frames, optionsOf({ ...shared, ...given }));
            assert.equal(run.fault, undefined);
            if (policy === "strict") assert.equal(tally.wrongFieldFrames, 0);
          }
        }
      });
    });
  }
});

describe("ViewPlanner: what a strict packet leaves at a consumer", () => {
  test("each entity as it is, or as it was where the budget left it out; none that is gone", () => {
    const settings = fc.record({
      seed: fc.nat(10_000),
      codec: fc.constantFrom("mask" as const, "varint" as const),
      budgetKbps: fc.constantFrom(18, 22, 26),
      interest: fc.constantFrom(undefined, NEAR),
      keyframeEveryFrames: fc.constantFrom(Infinity, 20),
    });
    let partials = 0;
    let ends = 0;
    fc.assert(
      fc.property(settings, ({ seed, codec, budgetKbps, interest, keyframeEveryFrames }) => {
        const roll = dice(seed);
        const tracker = new WorldTracker<number>(WORLD_LAYOUT, codec, { keyframeEveryFrames });
        const spec = interest === undefined ? { budgetKbps } : { budgetKbps, interest };
        const planner = new ViewPlanner(tracker, spec);
        const receiver = new Receiver(new WorldReader(WORLD_LAYOUT, codec));
        const world = new RandomWorld(seed);
        const acks: [due: number, frame: number, bits: number][] = [];
        let before: Entities = new Map();
        for (let frame = 1; frame <= 200; frame++) {
          world.isFrozen = frame > 100;
          for (; acks.length > 0 && acks[0]![0] <= frame; acks.shift()) {
            tracker.ack(0, acks[0]![1], acks[0]![2]);
          }
          tracker.begin(world.step(frame));
          planner.begin(frame * 16);
          const plan = planner.plan(0);
          if (plan === undefined) continue;
          const wanted = entitiesOf(plan.view);
          const packet = tracker.appendPacket(0, plan.view, plan.omitted);
          planner.spend(0, packet.bytes.length + 28);
          const isLossy = frame <= 100;
          if (isLossy && roll(5) === 0) continue;
          const received = receiver.receive(packet.bytes);
          assert.ok(received.outcome === "decoded");
          if (packet.form === "partial") partials++;
          const after = entitiesOf(received.state);
          for (const [id, entity] of wanted) {
            const isOmitted = plan.omitted!.has(id);
            const was = packet.form === "keyframe" ? undefined : before.get(id);
            assert.equal(after.get(id), isOmitted ? was : entity, `entity ${id} at ${frame}`);
          }
          for (const id of after.keys()) assert.ok(wanted.has(id), `entity ${id} at ${frame}`);
          before = after;
          if (isLossy && roll(4) === 0) continue;
          acks.push([frame + 4, frame, receiver.appliedBits]);
          if (frame === 200 && plan.omitted!.size === 0) ends++;
        }
      }),
      { numRuns: 40 },
    );
    assert.ok(partials > 400 && ends > 20, `${partials} partial deltas, ${ends} came to rest`);
  });
});

describe("Interest", () => {
  test("consumers own movers round robin and see what is within the radius", () => {
    // At 0, 90, 100 and 101; a mark has no position.
    const mark = { id: 9, kind: "mark", fields: {} };
    const frames = moversAt(
      4,
      () => [{ id: 1, x: 0 }, { id: 2, x: 90 }, { id: 5, x: 100 }, { id: 8, x: 101 }],
      [mark],
    );
    const options = optionsOf({ consumers: 5, interest: { ...NEAR, radius: 100 } });
    const seen: string[] = [];
    runLab(frames, options, (consumer, frame, state) => {
      if (frame === 3) seen[consumer] = state.toFrame().entities.map(({ id }) => id).join(" ");
    });
    assert.deepEqual(seen, ["1 2 5 9", "1 2 5 8 9", "1 2 5 8 9", "2 5 8 9", "1 2 5 9"]);
  });

  test("a consumer that comes after one that left for good owns who is alive then", () => {
    const tracker = new WorldTracker<number>(WORLD_LAYOUT, "mask");
    const planner = new ViewPlanner(tracker, { interest: { ...NEAR, radius: 10 } });
    const shown = (frame: number, ids: readonly number[]) => {
      const entities = ids.map((id) => ({ id, kind: "mover", fields: { x: id * 100, y: 0 } }));
      tracker.begin(Snapshot.of(WORLD_LAYOUT, { frame, timeMs: frame * 16, entities }));
      planner.begin(frame * 16);
      const { view } = planner.plan(0)!;
      tracker.append(0, view);
      return [...view.ids.subarray(0, view.count)];
    };
    assert.deepEqual(shown(1, [1, 2]), [1]);
    // It goes on seeing from where its own entity was last.
    assert.deepEqual(shown(2, [2]), []);
    tracker.remove(0);
    planner.remove(0);
    assert.deepEqual(shown(3, [2]), [2]);
  });

  test("what a consumer holds of a view is of the packet's frame and time", () => {
    const frames = moversAt(30, (frame) => [{ id: 1, x: frame }, { id: 2, x: 2000 }]);
    for (const policy of ACK_POLICIES) {
      const net = parseNetSpec("delay=20,loss=10%");
      const options = optionsOf({ policy, net, interest: NEAR });
      const held = new Map<number, number>();
      const views = new ConsumerViews(WORLD_LAYOUT, options, (_consumer, _arrivalUs, state) => {
        held.set(state.frame, state.timeMs);
      });
      for (const frame of frames) views.step(frame);
      views.finish();
      assert.ok(held.size > 10);
      for (const [frame, timeMs] of held) assert.equal(timeMs, frames[frame]!.timeMs);
    }
  });

  test("measures along every axis", () => {
    const frames = moversAt(3, () => [{ id: 1, x: 0, y: 0 }, { id: 2, x: 60, y: 80 }]);
    for (const policy of ACK_POLICIES) {
      const at = (radius: number) => viewsOf(frames, { policy, interest: { ...NEAR, radius } });
      assert.equal(at(100).get(2), "1:0 2:60");
      assert.equal(at(99.9).get(2), "1:0");
    }
  });

  test("entering spawns with all fields, leaving despawns", () => {
    // Mover 2 is within 50 in frames 3 to 6 only; its item never changes.
    const xs = [90, 80, 60, 50, 20, 40, 50, 51, 90, 90];
    const frames = moversAt(10, (frame) => [
      { id: 1, x: 0 },
      { id: 2, x: xs[frame]!, item: 7 },
    ]);
    for (const policy of ACK_POLICIES) {
      const views = viewsOf(frames, { policy, interest: { ...NEAR, radius: 50 } });
      const alone = "1:0";
      assert.deepEqual(
        [...views.values()],
        [alone, alone, alone, "1:0 2:50:7", "1:0 2:20:7", "1:0 2:40:7", "1:0 2:50:7"].concat(
          [alone, alone, alone],
        ),
        policy,
      );
    }
  });

  test("a consumer whose entity is gone sees from where it was, until it comes back", () => {
    const frames = moversAt(9, (frame) => [
      ...(frame < 3 ? [{ id: 1, x: 10 * frame }] : frame < 6 ? [] : [{ id: 1, x: 500 }]),
      { id: 2, x: 40 },
      { id: 3, x: 490 },
    ]);
    const views = viewsOf(frames, { interest: { ...NEAR, radius: 50 } });
    assert.deepEqual([...views.values()], [
      ...["1:0 2:40", "1:10 2:40", "1:20 2:40"],
      ...["2:40", "2:40", "2:40"],
      ...["1:500 3:490", "1:500 3:490", "1:500 3:490"],
    ]);
  });

  test("before anyone can be owned, everything is in view", () => {
    const mark = { id: 9, kind: "mark", fields: {} };
    const frames = moversAt(4, (frame) => frame < 2 ? [] : [{ id: 4, x: 0 }, { id: 5, x: 900 }], [
      mark,
    ]);
    assert.deepEqual([...viewsOf(frames, { interest: NEAR }).values()], [
      ...["9", "9"],
      ...["4:0 9", "4:0 9"],
    ]);
  });

  test("an entity whose position is not a number is in view", () => {
    const frames = moversAt(2, () => [{ id: 1, x: 0 }, { id: 2, x: 0, y: NaN }]);
    const interest = { ...NEAR, radius: 1 };
    assert.equal(viewsOf(frames, { interest }).get(1), "1:0 2:0");
    // An absent item is no coordinate either, not the origin.
    const far = moversAt(2, () => [{ id: 1, x: 0, item: 200 }, { id: 2, x: 5 }]);
    const byItem = { ...interest, position: ["item"] };
    assert.equal(viewsOf(far, { interest: byItem }).get(1), "1:0:200 2:5");
  });
});

describe("DetailLevels", () => {
  test("holds back fields of what is far, and brings them up to date when it comes near", () => {
    // Mover 2 walks from 0 to 700 and back; x is sent up to 600, all up to 100.
    const xs = [0, 50, 100, 150, 300, 600, 601, 700, 500, 100, 0];
    const frames = moversAt(xs.length, (frame) => [
      { id: 1, x: 0, item: frame },
      { id: 2, x: xs[frame]!, item: 100 + frame },
    ]);
    for (const policy of ACK_POLICIES) {
      for (const codec of ["mask", "varint"] as const) {
        const given = { policy, codec, interest: EVERYTHING, detailLevels: LEVELS };
        assert.deepEqual([...viewsOf(frames, given).values()], [
          "1:0:0 2:0:100",
          "1:0:1 2:50:101",
          "1:0:2 2:100:102",
          "1:0:3 2:150:102",
          "1:0:4 2:300:102",
          "1:0:5 2:600:102",
          "1:0:6 2:600:102",
          "1:0:7 2:600:102",
          "1:0:8 2:500:102",
          "1:0:9 2:100:109",
          "1:0:10 2:0:110",
        ], `${policy} ${codec}`);
      }
    }
  });

  test("what appears far away appears whole", () => {
    const frames = moversAt(3, (frame) => [
      { id: 1, x: 0 },
      ...(frame > 0 ? [{ id: 2, x: 800, item: frame }] : []),
    ]);
    const views = viewsOf(frames, { interest: EVERYTHING, detailLevels: LEVELS });
    assert.deepEqual([...views.values()], ["1:0", "1:0 2:800:1", "1:0 2:800:1"]);
  });
});

describe("Budget", () => {
  /** Movers, each of which changes in every frame; x is the frame. */
  const busy = (count: number, ids: number[]) =>
    moversAt(count, (frame) => ids.map((id) => ({ id, x: frame })));

  test("keeps the rate in the long run, whatever the ids, and uses it", () => {
    for (const policy of ACK_POLICIES) {
      for (const scale of [1, 40_000_000]) {
        for (const budgetKbps of [1, 3, 21, 40]) {
          const ids = [0, 1, 2, 3, 4, 5, 6].map((id) => id * scale);
          const net = parseNetSpec("acklag=7");
          const options = optionsOf({ policy, codec: "mask", net, budgetKbps, consumers: 1 });
          const { tally } = runLab(busy(700, ids), options);
          const seconds = (699 * 16) / 1000;
          const allowed = budgetKbps * 125 * (seconds + 0.25);
          // One packet of all seven may overdraw. At 40 kbit/s there may be no more to send.
          assert.ok(tally.wireBytes <= allowed + 150, `${tally.wireBytes} of ${allowed}`);
          if (budgetKbps === 40) continue;
          assert.ok(tally.wireBytes >= 0.97 * allowed - 150, `${tally.wireBytes} of ${allowed}`);
        }
      }
    }
  });

  test("no entity starves at the consumer, also when acks and turns are in step", () => {
    // Seven entities and seven frames to an ack, at about one to three entities a packet.
    for (const policy of ACK_POLICIES) {
      for (const budgetKbps of [3, 20, 21, 22, 23, 25, 30]) {
        const net = parseNetSpec("acklag=7");
        const options = optionsOf({ policy, codec: "mask", net, budgetKbps, consumers: 1 });
        let oldest = 0;
        const { staleness } = runLab(
          busy(500, [0, 1, 2, 3, 4, 5, 6]),
          options,
          (_consumer, frame, state) => {
            if (frame < 250) return;
            assert.equal(state.count, 7);
            for (const { fields } of state.toFrame().entities) {
              oldest = Math.max(oldest, frame - Number(fields.x));
            }
          },
        );
        // Seven turns of the frames to an ack, which at 3 kbit/s may come a packet later.
        const turnFrames = budgetKbps === 3 ? 14 : 7;
        assert.ok(oldest <= 7 * turnFrames, `${policy} ${budgetKbps} kbps: ${oldest} frames`);
        // What is reported is what is seen, but for the turn in which the news came.
        const reported = staleness.reduce((max, frames) => Math.max(max, frames), 0);
        assert.ok(
          Math.abs(reported - oldest) <= turnFrames,
          `${reported} reported, ${oldest} seen`,
        );
      }
    }
  });

  test("strict under loss: no consumer ever goes back to an older version of an entity", () => {
    const ids = [0, 1, 2, 3, 4, 5, 6];
    const nets = ["delay=50,jitter=10,loss=10%", NETS[3]!, NETS[4]!];
    for (const codec of ["mask", "varint"] as const) {
      for (const budgetKbps of [6, 20]) {
        for (const net of nets) {
          const options = optionsOf({ codec, net: parseNetSpec(net), budgetKbps });
          const newest = new Map<string, number>();
          let forwards = 0;
          const { run, tally, staleness } = runLab(
            busy(250, ids),
            options,
            (consumer, frame, state) => {
              for (const { id, fields } of state.toFrame().entities) {
                const key = `${consumer} ${id}`;
                const x = Number(fields.x);
                assert.ok(x >= (newest.get(key) ?? 0) && x <= frame, `${key} at ${frame}: ${x}`);
                if (x > (newest.get(key) ?? 0)) forwards++;
                newest.set(key, x);
              }
            },
          );
          assert.equal(run.fault, undefined);
          assert.equal(newest.size, 21);
          // What was lost between two acks is known, so it costs no keyframe.
          if (net === nets[0]) assert.equal(tally.reasons.evicted, 0);
          assert.ok(forwards > 20 * budgetKbps, String(forwards));
          assert.ok(staleness.some((frames) => frames > 0));
        }
      }
    }
  });

  test("without acks, what keyframes cannot take has its turn with the next", () => {
    const net = parseNetSpec("loss.up=100%");
    const options = optionsOf({ codec: "mask", net, budgetKbps: 24, consumers: 1 });
    const newest = new Map<number, number>();
    runLab(busy(200, [0, 1, 2, 3, 4, 5, 6]), options, (_consumer, frame, state) => {
      for (const { id } of state.toFrame().entities) newest.set(id, frame);
    });
    for (const frame of newest.values()) assert.ok(frame >= 190);
    assert.equal(newest.size, 7);
  });

  test("below the headers of a packet it still makes progress", () => {
    // 0.1 kbit/s are 12.5 bytes a second, a packet takes 42.
    const frames = busy(3000, [1, 2]);
    const options = optionsOf({ policy: "append", codec: "mask", budgetKbps: 0.1, consumers: 1 });
    const seen = new Set<number>();
    const { tally } = runLab(frames, options, (_consumer, _frame, state) => {
      for (const { id } of state.toFrame().entities) seen.add(id);
    });
    assert.deepEqual([...seen], [1, 2]);
    assert.ok(tally.applied >= 10 && tally.applied <= 18, String(tally.applied));
  });

  test("staleness by hand: 0 when it goes, else the frames since it was first left behind", () => {
    // 5 bytes of header + 28; an update is 1 + 1 + 1 + 2 = 5 bytes of kind, mask and x, a spawn 9.
    // 16 ms of 19 kbit/s are 38 bytes: after the credit of the start one entity a packet.
    const options = optionsOf({ policy: "append", codec: "mask", budgetKbps: 19, consumers: 1 });
    const { staleness } = runLab(busy(400, [1, 2, 3]), options);
    const rounds = staleness.slice(-300);
    // Three candidates a packet: one goes, the others have waited 0 and 1 frames.
    const counts = [0, 1, 2].map((waited) => rounds.filter((frames) => frames === waited).length);
    assert.deepEqual(counts, [200, 100, 0]);
  });
});

describe("Churn of views and of the whole world", () => {
  test("a reconnect brings keyframes named reset, and acks from before it are dead", () => {
    const frames = recordWorld(8, 400);
    const churn = { reconnectMs: 1500, awayMs: 48 };
    for (const policy of ACK_POLICIES) {
      for (const interest of [undefined, EVERYTHING]) {
        const options = optionsOf({
          policy,
          net: parseNetSpec("delay=120,jitter=20"),
          consumers: 5,
          churn,
          ...(interest === undefined ? {} : { interest }),
        });
        const { tally, run } = runLab(frames, options);
        assert.ok(tally.reasons.reset > 0 && tally.disconnected > 0);
        assert.equal(tally.reasons.evicted, 0);
        assert.equal(run.fault, undefined);
        if (policy === "strict") assert.equal(tally.missing, 0);
      }
    }
  });
});

test("ViewPlanner.plan() refuses a frame that was not begun here, and owners that are no numbers", () => {
  const tracker = new WorldTracker<number>(WORLD_LAYOUT, "varint");
  const planner = new ViewPlanner(tracker, { interest: NEAR });
  const [first, second] = moversAt(2, () => [{ id: 1, x: 0 }, { id: 2, x: 900 }]) as [
    Snapshot,
    Snapshot,
  ];
  tracker.begin(first);
  assert.throws(() => planner.plan(0), /RangeError: Cannot plan frame 0: begin it here as well/);
  planner.begin(0);
  planner.interest!.own(0, 2);
  assert.equal(planner.plan(0)!.view.count, 1);
  tracker.begin(second);
  assert.throws(() => planner.plan(0), /Cannot plan frame 1/);
  planner.begin(16);
  assert.equal(planner.plan(0)!.view.count, 1);
  assert.throws(() => planner.interest!.own("p1" as never, 2), /RangeError: Consumer is "p1"/);
  assert.throws(() => planner.interest!.own(1, "p1" as never), /RangeError: Entity is "p1"/);
  const lacking = { interest: { radius: 5, ownKind: "mover" } as never };
  assert.throws(() => new ViewPlanner(tracker, lacking), /interest.position names 0 fields/);
});

test("ViewPlanner.plan() shows a consumer whose entity was never there nothing that has a place", () => {
  const tracker = new WorldTracker<number>(WORLD_LAYOUT, "varint");
  const planner = new ViewPlanner(tracker, { interest: NEAR });
  const mark: EntityState = { id: 9, kind: "mark", fields: {} };
  const worlds = moversAt(3, (frame) => [
    { id: 1, x: 0 },
    ...(frame === 1 ? [{ id: 2, x: 100 }] : []),
  ], [mark]);
  planner.interest!.own(0, 2);
  const shown = worlds.map((world, frame) => {
    tracker.begin(world);
    planner.begin(frame * 16);
    const { view } = planner.plan(0)!;
    return [...view.ids.subarray(0, view.count)];
  });
  // Once there, he sees from where he was last.
  assert.deepEqual(shown, [[9], [1, 2, 9], [1, 9]]);
});
