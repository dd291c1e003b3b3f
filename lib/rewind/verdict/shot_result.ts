import type { Cause } from "./cause.ts";
import type { Case } from "./cause_trials.ts";
import type { ShooterView } from "./shooter_view.ts";
import { decide, emptyDecision, type RewindDecision, usedFrameOf } from "../policy/decision.ts";
import type { NumberLookup } from "../policy/expression.ts";
import { findCause } from "./find_cause.ts";
import { findTeleports } from "../past/find_teleports.ts";
import { commonIntervals, type HitInterval, settledIntervals } from "./hit_interval.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { emptyVerdict, entitiesAt, isTarget, judge, marginUnits, type Verdict } from "./judge.ts";
import { planOf } from "../shape/model_plan.ts";
import { type Moment, momentOf, type MomentOptions } from "../policy/moment.ts";
import type { PoseRules, RewindPolicy } from "../policy/policy.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import { missingNumber, shotNumbers } from "../policy/shot_numbers.ts";
import { ShotError } from "../shot/shot_error.ts";
import { emptyTargetPose, targetPose } from "./target_pose.ts";
import type { TeleportRule } from "../past/teleport.ts";

/** How shots are judged. */
export interface JudgeOptions extends MomentOptions {
  /** Which steps are teleports; default what {@linkcode findTeleports} finds in the source. */
  readonly teleport?: TeleportRule | undefined;
  /** Short for a `teleport` by units. */
  readonly teleportUnits?: number | undefined;
  /** Largest rewind of the flip map in milliseconds; default 150. */
  readonly flipMs?: number | undefined;
  /** What the shooter's client showed; default unknown. */
  readonly shooterView?: ShooterView | undefined;
  /** Age of the shot in milliseconds ({@linkcode shotAgesMs}); default looked up. */
  readonly ageMs?: number | undefined;
  /** Median age of all shots in milliseconds; without it no change is `inside-frame`. */
  readonly medianAgeMs?: number | undefined;
}

/** A shot under one policy. */
export interface ShotResult extends Case {
  /** Who was hit. */
  readonly verdict: Verdict;
  /** Why policy and game differ, as far as this shot says; undefined without a verdict of the game. */
  readonly cause: Cause | undefined;
}

/** Largest rewind of a flip map when none is given, in milliseconds. */
export const FLIP_MS = 150;

/** The teleport rule that options ask for. */
export function teleportOf(
  source: PoseSource,
  model: HitModel,
  { teleport, teleportUnits }: Pick<JudgeOptions, "teleport" | "teleportUnits">,
): TeleportRule {
  if (teleport !== undefined) return teleport;
  if (teleportUnits !== undefined) return { by: "units", units: teleportUnits };
  return findTeleports(source, model).rule;
}

/** Pose rules of a policy with the caller's teleports. */
export function poseRules(policy: Pick<RewindPolicy, "rules">, teleport: TeleportRule): PoseRules {
  return { interpolates: true, teleport, ...policy.rules };
}

/**
 * The server at a shot.
 *
 * @throws {TypeError} when the model names what the source has not
 * @throws {ShotError} when the shot cannot be placed
 */
export function momentOfShot(
  source: PoseSource,
  shot: Shot,
  model: HitModel,
  options: MomentOptions,
): Moment {
  source.assertModel?.();
  try {
    return momentOf(source, shot, model, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ShotError(shot.index, ` (frame ${shot.frame})`, error.message);
  }
}

/**
 * Judges one shot under one policy.
 *
 * @throws {TypeError} when the model names a kind or a field that the source has not
 * @throws {ShotError} when the shot lacks a number that the policy needs, the policy's formula is not
 *   finite for it, or it cannot be placed
 */
export function judgeShot(
  source: PoseSource,
  shot: Shot,
  policy: RewindPolicy,
  model: HitModel,
  options: JudgeOptions = {},
): ShotResult {
  const rules = poseRules(policy, teleportOf(source, model, options));
  return judgeIn(placeShot(source, shot, model, options), policy, rules, options);
}

/**
 * Parts shots into those that can be placed and those that cannot: before the first frame, or of a
 * shooter who lacks what a condition reads of him.
 */
export function placeableShots(
  source: PoseSource,
  shots: readonly Shot[],
  model: HitModel,
  options: MomentOptions = {},
): { readonly shots: readonly Shot[]; readonly bad: readonly ShotError[] } {
  const bad: ShotError[] = [];
  const good = shots.filter((shot) => {
    try {
      momentOfShot(source, shot, model, options);
      return true;
    } catch (error) {
      if (!(error instanceof ShotError)) throw error;
      bad.push(error);
      return false;
    }
  });
  return { shots: good, bad };
}

/** What all policies share of a shot. */
export interface PlacedShot
  extends Pick<Case, "moment" | "fullMoment" | "numbers" | "shot" | "model"> {}

/** Looks up what all policies share. @throws as {@linkcode judgeShot} */
export function placeShot(
  source: PoseSource,
  shot: Shot,
  model: HitModel,
  options: JudgeOptions,
): PlacedShot {
  const moment = momentOfShot(source, shot, model, options);
  return {
    moment,
    fullMoment: options.ringFrames === undefined
      ? moment
      : momentOfShot(source, shot, model, { ...options, ringFrames: undefined }),
    numbers: shotNumbers(source, shot, options.ageMs),
    shot,
    model,
  };
}

/** Judges a shot that was placed. @throws as {@linkcode judgeShot} */
export function judgeIn(
  { fullMoment, model, moment, numbers, shot }: PlacedShot,
  policy: RewindPolicy,
  rules: PoseRules,
  { ageMs, flipMs = FLIP_MS, medianAgeMs, ringFrames, shooterView }: JudgeOptions,
): ShotResult {
  const decision = decideShot(shot, policy, numbers, moment);
  const verdict = emptyVerdict();
  judge(moment, decision, rules, model, shot.shooter, shot.ray, verdict);
  const isInside = ageMs !== undefined && medianAgeMs !== undefined;
  const result: Mutable<ShotResult> = {
    moment,
    fullMoment,
    ringFrames,
    shot,
    numbers,
    policy,
    rules,
    decision,
    victim: verdict.victim,
    model,
    shooterView,
    // A policy that goes by age already is inside the frame.
    insideFrameMs: isInside && !policy.needs.includes("age") ? ageMs - medianAgeMs : undefined,
    flipMs,
    verdict,
    cause: undefined,
  };
  result.cause = findCause(result);
  return result;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function decideShot(
  shot: Shot,
  policy: RewindPolicy,
  numbers: NumberLookup,
  moment: Moment,
): RewindDecision {
  const where = ` (frame ${shot.frame})`;
  const missing = missingNumber(policy, numbers);
  if (missing !== undefined) {
    throw new ShotError(
      shot.index,
      where,
      missing === "age"
        ? `policy ${policy.name} needs age, which needs eye in the shot map and the shooter's kind in ` +
          `the model`
        : `policy ${policy.name} needs ${missing.replaceAll("|", " or ")}, which the shot lacks`,
    );
  }
  const decision = emptyDecision();
  try {
    decide(policy, numbers, moment, decision);
  } catch (error) {
    // A formula that is not finite for this shot.
    if (!(error instanceof RangeError)) throw error;
    throw new ShotError(shot.index, where, `policy ${policy.name}: ${error.message}`);
  }
  return decision;
}

const pose = emptyTargetPose();

/**
 * Distance by which a shot hit or missed, see {@linkcode marginUnits}: to its victim; for a miss to
 * the game's victim if it has one, else to the nearest target. Null without a target.
 */
export function resultMargin(result: ShotResult): number | null {
  const { decision, model, moment, rules, shot, verdict } = result;
  const subject = verdict.victim ?? (typeof shot.verdict === "number" ? shot.verdict : null);
  const plan = planOf(model);
  const marginOf = (id: number): number =>
    targetPose(moment, decision, rules, plan, id, pose)
      ? marginUnits(model, pose, shot.ray)
      : Infinity;
  let best = subject === null ? Infinity : marginOf(subject);
  if (best === Infinity) {
    for (const id of entitiesAt(moment, decision, rules, plan)) {
      if (id === shot.shooter) continue;
      const margin = marginOf(id);
      if (margin < best && isTarget(pose, rules)) best = margin;
    }
  }
  return best === Infinity ? null : best;
}

/**
 * Rewinds at which each target is hit, as the policy makes poses, up to `flipMs` and to what it used;
 * whether the used rewind is among
 * them is what the verdict says.
 */
export function resultIntervals(result: ShotResult, flipMs: number = FLIP_MS): HitInterval[] {
  const { decision, model, moment, rules, shot } = result;
  const isLeap = decision.nextIndex > decision.index + 1;
  const leap = isLeap ? { leap: decision } : {};
  const maxMs = Math.max(flipMs, decision.usedMs);
  const intervals = commonIntervals(moment, shot, model, { maxMs, rules, ...leap });
  return settledIntervals(intervals, moment, decision, rules, shot, model);
}

/** Used frame with the place between it and the next as a fraction. */
export function usedFrame(result: ShotResult): number {
  return usedFrameOf(result.moment, result.decision);
}
