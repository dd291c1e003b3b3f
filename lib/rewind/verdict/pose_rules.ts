import { findTeleports } from "../past/find_teleports.ts";
import type { TeleportRule } from "../past/teleport.ts";
import type { PoseRules, RewindPolicy } from "../policy/policy.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { JudgeOptions } from "./judge_options.ts";

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
