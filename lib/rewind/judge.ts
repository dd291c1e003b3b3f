import type { RewindDecision } from "./decision.ts";
import type { HitModel } from "./hit_model.ts";
import { type HitShape, shapeEntry, shapeMargin } from "./hit_shape.ts";
import { emptyLocalRay, type LocalRay, setLocalRay } from "./local_ray.ts";
import type { Moment } from "./moment.ts";
import type { PoseRules } from "./policy.ts";
import type { Pose } from "./pose.ts";
import type { Ray } from "./ray.ts";
import { emptyTargetPose, targetPose } from "./target_pose.ts";

/** Whom a ray hits first. */
export interface Verdict {
  /** Entity, or null for a miss. */
  victim: number | null;
  /** Name of the shape that was entered first; undefined for a miss or a shape without a name. */
  shape: string | undefined;
  /** Distance along the ray in units; Infinity for a miss. */
  distanceUnits: number;
}

/** A verdict that says miss. */
export function emptyVerdict(): Verdict {
  return { victim: null, shape: undefined, distanceUnits: Infinity };
}

const pose = emptyTargetPose();
const local: LocalRay = emptyLocalRay();

/**
 * Casts a ray at every target of a decision; the nearest along the ray is the victim, of equals the
 * lowest id. The shooter, the dead and kinds without shapes are no targets.
 */
export function judge(
  moment: Moment,
  decision: RewindDecision,
  rules: PoseRules,
  model: HitModel,
  shooter: number,
  ray: Ray,
  out: Verdict,
): void {
  out.victim = null;
  out.shape = undefined;
  out.distanceUnits = Infinity;
  const listIndex = rules.stopUnits === undefined ? decision.index : moment.nowIndex;
  const count = moment.source.countAt(listIndex);
  for (let i = 0; i < count; i++) {
    const id = moment.source.idAt(listIndex, i);
    if (id === shooter || !targetPose(moment, decision, rules, id, pose)) continue;
    if (pose.isAlive || rules.ignoresAlive === true) hitTarget(model, pose, ray, id, out);
  }
}

/** Takes the target as the victim when the ray enters it before what was hit so far. */
export function hitTarget(
  model: HitModel,
  target: Pose,
  ray: Ray,
  id: number,
  out: Verdict,
): void {
  for (const shape of model.kinds[target.kind]!.shapes) {
    placeRay(shape, target, ray, local);
    const entry = shapeEntry(shape, local);
    if (entry < 0 || entry >= out.distanceUnits) continue;
    out.victim = id;
    out.shape = shape.name;
    out.distanceUnits = entry;
  }
}

/**
 * Signed distance between a ray and the nearest shape of a target: above 0 the gap by which it
 * missed, at most 0 for a hit (how deep the ray's deepest point lay under the surface); Infinity
 * for a kind without shapes.
 */
export function marginUnits(model: HitModel, target: Pose, ray: Ray): number {
  let best = Infinity;
  for (const shape of model.kinds[target.kind]!.shapes) {
    placeRay(shape, target, ray, local);
    const margin = shapeMargin(shape, local);
    // The verdict is the entry's; rounding must not give a graze the other sign.
    const signed = shapeEntry(shape, local) < 0 ? Math.max(margin, 0) : Math.min(margin, 0);
    if (signed < best) best = signed;
  }
  return best;
}

/** Writes the ray as a shape of a target sees it. */
export function placeRay(shape: HitShape, target: Pose, ray: Ray, out: LocalRay): void {
  const yaw = shape.turns === true ? target.yawDegrees : 0;
  setLocalRay(out, ray, target.x, target.y, target.z, yaw);
}
