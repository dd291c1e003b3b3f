import type { RewindDecision } from "../policy/decision.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { type HitShape, shapeEntry, shapeMargin } from "../shape/hit_shape.ts";
import { emptyLocalRay, type LocalRay, setLocalRay, turnLocalRay } from "../shape/local_ray.ts";
import { type ModelPlan, planOf } from "../shape/model_plan.ts";
import type { Moment } from "../policy/moment.ts";
import type { PoseRules } from "../policy/policy.ts";
import type { Pose } from "../shape/pose.ts";
import { turnBackTo } from "../shape/pose_motion.ts";
import type { Ray } from "../shape/ray.ts";
import { emptyTargetPose, shapeAt, type TargetPose, targetPose } from "./target_pose.ts";

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
  const plan = planOf(model);
  const first = firstIndex(moment, decision, rules);
  const seesNow = plan.hasStanding || first > moment.beforeIndex;
  const lost = seesNow ? lostEntities(moment, first) : NOBODY;
  const count = moment.source.countAt(first);
  for (let i = 0; i < count + lost.length; i++) {
    const id = i < count ? moment.source.idAt(first, i) : lost[i - count]!;
    if (id === shooter || !targetPose(moment, decision, rules, plan, id, pose)) continue;
    if (isTarget(pose, rules)) hitTarget(model, pose, ray, id, out);
  }
}

/** True when a pose can be hit under these rules. */
export function isTarget(target: Pose, rules: PoseRules): boolean {
  return (target.isAlive || rules.ignoresAlive === true) && target.isEligible;
}

/** Index of the frame whose entities may be targets first of all. */
function firstIndex(
  moment: Moment,
  decision: Pick<RewindDecision, "index">,
  rules: PoseRules,
): number {
  return rules.stopUnits === undefined ? decision.index : moment.presentIndex;
}

/**
 * Every entity that may be a target at a decision: those of the used frame, of the newest frame where
 * some targets stand at now, and of the frame before a shot's own where that frame may have lost them.
 */
export function entitiesAt(
  moment: Moment,
  decision: Pick<RewindDecision, "index">,
  rules: PoseRules,
  plan: ModelPlan,
): number[] {
  const first = firstIndex(moment, decision, rules);
  const seesNow = plan.hasStanding || first > moment.beforeIndex;
  return [...idsAt(moment, first), ...seesNow ? lostEntities(moment, first) : []];
}

function idsAt({ source }: Moment, index: number): number[] {
  return Array.from({ length: source.countAt(index) }, (_, i) => source.idAt(index, i));
}

const NOBODY: readonly number[] = [];

/** Entities of the present, and of the state before the shot, that another frame has not. */
function lostEntities(moment: Moment, first: number): readonly number[] {
  const { beforeIndex, presentIndex, source } = moment;
  let lost: number[] | undefined;
  for (const index of [presentIndex, Math.min(beforeIndex, presentIndex)]) {
    if (index < 0 || index === first) continue;
    const count = source.countAt(index);
    for (let i = 0; i < count; i++) {
      const id = source.idAt(index, i);
      if (source.find(first, id) < 0 && lost?.includes(id) !== true) (lost ??= []).push(id);
    }
  }
  return lost ?? NOBODY;
}

/** Takes the target as the victim when the ray enters it before what was hit so far. */
export function hitTarget(
  model: HitModel,
  target: TargetPose,
  ray: Ray,
  id: number,
  out: Verdict,
): void {
  const plan = planOf(model);
  const { length } = plan.kinds[target.kind]!.shapes;
  for (let i = 0; i < length; i++) {
    const shape = shapeAt(plan, target, i);
    if (shape === undefined) continue;
    placeRay(shape, target, ray, plan, local);
    const entry = shapeEntry(shape, local);
    if (entry < 0 || entry > out.distanceUnits) continue;
    if (entry === out.distanceUnits && id >= out.victim!) continue;
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
export function marginUnits(model: HitModel, target: TargetPose, ray: Ray): number {
  const plan = planOf(model);
  let best = Infinity;
  const { length } = plan.kinds[target.kind]!.shapes;
  for (let i = 0; i < length; i++) {
    const shape = shapeAt(plan, target, i);
    if (shape === undefined) continue;
    placeRay(shape, target, ray, plan, local);
    const margin = shapeMargin(shape, local);
    // The verdict is the entry's; rounding must not give a graze the other sign.
    const signed = shapeEntry(shape, local) < 0
      ? Math.max(margin, Number.MIN_VALUE)
      : Math.min(margin, 0);
    if (signed < best) best = signed;
  }
  return best;
}

/** Writes the ray as a shape of a target sees it. */
export function placeRay(
  shape: HitShape,
  target: Pose,
  ray: Ray,
  plan: ModelPlan,
  out: LocalRay,
): void {
  setLocalRay(out, ray, target.x, target.y, target.z);
  if (shape.turns === true) turnLocalRay(out, (vector) => turnBackTo(target, plan, vector));
}
