import assert from "node:assert/strict";
import { test } from "node:test";
import type { Schema } from "../../core/state/schema.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import { seenErrors } from "../verdict/seen_error.ts";
import { seenRewindMs } from "../verdict/shooter_view.ts";
import { parseHitModel } from "../shape/hit_model.ts";
import { parseRewindPolicy } from "../policy/policy_text.ts";
import { PoseHistory } from "../past/pose_history.ts";
import type { Shot } from "../shot/shot.ts";
import { judgeShot } from "../verdict/shot_result.ts";
import { type ShooterViews, shooterViews } from "./shooter_views.ts";
import { summarizeShooterViews } from "./shooter_view_summary.ts";
import { makeShot } from "../worlds_test_helper.ts";

const FIELDS = ["x", "y", "z"].map((name) => ({ name, type: "f32" as const }));
const SCHEMA: Schema = { kinds: [{ name: "player", fields: FIELDS }] };
const LAYOUT = new SnapshotLayout(SCHEMA);
const MODEL = parseHitModel(["player=sphere:4"]);
const FRAME_MS = 20;
const UNITS_100 = { by: "units", units: 100 } as const;

/** Shooter 1 stands at the origin, entity 2 at `(300, place(frame), 0)`; a frame every 20 ms. */
function makeWorld(place: (frame: number) => number, frames = 120, startMs = 0) {
  const history = new PoseHistory(MODEL);
  const snapshots = Array.from({ length: frames }, (_, frame) => {
    const at = (id: number, x: number, y: number) => ({
      id,
      kind: "player",
      fields: { x, y, z: 0 },
    });
    const state = {
      frame,
      timeMs: startMs + frame * FRAME_MS,
      entities: [at(1, 0, 0), at(2, 300, place(frame))],
    };
    history.addFrame(state);
    return Snapshot.of(LAYOUT, state);
  });
  return { history, snapshots };
}

function runOver(net: string, change: Partial<RunOptions> = {}, trace = ""): RunOptions {
  return {
    policy: "strict",
    codec: "varint",
    net: parseNetSpec(net, () => trace),
    consumers: 1,
    sendEveryFrames: 1,
    mtuBytes: 1200,
    historyFrames: 64,
    seed: 7,
    ...change,
  };
}

function shotAt(timeMs: number, index: number, numbers: Record<string, number> = {}): Shot {
  const frame = Math.floor(timeMs / FRAME_MS);
  return { ...makeShot(frame, timeMs, [0, 0, 0], [600, 0, 0], numbers), index };
}

type World = ReturnType<typeof makeWorld>;

async function viewsOf(
  { history, snapshots }: World,
  shots: readonly Shot[],
  run: RunOptions,
  interpMs?: number,
): Promise<ShooterViews> {
  return await shooterViews(LAYOUT, snapshots, history, shots, MODEL, {
    run,
    interpMs,
    teleport: UNITS_100,
  });
}

const running = makeWorld((frame) => frame * 10);

test("shooterViews: without a network a strict view is the truth at the interpolation delay", async () => {
  const shots = [
    shotAt(1000, 0),
    shotAt(1007, 1),
    shotAt(1500, 2),
    shotAt(1500, 3, { interp: 75 }),
  ];
  const { fault, views } = await viewsOf(running, shots, runOver("none"), 50);
  assert.equal(fault, undefined);
  // Newest applied frame less 50 ms: 2.5 frames; the last shot has an interpolation of its own.
  assert.deepEqual(shots.map(({ index }) => views.get(index)!.viewFrame), [
    47.5,
    47.5,
    72.5,
    71.25,
  ]);
  assert.deepEqual(shots.map(({ index }) => views.get(index)!.newestFrame), [50, 50, 75, 75]);
  assert.deepEqual(views.get(0)!.poses, [
    { id: 2, kind: "player", x: 300, y: 475, z: 0, yawDegrees: 0, isAlive: true },
  ]);
  for (const view of views.values()) {
    assert.deepEqual(seenErrors(running.history, view, MODEL, UNITS_100), [
      { id: 2, errorUnits: 0, errorFrames: 0 },
    ]);
  }
  const summary = summarizeShooterViews(running.history, shots, views, MODEL, UNITS_100);
  assert.deepEqual([summary.shots, summary.errorUnits.max, summary.errorFrames.max], [4, 0, 0]);
});

test("shooterViews: what is owed is up + wait for the frame + down + interpolation", async () => {
  const shots = [shotAt(1000, 0), shotAt(1013, 1)];
  const { views } = await viewsOf(running, shots, runOver("delay.up=30,delay.down=45"), 50);
  // Fired at 970 and 983: what was sent until 925 and 938 has arrived, the last is frame 46 (920).
  assert.deepEqual([0, 1].map((i) => views.get(i)!.newestFrame), [46, 46]);
  const owed = [0, 1].map((i) => seenRewindMs(running.history, views.get(i)!, shots[i]!));
  assert.deepEqual(owed, [30 + 5 + 45 + 50, 30 + 18 + 45 + 50]);
});

test("shooterViews: a packet that append lost leaves a pose behind, which is stale-view", async () => {
  // It runs until frame 45 and stands; the packet of frame 45 is lost, so 440 is what stays.
  const stopping = makeWorld((frame) => Math.min(frame, 45) * 10);
  const trace = "packet,send_ms,delay_ms,lost\n" + Array.from(
    { length: 120 },
    (_, i) => `${i},${i * FRAME_MS},0,${i === 45 ? 1 : 0}\n`,
  ).join("");
  const run = runOver("trace:lost.csv", { policy: "append" }, trace);
  const shot: Shot = {
    ...makeShot(60, 1200, [0, 440, 0], [600, 440, 0], {}, 2),
    index: 0,
  };
  const { views } = await viewsOf(stopping, [shot], run);
  const view = views.get(0)!;
  assert.deepEqual([view.viewFrame, view.poses[0]!.y], [60, 440]);
  assert.deepEqual(seenErrors(stopping.history, view, MODEL, UNITS_100), [
    { id: 2, errorUnits: 10, errorFrames: 16 },
  ]);
  const policy = parseRewindPolicy("none");
  const judged = judgeShot(stopping.history, shot, policy, MODEL, { shooterView: view });
  assert.equal(judged.verdict.victim, null);
  assert.equal(judged.cause?.rule, "client-view");
  const strict = await viewsOf(stopping, [shot], { ...run, policy: "strict" });
  assert.equal(strict.views.get(0)!.poses[0]!.y, 450);
});

test("shooterViews: shooters have clients of their own, and none before anything arrived", async () => {
  const early = shotAt(20, 0);
  const other = { ...shotAt(1000, 1), shooter: 2 };
  const run = runOver("delay=40,jitter=20,loss=20%");
  const { views } = await viewsOf(running, [early, other, shotAt(1000, 2)], run);
  assert.equal(views.has(0), false);
  assert.deepEqual(views.get(1)!.poses.map(({ id }) => id), [1]);
  assert.deepEqual(views.get(2)!.poses.map(({ id }) => id), [2]);
  const again = await viewsOf(running, [early, other, shotAt(1000, 2)], run);
  assert.deepEqual([...again.views], [...views]);
});

test("shooterViews: a wide step is not interpolated, and nobody extrapolates", async () => {
  const jumping = makeWorld((frame) => frame < 50 ? 0 : 1000);
  const { views } = await viewsOf(jumping, [shotAt(1000, 0)], runOver("none"), 10);
  assert.equal(views.get(0)!.viewFrame, 49.5);
  assert.equal(views.get(0)!.poses[0]!.y, 0);
  // Every fifth frame is sent: between two of them the client's clock stands.
  const sparse = await viewsOf(running, [shotAt(1099, 0)], runOver("none", { sendEveryFrames: 5 }));
  assert.deepEqual([sparse.views.get(0)!.newestFrame, sparse.views.get(0)!.poses[0]!.y], [50, 500]);
});

test("shooterViews refuses a run that cannot be", async () => {
  await assert.rejects(
    () => viewsOf(running, [shotAt(100, 0)], runOver("none", { mtuBytes: 1 })),
    /mtuBytes is 1/,
  );
  const none = await viewsOf(running, [], runOver("none"));
  assert.equal(none.views.size, 0);
});

test("shooterViews of a recording before time 0 are those of one from 0 on", async () => {
  const seenFrom = async (startMs: number) => {
    const world = makeWorld((frame) => frame * 10, 120, startMs);
    const shots = [400, 613, 1000, 1777, 2100].map((ms, i) => ({
      ...shotAt(ms, i),
      timeMs: startMs + ms,
    }));
    const run = runOver("delay=40,jitter=20,loss=10%,rate=100,queue=5");
    const { views, fault } = await viewsOf(world, shots, run, 50);
    assert.equal(fault, undefined);
    return [...views];
  };
  const wanted = await seenFrom(0);
  assert.equal(wanted.length, 5);
  for (const startMs of [-1000, -9000]) assert.deepEqual(await seenFrom(startMs), wanted);
});
