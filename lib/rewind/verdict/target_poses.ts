import type { RewindDecision } from "../policy/decision.ts";
import type { Moment } from "../policy/moment.ts";
import type { PoseRules } from "../policy/policy.ts";
import type { ModelPlan } from "../shape/model_plan.ts";
import type { Pose } from "../shape/pose.ts";
import { poseBetween } from "../shape/pose_motion.ts";
import { RowPoses } from "./row_poses.ts";
import { emptyTargetPose, type TargetPose } from "./target_pose.ts";

/** {@linkcode TargetPoses.stopIndex} of a target that the walk does not stop at, and of one that is not there. */
export const STOP_NONE = -1;
/** See {@linkcode STOP_NONE}. */
export const STOP_GONE = -2;

/** A point of the past: a frame, or a part of the way to a later one. */
export type PastPoint = Pick<RewindDecision, "fraction" | "index" | "nextIndex">;

/** The targets that a server has at a moment, at one decision after another. */
export class TargetPoses {
  /** The server at the shot. */
  readonly moment: Moment;
  /** How poses are made. */
  readonly rules: PoseRules;
  /** What can be hit. */
  readonly plan: ModelPlan;
  /** The rows that poses are made from. */
  readonly rows: RowPoses;
  #living: TargetPose | undefined;

  /** Targets of a moment under rules. */
  constructor(moment: Moment, rules: PoseRules, plan: ModelPlan) {
    this.moment = moment;
    this.rules = rules;
    this.plan = plan;
    this.rows = new RowPoses(moment, rules, plan);
  }

  /**
   * Every entity that may be a target at a decision: those of the used frame, of the newest frame where
   * some targets stand at now, and of the frame before a shot's own where that frame may have lost them.
   */
  ids({ index }: Pick<RewindDecision, "index">): number[] {
    const { beforeIndex, presentIndex, source } = this.moment;
    const first = this.rules.stopUnits === undefined ? index : presentIndex;
    const count = source.countAt(first);
    const ids: number[] = [];
    for (let i = 0; i < count; i++) ids.push(source.idAt(first, i));
    if (this.plan.hasStanding || first > beforeIndex) this.#addLost(first, ids);
    return ids;
  }

  /** Adds entities of the present, and of the state before the shot, that another frame has not. */
  #addLost(first: number, out: number[]): void {
    const { beforeIndex, presentIndex, source } = this.moment;
    const own = out.length;
    for (const index of [presentIndex, Math.min(beforeIndex, presentIndex)]) {
      if (index < 0 || index === first) continue;
      const count = source.countAt(index);
      for (let i = 0; i < count; i++) {
        const id = source.idAt(index, i);
        if (source.find(first, id) < 0 && !out.includes(id, own)) out.push(id);
      }
    }
  }

  /** True when a pose can be hit. */
  isTarget(pose: Pose): boolean {
    return (pose.isAlive || this.rules.ignoresAlive === true) && pose.isEligible;
  }

  /**
   * Pose of an entity at a decision; false when it was not there.
   *
   * Life is that of the row at or before the used time; where it is lies between that row and the
   * next ({@linkcode poseBetween}), unless their step is a teleport.
   */
  at(point: PastPoint, id: number, out: TargetPose): boolean {
    out.note = null;
    out.part = 0;
    if (this.plan.hasStanding && this.now(id, out) && !out.isRewound) {
      out.note = "stands";
      return true;
    }
    if (this.rules.stopUnits !== undefined) {
      const stop = this.stopIndex(point.index, id, out);
      if (stop === STOP_GONE) return false;
      if (stop !== STOP_NONE) {
        const { note } = out;
        this.now(id, out);
        out.note = note;
        return true;
      }
    }
    if (!this.rewound(point, id, out)) return false;
    if (this.rules.livesNow === true) out.isAlive = this.livesNow(id);
    return true;
  }

  /** Pose of an entity at a decision as if nothing kept it from being rewound; false without one. */
  rewound({ fraction, index, nextIndex }: PastPoint, id: number, out: TargetPose): boolean {
    out.note = null;
    out.part = 0;
    if (!this.rows.read(index, id, out)) return false;
    if (fraction > 0) this.#moveOn(index, nextIndex, fraction, id, out);
    return true;
  }

  /** Pose of an entity as the server has it at the shot; false when it is not there. */
  now(id: number, out: TargetPose): boolean {
    const { presentIndex, presentPart } = this.moment;
    out.part = 0;
    if (!this.rows.read(presentIndex, id, out)) return false;
    if (presentPart > 0) this.#moveOn(presentIndex, presentIndex + 1, presentPart, id, out);
    return true;
  }

  /** True when an entity is alive as the server has it at the shot. */
  livesNow(id: number): boolean {
    const living = this.#living ??= emptyTargetPose();
    return this.now(id, living) && living.isAlive;
  }

  /**
   * Walks from the live pose back to the frame at an index, looking for a death or a horizontal step
   * above `stopUnits`.
   *
   * @param out overwritten; its note says what the walk met
   * @returns index of the row that the walk stops at, {@linkcode STOP_NONE} or {@linkcode STOP_GONE}
   */
  stopIndex(lastIndex: number, id: number, out: TargetPose): number {
    const stopUnits = this.rules.stopUnits!;
    const a = (this.plan.up + 1) % 3;
    const b = (this.plan.up + 2) % 3;
    if (!this.now(id, out)) return STOP_GONE;
    let [x, y] = [along(out, a), along(out, b)];
    for (let index = this.moment.presentIndex; index >= lastIndex; index--) {
      out.note = "stop-dead";
      if (!this.rows.read(index, id, out) || !out.isAlive) return index;
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

  /** Moves a pose on from its row towards the next, unless it stands or teleports. */
  #moveOn(index: number, nextIndex: number, part: number, id: number, out: TargetPose): void {
    const step = this.rows.step(index, nextIndex, id, out, out.next);
    if (step === "teleport") out.note = "teleport";
    if (step !== "moves") return;
    poseBetween(out, out.next, part, this.plan, out);
    out.part = part;
  }
}

/** Coordinate of a pose along an axis by index. */
function along(pose: Pose, axis: number): number {
  return axis === 0 ? pose.x : axis === 1 ? pose.y : pose.z;
}
