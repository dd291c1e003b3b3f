import { listedWords, nearestWord } from "../../core/names/nearest_word.ts";
import { POLICY_NAMES } from "../policy/policy_text.ts";
import { decide, emptyDecision, type RewindDecision } from "../policy/decision.ts";
import type { NumberLookup } from "../policy/expression.ts";
import type { Moment } from "../policy/moment.ts";
import type { PoseRules, RewindPolicy } from "../policy/policy.ts";
import { missingNumber } from "../policy/shot_numbers.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import { ShotError } from "../shot/shot_error.ts";
import type { Case } from "./case.ts";
import type { Cause } from "./cause/cause.ts";
import { findCause } from "./cause/find_cause.ts";
import { Judge } from "./judge.ts";
import { FLIP_MS, type JudgeOptions } from "./judge_options.ts";
import { type PlacedShot, placeShot } from "./placed_shot.ts";
import { poseRules, teleportOf } from "./pose_rules.ts";
import { TargetPoses } from "./target_poses.ts";
import { emptyVerdict, type Verdict } from "./verdict.ts";

/** A shot under one policy. */
export interface ShotResult extends Case {
  /** Who was hit. */
  readonly verdict: Verdict;
  /** Why policy and game differ, as far as this shot says; undefined without a verdict of the game. */
  readonly cause: Cause | undefined;
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

/** Judges a shot that was placed. @throws as {@linkcode judgeShot} */
export function judgeIn(
  { fullMoment, model, moment, numbers, shot }: PlacedShot,
  policy: RewindPolicy,
  rules: PoseRules,
  { ageMs, flipMs = FLIP_MS, medianAgeMs, ringFrames, shooterView }: JudgeOptions,
): ShotResult {
  const decision = decideShot(shot, policy, numbers, moment);
  const verdict = emptyVerdict();
  new Judge(new TargetPoses(moment, rules, planOf(model)), shot).judge(decision, verdict);
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
        : `policy ${policy.name} needs ${missing.replaceAll("|", " or ")}, which the shot lacks; ${
          numbersText(policy.name, shot)
        }`,
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

/** What a shot has instead of a number, and what a word may be meant for that is no policy. */
function numbersText(policy: string, { numbers }: Shot): string {
  const near = nearestWord(policy, POLICY_NAMES);
  const meant = near === undefined || near === policy ? "" : `did you mean ${near}? `;
  const names = [...numbers.keys()];
  return meant + (names.length === 0 ? "it has no numbers" : `it has ${listedWords(names)}`);
}
