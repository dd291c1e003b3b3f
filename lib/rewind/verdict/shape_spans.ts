import {
  type BoxShape,
  type HitShape,
  shapeEntry,
  shapeMargin,
  type SphereShape,
} from "../shape/hit_shape.ts";
import { emptyLocalRay, setLocalRay, setMovement, turnLocalRay } from "../shape/local_ray.ts";
import type { ModelPlan } from "../shape/model_plan.ts";
import { MovingBoxSolver } from "../shape/moving_box.ts";
import { copyPose, emptyPose, type Pose } from "../shape/pose.ts";
import { poseBetween, turnBackTo, turnDegrees } from "../shape/pose_motion.ts";
import type { Ray } from "../shape/ray.ts";
import { sphereSpan } from "../shape/sphere_geometry.ts";
import { shapeNumbers } from "../shape/target_shape.ts";
import { RayCaster } from "./ray_caster.ts";
import { searchSpans, TOUCH_UNITS } from "../shape/span_search.ts";

/** Solves in which parts of a step from one pose to the next a ray hits a shape. */
export class ShapeSpanSolver {
  readonly #plan: ModelPlan;
  readonly #ray: Ray;
  readonly #caster: RayCaster;
  readonly #box = new MovingBoxSolver();
  readonly #local = emptyLocalRay();
  readonly #between = emptyPose();
  readonly #pair = new Float64Array(2);

  /** Solver of one ray. */
  constructor(plan: ModelPlan, ray: Ray) {
    this.#plan = plan;
    this.#ray = ray;
    this.#caster = new RayCaster(plan, ray);
  }

  /** Writes the parts of a step in which the ray hits a shape: from, to, from, to ... */
  solve(index: number, from: Pose, to: Pose, out: number[]): void {
    out.length = 0;
    const { shapes } = this.#plan.kinds[from.kind]!;
    const shape = shapes.at(index, from);
    if (shape === undefined) return;
    const turn = shape.turns === true ? turnDegrees(from, to, this.#plan) : 0;
    const isRigid = shapes.isRigid(index, from, to) && turn === 0;
    if (isRigid && isSolved(shape, this.#ray)) {
      this.#solveRigid(shape, from, to, out);
      return;
    }
    const marginAt = (part: number): number => this.#marginAt(index, from, to, part);
    searchSpans(marginAt, speedLimit(index, from, to, turn, this.#plan), out);
  }

  #solveRigid(shape: SphereShape | BoxShape, from: Pose, to: Pose, out: number[]): void {
    const [local, pair] = [this.#local, this.#pair];
    setLocalRay(local, this.#ray, from.x, from.y, from.z);
    setMovement(local, to.x - from.x, to.y - from.y, to.z - from.z);
    if (shape.turns === true) {
      turnLocalRay(local, (vector) => turnBackTo(from, this.#plan, vector));
    }
    const isHit = shape.shape === "sphere"
      ? sphereSpan(local, shape.center, shape.radius, pair)
      : this.#box.span(local, shape.min, shape.max, pair);
    if (isHit) out.push(pair[0]!, pair[1]!);
  }

  #marginAt(index: number, from: Pose, to: Pose, part: number): number {
    const between = this.#between;
    if (part === 0) copyPose(from, between);
    else poseBetween(from, to, part, this.#plan, between);
    const moved = this.#plan.kinds[from.kind]!.shapes.between(index, from, to, part)!;
    const local = this.#caster.place(moved, between);
    const margin = shapeMargin(moved, local);
    if (Math.abs(margin) > TOUCH_UNITS) return margin;
    // The verdict is the entry's, whichever sign rounding gives the margin.
    return shapeEntry(moved, local) < 0 ? Math.max(margin, Number.MIN_VALUE) : Math.min(margin, 0);
  }
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
