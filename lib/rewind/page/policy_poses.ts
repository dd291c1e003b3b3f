import { decide, emptyDecision } from "../policy/decision.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import { shotNumbers } from "../policy/shot_numbers.ts";
import { type JudgeOptions, momentOfShot, poseRules, teleportOf } from "../verdict/shot_result.ts";
import { emptyTargetPose, type TargetPose, targetPose } from "../verdict/target_pose.ts";

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
  const plan = planOf(model);
  const pose = emptyTargetPose();
  return (id) => targetPose(moment, decision, rules, plan, id, pose) ? pose : undefined;
}
