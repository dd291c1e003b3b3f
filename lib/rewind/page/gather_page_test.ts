import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_TELEPORTS } from "../past/teleport.ts";
import { makeHistory, makeShot, QUAKE_MODEL, range } from "../worlds_test_helper.ts";
import { parseHitModel } from "../shape/hit_model.ts";
import { poseTracks, quantumFor } from "./pose_tracks.ts";
import { ShapeLists } from "./shape_lists.ts";
import { RUNNING, samplePage, SHOTS } from "./sample_page_test_helper.ts";

function summed(steps: readonly number[], quantum: number): number[] {
  let sum = 0;
  return steps.map((step) => (sum += step) * quantum);
}

test("poseTracks() gives positions back to half a quantum, across deaths and absences", () => {
  const world = makeHistory(range(0, 9), 20, {
    1: (f) => [f * 1.37, -f * 3, 0.5],
    2: (f) => f === 4 ? undefined : [f, 0, 0, f === 2 || f > 7 ? 1 : 0],
  });
  const wanted = new Map(range(0, 9).map((index) => [index, new Set([1, 2, 3])]));
  const { frames, quantum, timesMs, tracks } = poseTracks(world, wanted, {
    model: QUAKE_MODEL,
    teleport: NO_TELEPORTS,
    lists: new ShapeLists(99),
  });
  assert.deepEqual([frames.length, timesMs[3]], [10, 60]);
  assert.deepEqual(tracks.map(({ id, start, x }) => [id, start, x.length]), [
    [1, 0, 10],
    [2, 0, 4],
    [2, 5, 5],
  ]);
  assert.deepEqual(tracks.map(({ flips }) => flips), [[], [2, 3], [3]]);
  summed(tracks[0]!.x, quantum).forEach((x, f) => {
    assert.ok(Math.abs(x - f * 1.37) <= quantum / 2);
  });
  assert.equal(tracks[0]!.yaw, undefined);
});

test("quantumFor() follows the extent of the world", () => {
  assert.deepEqual([1, 120, 4000, 1e6, 1e9].map((units) => quantumFor(units)), [
    2 ** -15,
    2 ** -9,
    0.0625,
    2,
    2048,
  ]);
});

test("gatherPage() holds what each policy made of each shot", () => {
  const page = samplePage();
  assert.deepEqual(page.omissions, []);
  const told = page.shots.map(({ game, results }) => [game, ...results.map((r) => r!.victim)]);
  // Each ray passes where the target was 5, 0 and 0 frames ago.
  assert.deepEqual(told, [[2, null, 2], [null, 2, null], [2, 2, null]]);
  const [shot] = page.shots;
  assert.equal(shot!.results[0]!.rule, "other-time");
  assert.equal(shot!.results[1]!.usedMs, 100);
  assert.equal(shot!.results[1]!.distanceUnits, 284);
  assert.deepEqual(shot!.results[1]!.targets[0]!.slice(0, 5), [2, 0, 300, 0, 0]);
  // 10 units a frame and a half width of 16: hit from 68 ms to 132 ms back.
  assert.deepEqual(shot!.spans, [[0, 68, null], [68, 132, 2], [132, 300, null]]);
});

test("gatherPage() says what a policy cannot judge, and what a client saw", () => {
  const view = {
    ...{ viewFrame: 50, newestFrame: 52, interpMs: 40 },
    poses: [{ id: 2, kind: "player", x: 300, y: 3, z: 0 }],
  };
  const page = samplePage({ policies: ["stamped", "none"], options: { shooterView: view } });
  const [shot] = page.shots;
  assert.equal(shot!.results[0], null);
  assert.deepEqual([shot!.view!.victim, shot!.view!.rewindMs], [2, 100]);
  assert.equal(shot!.view!.targets[0]![7], 3);
  assert.equal(page.policies[0]!.skipped, 3);
});

test("gatherPage() keeps misjudged shots first when bounds are met, and says so", () => {
  const shots = [
    { ...makeShot(50, 1000, [0, 900, 0], [600, 900, 0], { ping: 20 }, null), index: 0 },
    ...SHOTS.map((shot) => ({ ...shot, index: shot.index + 1 })),
  ];
  const page = samplePage({ shots, bounds: { shots: 2, poses: 1e6, policies: 1 } });
  assert.deepEqual(page.shots.map(({ index }) => index), [1, 2]);
  assert.equal(page.policies.length, 1);
  assert.match(page.omissions.join(" "), /Of 2 policies the first 1 .* Of 4 shots 2 are shown/);
  const fewPoses = samplePage({ bounds: { shots: 99, poses: 10, policies: 9 } });
  assert.equal(fewPoses.shots.length, 1);
  assert.ok(fewPoses.poses.frames.length < RUNNING.length);
});

test("gatherPage() takes no shots, and shots without a verdict", () => {
  assert.deepEqual(samplePage({ shots: [] }).shots, []);
  const shots = SHOTS.map((shot) => ({ ...shot, verdict: undefined }));
  const page = samplePage({ shots });
  assert.equal("game" in page.shots[0]!, false);
  assert.equal(page.policies[0]!.accuracy, null);
});

test("gatherPage() counts shots that cannot be judged, and says so with the first reasons", () => {
  const one = samplePage({ skipped: [{ shot: 3, reason: "its ray is of length zero" }] });
  assert.equal(one.shotCount, 4);
  assert.deepEqual(one.omissions, [
    "Of 4 shots 1 is left out, and no count has it, since it cannot be judged: shot 3 (its ray is " +
    "of length zero).",
  ]);
  const reason = `\u202e${"x".repeat(999)}`;
  const many = samplePage({ skipped: range(3, 1002).map((shot) => ({ shot, reason })) });
  assert.equal(many.shotCount, 1003);
  const [said] = many.omissions;
  assert.match(said!, /^Of 1003 shots 1000 are left out.*shot 7 \(.*; and 995 more\.$/);
  assert.ok(said!.length < 1500 && !said!.includes("\u202e"));
});

test("quantumFor() is no coarser than shapes ask for, as far as whole numbers go", () => {
  // 0.4 / 64 is 0.00625, and 2^-8 the power of two below.
  assert.equal(quantumFor(4000, 0.4 / 64), 2 ** -8);
  assert.equal(quantumFor(1e6, 0.4 / 64, 6.37e6), 2 ** -8);
  assert.equal(quantumFor(4000, 1), 0.0625);
  // A nanometre of a world of a million: 2^36 steps, or 2^51 from its origin.
  assert.equal(quantumFor(2 ** 20, 1e-9), 2 ** -16);
  assert.equal(quantumFor(2 ** 20, 1e-9, 2 ** 51), 1);
});

for (const far of [1e6, 6.37e6]) {
  test(`gatherPage() holds places ${far} units from the origin to a 64th of a half width`, () => {
    // 0.3 units a frame, seen across a box of 0.8: 50 ms back lies half-way between two frames.
    const place = (frame: number) => far + (frame - 50) * 0.3;
    const history = makeHistory(range(0, 99), 20, {
      1: () => [far, -far, 0.1],
      2: (f) => [far + 30, place(f), 0.1],
    });
    const model = parseHitModel(["player=box:-0.4,-0.4,-1,0.4,0.4,1"]);
    const shot = makeShot(50, 1000, [far, far - 0.75, 0.1], [far + 60, far - 0.75, 0.1], {}, 2);
    const page = samplePage({ history, model, shots: [shot], policies: ["ms:50"] });
    const track = page.poses.tracks.find(({ id }) => id === 2)!;
    const { quantum, timesMs } = page.poses;
    assert.ok(quantum <= 0.4 / 64, String(quantum));
    summed(track.y, quantum).forEach((y, i) => {
      const truth = place(timesMs[track.start + i]! / 20);
      assert.ok(Math.abs(y - truth) <= 0.4 / 64, `${y} for ${truth}`);
    });
    const [result] = page.shots[0]!.results;
    const [, , x, y] = result!.targets[0]!;
    assert.ok(Math.abs(x - far - 30) < 0.4 / 64 && Math.abs(y - (far - 0.75)) < 0.4 / 64);
    assert.deepEqual(page.shots[0]!.origin, [far, far - 0.75, 0.1]);
    // Differences of a frame stay small numbers, wherever the world lies.
    assert.ok(track.y.slice(1).every((step) => Math.abs(step) < 1000));
  });
}

test("gatherPage() keeps the digits of a world of thousandths", () => {
  const history = makeHistory(range(0, 99), 20, {
    1: () => [0, 0, 0],
    2: (f) => [0.3, (f - 50) * 0.0001, 0],
  });
  const model = parseHitModel(["player=sphere:0.0004"]);
  const shot = makeShot(50, 1000, [0, 0, 0], [0.6, 0, 0], {}, 2);
  const [result] = samplePage({ history, model, shots: [shot], policies: ["ms:200"] }).shots[0]!
    .results;
  const [, , , y, , , , margin] = result!.targets[0]!;
  // 200 ms are 10 frames of 0.0001; the ball of 0.0004 is missed by the rest.
  assert.ok(Math.abs(y + 0.001) < 0.0004 / 64);
  assert.ok(Math.abs(margin! - 0.0006) < 1e-6, String(margin));
});
