import { boxSpan } from "../shape/box_geometry.ts";
import {
  type BoxShape,
  type HitShape,
  shapeEntry,
  shapeMargin,
  type SphereShape,
} from "../shape/hit_shape.ts";
import { placeRay } from "./judge.ts";
import { emptyLocalRay, setLocalRay, setMovement, turnLocalRay } from "../shape/local_ray.ts";
import type { ModelPlan } from "../shape/model_plan.ts";
import { copyPose, emptyPose, type Pose } from "../shape/pose.ts";
import { poseBetween, turnBackTo, turnDegrees } from "../shape/pose_motion.ts";
import type { Ray } from "../shape/ray.ts";
import { searchSpans, TOUCH_UNITS } from "./span_search.ts";
import { sphereSpan } from "../shape/sphere_geometry.ts";
import { shapeNumbers } from "../shape/target_shape.ts";

const local = emptyLocalRay();
const between = emptyPose();
const pair = new Float64Array(2);

/** Writes the parts of a step in which a ray hits a shape: from, to, from, to ... */
export function shapeSpans(
  index: number,
  from: Pose,
  to: Pose,
  ray: Ray,
  plan: ModelPlan,
  out: number[],
): void {
  out.length = 0;
  const { shapes } = plan.kinds[from.kind]!;
  const shape = shapes.at(index, from);
  if (shape === undefined) return;
  const turn = shape.turns === true ? turnDegrees(from, to, plan) : 0;
  const isRigid = shapes.isRigid(index, from, to) && turn === 0;
  if (isRigid && isSolved(shape, ray)) {
    setLocalRay(local, ray, from.x, from.y, from.z);
    setMovement(local, to.x - from.x, to.y - from.y, to.z - from.z);
    if (shape.turns === true) turnLocalRay(local, (vector) => turnBackTo(from, plan, vector));
    const isHit = shape.shape === "sphere"
      ? sphereSpan(local, shape.center, shape.radius, pair)
      : boxSpan(local, shape.min, shape.max, pair);
    if (isHit) out.push(pair[0]!, pair[1]!);
    return;
  }
  const marginAt = (part: number): number => {
    if (part === 0) copyPose(from, between);
    else poseBetween(from, to, part, plan, between);
    const moved = shapes.between(index, from, to, part)!;
    placeRay(moved, between, ray, plan, local);
    const margin = shapeMargin(moved, local);
    if (Math.abs(margin) > TOUCH_UNITS) return margin;
    // The verdict is the entry's, whichever sign rounding gives the margin.
    return shapeEntry(moved, local) < 0 ? Math.max(margin, Number.MIN_VALUE) : Math.min(margin, 0);
  };
  searchSpans(marginAt, speedLimit(index, from, to, turn, plan), out);
}

/** Thickness of a box, in units, below which its two faces are one to the rounding. */
const FLAT_UNITS = 1e-6;

/** True when the movement of a rigid shape past a ray is solved in closed form. */
function isSolved(shape: HitShape, ray: Ray): shape is SphereShape | BoxShape {
  if (shape.shape !== "box") return shape.shape === "sphere";
  return ray.radiusUnits === 0 && shape.min.every((min, k) => shape.max[k]! - min > FLAT_UNITS);
}

/**
 * Most units by which a point of a moving shape, and so the distance from it, changes while the part
 * goes from 0 to 1.
 */
function speedLimit(
  index: number,
  from: Pose,
  to: Pose,
  turnDegrees: number,
  plan: ModelPlan,
): number {
  const { shapes } = plan.kinds[from.kind]!;
  const x = to.x - from.x;
  const y = to.y - from.y;
  const z = to.z - from.z;
  const early = numbersOf(shapes.between(index, from, to, 0)!);
  const late = numbersOf(shapes.between(index, from, to, 1)!);
  let reach = 0;
  let grows = 0;
  for (let i = 0; i < early.length; i++) {
    reach = Math.max(reach, Math.abs(early[i]!), Math.abs(late[i]!));
    grows += Math.abs(late[i]! - early[i]!);
  }
  // Three coordinates and a radius, each at most `reach`.
  const turned = (turnDegrees * Math.PI / 180) * (Math.sqrt(3) + 1) * reach;
  return Math.sqrt(x * x + y * y + z * z) + grows + turned;
}

function numbersOf(shape: HitShape): readonly number[] {
  return shapeNumbers(shape) as readonly number[];
}
