import { planOf } from "../shape/model_plan.ts";
import type { HitInterval } from "./hit_interval.ts";
import { commonIntervals, settledIntervals } from "./hit_intervals.ts";
import { FLIP_MS } from "./judge_options.ts";
import { RayCaster } from "./ray_caster.ts";
import type { ShotResult } from "./shot_result.ts";
import { emptyTargetPose } from "./target_pose.ts";
import { TargetPoses } from "./target_poses.ts";

/**
 * Distance by which a shot hit or missed, see {@linkcode marginUnits}: to its victim; for a miss to
 * the game's victim if it has one, else to the nearest target. Null without a target.
 */
export function resultMargin(result: ShotResult): number | null {
  const { decision, model, moment, rules, shot, verdict } = result;
  const plan = planOf(model);
  const poses = new TargetPoses(moment, rules, plan);
  const caster = new RayCaster(plan, shot.ray);
  const pose = emptyTargetPose();
  const subject = verdict.victim ?? (typeof shot.verdict === "number" ? shot.verdict : null);
  const marginOf = (id: number): number =>
    poses.at(decision, id, pose) ? caster.marginUnits(pose) : Infinity;
  let best = subject === null ? Infinity : marginOf(subject);
  if (best === Infinity) {
    for (const id of poses.ids(decision)) {
      if (id === shot.shooter) continue;
      const margin = marginOf(id);
      if (margin < best && poses.isTarget(pose)) best = margin;
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
  return settledIntervals(intervals, result);
}
