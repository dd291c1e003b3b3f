import type { HitModel } from "./hit_model.ts";
import { emptyVerdict, hitTarget } from "./judge.ts";
import { momentAt } from "./moment.ts";
import { emptyPose, indexAtFrame, type PoseSource } from "./pose.ts";
import type { Shot } from "./shot.ts";
import { emptyTargetPose, targetPose } from "./target_pose.ts";

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
}

/**
 * What the shooter's client had decoded and showed when it fired. The replication lab fills it from
 * a simulated network; a game may fill it from its client's own log.
 */
export interface ClientView {
  /** Frame that it showed, with a fraction between two frames. */
  readonly viewFrame: number;
  /** Newest frame that it had applied. */
  readonly newestFrame: number;
  /** Interpolation delay in milliseconds. */
  readonly interpMs: number;
  /** Targets that it showed. */
  readonly poses: readonly SeenPose[];
}

/** How far what was seen lay from what was true. */
export interface ViewError {
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

/** Who is hit first on the shooter's own screen, or null. */
export function judgeView(view: ClientView, model: HitModel, shot: Shot): number | null {
  const verdict = emptyVerdict();
  const pose = emptyPose();
  for (const seen of view.poses) {
    pose.kind = model.kinds.findIndex((kind) => kind.kind === seen.kind);
    if (pose.kind < 0 || seen.id === shot.shooter || seen.isAlive === false) continue;
    pose.x = seen.x;
    pose.y = seen.y;
    pose.z = seen.z;
    pose.yawDegrees = seen.yawDegrees ?? 0;
    hitTarget(model, pose, shot.ray, seen.id, verdict);
  }
  return verdict.victim;
}

/** Milliseconds from the view frame to the shot: what a perfect rewind goes back. */
export function viewRewindMs(source: PoseSource, view: ClientView, shot: Shot): number {
  return shot.timeMs - timeOf(source, view.viewFrame);
}

/**
 * Error of every pose that the client showed, in units and frames.
 *
 * @param teleportUnits step between frames above which the earlier row stands
 * @param backFrames frames around the view frame in which the nearest true pose is looked for
 */
export function viewErrors(
  source: PoseSource,
  view: ClientView,
  teleportUnits: number,
  backFrames: number = 128,
): ViewError[] {
  const at = indexOf(source, view.viewFrame);
  return view.poses.map((seen) => ({
    id: seen.id,
    errorUnits: errorAt(source, view, seen, teleportUnits),
    errorFrames: view.viewFrame -
      nearestFrame(source, seen, view.viewFrame, Math.max(0, at - backFrames), at + backFrames),
  }));
}

const target = emptyTargetPose();
const from = emptyPose();
const to = emptyPose();

function errorAt(
  source: PoseSource,
  view: ClientView,
  seen: SeenPose,
  teleportUnits: number,
): number {
  const index = indexOf(source, view.viewFrame);
  const nextIndex = Math.min(index + 1, source.length - 1);
  const fraction = nextIndex === index ? 0 : Math.max(
    0,
    (view.viewFrame - source.frameAt(index)) / (source.frameAt(nextIndex) - source.frameAt(index)),
  );
  const moment = momentAt(source, nextIndex, source.timeMsAt(nextIndex));
  const decision = {
    wantedMs: 0,
    usedMs: 0,
    wantedFrame: -1,
    index,
    nextIndex,
    fraction,
    clamp: null,
    reason: "",
  };
  const rules = { interpolates: true, teleportUnits };
  if (!targetPose(moment, decision, rules, seen.id, target)) return Infinity;
  return distance(target.x - seen.x, target.y - seen.y, target.z - seen.z);
}

/** Frame, with a fraction, at which the true path comes nearest to a seen pose. */
function nearestFrame(
  source: PoseSource,
  seen: SeenPose,
  viewFrame: number,
  low: number,
  high: number,
): number {
  let best = Infinity;
  let frame = viewFrame;
  for (let i = low; i < Math.min(high, source.length - 1); i++) {
    const a = source.find(i, seen.id);
    const b = source.find(i + 1, seen.id);
    if (a < 0 || b < 0) continue;
    source.readPose(i, a, from);
    source.readPose(i + 1, b, to);
    const x = to.x - from.x;
    const y = to.y - from.y;
    const z = to.z - from.z;
    const squared = x * x + y * y + z * z;
    const first = source.frameAt(i);
    const step = source.frameAt(i + 1) - first;
    // On a target that stands still every frame is as near: take the one nearest the view.
    const along = squared === 0
      ? (viewFrame - first) / step
      : ((seen.x - from.x) * x + (seen.y - from.y) * y + (seen.z - from.z) * z) / squared;
    const u = Math.min(Math.max(along, 0), 1);
    const gap = distance(from.x + x * u - seen.x, from.y + y * u - seen.y, from.z + z * u - seen.z);
    const at = first + u * step;
    const isNearer = gap < best - 1e-9 ||
      (gap <= best + 1e-9 && Math.abs(at - viewFrame) < Math.abs(frame - viewFrame));
    if (isNearer) {
      best = gap;
      frame = at;
    }
  }
  return frame;
}

function indexOf(source: PoseSource, frame: number): number {
  return Math.max(0, indexAtFrame(source, Math.floor(frame) >>> 0, 0, source.length - 1));
}

function timeOf(source: PoseSource, frame: number): number {
  const index = indexOf(source, frame);
  const next = Math.min(index + 1, source.length - 1);
  const step = source.frameAt(next) - source.frameAt(index);
  const part = step === 0 ? 0 : (frame - source.frameAt(index)) / step;
  return source.timeMsAt(index) + (source.timeMsAt(next) - source.timeMsAt(index)) * part;
}

function distance(x: number, y: number, z: number): number {
  return Math.sqrt(x * x + y * y + z * z);
}
