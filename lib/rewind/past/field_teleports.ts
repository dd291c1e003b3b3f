import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import { emptyPose, type PoseSource } from "../shape/pose.ts";
import type { TeleportRule } from "./teleport.ts";

/**
 * The rule by the model's teleport field, as its values mean it: a field that is only ever true or
 * false, 0 or 1, is a flag of the row that was reached; one with other values, as a counter, tells a
 * teleport by its change.
 *
 * @param source poses of a recording that were read with this model
 */
export function fieldTeleports(source: PoseSource, model: HitModel): TeleportRule {
  const { teleportFact } = planOf(model);
  const pose = emptyPose();
  for (let index = 0; index < source.length; index++) {
    for (let i = 0; i < source.countAt(index); i++) {
      source.readPose(index, i, pose);
      const value = pose.facts[teleportFact];
      if (pose.kind >= 0 && value !== undefined && !FLAGS.has(value)) {
        return { by: "field", as: "change" };
      }
    }
  }
  return { by: "field", as: "flag" };
}

const FLAGS: ReadonlySet<unknown> = new Set([true, false, 0, 1]);
