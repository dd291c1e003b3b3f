import { planOf } from "../../shape/model_plan.ts";
import type { PoseRules } from "../../policy/policy.ts";
import type { Case } from "../case.ts";
import { emptyTargetPose } from "../target_pose.ts";
import { TargetPoses } from "../target_poses.ts";
import { everywhere, type Trial, whereFelt } from "./trial.ts";

/** Horizontal step in units at which a game that walks its records stops rewinding (Source). */
const GAME_STOP_UNITS = 64;

/** Changes of how poses are made: who can be hit, and what stops a walk back. */
export const RULE_TRIALS: readonly Trial[] = [
  {
    rule: "death-now",
    run: (subject) => whereFelt(subject, { rules: { ...subject.rules, livesNow: true } }),
  },
  {
    rule: "death-ignored",
    run(subject) {
      const { stopUnits, ...rest } = subject.rules;
      // Where a walk back stops at a wide step alone, that is another change.
      const isStep = stopUnits !== undefined &&
        everywhere(subject, { rules: { ...subject.rules, stopUnits: Infinity } });
      return isStep ? undefined : whereFelt(subject, { rules: { ...rest, ignoresAlive: true } });
    },
  },
  {
    rule: "teleport-distance",
    run: (subject) =>
      subject.rules.stopUnits !== undefined
        ? undefined
        : whereFelt(subject, { rules: { ...subject.rules, ignoresTeleports: true } }),
  },
  {
    rule: "stop-distance",
    run: (subject) =>
      subject.rules.stopUnits === undefined
        ? undefined
        : whereFelt(subject, { rules: { ...subject.rules, stopUnits: Infinity } }),
  },
  {
    rule: "game-stop-distance",
    run(subject) {
      const { decision, moment, rules } = subject;
      const hasStop = rules.stopUnits !== undefined && rules.stopUnits <= GAME_STOP_UNITS;
      if (hasStop || decision.index === moment.nowIndex) return undefined;
      const stopping: PoseRules = { ...rules, stopUnits: GAME_STOP_UNITS };
      const outcome = whereFelt(subject, { rules: stopping });
      return outcome !== undefined && stopsAny(subject, stopping) ? outcome : undefined;
    },
  },
];

/** True when the stop rule takes hold of any target. */
function stopsAny({ decision, model, moment, shot }: Case, rules: PoseRules): boolean {
  const poses = new TargetPoses(moment, rules, planOf(model));
  const pose = emptyTargetPose();
  return poses.ids(decision).some((id) =>
    id !== shot.shooter && poses.at(decision, id, pose) && pose.note === "stop-distance"
  );
}
