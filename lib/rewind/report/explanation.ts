import type { Cause } from "../verdict/cause.ts";
import { causeSentence } from "../verdict/cause_words.ts";
import {
  judgeShooterView,
  type SeenError,
  seenErrors,
  type ShooterView,
} from "../verdict/shooter_view.ts";
import { type ClampReason, usedHoleMs } from "../policy/decision.ts";
import { findTeleports } from "../past/find_teleports.ts";
import { flipMap, type VerdictSpan } from "../verdict/flip_map.ts";
import type { HitInterval } from "../verdict/hit_interval.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { entitiesAt, marginUnits } from "../verdict/judge.ts";
import { planOf } from "../shape/model_plan.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import { emptyPose, type PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import {
  FLIP_MS,
  type JudgeOptions,
  judgeShot,
  momentOfShot,
  poseRules,
  resultIntervals,
  type ShotResult,
  teleportOf,
  usedFrame,
} from "../verdict/shot_result.ts";
import { emptyTargetPose, type PoseNote, targetPose } from "../verdict/target_pose.ts";
import { isTeleport, stepUnits, type TeleportRule } from "../past/teleport.ts";

/** A target as one policy saw it. */
export interface ExplainedTarget {
  /** Entity. */
  readonly id: number;
  /** Name of its kind. */
  readonly kind: string;
  /** Position. */
  readonly position: readonly [x: number, y: number, z: number];
  /** Yaw in degrees. */
  readonly yawDegrees: number;
  /** False when it was dead and therefore no target. */
  readonly isAlive: boolean;
  /** False when it is no target of this shooter's; left out when it is. */
  readonly isEligible?: false;
  /** Distance by which the ray hit (at most 0) or missed (above 0) it. */
  readonly marginUnits: number;
  /** What a pose rule did to it. */
  readonly note: PoseNote;
  /**
   * Units between the two rows that its pose lies between, when the step is wider than those of the
   * recording's own movement, whether it was taken for a teleport or not.
   */
  readonly farUnits?: number;
}

/** A shot under one policy. */
export interface ExplainedPolicy {
  /** Text of the policy. */
  readonly policy: string;
  /** Its formula with the shot's numbers. */
  readonly reason: string;
  /** Milliseconds to go back as the formula gives them. */
  readonly wantedMs: number;
  /** Milliseconds that it went back. */
  readonly usedMs: number;
  /** Frame at the wanted time, with a fraction between two frames; -1 outside the recording. */
  readonly wantedFrame: number;
  /** Frame that was used, with a fraction between two frames. */
  readonly usedFrame: number;
  /** Frame that it interpolated from. */
  readonly fromFrame: number;
  /** Frame that it interpolated to; the same as `fromFrame` at a whole frame. */
  readonly toFrame: number;
  /** What kept it from what it wanted, or null. */
  readonly clamped: ClampReason | null;
  /** Milliseconds between the two frames, when that is a hole in the recording; else left out. */
  readonly holeMs?: number;
  /** Every target that was there. */
  readonly targets: readonly ExplainedTarget[];
  /** Rewinds at which each target is hit, as this policy makes poses. */
  readonly intervals: readonly HitInterval[];
  /** Entity that it hits, or null. */
  readonly victim: number | null;
  /** Name of the shape that it hits. */
  readonly shape?: string;
  /** Distance along the ray to the victim in units. */
  readonly distanceUnits?: number;
  /** Why policy and game differ; undefined when the game's verdict is unknown. */
  readonly cause?: Cause;
  /** The cause in a sentence. */
  readonly sentence: string;
}

/** What the shooter saw. */
export interface ExplainedShooterView {
  /** Frame that the client showed. */
  readonly viewFrame: number;
  /** Newest frame that it had applied. */
  readonly newestFrame: number;
  /** Interpolation delay in milliseconds. */
  readonly interpMs: number;
  /** Entity that the ray hits on the shooter's screen, or null. */
  readonly victim: number | null;
  /** Error of every pose that it showed. */
  readonly errors: readonly SeenError[];
}

/** Everything about one shot: the data of `hindcast rewind --explain`. */
export interface Explanation {
  /** The shot. */
  readonly shot: Shot;
  /** Size of the server's ring in frames; undefined when it held all that was recorded. */
  readonly ringFrames?: number;
  /** Oldest frame that the server held. */
  readonly oldestFrame: number;
  /** Milliseconds back to it. */
  readonly oldestMs: number;
  /** Newest frame that the server held. */
  readonly newestFrame: number;
  /** Milliseconds between the newest frame and the one before. */
  readonly frameMs: number;
  /** What each policy made of it. */
  readonly policies: readonly ExplainedPolicy[];
  /** Largest rewind of `intervals` and `spans` in milliseconds. */
  readonly flipMs: number;
  /** Rewinds at which each target is hit. */
  readonly intervals: readonly HitInterval[];
  /** Whom each rewind hits. */
  readonly spans: readonly VerdictSpan[];
  /** What the shooter saw; undefined when that is unknown. */
  readonly view?: ExplainedShooterView;
}

/** How one shot of many is explained. */
export interface ExplainOptions extends JudgeOptions {
  /** Causes by policy, when all shots were looked at ({@linkcode rewindShots}). */
  readonly causeOf?: (policy: RewindPolicy) => Cause | undefined;
}

/**
 * Explains one shot. A policy that reads `age` wants `ageMs` and `medianAgeMs` among the options,
 * from {@linkcode shotAgesMs} over all shots: a single shot may not tell its own. What one shot says
 * is never more than "would agree if": reasons come from all, by `causeOf`.
 *
 * @param source all frames, as a {@linkcode PoseHistory}
 * @throws {TypeError} when the model names what the source has not
 * @throws {ShotError} when the shot lacks a number that a policy needs, or cannot be placed
 */
export function explainShot(
  source: PoseSource,
  shot: Shot,
  policies: readonly RewindPolicy[],
  model: HitModel,
  options: ExplainOptions = {},
): Explanation {
  const moment = momentOfShot(source, shot, model, options);
  const { flipMs = FLIP_MS, ringFrames, shooterView } = options;
  const teleport = teleportOf(source, model, options);
  const { nowIndex, oldestIndex } = moment;
  const before = Math.max(nowIndex - 1, 0);
  const explained = policies.map((policy) =>
    explainPolicy(judgeShot(source, shot, policy, model, options), policy, options)
  );
  // As far back as any policy went, so that what it says is among the intervals.
  const maxMs = Math.max(flipMs, ...explained.map(({ usedMs }) => usedMs));
  return {
    shot,
    ...(ringFrames === undefined ? {} : { ringFrames }),
    oldestFrame: source.frameAt(oldestIndex),
    oldestMs: shot.timeMs - source.timeMsAt(oldestIndex),
    newestFrame: source.frameAt(nowIndex),
    frameMs: source.timeMsAt(nowIndex) - source.timeMsAt(before),
    policies: explained,
    flipMs: maxMs,
    ...flipMap(moment, shot, model, { maxMs, rules: poseRules({}, teleport) }),
    ...(shooterView === undefined
      ? {}
      : { view: explainView(source, shooterView, shot, model, teleport) }),
  };
}

function explainPolicy(
  result: ShotResult,
  policy: RewindPolicy,
  options: ExplainOptions,
): ExplainedPolicy {
  const { decision, moment, shot, verdict } = result;
  const cause = options.causeOf?.(policy) ?? result.cause;
  const hole = usedHoleMs(moment, decision);
  const explained = {
    policy: policy.name,
    reason: decision.reason,
    wantedMs: decision.wantedMs,
    usedMs: decision.usedMs,
    wantedFrame: decision.wantedFrame,
    usedFrame: usedFrame(result),
    fromFrame: moment.source.frameAt(decision.index),
    toFrame: moment.source.frameAt(decision.nextIndex),
    clamped: decision.clamp,
    ...(hole > 0 ? { holeMs: hole } : {}),
    targets: explainTargets(result),
    intervals: resultIntervals(result, options.flipMs),
    victim: verdict.victim,
    ...(verdict.shape === undefined ? {} : { shape: verdict.shape }),
    ...(verdict.victim === null ? {} : { distanceUnits: verdict.distanceUnits }),
    ...(cause === undefined ? {} : { cause }),
  };
  return { ...explained, sentence: causeSentence(explained, shot) };
}

const pose = emptyTargetPose();

function explainTargets(result: ShotResult): ExplainedTarget[] {
  const { decision, model, moment, rules, shot } = result;
  const plan = planOf(model);
  const targets: ExplainedTarget[] = [];
  for (const id of entitiesAt(moment, decision, rules, plan)) {
    if (id === shot.shooter || !targetPose(moment, decision, rules, plan, id, pose)) continue;
    const kind = model.kinds[pose.kind]!;
    if (kind.shapes.length === 0) continue;
    const { isAlive, isEligible, note, x, y, yawDegrees, z } = pose;
    const farUnits = farStep(result, id);
    targets.push({
      id,
      kind: kind.kind,
      position: [x, y, z],
      yawDegrees,
      isAlive,
      ...(isEligible ? {} : { isEligible }),
      marginUnits: marginUnits(model, pose, shot.ray),
      note,
      ...(farUnits === undefined ? {} : { farUnits }),
    });
  }
  return targets.sort((a, b) => a.id - b.id);
}

const early = emptyPose();
const late = emptyPose();

/** Width of the step that a pose lies in, when the recording's own steps make it a teleport. */
function farStep({ decision, model, moment }: ShotResult, id: number): number | undefined {
  const { source } = moment;
  // At the shot's own frame, the step into it.
  const isOwnFrame = decision.fraction === 0 && decision.index > moment.beforeIndex;
  const index = isOwnFrame ? moment.beforeIndex : decision.index;
  const nextIndex = isOwnFrame ? decision.index : decision.nextIndex;
  if (index < 0 || index === nextIndex) return undefined;
  const [a, b] = [source.find(index, id), source.find(nextIndex, id)];
  if (a < 0 || b < 0) return undefined;
  source.readPose(index, a, early);
  source.readPose(nextIndex, b, late);
  if (early.kind < 0 || late.kind !== early.kind) return undefined;
  const { rule } = findTeleports(source, model);
  const isFar = isTeleport(rule, source, index, nextIndex, id, early, late, -1);
  return isFar ? stepUnits(early, late) : undefined;
}

function explainView(
  source: PoseSource,
  view: ShooterView,
  shot: Shot,
  model: HitModel,
  teleport: TeleportRule,
): ExplainedShooterView {
  return {
    viewFrame: view.viewFrame,
    newestFrame: view.newestFrame,
    interpMs: view.interpMs,
    victim: judgeShooterView(view, model, shot),
    errors: seenErrors(source, view, model, teleport),
  };
}
