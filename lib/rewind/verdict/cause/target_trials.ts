import { planOf } from "../../shape/model_plan.ts";
import type { Moment } from "../../policy/moment.ts";
import { agreesWith } from "../../shot/shot.ts";
import type { Case } from "../case.ts";
import { Judge } from "../judge.ts";
import { RayCaster } from "../ray_caster.ts";
import { emptyTargetPose, isAtPlaceOf } from "../target_pose.ts";
import { TargetPoses } from "../target_poses.ts";
import { emptyVerdict } from "../verdict.ts";
import type { Outcome, Trial } from "./trial.ts";

/** The game's victim is nobody whom any rule could hit. */
export const UNRECORDED_VICTIM: Trial = {
  rule: "unrecorded-victim",
  isFact: true,
  run: ({ moment, shot }) =>
    typeof shot.verdict === "number" && !isRecorded(moment, shot.verdict) ? true : undefined,
};

/** Whom the policy hits is no target. */
export const NOT_A_TARGET: Trial = { rule: "not-a-target", run: withoutDoubtfulTargets };

/** The game's victim is hit as well, behind whom the policy hits. */
export const TARGET_IN_FRONT: Trial = { rule: "target-in-front", run: hitsBehind };

/** Entities that are taken away before a shot counts as hopeless. */
const DOUBTFUL_MAX = 4;

/**
 * Takes away, one after another, targets that hardly can be any: the ray starts inside of them, or
 * another entity stands at the very same place, as a chase camera does.
 */
function withoutDoubtfulTargets(subject: Case): Outcome {
  const { decision, shot } = subject;
  const poses = posesOf(subject);
  const judge = new Judge(poses, shot);
  const verdict = emptyVerdict();
  const excluded = new Set<number>();
  let victim = subject.victim;
  for (let i = 0; i < DOUBTFUL_MAX && victim !== null && isDoubtful(subject, victim); i++) {
    excluded.add(victim);
    judge.judgeAmong(poses.ids(decision).filter((id) => !excluded.has(id)), decision, verdict);
    victim = verdict.victim;
  }
  if (excluded.size === 0) return undefined;
  // Only a game that itself hits such a target says that it is one.
  if (typeof shot.verdict === "number" && excluded.has(shot.verdict)) return false;
  return agreesWith(shot.verdict, victim) === true ? true : undefined;
}

function isDoubtful(subject: Case, id: number): boolean {
  const { decision, model, shot } = subject;
  const poses = posesOf(subject);
  const [pose, other] = [emptyTargetPose(), emptyTargetPose()];
  if (!poses.at(decision, id, pose)) return false;
  const own = emptyVerdict();
  new RayCaster(planOf(model), shot.ray).hit(pose, id, own);
  if (own.distanceUnits === 0) return true;
  return poses.ids(decision).some((twin) =>
    twin !== id && poses.at(decision, twin, other) && isAtPlaceOf(pose, other)
  );
}

/** True when the game's victim is hit as well, behind whom the policy hits. */
function hitsBehind(subject: Case): Outcome {
  const { decision, model, shot } = subject;
  const expected = shot.verdict;
  if (typeof expected !== "number" || expected === subject.victim) return undefined;
  const poses = posesOf(subject);
  const pose = emptyTargetPose();
  if (!poses.at(decision, expected, pose) || !poses.isTarget(pose)) return undefined;
  return new RayCaster(planOf(model), shot.ray).enters(pose) ? true : undefined;
}

function posesOf({ model, moment, rules }: Case): TargetPoses {
  return new TargetPoses(moment, rules, planOf(model));
}

/** True when the entity is in any frame that the server holds. */
function isRecorded(moment: Moment, id: number): boolean {
  for (let index = moment.nowIndex; index >= moment.oldestIndex; index--) {
    if (moment.source.find(index, id) >= 0) return true;
  }
  return false;
}
