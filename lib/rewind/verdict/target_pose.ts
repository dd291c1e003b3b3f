import type { RewindDecision } from "../policy/decision.ts";
import type { HitShape } from "../shape/hit_shape.ts";
import type { ModelPlan } from "../shape/model_plan.ts";
import type { Moment } from "../policy/moment.ts";
import type { PoseRules } from "../policy/policy.ts";
import { copyPlace, copyPose, copyTargetness, emptyPose, type Pose } from "../shape/pose.ts";
import { poseBetween } from "../shape/pose_motion.ts";
import { isTeleport } from "../past/teleport.ts";

/**
 * What a pose rule did to a target: `teleport` (the step was too wide to interpolate: the earlier
 * row stands), `stop-distance` and `stop-dead` (the walk back met a wide step or a death: not
 * rewound), `stands` (it is not rewound for this shooter), or null.
 */
export type PoseNote = "teleport" | "stop-distance" | "stop-dead" | "stands" | null;

/** Pose of a target as a policy sees it. */
export interface TargetPose extends Pose {
  /** What a pose rule did to it. */
  note: PoseNote;
  /** Part of the way to the next row; 0 at a row. */
  part: number;
  /** The next row, towards which its shapes change; of no meaning at a row. */
  readonly next: Pose;
}

/** A target pose at the origin. */
export function emptyTargetPose(): TargetPose {
  return { ...emptyPose(), note: null, part: 0, next: emptyPose() };
}

/** A shape of a target as it stands at its pose; undefined when it is not in force. */
export function shapeAt(plan: ModelPlan, target: TargetPose, index: number): HitShape | undefined {
  const { shapes } = plan.kinds[target.kind]!;
  return target.part === 0
    ? shapes.at(index, target)
    : shapes.between(index, target, target.next, target.part);
}

const living: TargetPose = emptyTargetPose();

/**
 * Pose of an entity at a decision; false when it was not there.
 *
 * Life is that of the row at or before the used time; where it is lies between that row and the
 * next ({@linkcode poseBetween}), unless their step is a teleport.
 */
export function targetPose(
  moment: Moment,
  decision: RewindDecision,
  rules: PoseRules,
  plan: ModelPlan,
  id: number,
  out: TargetPose,
): boolean {
  out.note = null;
  out.part = 0;
  if (plan.hasStanding && nowPose(moment, rules, plan, id, out) && !out.isRewound) {
    out.note = "stands";
    return true;
  }
  if (rules.stopUnits !== undefined) {
    const stop = stopIndex(moment, rules, plan, decision.index, id, out);
    if (stop === STOP_GONE) return false;
    if (stop !== STOP_NONE) {
      const { note } = out;
      nowPose(moment, rules, plan, id, out);
      out.note = note;
      return true;
    }
  }
  if (!rewoundPose(moment, decision, rules, plan, id, out)) return false;
  if (rules.livesNow === true) {
    out.isAlive = nowPose(moment, rules, plan, id, living) && living.isAlive;
  }
  return true;
}

/** Pose of an entity at a decision as if nothing kept it from being rewound; false without one. */
export function rewoundPose(
  moment: Moment,
  { fraction, index, nextIndex }: Pick<RewindDecision, "fraction" | "index" | "nextIndex">,
  rules: PoseRules,
  plan: ModelPlan,
  id: number,
  out: TargetPose,
): boolean {
  out.note = null;
  out.part = 0;
  if (!rowPose(moment, rules, plan, index, id, out)) return false;
  if (fraction > 0) moveOn(moment, rules, plan, index, nextIndex, fraction, id, out);
  return true;
}

/** Pose of an entity as the server has it at the shot; false when it is not there. */
export function nowPose(
  moment: Moment,
  rules: PoseRules,
  plan: ModelPlan,
  id: number,
  out: TargetPose,
): boolean {
  const { presentIndex, presentPart } = moment;
  out.part = 0;
  if (!rowPose(moment, rules, plan, presentIndex, id, out)) return false;
  if (presentPart > 0) {
    moveOn(moment, rules, plan, presentIndex, presentIndex + 1, presentPart, id, out);
  }
  return true;
}

/** Moves a pose on from its row towards the next, unless it stands or teleports. */
function moveOn(
  moment: Moment,
  rules: PoseRules,
  plan: ModelPlan,
  index: number,
  nextIndex: number,
  part: number,
  id: number,
  out: TargetPose,
): void {
  const step = readStep(moment, rules, plan, index, nextIndex, id, out, out.next);
  if (step === "teleport") out.note = "teleport";
  if (step !== "moves") return;
  poseBetween(out, out.next, part, plan, out);
  out.part = part;
}

const before: Pose = emptyPose();

/**
 * Pose of an entity at a frame; false when it was not there.
 *
 * The frame that carries a shot may already hold its effect, so who is a target there is what it was
 * in the state before: its kind, its life, and its shapes if it died since. It stands where the frame
 * has it; where the row before had it if the frame has it no more, or no more as what it was, or dead
 * and a teleport away.
 */
export function rowPose(
  moment: Moment,
  rules: PoseRules,
  plan: ModelPlan,
  index: number,
  id: number,
  out: Pose,
): boolean {
  const { beforeIndex, source } = moment;
  const isThere = readRow(moment, plan, index, id, out);
  if (index <= beforeIndex || beforeIndex < 0) return isThere;
  if (!readRow(moment, plan, beforeIndex, id, before)) return isThere;
  if (!isThere || out.kind !== before.kind) {
    copyPose(before, out);
    return true;
  }
  if (out.isAlive && before.isAlive) {
    out.isEligible = before.isEligible;
    out.isRewound = before.isRewound;
    return true;
  }
  const isGone = before.isAlive &&
    isTeleport(rules.teleport, source, beforeIndex, index, id, before, out, plan.teleportFact);
  if (isGone) copyPlace(before, out);
  copyTargetness(before, out);
  return true;
}

function readRow(
  { shooterFacts, source }: Moment,
  plan: ModelPlan,
  index: number,
  id: number,
  out: Pose,
): boolean {
  const position = source.find(index, id);
  if (position < 0) return false;
  source.readPose(index, position, out);
  if (out.kind < 0) return false;
  if (shooterFacts !== undefined) plan.lookAtShooter(out, shooterFacts);
  return true;
}

/**
 * What an entity does from one frame to another: `moves` to the pose that is written to `to`,
 * `stands` when it is not there any more as what it was, or teleports.
 */
export function readStep(
  moment: Moment,
  rules: PoseRules,
  plan: ModelPlan,
  index: number,
  nextIndex: number,
  id: number,
  from: Pose,
  to: Pose,
): "moves" | "stands" | "teleport" {
  if (!rowPose(moment, rules, plan, nextIndex, id, to) || to.kind !== from.kind) return "stands";
  if (rules.ignoresTeleports === true) return "moves";
  const { source } = moment;
  return isTeleport(rules.teleport, source, index, nextIndex, id, from, to, plan.teleportFact)
    ? "teleport"
    : "moves";
}

/** Coordinate of a pose along an axis by index. */
function along(pose: Pose, axis: number): number {
  return axis === 0 ? pose.x : axis === 1 ? pose.y : pose.z;
}

/** {@linkcode stopIndex} of a target that the walk does not stop at, and of one that is not there. */
export const STOP_NONE = -1;
/** See {@linkcode STOP_NONE}. */
export const STOP_GONE = -2;

/**
 * Walks from the live pose back to the frame at an index, looking for a death or a horizontal step
 * above `stopUnits`.
 *
 * @param out scratch; its note says what the walk met
 * @returns index of the row that the walk stops at, {@linkcode STOP_NONE} or {@linkcode STOP_GONE}
 */
export function stopIndex(
  moment: Moment,
  rules: PoseRules,
  plan: ModelPlan,
  lastIndex: number,
  id: number,
  out: TargetPose,
): number {
  const stopUnits = rules.stopUnits!;
  const a = (plan.up + 1) % 3;
  const b = (plan.up + 2) % 3;
  if (!nowPose(moment, rules, plan, id, out)) return STOP_GONE;
  let [x, y] = [along(out, a), along(out, b)];
  for (let index = moment.presentIndex; index >= lastIndex; index--) {
    out.note = "stop-dead";
    if (!rowPose(moment, rules, plan, index, id, out) || !out.isAlive) return index;
    x -= along(out, a);
    y -= along(out, b);
    out.note = "stop-distance";
    if (x * x + y * y > stopUnits * stopUnits) return index;
    x = along(out, a);
    y = along(out, b);
  }
  out.note = null;
  return STOP_NONE;
}
