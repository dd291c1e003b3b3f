import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import type { MomentOptions } from "../policy/moment.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import { momentOfShot } from "./placed_shot.ts";
import { poseRules } from "./pose_rules.ts";
import { emptyTargetPose } from "./target_pose.ts";
import { TargetPoses } from "./target_poses.ts";
import { NO_TELEPORTS } from "../past/teleport.ts";

/** Whom the tests of a model let through. */
export interface PassedTests {
  /** True when, at some shot, anybody but the shooter is a target. */
  readonly hasTargets: boolean;
  /** True when any of those is rewound. */
  readonly hasRewound: boolean;
}

/**
 * Whether anybody passes the tests of a model in the states that shots met: a test against a value
 * that no row has is no error, and lets nobody through.
 *
 * @throws as {@linkcode momentOfShot}
 */
export function passedTests(
  source: PoseSource,
  shots: readonly Shot[],
  model: HitModel,
  options: MomentOptions = {},
): PassedTests {
  const plan = planOf(model);
  const rules = poseRules({}, NO_TELEPORTS);
  const pose = emptyTargetPose();
  let hasTargets = false;
  for (const shot of shots) {
    const moment = momentOfShot(source, shot, model, options);
    const poses = new TargetPoses(moment, rules, plan);
    for (const id of poses.ids({ index: moment.presentIndex })) {
      if (id === shot.shooter || !poses.now(id, pose) || !poses.isTarget(pose)) continue;
      if (pose.isRewound) return { hasTargets: true, hasRewound: true };
      hasTargets = true;
    }
  }
  return { hasTargets, hasRewound: false };
}
