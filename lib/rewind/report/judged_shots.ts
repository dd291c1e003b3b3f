import type { Cause } from "../verdict/cause/cause.ts";
import { findReasons } from "../verdict/cause/find_reasons.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { PoseSource } from "../shape/pose.ts";
import { type ShotAges, shotAgesMs } from "../shot/shooter_path.ts";
import type { Shot } from "../shot/shot.ts";
import { ShotError } from "../shot/shot_error.ts";
import { judgeIn, type ShotResult } from "../verdict/shot_result.ts";
import type { JudgeOptions } from "../verdict/judge_options.ts";
import { placeShot } from "../verdict/placed_shot.ts";
import { poseRules, teleportOf } from "../verdict/pose_rules.ts";
import { type PolicySummary, summaryOf } from "./policy_summary.ts";
import type { RewindReportOptions } from "./report_options.ts";

/** Every shot under one policy. */
export interface JudgedShots {
  /** Text of the policy. */
  readonly policy: string;
  /** What was made of each shot that could be judged. */
  readonly results: readonly ShotResult[];
  /** Why policy and game differ on each, looking at all. */
  readonly causes: readonly (Cause | undefined)[];
  /** Shots that could not be judged. */
  readonly skipped: number;
  /** Totals. */
  readonly summary: PolicySummary;
}

/**
 * Every shot under every policy, with reasons that look at all of them.
 *
 * @param onVerdict called after each shot under each policy
 * @throws {ShotError} when a shot lacks a number that a policy needs, unless `skipBad` is set
 */
export function judgeShots(
  source: PoseSource,
  shots: readonly Shot[],
  policies: readonly RewindPolicy[],
  model: HitModel,
  options: RewindReportOptions = {},
  onVerdict?: () => void,
): JudgedShots[] {
  const ages = shotAgesMs(source, shots);
  const teleport = teleportOf(source, model, options);
  let unplaced = 0;
  const orSkip = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch (error) {
      if (!options.skipBad || !(error instanceof ShotError)) throw error;
      return undefined;
    }
  };
  const placed = shots.flatMap((shot, i) => {
    const shotOptions = caseOptions(shot, i, ages, options);
    const place = orSkip(() => placeShot(source, shot, model, shotOptions));
    if (place === undefined) unplaced++;
    return place === undefined ? [] : [{ place, shotOptions }];
  });
  return policies.map((policy) => {
    const rules = poseRules(policy, teleport);
    const results = placed.flatMap(({ place, shotOptions }) => {
      const result = orSkip(() => judgeIn(place, policy, rules, shotOptions));
      onVerdict?.();
      return result ?? [];
    });
    const skipped = unplaced + placed.length - results.length;
    return sumUp(policy.name, results, skipped);
  });
}

/** What one shot of many is judged with. */
function caseOptions(
  shot: Shot,
  index: number,
  ages: ShotAges,
  options: RewindReportOptions,
): JudgeOptions {
  return {
    ringFrames: options.ringFrames,
    eventsFirst: options.eventsFirst,
    teleport: options.teleport,
    teleportUnits: options.teleportUnits,
    flipMs: options.flipMs,
    shooterView: options.shooterViewOf?.(shot),
    ...(ages.found === 0 ? {} : { ageMs: ages.agesMs[index]!, medianAgeMs: ages.medianMs }),
  };
}

function sumUp(policy: string, results: readonly ShotResult[], skipped: number): JudgedShots {
  const causes = findReasons(results);
  return {
    policy,
    results,
    causes,
    skipped,
    summary: summaryOf(policy, results, causes, skipped),
  };
}

/**
 * Totals of several recordings as if they were one, with reasons that look at all their shots, for the
 * policies that every recording was judged by.
 */
export function poolShots(recordings: readonly (readonly JudgedShots[])[]): PolicySummary[] {
  const [first = [], ...others] = recordings;
  return first.flatMap(({ policy }) => {
    const same = [first, ...others].map((judged) =>
      judged.find((shots) => shots.policy === policy)
    );
    if (same.includes(undefined)) return [];
    const results = same.flatMap((shots) => shots!.results);
    const skipped = same.reduce((sum, shots) => sum + shots!.skipped, 0);
    return [sumUp(policy, results, skipped).summary];
  });
}
