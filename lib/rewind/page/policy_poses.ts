import { decide, emptyDecision } from "../policy/decision.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import { shotNumbers } from "../policy/shot_numbers.ts";
import type { JudgeOptions } from "../verdict/judge_options.ts";
import { momentOfShot } from "../verdict/placed_shot.ts";
import { poseRules, teleportOf } from "../verdict/pose_rules.ts";
import { emptyTargetPose, type TargetPose } from "../verdict/target_pose.ts";
import { TargetPoses } from "../verdict/target_poses.ts";

/**
 * Whole poses of targets as a policy has them at a shot that it can judge: an explanation holds their
 * place and yaw only.
 *
 * @returns pose of an entity, which the next call overwrites; undefined when it was not there
 */
export function policyPoses(
  source: PoseSource,
  shot: Shot,
  policy: RewindPolicy,
  model: HitModel,
  options: JudgeOptions,
): (id: number) => TargetPose | undefined {
  const moment = momentOfShot(source, shot, model, options);
  const decision = emptyDecision();
  decide(policy, shotNumbers(source, shot, options.ageMs), moment, decision);
  const rules = poseRules(policy, teleportOf(source, model, options));
  const poses = new TargetPoses(moment, rules, planOf(model));
  const pose = emptyTargetPose();
  return (id) => poses.at(decision, id, pose) ? pose : undefined;
}
