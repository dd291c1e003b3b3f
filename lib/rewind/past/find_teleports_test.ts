import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { StateEvent } from "../../core/state/state.ts";
import { eventTeleports } from "./event_teleports.ts";
import { fieldTeleports } from "./field_teleports.ts";
import { findTeleports } from "./find_teleports.ts";
import { type HitModel, parseHitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import { emptyPose, type Pose } from "../shape/pose.ts";
import { PoseHistory } from "./pose_history.ts";
import { NO_TELEPORTS, type TeleportRule } from "./teleport.ts";
import { stepUnits, TeleportSteps } from "./teleport_steps.ts";

const RUNS = 40;

type Point = readonly [x: number, y: number, z: number];

/** Numbers from 0 up to 1 by a linear congruential generator. */
function makeRandom(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A history in which entity k walks along the kth path; undefined where it is not there. */
function historyOf(
  paths: readonly (readonly (Point | undefined)[])[],
  model: HitModel,
  timesMs: readonly number[] = paths[0]!.map((_, i) => i * 20),
  frames: readonly number[] = timesMs.map((_, i) => i),
): PoseHistory {
  const history = new PoseHistory(model);
  timesMs.forEach((timeMs, i) => {
    const entities = paths.flatMap((path, id) => {
      const place = path[i];
      if (place === undefined) return [];
      const [x, y, z] = place;
      return [{ id, kind: "player", fields: { x, y, z } }];
    });
    history.addFrame({ frame: frames[i]!, timeMs, entities });
  });
  return history;
}

/** Every step that a rule calls a teleport, as `entity@index` of the earlier frame. */
function flagged(history: PoseHistory, rule: TeleportRule): string[] {
  const [from, to] = [emptyPose(), emptyPose()];
  const steps = new TeleportSteps(rule, history, planOf(history.model).teleportFact);
  const out: string[] = [];
  for (let index = 0; index + 1 < history.length; index++) {
    for (let i = 0; i < history.countAt(index); i++) {
      const id = history.idAt(index, i);
      const next = history.find(index + 1, id);
      if (next < 0) continue;
      history.readPose(index, i, from);
      history.readPose(index + 1, next, to);
      if (steps.isTeleport(index, index + 1, id, from, to)) {
        out.push(`${id}@${index}`);
      }
    }
  }
  return out;
}

/** Path from steps in units, each in some direction. */
function pathOf(random: () => number, steps: readonly number[]): Point[] {
  let place: Point = [0, 0, 0];
  const path = [place];
  for (const step of steps) {
    const turn = random() * 2 * Math.PI;
    place = [place[0] + step * Math.cos(turn), place[1] + step * Math.sin(turn), place[2]];
    path.push(place);
  }
  return path;
}

const BALL = parseHitModel(["player=sphere:1"]);
const BOX = parseHitModel(["player=box:-16,-16,-24,16,16,32"]);

const seeds = fc.nat(1_000_000);

// ------------------------------------------------------------------ proposals

test("findTeleports: respawns far away stand out from running", () => {
  fc.assert(
    // From a crawl to 400 units a frame: 20 000 a second.
    fc.property(seeds, fc.constantFrom(0.02, 1, 6, 25, 400), (seed, speed) => {
      const random = makeRandom(seed);
      const expected: string[] = [];
      let widest = 0;
      let nearest = Infinity;
      const paths = [0, 1, 2, 3].map((id) =>
        pathOf(
          random,
          Array.from({ length: 300 }, (_, index) => {
            const isRespawn = index % 70 === 10 * id + 5;
            const step = isRespawn
              ? (56 + speed) * (10 + 90 * random())
              : speed * (0.7 + 0.6 * random());
            if (isRespawn) {
              expected.push(`${id}@${index}`);
              nearest = Math.min(nearest, step);
            } else widest = Math.max(widest, step);
            return step;
          }),
        )
      );
      const history = historyOf(paths, BOX);
      const { kinds: [found], rule } = findTeleports(history, BOX);
      assert.equal(found!.from, "gap");
      assert.ok(found!.limitUnits > widest && found!.limitUnits < nearest);
      assert.equal(found!.above, expected.length);
      assert.equal(found!.steps, 1200);
      assert.ok(Math.abs(found!.widestBelow - widest) < 1e-6);
      const sort = (steps: string[]) => steps.sort().join(" ");
      assert.equal(sort(flagged(history, rule)), sort(expected));
      assert.deepEqual(rule, { by: "pace", intervalMs: 20, units: [found!.limitUnits] });
    }),
    { numRuns: RUNS },
  );
});

test("findTeleports: nothing stands out from mere running, however fast", () => {
  fc.assert(
    fc.property(seeds, fc.double({ min: -3, max: 4, noNaN: true }), (seed, exponent) => {
      const random = makeRandom(seed);
      const speed = 10 ** exponent;
      const paths = [0, 1, 2].map(() =>
        pathOf(random, Array.from({ length: 200 }, () => speed * (0.5 + random())))
      );
      for (const model of [BALL, BOX]) {
        const history = historyOf(paths, model);
        const { kinds: [found], rule } = findTeleports(history, model);
        assert.deepEqual([found!.limitUnits, found!.above, found!.from], [Infinity, 0, "none"]);
        assert.deepEqual(flagged(history, rule), []);
      }
    }),
    { numRuns: RUNS },
  );
});

test("findTeleports: nothing stands out of speeding up and slowing down", () => {
  // From a stand to 30 units a frame and back, again and again.
  const random = makeRandom(1);
  const steps = Array.from({ length: 600 }, (_, i) => 30 * Math.sin(Math.PI * (i % 40) / 40) ** 2);
  const history = historyOf([pathOf(random, steps), pathOf(random, steps)], BALL);
  assert.deepEqual(flagged(history, findTeleports(history, BALL).rule), []);
});

test("findTeleports: a world in metres and the same in other units have the same teleports", () => {
  const scale = 40;
  const metres: HitModel = parseHitModel(["player=box:-0.4,-0.4,-0.6,0.4,0.4,0.8"]);
  const units: HitModel = parseHitModel(["player=box:-16,-16,-24,16,16,32"]);
  fc.assert(
    fc.property(seeds, fc.constantFrom(30, 300), (seed, length) => {
      const random = makeRandom(seed);
      const small = [0, 1].map(() =>
        pathOf(
          random,
          Array.from({ length }, () => {
            const kind = random();
            // Idle, walking, running, and steps of any width.
            if (kind < 0.3) return 0;
            if (kind < 0.7) return 0.05 * random();
            return kind < 0.97 ? 0.2 * random() : 10 ** (3 * random() - 1);
          }),
        )
      );
      const large = small.map((path) =>
        path.map(([x, y, z]): Point => [x * scale, y * scale, z * scale])
      );
      const [a, b] = [historyOf(small, metres), historyOf(large, units)];
      const [inMetres, inUnits] = [findTeleports(a, metres), findTeleports(b, units)];
      assert.deepEqual(flagged(a, inMetres.rule), flagged(b, inUnits.rule));
      const [m, u] = [inMetres.kinds[0]!, inUnits.kinds[0]!];
      assert.deepEqual([m.steps, m.above, m.from], [u.steps, u.above, u.from]);
      if (m.from === "none") assert.equal(u.limitUnits, Infinity);
      else assert.ok(Math.abs(u.limitUnits / m.limitUnits / scale - 1) < 1e-9);
    }),
    { numRuns: RUNS },
  );
});

/** Steps of a target that trembles by 0.01 and runs now and then, at 5 units a frame. */
function idleSteps(random: () => number, length: number): number[] {
  return Array.from({ length }, (_, i) => {
    const isRunning = i % 150 >= 120 && i % 150 < 130;
    return isRunning ? 5 * (0.8 + 0.4 * random()) : 0.01 * random();
  });
}

test("findTeleports: rare running of idle targets is no teleport, as it comes in runs", () => {
  const point = parseHitModel(["player=sphere:0.25"]);
  for (let seed = 0; seed < 10; seed++) {
    const random = makeRandom(seed);
    const history = historyOf([0, 1, 2].map(() => pathOf(random, idleSteps(random, 600))), point);
    const { kinds: [found], rule } = findTeleports(history, point);
    assert.deepEqual([found!.from, found!.above], ["none", 0]);
    assert.deepEqual(flagged(history, rule), []);
  }
});

test("findTeleports: respawns stand out from the rare running of idle targets", () => {
  const point = parseHitModel(["player=sphere:0.25"]);
  for (let seed = 0; seed < 10; seed++) {
    const random = makeRandom(seed);
    const expected: string[] = [];
    const paths = [0, 1, 2].map((id) => {
      const steps = idleSteps(random, 600);
      for (let index = 60 + id; index < 600; index += 150) {
        steps[index] = 200 + 300 * random();
        expected.push(`${id}@${index}`);
      }
      return pathOf(random, steps);
    });
    const history = historyOf(paths, point);
    const { kinds: [found], rule } = findTeleports(history, point);
    assert.ok(found!.limitUnits > 6 && found!.limitUnits < 200, `${found!.limitUnits}`);
    assert.deepEqual(flagged(history, rule).sort(), expected.sort());
  }
});

/** Places on the x axis. */
function along(...places: readonly (number | undefined)[]): (Point | undefined)[] {
  return places.map((x) => x === undefined ? undefined : [x, 0, 0]);
}

test("findTeleports: of few steps, those over four sizes of the target are teleports", () => {
  const paths = [along(0, 1, 2, 3, 64, 65, 66), along(0, 7, 14, 21, 28, 35, 42)];
  const history = historyOf(paths, BALL);
  const { kinds, rule } = findTeleports(history, BALL);
  // A ball of radius 1 is 2 long, but the median step is 7.
  assert.deepEqual(kinds, [{
    kind: "player",
    steps: 12,
    medianUnits: 7,
    limitUnits: 28,
    above: 1,
    widestBelow: 7,
    from: "size",
  }]);
  assert.deepEqual(flagged(history, rule), ["0@3"]);
  // A single step has no median to speak of.
  const jump = historyOf([along(0, 0, 61, 61)], BALL);
  assert.equal(findTeleports(jump, BALL).kinds[0]!.limitUnits, 8);
  assert.deepEqual(flagged(jump, findTeleports(jump, BALL).rule), ["0@1"]);
  // To a target of 56 units it is a stride.
  const large = historyOf([along(0, 0, 61, 61)], BOX);
  assert.deepEqual(flagged(large, findTeleports(large, BOX).rule), []);
  // Without steps and without a size there is no telling.
  const still = historyOf([along(5, 5, 5)], parseHitModel(["player=sphere:0"]));
  assert.equal(findTeleports(still, still.model).kinds[0]!.limitUnits, Infinity);
});

test("findTeleports: a wide step over a hole in time is none", () => {
  // 4 seconds without a frame, at 50 frames a second.
  const frames = [0, 1, 2, 3, 203, 204, 205];
  const timesMs = frames.map((frame) => frame * 20);
  const history = historyOf([along(0, 1, 2, 3, 303, 304, 305)], BALL, timesMs, frames);
  const { kinds, rule } = findTeleports(history, BALL);
  assert.deepEqual([kinds[0]!.limitUnits, kinds[0]!.above], [8, 0]);
  assert.deepEqual(flagged(history, rule), []);
  // The same step from one frame to the next is one.
  const dense = historyOf([along(0, 1, 2, 3, 303, 304, 305)], BALL);
  assert.deepEqual(flagged(dense, findTeleports(dense, BALL).rule), ["0@3"]);
});

test("findTeleports: frames at uneven times make no teleports", () => {
  const random = makeRandom(7);
  const timesMs = [0];
  for (let i = 0; i < 400; i++) timesMs.push(timesMs[i]! + (random() < 0.5 ? 5 : 35));
  // 0.5 units a millisecond: steps of 2.5 and of 17.5 units.
  const walk = timesMs.map((ms): Point => [ms * 0.5, 0, 0]);
  const history = historyOf([walk], BALL, timesMs);
  assert.deepEqual(flagged(history, findTeleports(history, BALL).rule), []);
  // Respawns over short and over long steps.
  const expected = [...Array(400).keys()].filter((i) => i % 67 === 20).map((i) => `0@${i}`);
  let offset = 0;
  const respawning = walk.map(([x], i): Point => {
    if (i % 67 === 21) offset += 500;
    return [x, offset, 0];
  });
  const jumping = historyOf([respawning], BALL, timesMs);
  const { rule } = findTeleports(jumping, BALL);
  assert.deepEqual(flagged(jumping, rule), expected);
});

test("findTeleports: is asked anew when the history has grown", () => {
  const history = historyOf([along(0, 1, 2)], BALL);
  const early = findTeleports(history, BALL);
  assert.deepEqual([early.kinds[0]!.steps, early.kinds[0]!.above], [2, 0]);
  assert.equal(findTeleports(history, BALL), early);
  const entities = [{ id: 0, kind: "player", fields: { x: 900, y: 0, z: 0 } }];
  history.addFrame({ frame: 3, timeMs: 60, entities });
  const late = findTeleports(history, BALL);
  assert.deepEqual([late.kinds[0]!.steps, late.kinds[0]!.above], [3, 1]);
});

test("findTeleports: steps over a gap in an entity's rows, or into another kind, are none", () => {
  const history = historyOf([along(0, 1, undefined, 500, 501)], BALL);
  assert.equal(findTeleports(history, BALL).kinds[0]!.steps, 2);
  const model = parseHitModel(["player=sphere:1", "ghost=sphere:1"]);
  const changing = new PoseHistory(model);
  ["player", "player", "ghost", "ghost"].forEach((kind, frame) => {
    const entities = [{ id: 0, kind, fields: { x: frame < 2 ? 0 : 900, y: frame, z: 0 } }];
    changing.addFrame({ frame, timeMs: frame * 20, entities });
  });
  const { kinds } = findTeleports(changing, model);
  assert.deepEqual(kinds.map(({ above, kind, steps }) => [kind, steps, above]), [
    ["player", 1, 0],
    ["ghost", 1, 0],
  ]);
});

// ------------------------------------------------------------------ the rules by hand

function poseAt(x: number, y: number, z: number, facts: Pose["facts"] = []): Pose {
  return { ...emptyPose(), isAlive: true, kind: 0, x, y, z, facts: [...facts] };
}

/** Frames at 0, 20 and 120 ms. */
const CLOCK = historyOf([along(0, 0, 0)], BALL, [0, 20, 120]);

/** Whether entity 5 teleports from a frame to the next. */
function teleports(rule: TeleportRule, index: number, from: Pose, to: Pose, fact = -1): boolean {
  return new TeleportSteps(rule, CLOCK, fact).isTeleport(index, index + 1, 5, from, to);
}

const HOME = poseAt(0, 0, 0);

test("TeleportSteps.isTeleport(): units count the whole step, and the limit itself is none", () => {
  assert.equal(stepUnits(HOME, poseAt(2, 3, 6)), 7);
  for (const [units, expected] of [[6.9, true], [7, false], [7.1, false]] as const) {
    assert.equal(teleports({ by: "units", units }, 0, HOME, poseAt(2, 3, 6)), expected);
    assert.equal(teleports({ by: "units", units }, 1, HOME, poseAt(2, 3, 6)), expected);
  }
  assert.equal(teleports(NO_TELEPORTS, 0, HOME, poseAt(1e9, 0, 0)), false);
});

test("TeleportSteps.isTeleport(): speed counts the time between the frames", () => {
  const rule = { by: "speed", unitsPerSecond: 500 } as const;
  // 10 units in 20 ms, 50 in 100.
  assert.equal(teleports(rule, 0, HOME, poseAt(10, 0, 0)), false);
  assert.equal(teleports(rule, 0, HOME, poseAt(10.1, 0, 0)), true);
  assert.equal(teleports(rule, 1, HOME, poseAt(50, 0, 0)), false);
  assert.equal(teleports(rule, 1, HOME, poseAt(50.1, 0, 0)), true);
});

test("TeleportSteps.isTeleport(): pace grows with a longer time, and does not shrink with a shorter", () => {
  const rule = { by: "pace", intervalMs: 50, units: [30] } as const;
  // 20 ms are less than the interval; 100 ms are two of them.
  assert.equal(teleports(rule, 0, HOME, poseAt(30, 0, 0)), false);
  assert.equal(teleports(rule, 0, HOME, poseAt(30.1, 0, 0)), true);
  assert.equal(teleports(rule, 1, HOME, poseAt(60, 0, 0)), false);
  assert.equal(teleports(rule, 1, HOME, poseAt(60.1, 0, 0)), true);
  // A kind without a limit never teleports.
  const other = { ...poseAt(0, 0, 0), kind: 1 };
  assert.equal(teleports(rule, 0, other, { ...poseAt(999, 0, 0), kind: 1 }), false);
});

test("TeleportSteps.isTeleport(): a flag says it of the row that was reached", () => {
  const rule = { by: "field", as: "flag" } as const;
  const after = (value: Pose["facts"][number]) =>
    teleports(
      rule,
      0,
      poseAt(0, 0, 0, ["other", value === 0 ? 1 : 0]),
      poseAt(0, 0, 0, [
        "other",
        value,
      ]),
      1,
    );
  assert.deepEqual([true, 1, -1, "spawn"].map(after), [true, true, true, true]);
  assert.deepEqual([false, 0, "", undefined].map(after), [false, false, false, false]);
});

test("TeleportSteps.isTeleport(): a counter, or a name, says it by its change", () => {
  const rule = { by: "field", as: "change" } as const;
  const after = (from: string | number, to: string | number) =>
    teleports(rule, 0, poseAt(0, 0, 0, [from]), poseAt(900, 0, 0, [to]), 0);
  assert.deepEqual([after(3, 3), after(3, 4), after(255, 0)], [false, true, true]);
  assert.deepEqual([after("hall", "hall"), after("hall", "yard")], [false, true]);
});

test("TeleportSteps.isTeleport(): an event says it of its entity, up to the later row", () => {
  const at = (...timesMs: number[]): TeleportRule => ({ by: "event", timesMs: { 5: timesMs } });
  const far = poseAt(900, 0, 0);
  const first = [0, 0.1, 20, 20.1].map((ms) => teleports(at(ms), 0, HOME, far));
  assert.deepEqual(first, [false, true, true, false]);
  const second = [20, 20.1, 120, 121].map((ms) => teleports(at(ms), 1, HOME, far));
  assert.deepEqual(second, [false, true, true, false]);
  assert.equal(teleports(at(7, 300, 500), 0, HOME, HOME), true);
  assert.equal(teleports({ by: "event", timesMs: { 6: [7] } }, 0, HOME, far), false);
});

test("fieldTeleports: what is only ever true or false, 0 or 1, is a flag", () => {
  const model: HitModel = { ...BALL, teleportField: "tp" };
  const history = (values: readonly (number | boolean)[]) => {
    const out = new PoseHistory(model);
    values.forEach((tp, frame) => {
      const entities = [{ id: 0, kind: "player", fields: { x: frame, y: 0, z: 0, tp } }];
      out.addFrame({ frame, timeMs: frame * 20, entities });
    });
    return out;
  };
  const flags = history([0, 1, 0, 0, 1, 1]);
  assert.deepEqual(fieldTeleports(flags, model), { by: "field", as: "flag" });
  assert.deepEqual(flagged(flags, fieldTeleports(flags, model)), ["0@0", "0@3", "0@4"]);
  const truths = history([false, true, false]);
  assert.deepEqual(flagged(truths, fieldTeleports(truths, model)), ["0@0"]);
  const counts = history([0, 0, 1, 1, 2, 2]);
  assert.deepEqual(fieldTeleports(counts, model), { by: "field", as: "change" });
  assert.deepEqual(flagged(counts, fieldTeleports(counts, model)), ["0@1", "0@3"]);
});

test("eventTeleports: events by frame and by time, of the entity that they name", () => {
  const history = historyOf([along(0, 1, 2, 3), along(0, 1, 2, 3)], BALL);
  const event = (data: StateEvent["data"], frame?: number, timeMs?: number): StateEvent => ({
    frame,
    timeMs,
    name: "teleport",
    data,
  });
  const rule = eventTeleports(history, [
    event({ who: 0 }, 2),
    event({ who: 1 }, undefined, 41),
  ], "who");
  assert.deepEqual(rule, { by: "event", timesMs: { 0: [40], 1: [41] } });
  assert.deepEqual(flagged(history, rule), ["0@1", "1@2"]);
  assert.throws(() => eventTeleports(history, [event({ who: 0 })], "who"), /has no frame/);
  assert.throws(() => eventTeleports(history, [event({ id: 0 }, 1)], "who"), /no entity in "who"/);
});
