import assert from "node:assert/strict";
import { test } from "node:test";
import { Ring } from "../../core/time/ring.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { parseHitModel } from "../shape/hit_model.ts";
import { rewind } from "./live_rewind.ts";
import { rewindFacts } from "./rewind_facts.ts";
import { parseRewindPolicy } from "../policy/policy_text.ts";
import { PoseHistory } from "../past/pose_history.ts";
import { rayBetween } from "../shape/ray.ts";
import { judgeShot } from "../verdict/shot_result.ts";
import { makeShot } from "../worlds_test_helper.ts";

const layout = new SnapshotLayout({
  kinds: [
    { name: "crate", fields: [{ name: "mass", type: "f32" }] },
    {
      name: "player",
      fields: [
        { name: "dead", type: "bool" },
        { name: "x", type: "f64" },
        { name: "y", type: "fixed", step: 0.125 },
        { name: "z", type: "f32" },
      ],
    },
  ],
});
const model = parseHitModel(["player=box:-16,-16,-24,16,16,32"], "dead=false");

function snapshotAt(frame: number): Snapshot {
  return Snapshot.of(layout, {
    frame,
    timeMs: frame * 10,
    entities: [
      { id: 1, kind: "player", fields: { dead: false, x: 0, y: 0, z: 0 } },
      { id: 2, kind: "player", fields: { dead: false, x: 300, y: (frame - 100) * 12.5, z: 0 } },
      { id: 7, kind: "crate", fields: { mass: 3 } },
    ],
  });
}

test("rewind over a ring agrees with judging the recording", () => {
  const ring = new Ring<Snapshot>(32);
  const history = new PoseHistory(model);
  for (let frame = 60; frame <= 110; frame++) {
    if (frame === 105) continue;
    ring.push(frame, snapshotAt(frame));
    history.add(snapshotAt(frame));
  }
  assert.ok(history.knows(7));
  for (const text of ["none", "ping", "frames:9", "unity:delay=10", "source", "ms:315", "ms:500"]) {
    const policy = parseRewindPolicy(text);
    const numbers = { ping: 100, interp: 0, interval: 10 };
    const shot = makeShot(110, 1100, [0, 0, 0], [600, 0, 0], numbers);
    const live = rewind(ring, policy, shot, { model });
    const { decision, verdict } = judgeShot(history, shot, policy, model, { ringFrames: 32 });
    assert.deepEqual(
      [live.victim, live.usedMs, live.clamp, live.distanceUnits],
      [verdict.victim, decision.usedMs, decision.clamp, verdict.distanceUnits],
      text,
    );
  }
});

test("rewind sees what was pushed since the last call", () => {
  const ring = new Ring<Snapshot>(8);
  const shot = { shooter: 1, ray: rayBetween([0, 0, 0], [600, 0, 0]), numbers: new Map() };
  assert.throws(() => rewind(ring, parseRewindPolicy("none"), shot, { model }), /ring is empty/);
  ring.push(90, snapshotAt(90));
  assert.equal(rewind(ring, parseRewindPolicy("none"), shot, { model }).victim, null);
  ring.push(100, snapshotAt(100));
  const answer = rewind(ring, parseRewindPolicy("none"), shot, { model });
  assert.deepEqual([answer.victim, answer.usedFrame, answer.distanceUnits], [2, 100, 284]);
  assert.throws(() => rewind(ring, parseRewindPolicy("ping"), shot, { model }), /needs ping/);
});

test("rewind refuses what is no argument of it, and a shooter whom no frame has", () => {
  const ring = new Ring<Snapshot>(8);
  ring.push(90, snapshotAt(90));
  const none = parseRewindPolicy("none");
  const good = { shooter: 1, ray: rayBetween([0, 0, 0], [600, 0, 0]), numbers: new Map() };
  const call = (policy: unknown, shot: object, options: object) => () =>
    rewind(ring, policy as typeof none, { ...good, ...shot }, options as { model: typeof model });
  assert.throws(call("none", {}, { model }), /TypeError: .*the policy is none/);
  assert.throws(call(none, {}, {}), /TypeError: .*there is no model/);
  assert.throws(call(none, { numbers: { ping: 5 } }, { model }), /numbers are no Map/);
  assert.throws(call(none, { ray: { origin: { x: 1 } } }, { model }), /the shot's ray is none/);
  assert.throws(call(none, { ray: undefined }, { model }), /the shot's ray is none/);
  for (const shooter of [77, "1", undefined]) {
    assert.throws(call(none, { shooter }, { model }), /RangeError: .*shooter .* is in no frame/);
  }
  const far = { numbers: new Map([["ping", NaN]]) };
  assert.throws(call(parseRewindPolicy("ping"), far, { model }), /needs ping/);
});

test("rewind takes a stamp that is no frame for the farthest future or past", () => {
  const ring = new Ring<Snapshot>(32);
  for (let frame = 60; frame <= 100; frame++) ring.push(frame, snapshotAt(frame));
  const policy = parseRewindPolicy("stamped:250");
  const used = (...numbers: [string, number][]) => {
    const shot = {
      shooter: 1,
      ray: rayBetween([0, 0, 0], [600, 0, 0]),
      numbers: new Map(numbers),
    };
    const { clamp, usedMs, wantedMs } = rewind(ring, policy, shot, { model });
    assert.ok(Number.isFinite(wantedMs));
    return [usedMs, clamp];
  };
  assert.deepEqual(used(["stamp", 90.5]), [95, null]);
  for (const far of [1100, 2 ** 31, 2 ** 32, 2 ** 53, 1e100, 1e308]) {
    assert.deepEqual(used(["stamp", far]), [0, "now"], `${far}`);
  }
  for (const past of [-(2 ** 32), -1e100]) assert.deepEqual(used(["stamp", past]), [250, "limit"]);
  const pair = (src: number, dst: number): [string, number][] => [
    ["stamp.src", src],
    ["stamp.dst", dst],
    ["stamp.fraction", 0.5],
  ];
  assert.deepEqual(used(...pair(90, 91)), [95, null]);
  assert.deepEqual(used(...pair(1e308, 1e308)), [0, "now"]);
});

test("rewind refuses times that the ring does not reach, and no width for teleports", () => {
  const ring = new Ring<Snapshot>(8);
  for (let frame = 90; frame <= 100; frame++) ring.push(frame, snapshotAt(frame));
  const none = parseRewindPolicy("none");
  const good = { shooter: 1, ray: rayBetween([0, 0, 0], [600, 0, 0]), numbers: new Map() };
  const at = (timeMs: unknown) =>
    rewind(ring, none, { ...good, timeMs: timeMs as number }, { model });
  assert.deepEqual([at(1003).usedFrame, at(1003).timeMs], [100, 1003]);
  assert.equal(at(930).usedFrame, 93);
  for (const timeMs of [NaN, -1e9, 929, Infinity]) {
    assert.throws(() => at(timeMs), /timeMs is .*, and the ring begins at 930 ms/);
  }
  assert.throws(() => at("1000"), /TypeError: .*timeMs is no number/);
  for (const teleportUnits of [0, -1, NaN]) {
    assert.throws(() => rewind(ring, none, good, { model, teleportUnits }), /teleportUnits is/);
    assert.throws(() => rewindFacts({ model, teleportUnits }), /teleportUnits is/);
  }
});

test("rewind in a ring of one frame says that there is no older one, and has no interval", () => {
  const ring = new Ring<Snapshot>(8);
  ring.push(90, snapshotAt(90));
  const shot = {
    shooter: 1,
    ray: rayBetween([0, 0, 0], [600, 0, 0]),
    numbers: new Map([["ping", 50]]),
  };
  const by = (text: string) => rewind(ring, parseRewindPolicy(text), shot, { model });
  for (const text of ["frames:3", "unity:delay=2", "ms:30", "ping"]) {
    assert.deepEqual([by(text).usedFrame, by(text).clamp], [90, "ring"], text);
  }
  assert.deepEqual([by("frames:0").clamp, by("none").clamp], [null, null]);
  for (const text of ["source", "ping+interval", "ms:interval*3"]) {
    assert.throws(() => by(text), /Cannot rewind: policy .* needs interval/);
  }
});

test("PoseHistory.add refuses a kind without position", () => {
  const history = new PoseHistory(parseHitModel(["crate=sphere:5"]));
  assert.throws(() => history.add(snapshotAt(1)), /kind "crate": it has no position field "x"/);
});
