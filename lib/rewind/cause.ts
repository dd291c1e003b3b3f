import { type ClientView, judgeView, viewErrors } from "./client_view.ts";
import { decide, emptyDecision, goBackMs, goToIndex, type RewindDecision } from "./decision.ts";
import type { NumberLookup } from "./expression.ts";
import { flipMap } from "./flip_map.ts";
import type { HitModel } from "./hit_model.ts";
import { emptyVerdict, judge } from "./judge.ts";
import type { Moment } from "./moment.ts";
import type { PoseRules, RewindPolicy } from "./policy.ts";
import { movedRay, type Ray } from "./ray.ts";
import { agreesWith, type Shot } from "./shot.ts";
import { emptyTargetPose, targetPose } from "./target_pose.ts";

/** Why a policy and the game differ, in one word. */
export type CauseWord =
  | "agrees"
  | "evicted"
  | "clamped"
  | "teleport"
  | "interpolation"
  | "stale-view"
  | "half-rtt"
  | "dead"
  | "geometry";

/** All causes in the order in which they are tried. */
export const CAUSE_WORDS: readonly CauseWord[] = [
  "agrees",
  "evicted",
  "clamped",
  "teleport",
  "interpolation",
  "stale-view",
  "half-rtt",
  "dead",
  "geometry",
];

/**
 * The rule behind a cause: what has to change for policy and game to agree.
 *
 * | word | rules, in the order in which they are tried |
 * |---|---|
 * | `agrees` | `none`: nothing has to change |
 * | `evicted` | `ring-evicts`: a larger ring; `ring-aliases`: the frame that now sits in the slot of the wanted one |
 * | `clamped` | `policy-limit`: without the policy's own maximum |
 * | `teleport` | `teleport-distance`, `stop-distance`: without that rule; `game-stop-distance`: no rewinding of targets that stepped above 64 units |
 * | `interpolation` | `inside-frame`: dated by the shooter's own path; `whole-frame`: one of the two frames instead of a point between; `off-by-one-frame`: one frame older or newer |
 * | `stale-view` | `client-view`: the poses that the shooter's client showed, which were wrong |
 * | `half-rtt` | `half-rtt-missing`: half a round trip more; `half-rtt-extra`: half a round trip less, tried first by a policy that goes back a whole one |
 * | `dead` | `death-ignored`: the dead can be hit; `death-now`: who is dead by now cannot |
 * | `geometry` | `unrecorded-victim`: the game's victim is not in the recording; `shooter-rewound`: the ray moved back with its shooter; `target-in-front`: the game's victim is hit, behind another; `other-time`: another rewind agrees; `no-time`: none does |
 */
export type CauseRule =
  | "none"
  | "ring-evicts"
  | "ring-aliases"
  | "policy-limit"
  | "teleport-distance"
  | "stop-distance"
  | "game-stop-distance"
  | "inside-frame"
  | "whole-frame"
  | "off-by-one-frame"
  | "client-view"
  | "half-rtt-missing"
  | "half-rtt-extra"
  | "death-ignored"
  | "death-now"
  | "unrecorded-victim"
  | "shooter-rewound"
  | "target-in-front"
  | "other-time"
  | "no-time";

/** Why a policy and the game differ on a shot. */
export interface Cause {
  /** One word. */
  readonly word: CauseWord;
  /** The rule that makes the difference. */
  readonly rule: CauseRule;
  /** `other-time` only: the agreeing rewind that is nearest to the used one, in milliseconds. */
  readonly agreeingMs?: number;
  /** `ring-aliases` only: the frame in the slot of the wanted one. */
  readonly aliasFrame?: number;
}

/** A shot under a policy, with all that a counterfactual may change. */
export interface Case {
  /** The server as the policy sees it. */
  readonly moment: Moment;
  /** The same with everything that was recorded. */
  readonly fullMoment: Moment;
  /** Size of the ring in frames; undefined without one. */
  readonly ringFrames: number | undefined;
  /** Shot. */
  readonly shot: Shot;
  /** The shot's numbers. */
  readonly numbers: NumberLookup;
  /** Policy. */
  readonly policy: RewindPolicy;
  /** How it makes poses. */
  readonly rules: PoseRules;
  /** What it decided. */
  readonly decision: RewindDecision;
  /** What can be hit. */
  readonly model: HitModel;
  /** What the shooter's client showed; undefined when that is unknown. */
  readonly view?: ClientView | undefined;
  /** Age of the shot less the median age of all, in milliseconds; undefined when unknown. */
  readonly insideFrameMs?: number | undefined;
  /** Largest rewind that is looked at for `other-time`, in milliseconds. */
  readonly flipMs: number;
}

/** Horizontal step in units at which a game that walks its records stops rewinding (Source). */
const GAME_STOP_UNITS = 64;

/**
 * Why a policy and the game differ: the first rule, in the order of {@linkcode CauseRule}, whose
 * counterfactual makes them agree. A cause is therefore a sufficient change, not a proof; the order
 * goes from hard limits to soft guesses.
 *
 * @param victim whom the policy hits
 * @returns undefined when the game's verdict is unknown
 */
export function findCause(subject: Case, victim: number | null): Cause | undefined {
  const agrees = agreesWith(subject.shot.verdict, victim);
  if (agrees === undefined) return undefined;
  if (agrees) return { word: "agrees", rule: "none" };
  return evictedCause(subject) ?? clampedCause(subject) ?? teleportCause(subject) ??
    interpolationCause(subject) ?? viewCause(subject) ?? halfRttCause(subject) ??
    deadCause(subject) ?? geometryCause(subject);
}

const changed = emptyDecision();
const verdict = emptyVerdict();

/** Who would be hit after a change. */
function agreesAfter(
  subject: Case,
  moment: Moment,
  decision: RewindDecision,
  rules: PoseRules,
  ray: Ray = subject.shot.ray,
): boolean {
  judge(moment, decision, rules, subject.model, subject.shot.shooter, ray, verdict);
  return agreesWith(subject.shot.verdict, verdict.victim) === true;
}

function evictedCause(subject: Case): Cause | undefined {
  const { decision, fullMoment, moment, policy, numbers, rules } = subject;
  if (decision.clamp !== "ring") return undefined;
  decide(policy, numbers, fullMoment, changed);
  if (agreesAfter(subject, fullMoment, changed, rules)) {
    return { word: "evicted", rule: "ring-evicts" };
  }
  const size = subject.ringFrames;
  if (size === undefined || decision.wantedFrame < 0) return undefined;
  const { source } = moment;
  for (let index = moment.oldestIndex; index <= moment.nowIndex; index++) {
    const frame = source.frameAt(index);
    if ((((frame - decision.wantedFrame) | 0) % size) !== 0) continue;
    goToIndex(moment, index, changed);
    if (agreesAfter(subject, moment, changed, rules)) {
      return { word: "evicted", rule: "ring-aliases", aliasFrame: frame };
    }
  }
  return undefined;
}

function clampedCause(subject: Case): Cause | undefined {
  const { moment, policy, numbers, rules } = subject;
  decide(policy, numbers, moment, changed, { ignoresLimit: true });
  if (changed.usedMs === subject.decision.usedMs) return undefined;
  if (!agreesAfter(subject, moment, changed, rules)) return undefined;
  return { word: "clamped", rule: "policy-limit" };
}

function teleportCause(subject: Case): Cause | undefined {
  const { moment, decision, rules } = subject;
  const { stopUnits: _, ...rest } = rules;
  const free: PoseRules = { ...rest, teleportUnits: Infinity };
  if (agreesAfter(subject, moment, decision, free)) {
    const isStop = rules.stopUnits !== undefined;
    if (!isStop) return { word: "teleport", rule: "teleport-distance" };
    // The walk also stops at the dead, which is another cause.
    const walk = { ...rules, stopUnits: Infinity };
    if (agreesAfter(subject, moment, decision, walk)) {
      return { word: "teleport", rule: "stop-distance" };
    }
  }
  const hasStop = rules.stopUnits !== undefined && rules.stopUnits <= GAME_STOP_UNITS;
  if (hasStop || decision.index === moment.nowIndex) return undefined;
  const stopping: PoseRules = { ...rules, stopUnits: GAME_STOP_UNITS };
  if (!agreesAfter(subject, moment, decision, stopping)) return undefined;
  return stopsAny(subject, stopping) ? { word: "teleport", rule: "game-stop-distance" } : undefined;
}

const pose = emptyTargetPose();

/** True when the stop rule takes hold of any target. */
function stopsAny(subject: Case, rules: PoseRules): boolean {
  const { moment, decision, shot } = subject;
  const count = moment.source.countAt(moment.nowIndex);
  for (let i = 0; i < count; i++) {
    const id = moment.source.idAt(moment.nowIndex, i);
    if (id === shot.shooter || !targetPose(moment, decision, rules, id, pose)) continue;
    if (pose.note === "stop-distance") return true;
  }
  return false;
}

function interpolationCause(subject: Case): Cause | undefined {
  const { moment, decision, rules, insideFrameMs } = subject;
  if (insideFrameMs !== undefined && agreesAtMs(subject, decision.usedMs + insideFrameMs)) {
    return { word: "interpolation", rule: "inside-frame" };
  }
  if (decision.fraction > 0) {
    for (const index of [decision.index, decision.nextIndex]) {
      goToIndex(moment, index, changed);
      if (agreesAfter(subject, moment, changed, rules)) {
        return { word: "interpolation", rule: "whole-frame" };
      }
    }
  }
  for (const step of [-1, 1]) {
    const index = decision.index + step;
    if (index < moment.oldestIndex || index > moment.nowIndex) continue;
    const next = Math.min(decision.nextIndex + step, moment.nowIndex);
    Object.assign(changed, decision, { index, nextIndex: Math.max(next, index) });
    if (changed.nextIndex === index) changed.fraction = 0;
    if (agreesAfter(subject, moment, changed, rules)) {
      return { word: "interpolation", rule: "off-by-one-frame" };
    }
  }
  return undefined;
}

function viewCause(subject: Case): Cause | undefined {
  const { view, model, shot } = subject;
  if (view === undefined) return undefined;
  const seen = judgeView(view, model, shot);
  if (agreesWith(shot.verdict, seen) !== true || !isStale(subject, view, seen)) return undefined;
  return { word: "stale-view", rule: "client-view" };
}

/** Distance from the truth below which a view is not stale: rounding. */
const STALE_UNITS = 1e-6;

/**
 * True when what the client showed was not true at its view frame either: of whom it or the game
 * hit, else of anybody. A true view of another time is no stale view but another time.
 */
function isStale({ moment, rules, shot }: Case, view: ClientView, seen: number | null): boolean {
  const errors = viewErrors(moment.source, view, rules.teleportUnits);
  const subjects = errors.filter(({ id }) => id === seen || id === shot.verdict);
  return (subjects.length > 0 ? subjects : errors).some(({ errorUnits }) =>
    errorUnits > STALE_UNITS
  );
}

function halfRttCause(subject: Case): Cause | undefined {
  const ping = subject.numbers("ping");
  if (ping === undefined || !(ping > 0)) return undefined;
  const { usedMs } = subject.decision;
  const missing = (): Cause | undefined =>
    agreesAtMs(subject, usedMs + ping / 2)
      ? { word: "half-rtt", rule: "half-rtt-missing" }
      : undefined;
  const extra = (): Cause | undefined =>
    agreesAtMs(subject, Math.max(0, usedMs - ping / 2))
      ? { word: "half-rtt", rule: "half-rtt-extra" }
      : undefined;
  // Who goes back a whole round trip has not left half of it out: then the game may have.
  return usedMs >= ping ? extra() ?? missing() : missing() ?? extra();
}

function agreesAtMs(subject: Case, ms: number): boolean {
  goBackMs(subject.moment, ms, subject.rules.interpolates, changed);
  return agreesAfter(subject, subject.moment, changed, subject.rules);
}

function deadCause(subject: Case): Cause | undefined {
  const { moment, decision, rules } = subject;
  const { stopUnits: _, ...rest } = rules;
  if (agreesAfter(subject, moment, decision, { ...rest, ignoresAlive: true })) {
    return { word: "dead", rule: "death-ignored" };
  }
  if (agreesAfter(subject, moment, decision, { ...rules, livesNow: true })) {
    return { word: "dead", rule: "death-now" };
  }
  return undefined;
}

function geometryCause(subject: Case): Cause {
  const { moment, decision, rules, shot, flipMs, model } = subject;
  const geometry = (rule: CauseRule): Cause => ({ word: "geometry", rule });
  const expected = shot.verdict;
  if (typeof expected === "number" && !isRecorded(moment, expected)) {
    return geometry("unrecorded-victim");
  }
  if (agreesWithShooterRewound(subject)) return geometry("shooter-rewound");
  const { spans, intervals } = flipMap(moment, shot, model, {
    maxMs: Math.max(flipMs, decision.usedMs),
    teleportUnits: rules.teleportUnits,
  });
  const isBehind = intervals.some((span) =>
    span.target === expected && span.fromMs <= decision.usedMs && span.toMs >= decision.usedMs
  );
  if (isBehind) return geometry("target-in-front");
  let agreeingMs: number | undefined;
  for (const span of spans) {
    if (agreesWith(expected, span.victim) !== true) continue;
    const ms = Math.min(Math.max(decision.usedMs, span.fromMs), span.toMs);
    if (
      agreeingMs === undefined ||
      Math.abs(ms - decision.usedMs) < Math.abs(agreeingMs - decision.usedMs)
    ) agreeingMs = ms;
  }
  if (agreeingMs === undefined) return geometry("no-time");
  return { word: "geometry", rule: "other-time", agreeingMs };
}

/** True when the entity is in any frame that the server holds. */
function isRecorded(moment: Moment, id: number): boolean {
  for (let index = moment.nowIndex; index >= moment.oldestIndex; index--) {
    if (moment.source.find(index, id) >= 0) return true;
  }
  return false;
}

/** Moves the ray by the shooter's way from now to the used time, as a server that rewinds all. */
function agreesWithShooterRewound(subject: Case): boolean {
  const { moment, decision, rules, shot } = subject;
  const now = moment.source.find(moment.nowIndex, shot.shooter);
  if (now < 0 || !targetPose(moment, decision, rules, shot.shooter, pose)) return false;
  const { x, y, z } = pose;
  moment.source.readPose(moment.nowIndex, now, pose);
  if (pose.kind < 0 || (x === pose.x && y === pose.y && z === pose.z)) return false;
  const ray = movedRay(shot.ray, x - pose.x, y - pose.y, z - pose.z);
  return agreesAfter(subject, moment, decision, rules, ray);
}
