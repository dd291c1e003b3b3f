import { type HitShape, shapeEntry, shapeMargin } from "../shape/hit_shape.ts";
import { emptyLocalRay, type LocalRay, setLocalRay, turnLocalRay } from "../shape/local_ray.ts";
import type { ModelPlan } from "../shape/model_plan.ts";
import type { Pose } from "../shape/pose.ts";
import { turnBackTo } from "../shape/pose_motion.ts";
import type { Ray } from "../shape/ray.ts";
import { shapeAt, type TargetPose } from "./target_pose.ts";
import type { Verdict } from "./verdict.ts";

/** Casts a ray at targets. */
export class RayCaster {
  readonly #plan: ModelPlan;
  readonly #ray: Ray;
  readonly #local: LocalRay = emptyLocalRay();

  /** Caster of one ray. */
  constructor(plan: ModelPlan, ray: Ray) {
    this.#plan = plan;
    this.#ray = ray;
  }

  /** Takes the target as the victim when the ray enters it before what was hit so far. */
  hit(target: TargetPose, id: number, out: Verdict): void {
    const { length } = this.#plan.kinds[target.kind]!.shapes;
    for (let i = 0; i < length; i++) {
      const shape = shapeAt(this.#plan, target, i);
      if (shape === undefined) continue;
      const entry = shapeEntry(shape, this.place(shape, target));
      if (entry < 0 || entry > out.distanceUnits) continue;
      if (entry === out.distanceUnits && id >= out.victim!) continue;
      out.victim = id;
      out.shape = shape.name;
      out.distanceUnits = entry;
    }
  }

  /** True when the ray enters a shape of the target. */
  enters(target: TargetPose): boolean {
    const { length } = this.#plan.kinds[target.kind]!.shapes;
    for (let i = 0; i < length; i++) {
      const shape = shapeAt(this.#plan, target, i);
      if (shape !== undefined && shapeEntry(shape, this.place(shape, target)) >= 0) return true;
    }
    return false;
  }

  /**
   * Signed distance between the ray and the nearest shape of a target: above 0 the gap by which it
   * missed, at most 0 for a hit (how deep the ray's deepest point lay under the surface); Infinity
   * for a kind without shapes.
   */
  marginUnits(target: TargetPose): number {
    let best = Infinity;
    const { length } = this.#plan.kinds[target.kind]!.shapes;
    for (let i = 0; i < length; i++) {
      const shape = shapeAt(this.#plan, target, i);
      if (shape === undefined) continue;
      const local = this.place(shape, target);
      const margin = shapeMargin(shape, local);
      // The verdict is the entry's; rounding must not give a graze the other sign.
      const signed = shapeEntry(shape, local) < 0
        ? Math.max(margin, Number.MIN_VALUE)
        : Math.min(margin, 0);
      if (signed < best) best = signed;
    }
    return best;
  }

  /** The ray as a shape of a target sees it; the next call overwrites it. */
  place(shape: HitShape, target: Pose): LocalRay {
    const local = this.#local;
    setLocalRay(local, this.#ray, target.x, target.y, target.z);
    if (shape.turns === true) {
      turnLocalRay(local, (vector) => turnBackTo(target, this.#plan, vector));
    }
    return local;
  }
}
