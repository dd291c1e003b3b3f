import type { Cause } from "./cause.ts";
import { type ClientView, judgeView, type ViewError, viewErrors } from "./client_view.ts";
import type { ClampReason } from "./decision.ts";
import { flipMap, type VerdictSpan } from "./flip_map.ts";
import type { HitInterval } from "./hit_interval.ts";
import type { HitModel } from "./hit_model.ts";
import { marginUnits } from "./judge.ts";
import { momentAt } from "./moment.ts";
import type { RewindPolicy } from "./policy.ts";
import { indexOfFrame, type PoseSource } from "./pose.ts";
import type { Shot } from "./shot.ts";
import {
  FLIP_MS,
  type JudgeOptions,
  judgeShot,
  type ShotResult,
  usedFrame,
} from "./shot_result.ts";
import { ShotError } from "./shot_reader.ts";
import { TELEPORT_UNITS } from "./sweep.ts";
import { emptyTargetPose, type PoseNote, targetPose } from "./target_pose.ts";

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
  /** Distance by which the ray hit (at most 0) or missed (above 0) it. */
  readonly marginUnits: number;
  /** What a pose rule did to it. */
  readonly note: PoseNote;
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
  /** Frame at or before the wanted time; -1 outside the recording. */
  readonly wantedFrame: number;
  /** Frame that was used, with a fraction between two frames. */
  readonly usedFrame: number;
  /** Frame that it interpolated from. */
  readonly fromFrame: number;
  /** Frame that it interpolated to; the same as `fromFrame` at a whole frame. */
  readonly toFrame: number;
  /** What kept it from what it wanted, or null. */
  readonly clamped: ClampReason | null;
  /** Every target that was there. */
  readonly targets: readonly ExplainedTarget[];
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
export interface ExplainedView {
  /** Frame that the client showed. */
  readonly viewFrame: number;
  /** Newest frame that it had applied. */
  readonly newestFrame: number;
  /** Interpolation delay in milliseconds. */
  readonly interpMs: number;
  /** Entity that the ray hits on the shooter's screen, or null. */
  readonly victim: number | null;
  /** Error of every pose that it showed. */
  readonly errors: readonly ViewError[];
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
  readonly view?: ExplainedView;
}

/**
 * Explains one shot. A policy that reads `age` wants `ageMs` and `medianAgeMs` among the options,
 * from {@linkcode shotAgesMs} over all shots: a single shot may not tell its own.
 *
 * @param source all frames, as a {@linkcode PoseHistory}
 * @throws {ShotError} when the shot lacks a number that a policy needs
 */
export function explainShot(
  source: PoseSource,
  shot: Shot,
  policies: readonly RewindPolicy[],
  model: HitModel,
  options: JudgeOptions = {},
): Explanation {
  const now = indexOfFrame(source, shot.frame);
  if (now < 0) throw new ShotError(shot.index, "", `frame ${shot.frame} is not in the recording`);
  const { ringFrames, teleportUnits = TELEPORT_UNITS, flipMs = FLIP_MS, view } = options;
  const moment = momentAt(source, now, shot.timeMs, ringFrames);
  const oldest = moment.oldestIndex;
  return {
    shot,
    ...(ringFrames === undefined ? {} : { ringFrames }),
    oldestFrame: source.frameAt(oldest),
    oldestMs: shot.timeMs - source.timeMsAt(oldest),
    frameMs: now > 0 ? source.timeMsAt(now) - source.timeMsAt(now - 1) : 0,
    policies: policies.map((policy) =>
      explainPolicy(judgeShot(source, shot, policy, model, options), policy, shot, model)
    ),
    flipMs,
    ...flipMap(moment, shot, model, { maxMs: flipMs, teleportUnits }),
    ...(view === undefined ? {} : { view: explainView(source, view, shot, model, teleportUnits) }),
  };
}

function explainPolicy(
  result: ShotResult,
  policy: RewindPolicy,
  shot: Shot,
  model: HitModel,
): ExplainedPolicy {
  const { decision, moment, verdict, cause } = result;
  const fromFrame = moment.source.frameAt(decision.index);
  const explained = {
    policy: policy.name,
    reason: decision.reason,
    wantedMs: decision.wantedMs,
    usedMs: decision.usedMs,
    wantedFrame: decision.wantedFrame,
    usedFrame: usedFrame(result),
    fromFrame,
    toFrame: moment.source.frameAt(decision.nextIndex),
    clamped: decision.clamp,
    targets: explainTargets(result, shot, model),
    victim: verdict.victim,
    ...(verdict.shape === undefined ? {} : { shape: verdict.shape }),
    ...(verdict.victim === null ? {} : { distanceUnits: verdict.distanceUnits }),
    ...(cause === undefined ? {} : { cause }),
  };
  return { ...explained, sentence: causeSentence(explained, shot) };
}

const pose = emptyTargetPose();

function explainTargets(result: ShotResult, shot: Shot, model: HitModel): ExplainedTarget[] {
  const { moment, decision, rules } = result;
  const index = rules.stopUnits === undefined ? decision.index : moment.nowIndex;
  const targets: ExplainedTarget[] = [];
  for (let i = 0; i < moment.source.countAt(index); i++) {
    const id = moment.source.idAt(index, i);
    if (id === shot.shooter || !targetPose(moment, decision, rules, id, pose)) continue;
    const kind = model.kinds[pose.kind]!;
    if (kind.shapes.length === 0) continue;
    targets.push({
      id,
      kind: kind.kind,
      position: [pose.x, pose.y, pose.z],
      yawDegrees: pose.yawDegrees,
      isAlive: pose.isAlive,
      marginUnits: marginUnits(model, pose, shot.ray),
      note: pose.note,
    });
  }
  return targets;
}

function explainView(
  source: PoseSource,
  view: ClientView,
  shot: Shot,
  model: HitModel,
  teleportUnits: number,
): ExplainedView {
  return {
    viewFrame: view.viewFrame,
    newestFrame: view.newestFrame,
    interpMs: view.interpMs,
    victim: judgeView(view, model, shot),
    errors: viewErrors(source, view, teleportUnits),
  };
}

/** One sentence that names the rule which makes the difference. */
function causeSentence(explained: Omit<ExplainedPolicy, "sentence">, shot: Shot): string {
  const { cause, usedMs, wantedMs } = explained;
  const game = gameWords(shot.verdict);
  const policy = explained.victim === null ? "misses" : `hits ${explained.victim}`;
  if (cause === undefined) return `The policy ${policy}; what the game decided is unknown.`;
  if (cause.word === "agrees") return `Policy and game agree: the shot ${policy}.`;
  const start = `The policy ${policy}, the game ${game}: `;
  return start + ruleWords(cause, usedMs, wantedMs, explained.wantedFrame);
}

function ruleWords(cause: Cause, usedMs: number, wantedMs: number, wantedFrame: number): string {
  const used = `${round(usedMs)} ms`;
  switch (cause.rule) {
    case "ring-evicts":
      return `the ring had evicted frame ${wantedFrame}; a ring that holds it makes them agree.`;
    case "ring-aliases":
      return `frame ${wantedFrame} was evicted, and a ring that aliases (frame % size) hands out ` +
        `frame ${cause.aliasFrame} in its place.`;
    case "policy-limit":
      return `the policy's own limit cut ${round(wantedMs)} ms to ${used}.`;
    case "teleport-distance":
      return `a step above the teleport distance was not interpolated.`;
    case "stop-distance":
      return `the policy's stop distance took a fast target's step for a teleport and did not ` +
        `rewind it.`;
    case "game-stop-distance":
      return `a teleport distance of 64 units that stops all rewinding of a fast target makes ` +
        `them agree.`;
    case "inside-frame":
      return `the shot was fired inside the frame, which the shooter's own path dates.`;
    case "whole-frame":
      return `one of the two frames as a whole, instead of a point between them, makes them agree.`;
    case "off-by-one-frame":
      return `a history that is off by one frame makes them agree.`;
    case "client-view":
      return `the shooter's client showed other poses than the server had.`;
    case "half-rtt-missing":
      return `half of the round trip is missing from ${used}.`;
    case "half-rtt-extra":
      return `half of the round trip is too much in ${used}: the game left one way out.`;
    case "death-ignored":
      return `the target was dead at the used frame.`;
    case "death-now":
      return `the target was dead by the time the server decided.`;
    case "unrecorded-victim":
      return `the game's victim is not in the recording.`;
    case "shooter-rewound":
      return `moving the ray back with its shooter, as a server that rewinds the shooter as well, ` +
        `makes them agree.`;
    case "target-in-front":
      return `the game's victim is hit too, behind another target.`;
    case "other-time":
      return `the geometry agrees at a rewind of ${
        round(cause.agreeingMs!)
      } ms instead of ${used}.`;
    default:
      return `no rewind makes them agree.`;
  }
}

/** The game's verdict as a verb. */
export function gameWords(verdict: Shot["verdict"]): string {
  if (verdict === undefined) return "says nothing";
  if (verdict === null) return "misses";
  return verdict === "hit" ? "hits" : `hits ${verdict}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
