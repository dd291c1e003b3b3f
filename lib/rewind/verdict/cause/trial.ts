import {
  emptyDecision,
  goBackMs,
  goBackToFrame,
  type RewindDecision,
} from "../../policy/decision.ts";
import type { Moment } from "../../policy/moment.ts";
import type { PoseRules } from "../../policy/policy.ts";
import { planOf } from "../../shape/model_plan.ts";
import type { Ray } from "../../shape/ray.ts";
import { agreesWith } from "../../shot/shot.ts";
import type { Case } from "../case.ts";
import { Judge } from "../judge.ts";
import { TargetPoses } from "../target_poses.ts";
import { emptyVerdict } from "../verdict.ts";
import type { CauseRule, Change } from "./cause.ts";

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
  /** True for a fact of one shot, which needs no second one. */
  readonly isFact?: true;
  /** Tries it. */
  run(subject: Case): Outcome;
}

/** What is changed about a shot. */
export interface Changes {
  /** The server at the shot. */
  readonly moment?: Moment;
  /** What was decided. */
  readonly decision?: RewindDecision;
  /** How poses are made. */
  readonly rules?: PoseRules;
  /** What is cast. */
  readonly ray?: Ray;
}

/** Whom the shot hits after a change. */
function victimAfter(subject: Case, changes: Changes): number | null {
  const { decision, model, moment, rules, shot } = subject;
  const poses = new TargetPoses(
    changes.moment ?? moment,
    changes.rules ?? rules,
    planOf(model),
  );
  const judge = new Judge(poses, { shooter: shot.shooter, ray: changes.ray ?? shot.ray });
  const verdict = emptyVerdict();
  judge.judge(changes.decision ?? decision, verdict);
  return verdict.victim;
}

/** Outcome of a change that is a statement about every shot. */
export function everywhere(subject: Case, changes: Changes): boolean {
  return agreesWith(subject.shot.verdict, victimAfter(subject, changes)) === true;
}

/** Outcome of a change that concerns only shots whose verdict it changes. */
export function whereFelt(subject: Case, changes: Changes): Outcome {
  const victim = victimAfter(subject, changes);
  return victim === subject.victim ? undefined : agreesWith(subject.shot.verdict, victim) === true;
}

/** Outcome of another rewind, at every shot. */
export function atMs(subject: Case, ms: number): boolean {
  const decision = emptyDecision();
  if (subject.rules.interpolates) goBackMs(subject.moment, Math.max(0, ms), decision);
  else goBackToFrame(subject.moment, Math.max(0, ms), decision);
  return everywhere(subject, { decision });
}
