import assert from "node:assert/strict";
import { test } from "node:test";
import type { HitModel } from "../shape/hit_model.ts";
import type { Shot } from "../shot/shot.ts";
import { makeShot } from "../worlds_test_helper.ts";
import {
  DUCKER,
  every20Ms,
  type Fields,
  makePosed,
  ORBITER,
  PLANK,
  STRETCHER,
  TEAMMATE,
} from "./posed_worlds_test_helper.ts";
import type { PoseTrack } from "./pose_track.ts";
import type { RewindPage } from "./rewind_page.ts";
import { samplePage } from "./sample_page_test_helper.ts";
import { poseOnTrack, unpackTrack } from "./script/tracks.js";

const SHOOTER: Fields = () => ({ x: 0, y: 0, z: 0, yaw: 0, duck: 0, height: 30, team: "a" });

/** Page of one shot at frame 10 of 40 at an entity 2, rewound by `backMs`. */
function pageOf(
  model: HitModel,
  target: Fields,
  change: {
    readonly backMs?: number;
    readonly shooter?: Fields;
    readonly timesMs?: readonly number[];
    readonly shot?: Partial<Shot>;
    readonly shapes?: number;
  } = {},
): RewindPage {
  const { backMs = 0, shapes, shooter = SHOOTER, timesMs = every20Ms(40) } = change;
  const shot = { ...makeShot(10, timesMs[10]!, [0, 0, 0], [400, 0, 0], {}, 2), ...change.shot };
  return samplePage({
    model,
    history: makePosed(model, timesMs, { 1: shooter, 2: target }),
    shots: [shot],
    policies: [`ms:${backMs}`],
    bounds: { shots: 9, poses: 1e6, policies: 9, ...(shapes === undefined ? {} : { shapes }) },
  });
}

function trackOf(page: RewindPage, id: number = 2): PoseTrack {
  return page.poses.tracks.find((track) => track.id === id)!;
}

/** The page's own script, on what came through JSON. */
function poseIn(page: RewindPage, frame: number, part: number) {
  const sent: RewindPage = JSON.parse(JSON.stringify(page));
  return poseOnTrack(unpackTrack(trackOf(sent), sent), frame, part);
}

test("a page ships the steps that are teleports, over which nobody moves", () => {
  // 2 units a frame, but 1000 from frame 8 to 9.
  const page = pageOf(PLANK, (f) => ({ x: 100, y: f * 2 + (f > 8 ? 998 : 0), z: 0, yaw: 0 }));
  assert.deepEqual(trackOf(page).jumps, [8]);
  assert.equal("jumps" in trackOf(page, 1), false);
  assert.equal(poseIn(page, 7, 0.5).y, 15);
  assert.equal(poseIn(page, 8, 0.5).y, 16);
  assert.equal(poseIn(page, 9, 0.5).y, 1017);
  assert.deepEqual([7, 8].map((frame) => poseIn(page, frame, 0).goesOn), [true, false]);
});

test("a page goes by the teleport rule of its shots", () => {
  const history = makePosed(TEAMMATE, every20Ms(40), {
    1: SHOOTER,
    2: (f) => ({ x: 100, y: f * 2, z: 0, team: "b" }),
  });
  const shots = [makeShot(10, 200, [0, 0, 0], [400, 0, 0])];
  const timesMs = { 2: [150] };
  const page = samplePage({
    ...{ model: TEAMMATE, history, shots, policies: ["none"] },
    options: { teleport: { by: "event", timesMs } },
  });
  assert.deepEqual(trackOf(page).jumps, [7]);
  const far = samplePage({
    ...{ model: TEAMMATE, history, shots, policies: ["none"] },
    options: { teleportUnits: 1 },
  });
  assert.equal(trackOf(far).jumps!.length, trackOf(far).x.length - 1);
});

test("a page turns a yaw by the shorter arc", () => {
  const page = pageOf(PLANK, (f) => ({ x: 100, y: 0, z: 0, yaw: f < 9 ? 350 : 10 }), {
    backMs: 30,
  });
  // Half-way from 350 to 10 lies 0, which is 360.
  assert.equal(poseIn(page, 8, 0.5).yaw, 360);
  assert.equal(poseIn(page, 8, 0.25).yaw, 355);
  assert.equal(page.shots[0]!.results[0]!.targets[0]![5], 360);
  assert.equal(page.shots[0]!.results[0]!.targets[0]!.length, 8);
});

test("a page ships quaternions, and turns them by slerp", () => {
  const half = Math.SQRT1_2;
  // From facing +x to +y, the second one with its sign turned.
  const page = pageOf(ORBITER, (f) => ({
    ...{ x: 100, y: 0, z: 0 },
    ...(f < 9 ? { qx: 0, qy: 0, qz: 0, qw: 1 } : { qx: 0, qy: 0, qz: -half, qw: -half }),
  }), { backMs: 30, shooter: () => ({ x: 0, y: 0, z: 0, qx: 0, qy: 0, qz: 0, qw: 1 }) });
  assert.deepEqual(trackOf(page).rotation!.map((axis) => axis.slice(8, 11)), [
    [0, 0, 0],
    [0, 0, 0],
    [0, -7071, 0],
    [0, -17071, 0],
  ]);
  // Shooter and yaws stay as small as they were.
  assert.deepEqual(Object.keys(trackOf(page, 1)), ["id", "kind", "start", "x", "y", "z", "flips"]);
  // An eighth of a turn: sin and cos of 22.5 degrees.
  const { rotation } = poseIn(page, 8, 0.5);
  [0, 0, 0.38268, 0.92388].forEach((value, i) => {
    assert.ok(Math.abs(rotation[i] - value) < 1e-4, `${rotation}`);
  });
  assert.deepEqual(page.shots[0]!.results[0]!.targets[0]![8], [0, 0, 0.3827, 0.9239]);
});

test("a page ships the shapes of a target that ducks, and those between", () => {
  const target: Fields = (f) => ({ x: 100, y: 0, z: 0, duck: f < 9 ? 0 : 1 });
  // 35 ms back from frame 10 is a quarter of the way from frame 8 to 9.
  const page = pageOf(DUCKER, target, { backMs: 35 });
  assert.deepEqual(page.kinds, [{ kind: "player", shapes: [] }]);
  const box = (top: number) => ({ shape: "box", min: [-16, -16, -24], max: [16, 16, top] });
  const [, , , , , , , , rotation, list] = page.shots[0]!.results[0]!.targets[0]!;
  assert.equal(rotation, null);
  assert.deepEqual(page.shapeLists![list!], [box(25), null]);
  const shapes = trackOf(page).shapes!;
  assert.deepEqual([shapes[0], shapes[2], shapes.length], [0, 9, 4]);
  assert.deepEqual(page.shapeLists![shapes[1]!], [box(32), null]);
  assert.deepEqual(page.shapeLists![shapes[3]!], [null, box(4)]);
  // The shooter never ducks: one list for him and for the target before it does.
  assert.deepEqual(trackOf(page, 1).shapes, [0, shapes[1]]);
  assert.equal(page.shapeLists!.length, 3);
  assert.deepEqual(poseIn(page, 8, 0.75).shapes, [box(11), null]);
  assert.deepEqual(poseIn(page, 8, 0).shapes, [box(32), null]);
  assert.deepEqual(poseIn(page, 9, 0).shapes, [null, box(4)]);
});

test("a page says when shapes depend on their targets in too many ways", () => {
  // A height of its own at every frame, and one between two that the policy saw.
  const target: Fields = (f) => ({ x: 100, y: 0, z: 0, height: 30 + f });
  const page = pageOf(STRETCHER, target, { backMs: 10, shapes: 3 });
  assert.equal(page.shapeLists!.length, 3);
  assert.match(page.omissions.join(" "), /Shapes depend on their targets in more ways/);
  // What policies saw comes first: half-way from frame 9 to 10.
  assert.deepEqual(page.shapeLists![0]![0], {
    ...{ shape: "box", min: [-16, -16, 0], max: [16, 16, 39.5] },
  });
  assert.equal(trackOf(page).shapes!.length, 4);
  const whole = pageOf(STRETCHER, target, { backMs: 10 });
  assert.deepEqual(whole.omissions, []);
  assert.equal(poseIn(whole, 3, 0.5).shapes[0].max[2], 33.5);
});

test("a page without such shapes has no lists", () => {
  const page = pageOf(PLANK, () => ({ x: 100, y: 0, z: 0, yaw: 0 }));
  assert.equal("shapeLists" in page, false);
  assert.equal(page.up, 2);
  assert.equal(page.kinds[0]!.shapes.length, 1);
});

test("a page says that axes are left-handed, and what fields they are, where that is not usual", () => {
  const still: Fields = () => ({ x: 100, y: 0, z: 0, yaw: 0 });
  const usual = pageOf(PLANK, still);
  assert.deepEqual(["isLeftHanded" in usual, "axes" in usual], [false, false]);
  const kinds = PLANK.kinds.map((kind) => ({ ...kind, position: ["x", "z", "y"] as const }));
  const page = pageOf({ ...PLANK, kinds, handed: "left" }, still);
  assert.deepEqual([page.isLeftHanded, page.axes], [true, ["x", "z", "y"]]);
});

test("a page says who is no target of the shooter's, and lists him last", () => {
  const history = makePosed(TEAMMATE, every20Ms(40), {
    1: SHOOTER,
    2: () => ({ x: 100, y: 0, z: 0, team: "a" }),
    3: () => ({ x: 100, y: 50, z: 0, team: "b" }),
  });
  const shots = [makeShot(10, 200, [0, 0, 0], [400, 0, 0], {}, null)];
  const page = samplePage({ model: TEAMMATE, history, shots, policies: ["none"] });
  assert.deepEqual(page.shots[0]!.bystanders, [2]);
  assert.deepEqual(page.shots[0]!.results[0]!.targets, [
    [3, 0, 100, 50, 0, 0, 1, 34],
    [2, 0, 100, 0, 0, 0, 1, -16, null, null, 0],
  ]);
});

test("a page draws what the client showed with its turn and shapes", () => {
  const half = Math.SQRT1_2;
  const still: Fields = () => ({ x: 100, y: 0, z: 0, qx: 0, qy: 0, qz: half, qw: half });
  const history = makePosed(ORBITER, every20Ms(40), { 1: still, 2: still });
  const shots = [makeShot(10, 200, [0, 0, 0], [400, 0, 0])];
  const view = {
    ...{ viewFrame: 8, newestFrame: 9, interpMs: 20 },
    poses: [{ id: 2, kind: "player", x: 90, y: 0, z: 0 }],
  };
  const page = samplePage({
    ...{ model: ORBITER, history, shots, policies: [], options: { shooterView: view } },
  });
  // Without the whole pose it is not turned, as its verdict has it.
  assert.deepEqual(page.shots[0]!.view!.targets, [
    [2, 0, 90, 0, 0, 0, 1, 10, [0, 0, 0, 1]],
  ]);
});

test("a page shows a shot inside a hole of the recording between the frames beside it", () => {
  // 20 ms a frame, but 3 s from frame 10 to 11; the shot is 1 s into that.
  const timesMs = every20Ms(40).map((ms) => ms > 200 ? ms + 2980 : ms);
  const page = pageOf(PLANK, (f) => ({ x: 100, y: f, z: 0, yaw: 0 }), {
    timesMs,
    backMs: 100,
    shot: { frame: 60, timeMs: 1200 },
  });
  const [result] = page.shots[0]!.results;
  assert.equal(result!.holeMs, 3000);
  assert.deepEqual(page.poses.frames.slice(-2), [10, 160]);
  // 900 ms into the hole.
  assert.deepEqual(result!.targets[0]!.slice(2, 4), [100, 10.3]);
});

test("a page shows the reasons that its options give", () => {
  const page = samplePage({
    options: {
      causeOf: ({ name }) =>
        name === "none" ? { word: "half-rtt", rule: "half-rtt-missing", sharedBy: 7 } : undefined,
    },
  });
  const [none, ping] = page.shots[0]!.results;
  assert.deepEqual([none!.cause, none!.rule], ["half-rtt", "half-rtt-missing"]);
  assert.equal(none!.claim!.others, 6);
  assert.match(none!.claim!.text, /^they would agree if half of the round trip.* were counted$/);
  assert.equal(ping!.cause, "agrees");
});
