import { msAtFramePoint } from "../past/frame_time.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import type { Pose, PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import { RayCaster } from "./ray_caster.ts";
import { emptyTargetPose, type TargetPose } from "./target_pose.ts";
import { emptyVerdict } from "./verdict.ts";

/** A target as the shooter's client showed it. */
export interface SeenPose {
  /** Entity. */
  readonly id: number;
  /** Name of its kind. */
  readonly kind: string;
  /** Position, x. */
  readonly x: number;
  /** Position, y. */
  readonly y: number;
  /** Position, z. */
  readonly z: number;
  /** Yaw in degrees; default 0. */
  readonly yawDegrees?: number;
  /** False when the client took it for dead; default true. */
  readonly isAlive?: boolean;
  /**
   * The whole pose, where hitting the target takes more than the above: a quaternion, shapes that
   * depend on it, conditions on the shooter.
   *
   * @internal
   */
  readonly whole?: TargetPose;
}

/**
 * What the shooter's client had decoded and showed when it fired. The replication lab fills it from
 * a simulated network; a game may fill it from its client's own log.
 */
export interface ShooterView {
  /** Frame that it showed, with a fraction between two frames. */
  readonly viewFrame: number;
  /** Newest frame that it had applied. */
  readonly newestFrame: number;
  /** Interpolation delay in milliseconds. */
  readonly interpMs: number;
  /** Targets that it showed. */
  readonly poses: readonly SeenPose[];
}

/** Who is hit first on the shooter's own screen, or null. */
export function judgeShooterView(view: ShooterView, model: HitModel, shot: Shot): number | null {
  const verdict = emptyVerdict();
  const caster = new RayCaster(planOf(model), shot.ray);
  for (const seen of view.poses) {
    const kind = model.kinds.findIndex((entry) => entry.kind === seen.kind);
    if (kind < 0 || seen.id === shot.shooter || seen.isAlive === false) continue;
    const pose = seen.whole ?? { ...emptyTargetPose(), ...placeOf(seen), kind };
    if (pose.isEligible) caster.hit(pose, seen.id, verdict);
  }
  return verdict.victim;
}

function placeOf({ x, y, yawDegrees = 0, z }: SeenPose): Partial<Pose> {
  return { x, y, z, yawDegrees };
}

/** Milliseconds from the view frame to the shot: what a perfect rewind goes back. */
export function seenRewindMs(source: PoseSource, view: ShooterView, shot: Shot): number {
  return shot.timeMs - msAtFramePoint(source, view.viewFrame);
}
