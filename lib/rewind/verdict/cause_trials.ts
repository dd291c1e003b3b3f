import type { CauseRule, CauseWord, Change } from "./cause.ts";
import { judgeShooterView, seenErrors, type ShooterView } from "./shooter_view.ts";
import {
  decide,
  emptyDecision,
  goBackMs,
  goToIndex,
  type RewindDecision,
} from "../policy/decision.ts";
import type { NumberLookup } from "../policy/expression.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { emptyVerdict, entitiesAt, hitTarget, isTarget, judge } from "./judge.ts";
import { planOf } from "../shape/model_plan.ts";
import type { Moment } from "../policy/moment.ts";
import type { PoseRules, RewindPolicy } from "../policy/policy.ts";
import { movedRay, type Ray } from "../shape/ray.ts";
import { agreesWith, type Shot } from "../shot/shot.ts";
import {
  emptyTargetPose,
  nowPose,
  rewoundPose,
  type TargetPose,
  targetPose,
} from "./target_pose.ts";

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
  /** Whom it hits, or null. */
  readonly victim: number | null;
  /** What can be hit. */
  readonly model: HitModel;
  /** What the shooter's client showed; undefined when that is unknown. */
  readonly shooterView?: ShooterView | undefined;
  /** Age of the shot less the median age of all, in milliseconds; undefined when unknown. */
  readonly insideFrameMs?: number | undefined;
  /** Largest rewind that is looked at for `other-time`, in milliseconds. */
  readonly flipMs: number;
}

/**
 * What a change makes of a shot: true when policy and game then agree, false when they do not, and
 * undefined where it does not concern the shot.
 */
export type Outcome = boolean | undefined;

/** A change that is tried on shots. */
export interface Trial {
  /** Name of the rule. */
  readonly rule: CauseRule;
  /** Which way, where a rule has two. */
  readonly variant?: Change["variant"];
  /** What the change is called as a reason. */
  readonly word: CauseWord;
  /** True for a fact of one shot, which needs no second one. */
  readonly isFact?: true;
  /** Tries it. */
  run(subject: Case): Outcome;
}

const changed = emptyDecision();
const verdict = emptyVerdict();

interface Changes {
  readonly moment?: Moment;
  readonly decision?: RewindDecision;
  readonly rules?: PoseRules;
  readonly ray?: Ray;
}

/** Whom the shot hits after a change. */
function victimAfter(subject: Case, changes: Changes): number | null {
  const { decision, model, moment, rules, shot } = subject;
  judge(
    changes.moment ?? moment,
    changes.decision ?? decision,
    changes.rules ?? rules,
    model,
    shot.shooter,
    changes.ray ?? shot.ray,
    verdict,
  );
  return verdict.victim;
}

/** Outcome of a change that is a statement about every shot. */
function everywhere(subject: Case, changes: Changes): boolean {
  return agreesWith(subject.shot.verdict, victimAfter(subject, changes)) === true;
}

/** Outcome of a change that concerns only shots whose verdict it changes. */
function whereFelt(subject: Case, changes: Changes): Outcome {
  const victim = victimAfter(subject, changes);
  return victim === subject.victim ? undefined : agreesWith(subject.shot.verdict, victim) === true;
}

function atMs(subject: Case, ms: number): boolean {
  goBackMs(subject.moment, Math.max(0, ms), subject.rules.interpolates, changed);
  return everywhere(subject, { decision: changed });
}

/** Horizontal step in units at which a game that walks its records stops rewinding (Source). */
const GAME_STOP_UNITS = 64;

/** Every change but the last resorts, specific ones first. */
export const TRIALS: readonly Trial[] = [
  {
    rule: "unrecorded-victim",
    word: "geometry",
    isFact: true,
    run: ({ moment, shot }) =>
      typeof shot.verdict === "number" && !isRecorded(moment, shot.verdict) ? true : undefined,
  },
  { rule: "not-a-target", word: "not-a-target", run: withoutDoubtfulTargets },
  {
    rule: "ring-evicts",
    word: "evicted",
    run(subject) {
      if (subject.decision.clamp !== "ring") return undefined;
      decide(subject.policy, subject.numbers, subject.fullMoment, changed);
      return everywhere(subject, { moment: subject.fullMoment, decision: changed });
    },
  },
  {
    rule: "ring-aliases",
    word: "evicted",
    run(subject) {
      const index = aliasIndex(subject);
      if (index === undefined) return undefined;
      goToIndex(subject.moment, index, changed);
      return everywhere(subject, { decision: changed });
    },
  },
  {
    rule: "policy-limit",
    word: "clamped",
    run(subject) {
      const { decision, moment, numbers, policy } = subject;
      decide(policy, numbers, moment, changed, { ignoresLimit: true });
      if (changed.usedMs === decision.usedMs) return undefined;
      return everywhere(subject, { decision: changed });
    },
  },
  {
    rule: "death-now",
    word: "dead",
    run: (subject) => whereFelt(subject, { rules: { ...subject.rules, livesNow: true } }),
  },
  {
    rule: "death-ignored",
    word: "dead",
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
    word: "teleport",
    run: (subject) =>
      subject.rules.stopUnits !== undefined
        ? undefined
        : whereFelt(subject, { rules: { ...subject.rules, ignoresTeleports: true } }),
  },
  {
    rule: "stop-distance",
    word: "teleport",
    run: (subject) =>
      subject.rules.stopUnits === undefined
        ? undefined
        : whereFelt(subject, { rules: { ...subject.rules, stopUnits: Infinity } }),
  },
  {
    rule: "game-stop-distance",
    word: "teleport",
    run(subject) {
      const { decision, moment, rules } = subject;
      const hasStop = rules.stopUnits !== undefined && rules.stopUnits <= GAME_STOP_UNITS;
      if (hasStop || decision.index === moment.nowIndex) return undefined;
      const stopping: PoseRules = { ...rules, stopUnits: GAME_STOP_UNITS };
      const outcome = whereFelt(subject, { rules: stopping });
      return outcome !== undefined && stopsAny(subject, stopping) ? outcome : undefined;
    },
  },
  {
    rule: "shooter-rewound",
    word: "geometry",
    run(subject) {
      const ray = rayOfShooterThen(subject);
      return ray === undefined ? undefined : everywhere(subject, { ray });
    },
  },
  {
    rule: "client-view",
    word: "stale-view",
    run(subject) {
      const { model, shooterView, shot } = subject;
      if (shooterView === undefined) return undefined;
      const seen = judgeShooterView(shooterView, model, shot);
      if (seen === subject.victim || !isStale(subject, shooterView, seen)) return undefined;
      return agreesWith(shot.verdict, seen) === true;
    },
  },
  {
    rule: "interp-missing",
    word: "interp-missing",
    run(subject) {
      const interp = interpOf(subject);
      return interp === undefined || !subject.policy.needs.includes("interp")
        ? undefined
        : atMs(subject, subject.decision.usedMs - interp);
    },
  },
  {
    rule: "interp-counted",
    word: "interp-missing",
    run(subject) {
      const interp = interpOf(subject);
      return interp === undefined || subject.policy.needs.includes("interp")
        ? undefined
        : atMs(subject, subject.decision.usedMs + interp);
    },
  },
  ...[["half-rtt-extra", -0.5], ["half-rtt-missing", 0.5]].map(([rule, part]): Trial => ({
    rule: rule as CauseRule,
    word: "half-rtt",
    run(subject) {
      const ping = subject.numbers("ping");
      return ping === undefined || !(ping > 0)
        ? undefined
        : atMs(subject, subject.decision.usedMs + ping * (part as number));
    },
  })),
  {
    rule: "inside-frame",
    word: "interpolation",
    run: (subject) =>
      subject.insideFrameMs === undefined
        ? undefined
        : atMs(subject, subject.decision.usedMs + subject.insideFrameMs),
  },
  ...(["earlier", "later"] as const).map((variant): Trial => ({
    rule: "whole-frame",
    variant,
    word: "interpolation",
    run(subject) {
      const { decision: { fraction, index, nextIndex }, moment } = subject;
      if (!(fraction > 0)) return undefined;
      goToIndex(moment, variant === "earlier" ? index : nextIndex, changed);
      return everywhere(subject, { decision: changed });
    },
  })),
  ...(["older", "newer"] as const).map((variant): Trial => ({
    rule: "off-by-one-frame",
    variant,
    word: "interpolation",
    run(subject) {
      const step = variant === "older" ? -1 : 1;
      const { decision, moment } = subject;
      const index = decision.index + step;
      if (index < moment.oldestIndex || index > moment.nowIndex) return undefined;
      const next = Math.min(decision.nextIndex + step, moment.nowIndex);
      Object.assign(changed, decision, { index, nextIndex: Math.max(next, index) });
      if (changed.nextIndex === index) changed.fraction = 0;
      return everywhere(subject, { decision: changed });
    },
  })),
  { rule: "target-in-front", word: "geometry", run: hitsBehind },
];

function interpOf({ numbers, shot }: Case): number | undefined {
  const interp = shot.numbers.has("interp") ? numbers("interp") : undefined;
  return interp !== undefined && interp > 0 ? interp : undefined;
}

/** Index of the frame that sits in the slot of the evicted one, in a ring that nobody checks. */
export function aliasIndex({ decision, moment, ringFrames }: Case): number | undefined {
  if (decision.clamp !== "ring" || ringFrames === undefined || decision.wantedFrame < 0) {
    return undefined;
  }
  const wanted = Math.floor(decision.wantedFrame) >>> 0;
  for (let index = moment.oldestIndex; index <= moment.nowIndex; index++) {
    if (((moment.source.frameAt(index) - wanted) | 0) % ringFrames === 0) return index;
  }
  return undefined;
}

/** Entities that are taken away before a shot counts as hopeless. */
const DOUBTFUL_MAX = 4;

const pose = emptyTargetPose();
const other = emptyTargetPose();

/**
 * Takes away, one after another, targets that hardly can be any: the ray starts inside of them, or
 * another entity stands at the very same place, as a chase camera does.
 */
function withoutDoubtfulTargets(subject: Case): Outcome {
  const { decision, model, moment, rules, shot } = subject;
  const plan = planOf(model);
  const excluded = new Set<number>();
  let victim = subject.victim;
  for (let i = 0; i < DOUBTFUL_MAX && victim !== null && isDoubtful(subject, victim); i++) {
    excluded.add(victim);
    Object.assign(verdict, emptyVerdict());
    for (const id of entitiesAt(moment, decision, rules, plan)) {
      if (id === shot.shooter || excluded.has(id)) continue;
      if (!targetPose(moment, decision, rules, plan, id, pose) || !isTarget(pose, rules)) continue;
      hitTarget(model, pose, shot.ray, id, verdict);
    }
    victim = verdict.victim;
  }
  if (excluded.size === 0) return undefined;
  // Only a game that itself hits such a target says that it is one.
  if (typeof shot.verdict === "number" && excluded.has(shot.verdict)) return false;
  return agreesWith(shot.verdict, victim) === true ? true : undefined;
}

function isDoubtful(subject: Case, id: number): boolean {
  const { decision, model, moment, rules, shot } = subject;
  const plan = planOf(model);
  if (!targetPose(moment, decision, rules, plan, id, pose)) return false;
  const own = emptyVerdict();
  hitTarget(model, pose, shot.ray, id, own);
  if (own.distanceUnits === 0) return true;
  return entitiesAt(moment, decision, rules, plan).some((twin) =>
    twin !== id && targetPose(moment, decision, rules, plan, twin, other) && samePlace(pose, other)
  );
}

function samePlace(a: TargetPose, b: TargetPose): boolean {
  return a.x === b.x && a.y === b.y && a.z === b.z;
}

/** True when the stop rule takes hold of any target. */
function stopsAny(subject: Case, rules: PoseRules): boolean {
  const { decision, model, moment, shot } = subject;
  const plan = planOf(model);
  return entitiesAt(moment, decision, rules, plan).some((id) =>
    id !== shot.shooter && targetPose(moment, decision, rules, plan, id, pose) &&
    pose.note === "stop-distance"
  );
}

/** True when the game's victim is hit as well, behind whom the policy hits. */
function hitsBehind(subject: Case): Outcome {
  const { decision, model, moment, rules, shot } = subject;
  const expected = shot.verdict;
  if (typeof expected !== "number" || expected === subject.victim) return undefined;
  if (!targetPose(moment, decision, rules, planOf(model), expected, pose)) return undefined;
  if (!isTarget(pose, rules)) return undefined;
  const own = emptyVerdict();
  hitTarget(model, pose, shot.ray, expected, own);
  return own.victim === expected ? true : undefined;
}

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

/** True when the entity is in any frame that the server holds. */
function isRecorded(moment: Moment, id: number): boolean {
  for (let index = moment.nowIndex; index >= moment.oldestIndex; index--) {
    if (moment.source.find(index, id) >= 0) return true;
  }
  return false;
}

/**
 * The ray moved by the shooter's way from now to the used time, as a server that rewinds all has it;
 * undefined where he did not move.
 */
function rayOfShooterThen(subject: Case): Ray | undefined {
  const { decision, model, moment, rules, shot } = subject;
  const plan = planOf(model);
  if (!nowPose(moment, rules, plan, shot.shooter, other)) return undefined;
  if (!rewoundPose(moment, decision, rules, plan, shot.shooter, pose)) return undefined;
  if (samePlace(pose, other)) return undefined;
  return movedRay(shot.ray, pose.x - other.x, pose.y - other.y, pose.z - other.z);
}
