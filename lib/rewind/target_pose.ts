import type { RewindDecision } from "./decision.ts";
import type { Moment } from "./moment.ts";
import type { PoseRules } from "./policy.ts";
import { emptyPose, type Pose } from "./pose.ts";

/**
 * What a pose rule did to a target: `teleport` (the step was too wide to interpolate: the earlier
 * row stands), `stop-distance` and `stop-dead` (the walk back met a wide step or a death: not
 * rewound), or null.
 */
export type PoseNote = "teleport" | "stop-distance" | "stop-dead" | null;

/** Pose of a target as a policy sees it. */
export interface TargetPose extends Pose {
  /** What a pose rule did to it. */
  note: PoseNote;
}

/** A target pose at the origin. */
export function emptyTargetPose(): TargetPose {
  return { ...emptyPose(), note: null };
}

const next: Pose = emptyPose();

/**
 * Pose of an entity at a decision; false when it was not there.
 *
 * The row at or before the used time gives life and yaw; the position lies between it and the next
 * row in a straight line, unless their step is above the teleport distance.
 */
export function targetPose(
  moment: Moment,
  decision: RewindDecision,
  rules: PoseRules,
  id: number,
  out: TargetPose,
): boolean {
  const { source } = moment;
  out.note = null;
  if (rules.stopUnits !== undefined) {
    const now = source.find(moment.nowIndex, id);
    if (now < 0) return false;
    out.note = walkBack(moment, decision, rules.stopUnits, id, out);
    if (out.note !== null) {
      source.readPose(moment.nowIndex, now, out);
      return out.kind >= 0;
    }
  }
  const position = source.find(decision.index, id);
  if (position < 0) return false;
  source.readPose(decision.index, position, out);
  if (out.kind < 0) return false;
  if (rules.livesNow === true) out.isAlive = livesNow(moment, id);
  if (decision.fraction > 0) moveBetween(moment, decision, rules.teleportUnits, id, out);
  return true;
}

function livesNow(moment: Moment, id: number): boolean {
  const position = moment.source.find(moment.nowIndex, id);
  if (position < 0) return false;
  moment.source.readPose(moment.nowIndex, position, next);
  return next.isAlive;
}

function moveBetween(
  moment: Moment,
  decision: RewindDecision,
  teleportUnits: number,
  id: number,
  out: TargetPose,
): void {
  const position = moment.source.find(decision.nextIndex, id);
  if (position < 0) return;
  moment.source.readPose(decision.nextIndex, position, next);
  if (next.kind !== out.kind) return;
  const x = next.x - out.x;
  const y = next.y - out.y;
  const z = next.z - out.z;
  if (x * x + y * y + z * z > teleportUnits * teleportUnits) {
    out.note = "teleport";
    return;
  }
  out.x += x * decision.fraction;
  out.y += y * decision.fraction;
  out.z += z * decision.fraction;
}

/** Looks from the newest row back to the used one for a death or a step above `stopUnits`. */
function walkBack(
  moment: Moment,
  decision: RewindDecision,
  stopUnits: number,
  id: number,
  scratch: Pose,
): PoseNote {
  const { source } = moment;
  let x = 0;
  let y = 0;
  for (let index = moment.nowIndex; index >= decision.index; index--) {
    const position = source.find(index, id);
    if (position < 0) return "stop-dead";
    source.readPose(index, position, scratch);
    if (!scratch.isAlive) return "stop-dead";
    if (index < moment.nowIndex) {
      x -= scratch.x;
      y -= scratch.y;
      if (x * x + y * y > stopUnits * stopUnits) return "stop-distance";
    }
    x = scratch.x;
    y = scratch.y;
  }
  return null;
}
