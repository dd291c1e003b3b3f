import {
  judgeShooterView,
  type SeenPose,
  seenRewindMs,
  type ShooterView,
} from "../verdict/shooter_view.ts";
import { seenErrors } from "../verdict/seen_error.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { Shot } from "../shot/shot.ts";
import type { JudgeOptions } from "../verdict/judge_options.ts";
import { teleportOf } from "../verdict/pose_rules.ts";
import { emptyTargetPose, type TargetPose } from "../verdict/target_pose.ts";
import { type PageTarget, pageTarget } from "./page_target.ts";
import { rounded } from "./rounded.ts";
import { type ShotSetting, TARGETS_MAX } from "./shot_setting.ts";

/** What the shooter saw. */
export interface PageView {
  /** Frame that the client showed. */
  readonly viewFrame: number;
  /** Newest frame that it had applied. */
  readonly newestFrame: number;
  /** Milliseconds from the view to the shot. */
  readonly rewindMs: number;
  /** Entity that the ray hits on the shooter's screen, or null. */
  readonly victim: number | null;
  /** Targets that it showed, with the distance from the truth. */
  readonly targets: readonly PageTarget[];
}

/** Gathers what a page shows of what the shooter saw. */
export function pageView(
  view: ShooterView,
  shot: Shot,
  { lists, model, source }: ShotSetting,
  options: JudgeOptions,
): PageView {
  const errors = seenErrors(source, view, model, teleportOf(source, model, options));
  const [ox, oy, oz] = shot.ray.origin;
  const far = (pose: { x: number; y: number; z: number }) =>
    (pose.x - ox) ** 2 + (pose.y - oy) ** 2 + (pose.z - oz) ** 2;
  const targets = view.poses.map((pose, i) => ({ pose, error: errors[i]!.errorUnits }))
    .sort((a, b) =>
      Number(a.pose.id !== shot.verdict) - Number(b.pose.id !== shot.verdict) ||
      far(a.pose) - far(b.pose)
    ).slice(0, TARGETS_MAX);
  return {
    viewFrame: rounded(view.viewFrame),
    newestFrame: view.newestFrame,
    rewindMs: rounded(seenRewindMs(source, view, shot)),
    victim: judgeShooterView(view, model, shot),
    targets: targets.map(({ pose, error }) => {
      const { id, kind, x, y, z, yawDegrees = 0, isAlive = true } = pose;
      const whole = seenWhole(pose, model);
      const { isEligible } = whole;
      const facts = { id, kind, position: [x, y, z], yawDegrees, isAlive, isEligible };
      return pageTarget(model, { ...facts, units: error, whole }, lists);
    }),
  };
}

/** The pose that a verdict on the shooter's screen is made from. */
function seenWhole(seen: SeenPose, model: HitModel): TargetPose {
  const { kind, whole, x, y, yawDegrees = 0, z } = seen;
  const index = model.kinds.findIndex((entry) => entry.kind === kind);
  return whole ?? { ...emptyTargetPose(), x, y, z, yawDegrees, kind: index };
}
