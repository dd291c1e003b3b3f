import { emptyDecision, goBackMs } from "../policy/decision.ts";
import { flipMap } from "../verdict/flip_map.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { emptyVerdict } from "../verdict/verdict.ts";
import { Judge } from "../verdict/judge.ts";
import { planOf } from "../shape/model_plan.ts";
import { TargetPoses } from "../verdict/target_poses.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { RewindReportOptions } from "./report_options.ts";
import { type RuleSample, type RuleSearch, searchRule } from "./rule_search.ts";
import { type ShotAges, shotAgesMs } from "../shot/shooter_path.ts";
import { agreesWith, type Shot } from "../shot/shot.ts";
import { FLIP_MS, type JudgeOptions } from "../verdict/judge_options.ts";
import { momentOfShot } from "../verdict/placed_shot.ts";
import { poseRules, teleportOf } from "../verdict/pose_rules.ts";

/** What is swept, and how shots are judged. */
export type SweepOptions =
  & Pick<JudgeOptions, "eventsFirst" | "ringFrames" | "teleport" | "teleportUnits">
  & Pick<RewindReportOptions, "onSwept">
  & NonNullable<RewindReportOptions["sweep"]>;

/** Accuracy of one fixed rewind. */
export interface SweepPoint {
  /** Rewind of all shots in milliseconds. */
  readonly rewindMs: number;
  /** Share of the shots on which it agrees with the game. */
  readonly accuracy: number;
}

/** Answer of {@linkcode sweepShots}. */
export interface Sweep {
  /** Shots with a verdict of the game. */
  readonly shots: number;
  /** Accuracy by fixed rewind. */
  readonly points: readonly SweepPoint[];
  /** Best rule `a*ping + b`, counted from the event's time; undefined when no shot has a ping. */
  readonly byEvent?: RuleSearch;
  /**
   * Best rule `age + a*ping + b`: counted from the time at which the shooter stood where the ray
   * starts. Undefined when that can be told of less than half of the shots.
   */
  readonly byPath?: RuleSearch;
}

/**
 * Accuracy over fixed rewinds, and the best rules over the ping.
 *
 * Shots without a verdict of the game are left out; the rules leave out shots without a ping.
 *
 * @throws {RangeError} when the range of rewinds is empty or the step not above 0
 */
export function sweepShots(
  source: PoseSource,
  shots: readonly Shot[],
  model: HitModel,
  options: SweepOptions = {},
): Sweep {
  const fromMs = options.fromMs ?? 0;
  const toMs = options.toMs ?? FLIP_MS;
  const stepMs = options.stepMs ?? 1;
  if (!(fromMs >= 0 && toMs >= fromMs && stepMs > 0 && toMs < Infinity)) {
    throw new RangeError(`Cannot sweep ${fromMs} to ${toMs} ms by ${stepMs} ms`);
  }
  const judged = shots.filter((shot) => shot.verdict !== undefined);
  const rules = poseRules({}, teleportOf(source, model, options));
  const steps = Math.floor((toMs - fromMs) / stepMs + 1e-9);
  const agrees = new Uint32Array(steps + 1);
  const decision = emptyDecision();
  const verdict = emptyVerdict();
  for (const shot of judged) {
    options.onSwept?.();
    const moment = momentOfShot(source, shot, model, options);
    const judge = new Judge(new TargetPoses(moment, rules, planOf(model)), shot);
    for (let k = 0; k <= steps; k++) {
      goBackMs(moment, fromMs + k * stepMs, decision);
      judge.judge(decision, verdict);
      if (agreesWith(shot.verdict, verdict.victim) === true) agrees[k]!++;
    }
  }
  const ages = shotAgesMs(source, judged);
  const samples = ruleSamples(source, shots, model, { ...options, toMs }, ages);
  const byEvent = searchRule(samples.map((sample) => ({ ...sample, offsetMs: 0 })));
  const isPathKnown = ages.found * 2 >= judged.length && ages.found > 0;
  const byPath = isPathKnown ? searchRule(samples, "age") : undefined;
  return {
    shots: judged.length,
    points: Array.from(agrees, (count, k) => ({
      rewindMs: fromMs + k * stepMs,
      accuracy: judged.length === 0 ? 0 : count / judged.length,
    })),
    ...(byEvent === undefined ? {} : { byEvent }),
    ...(byPath === undefined ? {} : { byPath }),
  };
}

/**
 * What every shot that has a ping and a verdict of the game says about rules over the ping.
 *
 * @param ages ages of the shots that have a verdict, in their order
 */
export function ruleSamples(
  source: PoseSource,
  shots: readonly Shot[],
  model: HitModel,
  options: SweepOptions = {},
  ages?: ShotAges,
): RuleSample[] {
  // A narrow sweep is no reason to search rules no farther.
  const maxMs = Math.max(options.toMs ?? 0, FLIP_MS);
  const judged = shots.filter((shot) => shot.verdict !== undefined);
  const { agesMs } = ages ?? shotAgesMs(source, judged);
  const rules = poseRules({}, teleportOf(source, model, options));
  return judged.flatMap((shot, i) => {
    options.onSwept?.();
    const pingMs = shot.numbers.get("ping");
    if (pingMs === undefined) return [];
    const moment = momentOfShot(source, shot, model, options);
    const agreeing = flipMap(moment, shot, model, { maxMs, rules }).spans
      .filter((span) => agreesWith(shot.verdict, span.victim) === true)
      .flatMap((span) => [span.fromMs, span.toMs]);
    return [{ shooter: shot.shooter, pingMs, offsetMs: agesMs[i]!, agreeing }];
  });
}
