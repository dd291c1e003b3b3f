import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { StateFrame } from "../../core/state/state.ts";
import {
  frameIntervalMs,
  framePointAtMs,
  framePointBetween,
  framesBetween,
  indexAtFrame,
  indexOfFrame,
  msAtFramePoint,
} from "../past/frame_time.ts";
import { type HitModel, parseHitModel } from "../shape/hit_model.ts";
import { momentAt, momentOf } from "./moment.ts";
import { parseRewindPolicy } from "./policy_text.ts";
import { PoseHistory } from "../past/pose_history.ts";
import type { Shot } from "../shot/shot.ts";
import type { JudgeOptions } from "../verdict/judge_options.ts";
import { judgeShot } from "../verdict/shot_result.ts";
import { resultIntervals } from "../verdict/result_figures.ts";
import { makeHistory, makeShot, type Place, range } from "../worlds_test_helper.ts";

const MODEL = parseHitModel(["player=sphere:10"], "dead=0");

/** A shot along x at some y, of entity 1. */
function shotAt(frame: number, timeMs: number, y: number): Shot {
  return makeShot(frame, timeMs, [0, y, 0], [200, y, 0]);
}

function between(frame: number, timeMs: number, y: number): Shot {
  return { ...shotAt(frame, timeMs, y), isBetweenFrames: true };
}

/** Whom a shot hits under a policy; its intervals have to say the same of the used rewind. */
function victimOf(
  history: PoseHistory,
  shot: Shot,
  policy = "none",
  options: JudgeOptions = {},
): number | null {
  const rules = { teleportUnits: 100, ...options };
  const result = judgeShot(history, shot, parseRewindPolicy(policy), history.model, rules);
  const { decision: { usedMs }, verdict: { victim } } = result;
  const spans = resultIntervals(result).filter(({ fromMs, target, toMs }) =>
    target === 2 && fromMs <= usedMs && usedMs <= toMs
  );
  assert.equal(spans.length > 0, victim === 2, `intervals of ${policy} at ${usedMs} ms`);
  return victim;
}

interface Entity {
  readonly id: number;
  readonly kind: string;
  readonly fields: StateFrame["entities"][number]["fields"];
}

/** History of frames 0, 1, 2 ... every 10 ms. */
function historyOf(model: HitModel, entitiesAt: (frame: number) => Entity[], frames = 12) {
  const history = new PoseHistory(model);
  for (let frame = 0; frame < frames; frame++) {
    history.addFrame({ frame, timeMs: frame * 10, entities: entitiesAt(frame) });
  }
  return history;
}

// ------------------------------------------------------------------ the frame that carries a shot

/** Entity 2 stands at (100, 0, 0) until frame 9; from frame 10 on it is as told. */
function killedAt10(then: Place | undefined, model = MODEL): PoseHistory {
  return makeHistory(range(0, 14), 10, { 2: (frame) => frame < 10 ? [100, 0, 0] : then }, model);
}

test("momentOf: who died in the shot's own frame is judged by the state before", () => {
  const deaths: Record<string, Place | undefined> = {
    "dead where it stood": [100, 0, 0, 1],
    "despawned": undefined,
    // A respawn that the row shows before it shows the life.
    "dead and a teleport away": [100, 500, 0, 1],
  };
  for (const [name, place] of Object.entries(deaths)) {
    const history = killedAt10(place);
    const { beforeIndex, nowIndex } = momentOf(history, shotAt(10, 100, 0), MODEL);
    assert.deepEqual([nowIndex, beforeIndex], [10, 9]);
    assert.equal(victimOf(history, shotAt(10, 100, 0)), 2, name);
    assert.equal(victimOf(history, shotAt(10, 100, 0), "ms:5"), 2, name);
    assert.equal(victimOf(history, shotAt(10, 100, 0), "frames:0"), 2, name);
    // The next frame's shot meets a target that was dead before.
    assert.equal(victimOf(history, shotAt(11, 110, 0)), null, name);
    assert.equal(victimOf(history, shotAt(11, 110, 0), "ms:11"), 2, name);
    // It is dead where it went, too.
    assert.equal(victimOf(history, shotAt(10, 100, 500)), null, name);
  }
});

test("momentOf: a policy that interpolates over every step knows where the dead were, too", () => {
  // That no step stops its interpolation does not make a row that shows a respawn his place.
  const history = killedAt10([100, 500, 0, 1]);
  for (const policy of ["source:latency=0", "source:latency=0,stop=1000"]) {
    assert.equal(victimOf(history, shotAt(10, 100, 0), policy), 2, policy);
    assert.equal(victimOf(history, shotAt(10, 100, 500), policy), null, policy);
  }
});

test("momentOf: who turned into another kind in the shot's frame is what it was", () => {
  const models = [
    MODEL,
    parseHitModel(["player=sphere:10", "corpse=sphere:30"], "dead=0"),
  ];
  for (const model of models) {
    const history = historyOf(model, (frame) => {
      const fields = { x: 100, y: frame < 10 ? 0 : 300, z: 0, dead: 0 };
      const kind = frame < 10 ? "player" : "corpse";
      const corpse = { id: 3, kind: "corpse", fields: { x: -500, y: 0, z: 0, dead: 0 } };
      return [{ id: 2, kind, fields }, corpse];
    });
    assert.equal(victimOf(history, shotAt(10, 100, 0)), 2);
    assert.equal(victimOf(history, shotAt(10, 100, 0), "ms:3"), 2);
    // A ball of 30 units has not been there yet.
    assert.equal(victimOf(history, shotAt(10, 100, 20)), null);
    assert.equal(victimOf(history, shotAt(10, 100, 300)), null);
  }
});

test("momentOf: who died and moved in the shot's frame stands where that has it", () => {
  const history = killedAt10([100, 30, 0, 1]);
  assert.equal(victimOf(history, shotAt(10, 100, 30)), 2);
  assert.equal(victimOf(history, shotAt(10, 100, 15), "ms:5"), 2);
  assert.equal(victimOf(history, shotAt(10, 100, 0)), null);
});

test("momentOf: its shapes are those of the state before, too", () => {
  const model: HitModel = {
    kinds: [{
      ...MODEL.kinds[0]!,
      shapes: [{ shape: "sphere", center: [0, 0, 0], radius: "size" }],
    }],
  };
  // The corpse is flat.
  const history = historyOf(model, (frame) => [{
    id: 2,
    kind: "player",
    fields: { x: 100, y: 0, z: 0, dead: frame < 10 ? 0 : 1, size: frame < 10 ? 10 : 1 },
  }]);
  assert.equal(victimOf(history, shotAt(10, 100, 8)), 2);
  assert.equal(victimOf(history, shotAt(10, 100, 8), "ms:1"), 2);
});

test("momentOf: who was dead before the shot's frame is no target in it", () => {
  // It comes back in the frame that carries the shot.
  const history = makeHistory(range(0, 14), 10, {
    2: (frame) => [100, 0, 0, frame < 10 ? 1 : 0],
  }, MODEL);
  assert.equal(victimOf(history, shotAt(10, 100, 0)), null);
  assert.equal(victimOf(history, shotAt(10, 100, 0), "ms:4"), null);
  assert.equal(victimOf(history, shotAt(11, 110, 0)), 2);
  // One that was not there has no state before: it is as its first row has it.
  const born = makeHistory(range(0, 14), 10, {
    1: () => [0, 0, 0],
    2: (frame) => frame < 10 ? undefined : [100, 0, 0],
  }, MODEL);
  assert.equal(victimOf(born, shotAt(10, 100, 0)), 2);
  assert.equal(victimOf(born, shotAt(10, 100, 0), "ms:1"), null);
});

test("momentOf: a teleport in the state before says nothing of the shot's own frame", () => {
  const model: HitModel = { ...MODEL, teleportField: "tp" };
  // It comes to y = 0 by the teleport of frame 9, walks on, and dies in frame 10.
  const history = historyOf(model, (frame) => [{
    id: 2,
    kind: "player",
    fields: {
      x: 100,
      y: frame < 9 ? -300 : frame === 9 ? 0 : 30,
      z: 0,
      dead: frame < 10 ? 0 : 1,
      tp: frame === 9 ? 1 : 0,
    },
  }]);
  const options = { teleport: { by: "field", as: "flag" } } as const;
  assert.equal(victimOf(history, shotAt(10, 100, 30), "none", options), 2);
  assert.equal(victimOf(history, shotAt(10, 100, 15), "ms:5", options), 2);
  assert.equal(victimOf(history, shotAt(10, 100, 0), "ms:5", options), null);
});

test("momentOf: the killing frame is as well judged by the state before under a later time", () => {
  // Frame 10 carries the shot, but its clock says 135 ms: all after frame 9 may be its work.
  for (const then of [undefined, [100, 0, 0, 1] as const]) {
    const history = killedAt10(then);
    const shot = shotAt(10, 135, 0);
    const { beforeIndex, nowIndex } = momentOf(history, shot, MODEL);
    assert.deepEqual([nowIndex, beforeIndex], [13, 9]);
    for (const ms of [0, 5, 10, 20, 30, 35, 36, 50]) {
      assert.equal(victimOf(history, shot, `ms:${ms}`), 2, `${ms} ms back`);
    }
  }
});

// ------------------------------------------------------------------ events first

test("momentOf: with events first the newest frame is the one before the shot's", () => {
  // The target walks 20 units a frame, and over the ray at frame 9.
  const history = makeHistory(range(0, 14), 10, {
    2: (frame) => [100, (frame - 9) * 20, 0],
    3: (frame) => frame < 10 ? undefined : [50, 0, 0],
  }, MODEL);
  const options = { eventsFirst: true };
  const moment = momentOf(history, shotAt(10, 100, 0), MODEL, options);
  const { beforeIndex, frame, nowIndex, nowMs, presentIndex, presentPart } = moment;
  assert.deepEqual([nowIndex, beforeIndex, presentIndex, presentPart], [9, 9, 9, 0]);
  assert.deepEqual([frame, nowMs], [10, 100]);
  assert.equal(victimOf(history, shotAt(10, 100, 0), "none", options), 2);
  // Until 10 ms back it is the same frame.
  assert.equal(victimOf(history, shotAt(10, 100, 0), "ms:10", options), 2);
  assert.equal(victimOf(history, shotAt(10, 100, -10), "ms:15", options), 2);
  assert.equal(victimOf(history, shotAt(10, 100, -20), "frames:2", options), 2);
  // The frame's own state is not seen: who stands in front appears in it.
  assert.equal(victimOf(history, shotAt(10, 100, 20), "none", options), null);
  assert.equal(victimOf(history, shotAt(10, 100, 0)), 3);
});

test("momentOf: with events first the first frame's shots meet nothing", () => {
  const history = killedAt10(undefined);
  assert.throws(
    () => momentOf(history, shotAt(0, 0, 0), MODEL, { eventsFirst: true }),
    /there is no frame before it/,
  );
  assert.throws(() => momentOf(history, between(-1 >>> 0, -1, 0), MODEL), /before the first frame/);
  assert.throws(() => momentOf(new PoseHistory(MODEL), shotAt(0, 0, 0), MODEL), /is empty/);
});

test("momentOf: with events first a frame that was not recorded comes after the one before", () => {
  const history = makeHistory([0, 2, 4, 6, 8], 20, { 2: (frame) => [100, frame * 10, 0] }, MODEL);
  const moment = momentOf(history, shotAt(5, 50, 0), MODEL, { eventsFirst: true });
  assert.deepEqual([moment.nowIndex, moment.beforeIndex, moment.presentPart], [2, 2, 0]);
  assert.equal(victimOf(history, shotAt(5, 50, 40), "none", { eventsFirst: true }), 2);
});

// ------------------------------------------------------------------ between frames

test("momentOf: a shot between two frames meets the earlier, as it is", () => {
  // It walks 40 units a frame; nothing is known of what comes after the shot.
  const history = makeHistory(range(0, 14), 10, {
    2: (frame) => [100, (frame - 9) * 40, 0, frame < 10 ? 0 : 1],
  }, MODEL);
  const moment = momentOf(history, between(9, 94, 0), MODEL);
  const { beforeIndex, nowIndex, presentIndex, presentPart } = moment;
  assert.deepEqual([nowIndex, beforeIndex, presentIndex, presentPart], [9, 9, 9, 0]);
  assert.equal(victimOf(history, between(9, 94, 0)), 2);
  assert.equal(victimOf(history, between(9, 94, 16)), null);
  // 9 ms back from 94 is half-way between the frames 8 and 9.
  assert.equal(victimOf(history, between(9, 94, -20), "ms:9"), 2);
  // It is dead at frame 10, and who shoots after that meets the dead.
  assert.equal(victimOf(history, between(10, 104, 40)), null);
  assert.equal(victimOf(history, between(10, 104, 40), "ms:3"), null);
  assert.equal(victimOf(history, between(10, 104, 36), "ms:5"), 2);
});

test("momentOf: a shot dated inside its own frame meets a point between the two", () => {
  const history = makeHistory(range(0, 14), 10, {
    2: (frame) => frame < 10 ? [100, (frame - 9) * 40, 0] : [100, 40, 0, 1],
  }, MODEL);
  const shot = shotAt(10, 95, 20);
  const { beforeIndex, nowIndex, presentIndex, presentPart } = momentOf(history, shot, MODEL);
  assert.deepEqual([nowIndex, beforeIndex, presentIndex, presentPart], [10, 9, 9, 0.5]);
  assert.equal(victimOf(history, shot), 2);
  assert.equal(victimOf(history, shotAt(10, 95, 0), "ms:5"), 2);
  assert.equal(victimOf(history, shotAt(10, 95, 0), "frames:1"), 2);
  assert.equal(victimOf(history, shotAt(10, 95, 35)), null);
});

test("momentOf: no frames back from inside a frame is not forward, and hits as well", () => {
  for (const then of [[100, 0, 0] as const, [100, 0, 0, 1] as const, undefined]) {
    const history = killedAt10(then);
    const shot = shotAt(10, 92, 0);
    assert.equal(victimOf(history, shot, "frames:0"), 2);
    const { decision } = judgeShot(history, shot, parseRewindPolicy("frames:0"), MODEL);
    assert.ok(decision.usedMs >= 0, `${decision.usedMs} ms back`);
  }
});

// ------------------------------------------------------------------ every second tick

test("momentOf: a frame that was not recorded lies between its neighbours", () => {
  // 20 units a tick; dead from tick 6 on, which the shot of tick 5 has done.
  const history = makeHistory([0, 2, 4, 6, 8], 20, {
    2: (frame) => [100, (frame - 4) * 20, 0, frame < 6 ? 0 : 1],
  }, MODEL);
  const shot = shotAt(5, 50, 20);
  const moment = momentOf(history, shot, MODEL);
  const { beforeIndex, frame, nowIndex, presentIndex, presentPart } = moment;
  assert.deepEqual([nowIndex, beforeIndex, presentIndex, presentPart], [3, 2, 2, 0.5]);
  assert.equal(frame, 5);
  assert.equal(victimOf(history, shot), 2);
  assert.equal(victimOf(history, shotAt(5, 50, 10), "ms:5"), 2);
  // Ticks 4 and 3: the one is recorded, the other lies between.
  assert.equal(victimOf(history, shotAt(5, 50, 0), "frames:1"), 2);
  assert.equal(victimOf(history, shotAt(5, 50, -20), "frames:2"), 2);
  assert.equal(victimOf(history, shotAt(5, 50, 35)), null);
});

test("momentOf: a server that names a frame had those before it, recorded or not", () => {
  const place = (frame: number): Place => [100, (frame - 4) * 20, 0];
  const all = makeHistory(range(0, 8), 10, { 2: place }, MODEL);
  const second = makeHistory([0, 2, 4, 6, 8], 20, { 2: place }, MODEL);
  // Commands of tick 5, dated within it, and by up to two ticks before.
  for (const timeMs of [48, 43, 38, 33, 28]) {
    const y = timeMs * 2 - 80;
    assert.equal(victimOf(all, shotAt(5, timeMs, y)), 2, `${timeMs} ms, every tick`);
    assert.equal(victimOf(second, shotAt(5, timeMs, y)), 2, `${timeMs} ms, every second tick`);
  }
});

test("frames:K counts ticks, recorded or not", () => {
  const history = makeHistory([0, 2, 4, 6, 8], 20, { 2: (frame) => [100, frame * 20, 0] }, MODEL);
  const decided = (policy: string, frame: number) => {
    const shot = shotAt(frame, frame * 10, 0);
    const { decision } = judgeShot(history, shot, parseRewindPolicy(policy), MODEL);
    const { clamp, fraction, index, nextIndex, usedMs, wantedFramePoint, wantedMs } = decision;
    return { clamp, fraction, index, nextIndex, usedMs, wantedFramePoint, wantedMs };
  };
  const at = (index: number, fraction: number, ms: number, wantedFramePoint: number) => ({
    clamp: null,
    fraction,
    index,
    nextIndex: fraction > 0 ? index + 1 : index,
    usedMs: ms,
    wantedFramePoint,
    wantedMs: ms,
  });
  assert.deepEqual(decided("frames:0", 8), at(4, 0, 0, 8));
  assert.deepEqual(decided("frames:1", 8), at(3, 0.5, 10, 7));
  assert.deepEqual(decided("frames:2", 8), at(3, 0, 20, 6));
  assert.deepEqual(decided("frames:5", 8), at(1, 0.5, 50, 3));
  assert.deepEqual(decided("frames:8", 8), at(0, 0, 80, 0));
  assert.deepEqual(decided("frames:1", 7), at(3, 0, 10, 6));
  assert.deepEqual(decided("frames:2", 7), at(2, 0.5, 20, 5));
  assert.deepEqual(decided("unity:delay=1", 7), at(2, 0.5, 20, 5));
  assert.deepEqual(decided("frames:9", 8), {
    ...at(0, 0, 80, -1),
    wantedMs: 90,
    clamp: "recording",
  });
});

test("frames:K in a hole lies as far between its ends as its number does", () => {
  const history = makeHistory([0, 1, 2, 6, 7], 10, { 2: (frame) => [100, frame * 20, 0] }, MODEL);
  // Frames 2 and 6 are 10 ms apart, so that frame 3 is a quarter of that after frame 2.
  const shot = shotAt(7, 40, 60);
  const { decision } = judgeShot(history, shot, parseRewindPolicy("frames:4"), MODEL);
  assert.deepEqual([decision.index, decision.nextIndex, decision.fraction], [2, 3, 0.25]);
  assert.equal(decision.usedMs, 17.5);
  assert.equal(victimOf(history, shot, "frames:4"), 2);
});

// ------------------------------------------------------------------ the wrap at 2^32

const EVERY = [0xfffffffe, 0xffffffff, 0, 1];
const SECOND = [0xfffffffc, 0xfffffffe, 0, 2];
const walk = (frame: number): Place => [100, (frame | 0) * 20, 0];

test("framesBetween: counts over the wrap, with fractions", () => {
  assert.equal(framesBetween(0xffffffff, 0), 1);
  assert.equal(framesBetween(0, 0xffffffff), -1);
  assert.equal(framesBetween(0xfffffffe, 1), 3);
  assert.equal(framesBetween(0xffffffff + 0.25, 0.75), 1.5);
  assert.equal(framesBetween(1.5, 0xffffffff + 0.5), -2);
  fc.assert(
    fc.property(
      fc.nat(0xffffffff),
      fc.integer({ min: -0x7fffffff, max: 0x7fffffff }),
      (frame, count) => {
        assert.equal(framesBetween(frame, (frame + count) >>> 0), count);
      },
    ),
    { numRuns: 500 },
  );
});

test("msAtFramePoint and framePointAtMs: over the wrap, every frame recorded", () => {
  const history = makeHistory(EVERY, 10, { 2: walk }, MODEL);
  assert.deepEqual(EVERY.map((frame) => msAtFramePoint(history, frame)), [0, 10, 20, 30]);
  assert.deepEqual([0, 10, 20, 30].map((ms) => framePointAtMs(history, ms)), EVERY);
  assert.deepEqual(EVERY.map((frame) => indexOfFrame(history, frame)), [0, 1, 2, 3]);
  assert.equal(msAtFramePoint(history, 0xffffffff + 0.5), 15);
  assert.equal(framePointAtMs(history, 15), 0xffffffff + 0.5);
  assert.equal(msAtFramePoint(history, 0.5), 25);
  assert.equal(framePointAtMs(history, 25), 0.5);
  // Beyond the ends at the pace of the frames there; there is no frame to name.
  assert.equal(msAtFramePoint(history, 3), 50);
  assert.equal(msAtFramePoint(history, 0xfffffffc), -20);
  assert.deepEqual([framePointAtMs(history, -5), framePointAtMs(history, 99)], [0xfffffffe, 1]);
  assert.equal(frameIntervalMs(history), 10);
});

test("msAtFramePoint and framePointAtMs: over the wrap, every second frame recorded", () => {
  const history = makeHistory(SECOND, 20, { 2: walk }, MODEL);
  assert.equal(msAtFramePoint(history, 0xffffffff), 30);
  assert.equal(framePointAtMs(history, 30), 0xffffffff);
  assert.equal(msAtFramePoint(history, 0xffffffff + 0.5), 35);
  assert.equal(framePointAtMs(history, 35), 0xffffffff + 0.5);
  assert.equal(msAtFramePoint(history, 1), 50);
  assert.equal(framePointAtMs(history, 50), 1);
  assert.equal(framePointAtMs(history, 40), 0);
  assert.equal(framePointBetween(history, 1, 2, 0.75), 0xffffffff + 0.5);
  assert.equal(framePointBetween(history, 1, 3, 0.75), 1);
  assert.deepEqual([0xffffffff, 1].map((frame) => indexOfFrame(history, frame)), [-1, -1]);
  const near = [0xffffffff, 1, 0xfffffff0].map((frame) => indexAtFrame(history, frame, 0, 3));
  assert.deepEqual(near, [1, 2, -1]);
  assert.equal(frameIntervalMs(history), 10);
});

test("msAtFramePoint: takes back what framePointAtMs gives, wherever frames begin", () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 40 })), {
    minLength: 2,
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.integer({ min: -20, max: 20 }), gaps, fc.nat(1000), (start, steps, at) => {
      const history = new PoseHistory(MODEL);
      let [frame, timeMs] = [start, 500];
      for (const [frames, ms] of steps) {
        history.addFrame({ frame: frame >>> 0, timeMs, entities: [] });
        frame += frames;
        timeMs += ms;
      }
      const lastMs = history.timeMsAt(history.length - 1);
      const ms = 500 + (lastMs - 500) * at / 1000;
      // Beside 2^32 a fraction of a frame has 21 bits.
      assert.ok(
        Math.abs(msAtFramePoint(history, framePointAtMs(history, ms)) - ms) < 40 * 2 ** -20,
      );
    }),
    { numRuns: 500 },
  );
});

test("momentOf: the state before frame 0 is that of frame 2^32 - 1", () => {
  const dies = (frame: number): Place => [100, 0, 0, (frame | 0) < 0 ? 0 : 1];
  for (const [frames, frameMs] of [[EVERY, 10], [SECOND, 20]] as const) {
    const history = makeHistory(frames, frameMs, { 2: dies }, MODEL);
    const shot = shotAt(0, 2 * frameMs, 0);
    const { beforeIndex, nowIndex } = momentOf(history, shot, MODEL);
    assert.deepEqual([nowIndex, beforeIndex], [2, 1]);
    assert.equal(victimOf(history, shot), 2);
    assert.equal(victimOf(history, shotAt(frames[3]!, 3 * frameMs, 0)), null);
  }
  // The tick between 2^32 - 2 and 0 was not recorded.
  const history = makeHistory(SECOND, 20, { 2: walk }, MODEL);
  const shot = shotAt(0xffffffff, 30, -20);
  const { beforeIndex, nowIndex, presentIndex, presentPart } = momentOf(history, shot, MODEL);
  assert.deepEqual([nowIndex, beforeIndex, presentIndex, presentPart], [2, 1, 1, 0.5]);
  assert.equal(victimOf(history, shot), 2);
});

test("momentAt: a ring keeps its window over the wrap", () => {
  const every = makeHistory(EVERY, 10, { 2: walk }, MODEL);
  const second = makeHistory(SECOND, 20, { 2: walk }, MODEL);
  const oldest = (history: PoseHistory, ring: number) => {
    const { oldestIndex, oldestLimit } = momentAt(history, 3, history.timeMsAt(3), ring);
    return [oldestIndex, oldestLimit];
  };
  // The window is (now - size, now] in frame numbers.
  assert.deepEqual(oldest(every, 1), [3, "ring"]);
  assert.deepEqual(oldest(every, 3), [1, "ring"]);
  assert.deepEqual(oldest(every, 4), [0, "recording"]);
  assert.deepEqual(oldest(second, 2), [3, "ring"]);
  assert.deepEqual(oldest(second, 3), [2, "ring"]);
  assert.deepEqual(oldest(second, 5), [1, "ring"]);
});

test("frames:K goes back over the wrap", () => {
  const every = makeHistory(EVERY, 10, { 2: walk }, MODEL);
  const second = makeHistory(SECOND, 20, { 2: walk }, MODEL);
  for (const [history, frame, timeMs] of [[every, 1, 30], [second, 2, 60]] as const) {
    for (let back = 0; back <= 3; back++) {
      const shot = shotAt(frame, timeMs, (frame - back) * 20);
      const { decision } = judgeShot(history, shot, parseRewindPolicy(`frames:${back}`), MODEL);
      assert.deepEqual([decision.usedMs, decision.wantedMs], [back * 10, back * 10]);
      assert.equal(decision.wantedFramePoint, (frame - back) >>> 0);
      assert.equal(victimOf(history, shot, `frames:${back}`), 2);
    }
  }
});

// ------------------------------------------------------------------ who shoots

test("momentOf: reads of the shooter what he was before the shot", () => {
  const model = parseHitModel(["player=sphere:10"], "team!=shooter.team");
  // The shooter changes sides, or leaves, in the frame that carries his shot.
  for (const after of [{ team: 2 }, undefined]) {
    const history = historyOf(model, (frame) => {
      const target = { id: 2, kind: "player", fields: { x: 100, y: 0, z: 0, team: 2 } };
      const shooter = { x: 0, y: 0, z: 0, ...(frame < 10 ? { team: 1 } : after) };
      const isThere = frame < 10 || after !== undefined;
      return isThere ? [{ id: 1, kind: "player", fields: shooter }, target] : [target];
    });
    assert.equal(victimOf(history, shotAt(10, 100, 0)), 2);
    if (after !== undefined) assert.equal(victimOf(history, shotAt(11, 110, 0)), null);
    else assert.throws(() => victimOf(history, shotAt(11, 110, 0)), /shooter 1 has no "team"/);
  }
});
