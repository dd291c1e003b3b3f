import type { ModelPlan } from "./model_plan.ts";
import { copyTargetness, type Pose } from "./pose.ts";
import { shorterArc } from "../../core/geometry/angle.ts";
import { slerp, turnBetween } from "../../core/geometry/rotation.ts";
import { turnBackAbout, turnBackBy } from "./turn_back.ts";

/**
 * Pose at a part (0 to 1) of the way from one row to the next, whole: the position in a straight
 * line, the yaw by the shorter arc, a quaternion by slerp. What the entity is stays as at the
 * earlier row.
 */
export function poseBetween(from: Pose, to: Pose, part: number, plan: ModelPlan, out: Pose): void {
  if (out !== from) copyTargetness(from, out);
  out.x = from.x + (to.x - from.x) * part;
  out.y = from.y + (to.y - from.y) * part;
  out.z = from.z + (to.z - from.z) * part;
  out.yawDegrees = from.yawDegrees + shorterArc(from.yawDegrees, to.yawDegrees) * part;
  const isRotated = plan.kinds[from.kind]?.rotation !== undefined;
  if (isRotated) slerp(from.rotation, to.rotation, part, out.rotation);
}

/** Turn from one pose to the next in degrees, 0 to 180. */
export function turnDegrees(from: Pose, to: Pose, plan: ModelPlan): number {
  return plan.kinds[from.kind]!.rotation === undefined
    ? Math.abs(shorterArc(from.yawDegrees, to.yawDegrees))
    : turnBetween(from.rotation, to.rotation);
}

/** Turns a vector from the world's axes back to those of a pose, in place. */
export function turnBackTo(pose: Pose, plan: ModelPlan, vector: [number, number, number]): void {
  if (plan.kinds[pose.kind]!.rotation !== undefined) turnBackBy(pose.rotation, vector);
  else if (pose.yawDegrees !== 0) turnBackAbout(plan.up, pose.yawDegrees, vector);
}
