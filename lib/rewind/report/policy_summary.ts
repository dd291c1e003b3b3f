import { type Cause, CAUSE_WORDS, type CauseRule, type CauseWord } from "../verdict/cause/cause.ts";
import { type ClampReason, usedHoleMs } from "../policy/decision.ts";
import { agreesWith } from "../shot/shot.ts";
import type { ShotResult } from "../verdict/shot_result.ts";

/** Totals of one policy. Shots without a verdict of the game are in none of the counts. */
export interface PolicySummary {
  /** Text of the policy. */
  readonly policy: string;
  /** (tp + tn) / (tp + fp + tn + fn); null when the game judged no shot. */
  readonly accuracy: number | null;
  /** The game hit, and the policy hits the same victim. */
  readonly tp: number;
  /** The game missed, and the policy hits. */
  readonly fp: number;
  /** Both miss. */
  readonly tn: number;
  /** The game hit, and the policy misses or hits another. */
  readonly fn: number;
  /** Shots by cause, every word named. */
  readonly causes: Readonly<Record<CauseWord, number>>;
  /** Disagreeing shots by the rule behind the cause; only rules that occurred. */
  readonly rules: Readonly<Partial<Record<CauseRule, number>>>;
  /** Shots that the policy could not judge. */
  readonly skipped: number;
  /** Shots whose rewind something cut, by what; only what occurred. */
  readonly clamped: Readonly<Partial<Record<ClampReason, number>>>;
  /** Shots whose pose lies in a hole of the recording, where nobody knows. */
  readonly inHoles: number;
}

/** Totals of what a policy made of shots, with the cause of each. */
export function summaryOf(
  policy: string,
  results: readonly ShotResult[],
  causes: readonly (Cause | undefined)[],
  skipped: number,
): PolicySummary {
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 };
  const words = Object.fromEntries(CAUSE_WORDS.map((word) => [word, 0])) as Record<
    CauseWord,
    number
  >;
  const rules: Partial<Record<CauseRule, number>> = {};
  const clamped: Partial<Record<ClampReason, number>> = {};
  let inHoles = 0;
  results.forEach(({ decision, moment, shot, verdict }, i) => {
    const { clamp } = decision;
    if (clamp !== null) clamped[clamp] = (clamped[clamp] ?? 0) + 1;
    if (usedHoleMs(moment, decision) > 0) inHoles++;
    const agrees = agreesWith(shot.verdict, verdict.victim);
    const cause = causes[i];
    if (agrees === undefined || cause === undefined) return;
    if (shot.verdict === null) agrees ? counts.tn++ : counts.fp++;
    else agrees ? counts.tp++ : counts.fn++;
    words[cause.word]++;
    if (cause.rule !== "none") rules[cause.rule] = (rules[cause.rule] ?? 0) + 1;
  });
  const { fn, fp, tn, tp } = counts;
  const judged = tp + fp + tn + fn;
  return {
    policy,
    accuracy: judged === 0 ? null : (tp + tn) / judged,
    ...counts,
    causes: words,
    rules,
    skipped,
    clamped,
    inHoles,
  };
}
