import { framesBetween, indexAtFrame, msAtFramePoint } from "../past/frame_time.ts";
import type { TeleportRule } from "../past/teleport.ts";
import { emptyDecision, goBackMs } from "../policy/decision.ts";
import { momentAt } from "../policy/moment.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import { emptyPose, type PoseSource } from "../shape/pose.ts";
import type { SeenPose, ShooterView } from "./shooter_view.ts";
import { emptyTargetPose } from "./target_pose.ts";
import { TargetPoses } from "./target_poses.ts";

/** How far what was seen lay from what was true. */
export interface SeenError {
  /** Entity. */
  readonly id: number;
  /** Distance in units to the true pose at the view frame; Infinity when it was not there then. */
  readonly errorUnits: number;
  /**
   * Frames by which the seen pose was older than the view frame, by the nearest point of the true
   * path; below 0 when it was ahead, 0 for a target that did not move.
   */
  readonly errorFrames: number;
}

/**
 * Error of every pose that the client showed, in units and frames.
 *
 * @param backFrames frames around the view frame in which the nearest true pose is looked for
 */
export function seenErrors(
  source: PoseSource,
  view: ShooterView,
  model: HitModel,
  teleport: TeleportRule,
  backFrames: number = 128,
): SeenError[] {
  const at = indexOf(source, view.viewFrame);
  const last = source.length - 1;
  const low = Math.max(0, at - backFrames);
  const high = Math.min(last, at + backFrames);
  const moment = momentAt(source, last, source.timeMsAt(last));
  const backMs = moment.nowMs - msAtFramePoint(source, view.viewFrame);
  const decision = emptyDecision();
  goBackMs(moment, backMs, decision);
  const poses = new TargetPoses(moment, { interpolates: true, teleport }, planOf(model));
  const target = emptyTargetPose();
  return view.poses.map((seen) => {
    const isThere = poses.rewound(decision, seen.id, target);
    return {
      id: seen.id,
      errorUnits: isThere
        ? distance(target.x - seen.x, target.y - seen.y, target.z - seen.z)
        : Infinity,
      errorFrames: 0 - framesToNearest(source, seen, view.viewFrame, low, high),
    };
  });
}

/** Frames from the view frame to where the true path comes nearest to a seen pose. */
function framesToNearest(
  source: PoseSource,
  seen: SeenPose,
  viewFrame: number,
  low: number,
  high: number,
): number {
  const from = emptyPose();
  const to = emptyPose();
  let best = Infinity;
  // Frames ahead of the view frame, so that the wrap at 2^32 is nowhere.
  let ahead = 0;
  for (let i = low; i < high; i++) {
    const a = source.find(i, seen.id);
    const b = source.find(i + 1, seen.id);
    if (a < 0 || b < 0) continue;
    source.readPose(i, a, from);
    source.readPose(i + 1, b, to);
    const x = to.x - from.x;
    const y = to.y - from.y;
    const z = to.z - from.z;
    const squared = x * x + y * y + z * z;
    const first = framesBetween(viewFrame, source.frameAt(i));
    const step = framesBetween(source.frameAt(i), source.frameAt(i + 1));
    // On a target that stands still every frame is as near: take the one nearest the view.
    const along = squared === 0
      ? -first / step
      : ((seen.x - from.x) * x + (seen.y - from.y) * y + (seen.z - from.z) * z) / squared;
    const u = Math.min(Math.max(along, 0), 1);
    const gap = distance(from.x + x * u - seen.x, from.y + y * u - seen.y, from.z + z * u - seen.z);
    const at = first + u * step;
    const isNearer = gap < best - 1e-9 || (gap <= best + 1e-9 && Math.abs(at) < Math.abs(ahead));
    if (isNearer) {
      best = gap;
      ahead = at;
    }
  }
  return ahead;
}

function indexOf(source: PoseSource, frame: number): number {
  return Math.max(0, indexAtFrame(source, Math.floor(frame) >>> 0, 0, source.length - 1));
}

function distance(x: number, y: number, z: number): number {
  return Math.sqrt(x * x + y * y + z * z);
}
