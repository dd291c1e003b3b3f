import { planOf } from "../../shape/model_plan.ts";
import { movedRay, type Ray } from "../../shape/ray.ts";
import { agreesWith } from "../../shot/shot.ts";
import type { Case } from "../case.ts";
import { seenErrors } from "../seen_error.ts";
import { judgeShooterView, type ShooterView } from "../shooter_view.ts";
import { emptyTargetPose, isAtPlaceOf } from "../target_pose.ts";
import { TargetPoses } from "../target_poses.ts";
import { everywhere, type Trial } from "./trial.ts";

/** Changes of where a shot is looked at from: its shooter's past, and his screen. */
export const SHOOTER_TRIALS: readonly Trial[] = [
  {
    rule: "shooter-rewound",
    run(subject) {
      const ray = rayOfShooterThen(subject);
      return ray === undefined ? undefined : everywhere(subject, { ray });
    },
  },
  {
    rule: "client-view",
    run(subject) {
      const { model, shooterView, shot } = subject;
      if (shooterView === undefined) return undefined;
      const seen = judgeShooterView(shooterView, model, shot);
      if (seen === subject.victim || !isStale(subject, shooterView, seen)) return undefined;
      return agreesWith(shot.verdict, seen) === true;
    },
  },
];

/** Distance from the truth below which a view is not stale: rounding. */
const STALE_UNITS = 1e-6;

/**
 * True when what the client showed was not true at its view frame either: of whom it or the game
 * hit, else of anybody. A true view of another time is no stale view but another time.
 */
function isStale(
  { model, moment, rules, shot }: Case,
  view: ShooterView,
  seen: number | null,
): boolean {
  const errors = seenErrors(moment.source, view, model, rules.teleport);
  const subjects = errors.filter(({ id }) => id === seen || id === shot.verdict);
  return (subjects.length > 0 ? subjects : errors).some(({ errorUnits }) =>
    errorUnits > STALE_UNITS
  );
}

/**
 * The ray moved by the shooter's way from now to the used time, as a server that rewinds all has it;
 * undefined where he did not move.
 */
function rayOfShooterThen({ decision, model, moment, rules, shot }: Case): Ray | undefined {
  const poses = new TargetPoses(moment, rules, planOf(model));
  const [now, then] = [emptyTargetPose(), emptyTargetPose()];
  if (!poses.now(shot.shooter, now)) return undefined;
  if (!poses.rewound(decision, shot.shooter, then)) return undefined;
  if (isAtPlaceOf(now, then)) return undefined;
  return movedRay(shot.ray, then.x - now.x, then.y - now.y, then.z - now.z);
}
