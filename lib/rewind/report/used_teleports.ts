import { countTeleports, findTeleports } from "../past/find_teleports.ts";
import type { KindSteps } from "../past/kind_steps.ts";
import type { TeleportRule } from "../past/teleport.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { JudgeOptions } from "../verdict/judge_options.ts";
import { teleportOf } from "../verdict/pose_rules.ts";

/** Which steps counted as teleports. */
export interface UsedTeleports {
  /** The rule. */
  readonly rule: TeleportRule;
  /** Steps of targets that moved from one frame to the next. */
  readonly steps: number;
  /** Those of them that the rule takes for teleports. */
  readonly above: number;
  /** The steps that it was found from; left out for a rule that was given. */
  readonly kinds?: readonly KindSteps[];
}

/** Which steps count as teleports under options, and how many do. */
export function usedTeleports(
  source: PoseSource,
  model: HitModel,
  options: Pick<JudgeOptions, "teleport" | "teleportUnits">,
): UsedTeleports {
  const rule = teleportOf(source, model, options);
  const isGiven = options.teleport !== undefined || options.teleportUnits !== undefined;
  if (isGiven) return { rule, ...countTeleports(source, model, rule) };
  const { kinds } = findTeleports(source, model);
  const sum = (count: (kind: KindSteps) => number) =>
    kinds.reduce((total, kind) => total + count(kind), 0);
  return { rule, steps: sum(({ steps }) => steps), above: sum(({ above }) => above), kinds };
}
