import { boxSpan } from "./box_geometry.ts";
import { type HitShape, shapeMargin } from "./hit_shape.ts";
import { placeRay } from "./judge.ts";
import { emptyLocalRay, setLocalRay, setMovement, turnLocalRay } from "./local_ray.ts";
import type { ModelPlan } from "./model_plan.ts";
import { copyPose, emptyPose, type Pose } from "./pose.ts";
import { poseBetween, turnBackTo, turnDegrees } from "./pose_motion.ts";
import type { Ray } from "./ray.ts";
import { searchSpans } from "./span_search.ts";
import { sphereSpan } from "./sphere_geometry.ts";

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
  if (isRigid && shape.shape !== "capsule" && (shape.shape === "sphere" || ray.radiusUnits === 0)) {
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
    return shapeMargin(moved, local);
  };
  searchSpans(marginAt, speedLimit(index, from, to, turn, plan), out);
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

function numbersOf(shape: HitShape): number[] {
  switch (shape.shape) {
    case "sphere":
      return [...shape.center, shape.radius];
    case "capsule":
      return [...shape.from, ...shape.to, shape.radius];
    default:
      return [...shape.min, ...shape.max];
  }
}
