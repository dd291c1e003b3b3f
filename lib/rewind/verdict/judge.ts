import type { Shot } from "../shot/shot.ts";
import { RayCaster } from "./ray_caster.ts";
import { emptyTargetPose, type TargetPose } from "./target_pose.ts";
import type { PastPoint, TargetPoses } from "./target_poses.ts";
import type { Verdict } from "./verdict.ts";

/** Who shoots, and what is cast. */
export type JudgedRay = Pick<Shot, "shooter" | "ray">;

/** Casts the ray of a shot at all targets, at one decision after another. */
export class Judge {
  readonly #poses: TargetPoses;
  readonly #shooter: number;
  readonly #caster: RayCaster;
  readonly #pose: TargetPose = emptyTargetPose();

  /** Judge of a shot among targets. */
  constructor(poses: TargetPoses, { ray, shooter }: JudgedRay) {
    this.#poses = poses;
    this.#shooter = shooter;
    this.#caster = new RayCaster(poses.plan, ray);
  }

  /**
   * Fills `out` with who is hit at a decision: the nearest along the ray is the victim, of equals the
   * lowest id. The shooter, the dead and kinds without shapes are no targets.
   */
  judge(point: PastPoint, out: Verdict): void {
    this.judgeAmong(this.#poses.ids(point), point, out);
  }

  /** The same as if there were no others. */
  judgeAmong(ids: readonly number[], point: PastPoint, out: Verdict): void {
    out.victim = null;
    out.shape = undefined;
    out.distanceUnits = Infinity;
    const pose = this.#pose;
    for (const id of ids) {
      if (id === this.#shooter || !this.#poses.at(point, id, pose)) continue;
      if (this.#poses.isTarget(pose)) this.#caster.hit(pose, id, out);
    }
  }
}
