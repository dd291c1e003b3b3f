import type { Frame } from "../../core/time/frame.ts";
import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { Ring } from "../../core/time/ring.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import { type ClampReason, decide, emptyDecision, usedFramePoint } from "../policy/decision.ts";
import { EntityIds, PLAIN_IDS } from "../ids/entity_ids.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { emptyVerdict } from "../verdict/verdict.ts";
import { Judge } from "../verdict/judge.ts";
import { planOf } from "../shape/model_plan.ts";
import { emptyTargetPose } from "../verdict/target_pose.ts";
import { type PastPoint, TargetPoses } from "../verdict/target_poses.ts";
import type { Vector } from "../shape/vector.ts";
import type { NumberLookup } from "../policy/expression.ts";
import { momentOf } from "../policy/moment.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { Ray } from "../shape/ray.ts";
import { RingPoses } from "../past/ring_poses.ts";
import type { Shot } from "../shot/shot.ts";
import { missingNumber, shotNumbers } from "../policy/shot_numbers.ts";
import { poseRules } from "../verdict/pose_rules.ts";
import { NO_TELEPORTS, type TeleportRule } from "../past/teleport.ts";

/** A shot as a running server has it: it is decided at the ring's newest frame. */
export interface LiveShot {
  /** Entity that shoots. */
  readonly shooter: number;
  /** What is tested. */
  readonly ray: Ray;
  /** Numbers for policies, as `ping`, `interp` and `stamp`; one that is not finite counts as absent. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Server time in milliseconds; default the newest frame's. */
  readonly timeMs?: number;
}

/** How a running server rewinds. */
export interface RewindOptions {
  /** What can be hit. */
  readonly model: HitModel;
  /** Which steps are teleports, over which the earlier row stands; default none. */
  readonly teleport?: TeleportRule;
  /** Short for a `teleport` by units. */
  readonly teleportUnits?: number;
  /** Ids of the game, which conditions on `id` read; default entities are their own. */
  readonly names?: ReadonlyEntityNames;
}

/** Answer of {@linkcode rewind}. */
export interface RewindAnswer {
  /** Frame of the decision: the newest of the ring. */
  readonly frame: Frame;
  /** Server time of the decision in milliseconds. */
  readonly timeMs: number;
  /** Name of the policy. */
  readonly policy: string;
  /** Numbers that the policy read, by name: the shot's own, and those that come from the ring. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Entity that is hit first, or null. */
  readonly victim: number | null;
  /** Name of the shape that was hit. */
  readonly shape: string | undefined;
  /** Distance along the ray in units; Infinity for a miss. */
  readonly distanceUnits: number;
  /** Where the victim stood at the used time; undefined for a miss. */
  readonly position: Vector | undefined;
  /** Frame at the wanted time, with a fraction; -1 when the ring does not hold it. */
  readonly wantedFrame: number;
  /** Frame at the used time, with a fraction. */
  readonly usedFrame: number;
  /** Milliseconds to go back as the formula gives them. */
  readonly wantedMs: number;
  /** Milliseconds that it went back. */
  readonly usedMs: number;
  /** What kept it from what it wanted, or null. */
  readonly clamp: ClampReason | null;
}

/**
 * Rewinds a server's ring for one shot. A pure query: neither ring nor snapshots change.
 *
 * The first call for a ring makes a view of it, which later calls use again; beyond that a call
 * allocates its answer and what it takes to make one pose after another.
 *
 * @throws {RangeError} when the ring is empty, has no frame with the shooter or begins after the shot,
 *   when the shot lacks a number that the policy needs, or the policy counts in frame intervals and
 *   the ring holds one frame
 * @throws {TypeError} when the snapshots lack a kind or a field that the model names, or an argument
 *   is none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Ring } from "@hindcast/hindcast";
 * import { parseHitModel, parseRewindPolicy, rayBetween, rewind } from "@hindcast/hindcast/rewind";
 * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "player", fields: [{ name: "x", type: "f32" }, { name: "y", type: "f32" }] }],
 * });
 * const ring = new Ring<Snapshot>(64);
 * for (let frame = 0; frame < 10; frame++) {
 *   const entities = [
 *     { id: 1, kind: "player", fields: { x: frame * 10, y: 100 } },
 *     { id: 2, kind: "player", fields: { x: 40, y: 0 } },
 *   ];
 *   ring.push(frame, Snapshot.of(layout, { frame, timeMs: frame * 20, entities }));
 * }
 * const shot = {
 *   shooter: 2,
 *   ray: rayBetween([40, 0, 0], [40, 200, 0]),
 *   numbers: new Map([["ping", 60], ["interp", 40]]),
 * };
 * const options = { model: parseHitModel(["player=sphere:4"]) };
 * assert.equal(rewind(ring, parseRewindPolicy("none"), shot, options).victim, null);
 * assert.equal(rewind(ring, parseRewindPolicy("rtt+interp"), shot, options).victim, 1);
 * ```
 */
export function rewind(
  ring: Ring<Snapshot>,
  policy: RewindPolicy,
  shot: LiveShot,
  options: RewindOptions,
): RewindAnswer {
  assertArguments(ring, policy, shot, options);
  const poses = posesOf(ring, options);
  const now = poses.length - 1;
  if (now < 0) throw new RangeError("Cannot rewind: the ring is empty");
  if (!isKnown(poses, shot.shooter)) {
    const shooter = JSON.stringify(poses.ids.idOf(shot.shooter));
    throw new RangeError(`Cannot rewind: shooter ${shooter} is in no frame of the ring`);
  }
  const timeMs = shot.timeMs ?? poses.timeMsAt(now);
  if (!(timeMs >= poses.timeMsAt(0) && timeMs < Infinity)) {
    throw new RangeError(
      `Cannot rewind: timeMs is ${timeMs}, and the ring begins at ${poses.timeMsAt(0)} ms`,
    );
  }
  // The ring's newest frame is the state that the shot meets: nothing of the shot is in it yet.
  const whole: Shot = {
    ...shot,
    numbers: finite(shot.numbers),
    timeMs,
    index: 0,
    frame: poses.frameAt(now),
    isBetweenFrames: true,
    verdict: undefined,
  };
  const read = new Map<string, number>();
  const numberOf = shotNumbers(poses, whole);
  const numbers: NumberLookup = (name) => {
    const value = numberOf(name);
    if (value !== undefined) read.set(name, value);
    return value;
  };
  const missing = missingNumber(policy, numbers);
  if (missing !== undefined) {
    throw new RangeError(`Cannot rewind: policy ${policy.name} needs ${missing}`);
  }
  const moment = { ...momentOf(poses, whole, options.model), oldestLimit: "ring" as const };
  const decision = emptyDecision();
  decide(policy, numbers, moment, decision);
  const { teleport = NO_TELEPORTS, teleportUnits } = options;
  const rules = poseRules(
    policy,
    teleportUnits === undefined ? teleport : { by: "units", units: teleportUnits },
  );
  const verdict = emptyVerdict();
  const targets = new TargetPoses(moment, rules, planOf(options.model));
  new Judge(targets, shot).judge(decision, verdict);
  return {
    frame: whole.frame,
    timeMs,
    policy: policy.name,
    numbers: read,
    victim: verdict.victim,
    shape: verdict.shape,
    distanceUnits: verdict.distanceUnits,
    position: positionOf(verdict.victim, targets, decision),
    wantedFrame: decision.wantedFramePoint,
    usedFrame: usedFramePoint(moment, decision),
    wantedMs: decision.wantedMs,
    usedMs: decision.usedMs,
    clamp: decision.clamp,
  };
}

/** Refuses what types would refuse, of who has none. */
function assertArguments(
  ring: Ring<Snapshot>,
  policy: RewindPolicy,
  shot: LiveShot,
  options: RewindOptions,
): void {
  const refuse = (what: string): never => {
    throw new TypeError(`Cannot rewind: ${what}`);
  };
  if (typeof ring?.get !== "function") refuse("there is no ring");
  if (typeof policy?.wish !== "function") refuse("the policy is none; parseRewindPolicy makes one");
  if (!Array.isArray(options?.model?.kinds)) refuse("there is no model; parseHitModel makes one");
  if (typeof shot?.numbers?.get !== "function") refuse("the shot's numbers are no Map");
  const { direction, origin } = shot.ray ?? {};
  if (!Array.isArray(direction) || !Array.isArray(origin)) {
    refuse("the shot's ray is none; rayBetween and rayInDirection make one");
  }
  if (shot.timeMs !== undefined && typeof shot.timeMs !== "number") refuse("timeMs is no number");
  assertTeleportUnits(options.teleportUnits);
}

/** Checks a width of teleports. @throws {RangeError} unless it is above 0, or not given */
export function assertTeleportUnits(units: number | undefined): void {
  if (units === undefined || units > 0) return;
  throw new RangeError(`teleportUnits is ${units}, expected a number above 0`);
}

/** True when an entity is in a frame of the ring, newest first. */
function isKnown(poses: RingPoses, id: number): boolean {
  for (let index = poses.length - 1; index >= 0; index--) {
    if (poses.find(index, id) >= 0) return true;
  }
  return false;
}

function positionOf(
  victim: number | null,
  targets: TargetPoses,
  point: PastPoint,
): Vector | undefined {
  const pose = emptyTargetPose();
  if (victim === null || !targets.at(point, victim, pose)) return undefined;
  return [pose.x, pose.y, pose.z];
}

/** The numbers that are some. */
function finite(numbers: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  for (const value of numbers.values()) {
    if (Number.isFinite(value)) continue;
    return new Map([...numbers].filter(([, number]) => Number.isFinite(number)));
  }
  return numbers;
}

const views = new WeakMap<Ring<Snapshot>, RingPoses>();

function posesOf(ring: Ring<Snapshot>, { model, names }: RewindOptions): RingPoses {
  const known = views.get(ring);
  const isSame = known?.model === model && known.ids.names === (names ?? PLAIN_IDS.names);
  if (isSame) return known.refresh();
  const poses = new RingPoses(ring, model, names && new EntityIds(names));
  views.set(ring, poses);
  return poses;
}
