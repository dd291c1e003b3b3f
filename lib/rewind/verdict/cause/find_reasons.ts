import { usedHoleMs } from "../../policy/decision.ts";
import type { Case } from "../case.ts";
import { type Cause, CAUSES, type Change } from "./cause.ts";
import { TRIALS } from "./cause_trials.ts";
import type { Trial } from "./trial.ts";

/** A shot under a policy, judged. */
export interface JudgedCase extends Case {
  /** What it alone says; undefined when the game's verdict is unknown. */
  readonly cause: Cause | undefined;
}

const NO_TRIALS: readonly Trial[] = [];

/** Shots that have to share a change for it to be a reason. */
const SHARED_MIN = 2;

/**
 * Reasons of all shots under one policy, in their order: each disagreeing shot gets the first of its
 * changes that another one shares and that no shot contradicts; where there is none, the change that
 * most shots share is told, and is no reason. A shot contradicts a change that
 * concerns it when, with the change, policy and game disagree on it, whether they agreed before or
 * not; one that has a fact of its own, as a victim that is not in the recording, speaks for nothing.
 */
export function findReasons(cases: readonly JudgedCase[]): (Cause | undefined)[] {
  const shared = new Map<Trial, number>();
  const trialsOf = cases.map(({ cause }, i) =>
    cause?.changes === undefined || usedHoleMs(cases[i]!.moment, cases[i]!.decision) > 0
      ? NO_TRIALS
      : cause.changes.map(trialOf).filter((trial) => trial !== undefined)
  );
  for (const trials of trialsOf) {
    for (const trial of trials) shared.set(trial, (shared.get(trial) ?? 0) + 1);
  }
  const contradictions = new Map<Trial, number | undefined>();
  const contradictionOf = (trial: Trial): number | undefined => {
    if (!contradictions.has(trial)) contradictions.set(trial, contradiction(trial, cases));
    return contradictions.get(trial);
  };
  return cases.map(({ cause }, i) => {
    const trials = trialsOf[i]!;
    if (cause === undefined || trials.length === 0) return cause;
    const isReason = (trial: Trial) =>
      shared.get(trial)! >= SHARED_MIN && contradictionOf(trial) === undefined;
    const reason = trials.findIndex((trial) => trial.isFact || isReason(trial));
    const at = reason < 0 ? mostShared(trials, shared) : reason;
    const trial = trials[at]!;
    const sharedBy = shared.get(trial)!;
    const contradictedBy = sharedBy >= SHARED_MIN && !trial.isFact
      ? contradictionOf(trial)
      : undefined;
    const rivals = reason < 0 || trial.isFact
      ? []
      : trials.filter((rival) =>
        rival.rule !== trial.rule && shared.get(rival)! >= sharedBy && isReason(rival)
      );
    return {
      word: reason < 0 ? "unexplained" : CAUSES[trial.rule],
      ...cause.changes![at]!,
      changes: cause.changes!,
      sharedBy,
      ...(rivals.length === 0
        ? {}
        : { rivals: rivals.map((rival) => ({ rule: rival.rule, sharedBy: shared.get(rival)! })) }),
      ...(contradictedBy === undefined ? {} : { contradictedBy }),
    };
  });
}

/** Place of the change that most shots share, of equals the first. */
function mostShared(trials: readonly Trial[], shared: ReadonlyMap<Trial, number>): number {
  const counts = trials.map((trial) => shared.get(trial)!);
  return counts.indexOf(Math.max(...counts));
}

function trialOf({ rule, variant }: Change): Trial | undefined {
  return TRIALS.find((trial) => trial.rule === rule && trial.variant === variant);
}

/** Index of the first shot that contradicts a change. */
function contradiction(trial: Trial, cases: readonly JudgedCase[]): number | undefined {
  return cases.find((subject) => {
    const { cause } = subject;
    if (cause === undefined) return false;
    if (usedHoleMs(subject.moment, subject.decision) > 0) return false;
    const isExcused = cause.changes?.some((change) => trialOf(change)?.isFact) === true;
    return !isExcused && trial.run(subject) === false;
  })?.shot.index;
}
