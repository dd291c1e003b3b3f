import { TeleportSteps } from "../past/teleport_steps.ts";
import type { Moment } from "../policy/moment.ts";
import type { PoseRules } from "../policy/policy.ts";
import type { ModelPlan } from "../shape/model_plan.ts";
import { copyPlace, copyPose, copyTargetness, emptyPose, type Pose } from "../shape/pose.ts";

/** The rows of targets as they count for a shot: what its own frame already holds is taken back. */
export class RowPoses {
  readonly #moment: Moment;
  readonly #rules: PoseRules;
  readonly #plan: ModelPlan;
  readonly #teleports: TeleportSteps;
  readonly #before: Pose = emptyPose();

  /** Rows of the past that a moment has. */
  constructor(moment: Moment, rules: PoseRules, plan: ModelPlan) {
    this.#moment = moment;
    this.#rules = rules;
    this.#plan = plan;
    this.#teleports = new TeleportSteps(rules.teleport, moment.source, plan.teleportFact);
  }

  /**
   * Pose of an entity at a frame; false when it was not there.
   *
   * The frame that carries a shot may already hold its effect, so who is a target there is what it was
   * in the state before: its kind, its life, and its shapes if it died since. It stands where the frame
   * has it; where the row before had it if the frame has it no more, or no more as what it was, or dead
   * and a teleport away.
   */
  read(index: number, id: number, out: Pose): boolean {
    const { beforeIndex } = this.#moment;
    const before = this.#before;
    const isThere = this.#readRow(index, id, out);
    if (index <= beforeIndex || beforeIndex < 0) return isThere;
    if (!this.#readRow(beforeIndex, id, before)) return isThere;
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
      this.#teleports.isTeleport(beforeIndex, index, id, before, out);
    if (isGone) copyPlace(before, out);
    copyTargetness(before, out);
    return true;
  }

  /**
   * What an entity does from its pose at a frame to another frame: `moves` to the pose that is written
   * to `to`, `stands` when it is not there any more as what it was, or teleports.
   */
  step(
    index: number,
    nextIndex: number,
    id: number,
    from: Pose,
    to: Pose,
  ): "moves" | "stands" | "teleport" {
    if (!this.read(nextIndex, id, to) || to.kind !== from.kind) return "stands";
    if (this.#rules.ignoresTeleports === true) return "moves";
    return this.#teleports.isTeleport(index, nextIndex, id, from, to) ? "teleport" : "moves";
  }

  #readRow(index: number, id: number, out: Pose): boolean {
    const { shooterFacts, source } = this.#moment;
    const position = source.find(index, id);
    if (position < 0) return false;
    source.readPose(index, position, out);
    if (out.kind < 0) return false;
    if (shooterFacts !== undefined) this.#plan.lookAtShooter(out, shooterFacts);
    return true;
  }
}
