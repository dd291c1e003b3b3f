import type { Cause } from "./cause.ts";
import { findCause } from "./cause.ts";
import type { ClientView } from "./client_view.ts";
import { decide, emptyDecision, type RewindDecision } from "./decision.ts";
import type { NumberLookup } from "./expression.ts";
import type { HitModel } from "./hit_model.ts";
import { emptyVerdict, judge, marginUnits, type Verdict } from "./judge.ts";
import { type Moment, momentAt } from "./moment.ts";
import type { PoseRules, RewindPolicy } from "./policy.ts";
import { indexOfFrame, type PoseSource } from "./pose.ts";
import type { Shot } from "./shot.ts";
import { missingNumber, shotNumbers } from "./shot_numbers.ts";
import { ShotError } from "./shot_reader.ts";
import { TELEPORT_UNITS } from "./sweep.ts";
import { emptyTargetPose, targetPose } from "./target_pose.ts";

/** How shots are judged. */
export interface JudgeOptions {
  /** Size of the server's ring in frames; default all that was recorded. */
  readonly ringFrames?: number | undefined;
  /** Step between frames above which the earlier row stands; default 100 units. */
  readonly teleportUnits?: number | undefined;
  /** Largest rewind of the flip map in milliseconds; default 150. */
  readonly flipMs?: number | undefined;
  /** What the shooter's client showed; default unknown. */
  readonly view?: ClientView | undefined;
  /** Age of the shot in milliseconds ({@linkcode shotAgesMs}); default looked up. */
  readonly ageMs?: number | undefined;
  /** Median age of all shots in milliseconds; without it no cause is `inside-frame`. */
  readonly medianAgeMs?: number | undefined;
}

/** A shot under one policy. */
export interface ShotResult {
  /** The server at the shot. */
  readonly moment: Moment;
  /** How poses were made. */
  readonly rules: PoseRules;
  /** What was wanted and used. */
  readonly decision: RewindDecision;
  /** Who was hit. */
  readonly verdict: Verdict;
  /** The shot's numbers. */
  readonly numbers: NumberLookup;
  /** Why policy and game differ; undefined without a verdict of the game. */
  readonly cause: Cause | undefined;
}

/** Largest rewind of a flip map when none is given, in milliseconds. */
export const FLIP_MS = 150;

/** Pose rules of a policy with the caller's teleport distance. */
export function poseRules(policy: RewindPolicy, teleportUnits: number = TELEPORT_UNITS): PoseRules {
  return { interpolates: true, teleportUnits, ...policy.rules };
}

/**
 * Judges one shot under one policy.
 *
 * @throws {ShotError} when the shot lacks a number that the policy needs, the policy's formula is not
 *   finite for it, or its frame is missing
 */
export function judgeShot(
  source: PoseSource,
  shot: Shot,
  policy: RewindPolicy,
  model: HitModel,
  options: JudgeOptions = {},
): ShotResult {
  const now = indexOfFrame(source, shot.frame);
  const where = ` (frame ${shot.frame})`;
  if (now < 0) throw new ShotError(shot.index, where, "its frame is not in the recording");
  const numbers = shotNumbers(source, shot, options.ageMs);
  const missing = missingNumber(policy, numbers);
  if (missing !== undefined) {
    throw new ShotError(
      shot.index,
      where,
      `policy ${policy.name} needs ${missing.replace("|", " or ")}, which the shot lacks`,
    );
  }
  const moment = momentAt(source, now, shot.timeMs, options.ringFrames);
  const rules = poseRules(policy, options.teleportUnits);
  const decision = emptyDecision();
  const verdict = emptyVerdict();
  try {
    decide(policy, numbers, moment, decision);
  } catch (error) {
    // A formula that is not finite for this shot.
    if (!(error instanceof RangeError)) throw error;
    throw new ShotError(shot.index, where, `policy ${policy.name}: ${error.message}`);
  }
  judge(moment, decision, rules, model, shot.shooter, shot.ray, verdict);
  const { ageMs, medianAgeMs } = options;
  const cause = findCause({
    moment,
    fullMoment: momentAt(source, now, shot.timeMs),
    ringFrames: options.ringFrames,
    shot,
    numbers,
    policy,
    rules,
    decision,
    model,
    view: options.view,
    // A policy that goes by age already is inside the frame.
    insideFrameMs: ageMs === undefined || medianAgeMs === undefined || policy.needs.includes("age")
      ? undefined
      : ageMs - medianAgeMs,
    flipMs: options.flipMs ?? FLIP_MS,
  }, verdict.victim);
  return { moment, rules, decision, verdict, numbers, cause };
}

const pose = emptyTargetPose();

/**
 * Distance by which a shot hit or missed, see {@linkcode marginUnits}: to its victim; for a miss to
 * the game's victim if it has one, else to the nearest target. Null without a target.
 */
export function resultMargin(result: ShotResult, shot: Shot, model: HitModel): number | null {
  const { moment, decision, rules, verdict } = result;
  const subject = verdict.victim ?? (typeof shot.verdict === "number" ? shot.verdict : null);
  const marginOf = (id: number): number => {
    if (!targetPose(moment, decision, rules, id, pose)) return Infinity;
    return marginUnits(model, pose, shot.ray);
  };
  let best = subject === null ? Infinity : marginOf(subject);
  if (best === Infinity) {
    const index = rules.stopUnits === undefined ? decision.index : moment.nowIndex;
    const count = moment.source.countAt(index);
    for (let i = 0; i < count; i++) {
      const id = moment.source.idAt(index, i);
      if (id === shot.shooter) continue;
      const margin = marginOf(id);
      if (margin < best && pose.isAlive) best = margin;
    }
  }
  return best === Infinity ? null : best;
}

/** Used frame with the place between it and the next as a fraction. */
export function usedFrame(result: ShotResult): number {
  const { moment, decision } = result;
  const from = moment.source.frameAt(decision.index);
  const to = moment.source.frameAt(decision.nextIndex);
  return from + ((to - from) | 0) * decision.fraction;
}
