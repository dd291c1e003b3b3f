import type { PolicySummary, RuleSearch } from "../../mod.ts";
import type { RewindSession } from "./session.ts";
import { policyLines, type RewindAnswer, ruleLines } from "./table.ts";

/** Several recordings as if they were one. */
export interface PooledAnswer {
  /** Shots of all. */
  readonly shots: number;
  /** Recordings. */
  readonly recordings: number;
  /** Totals by policy, for policies that every recording was judged by. */
  readonly policies: readonly PolicySummary[];
  /** Policies that not every recording was judged by, so that they are left out. */
  readonly leftOut: readonly string[];
  /** Best rule over all shots; with a sweep. */
  readonly search?: RuleSearch;
}

/** Sums up recordings that were judged alike. */
export async function pooledAnswer(
  sessions: readonly RewindSession[],
  answers: readonly RewindAnswer[],
): Promise<PooledAnswer> {
  const { poolShots, searchRule } = await import("../../mod.ts");
  const isSwept = answers.every(({ sweep }) => sweep !== undefined);
  const samples = isSwept ? await Promise.all(sessions.map((session) => session.samples())) : [];
  const search = searchRule(samples.flat().map((sample) => ({ ...sample, offsetMs: 0 })));
  const policies = poolShots(await Promise.all(sessions.map((session) => session.judged())));
  const names = new Set(answers.flatMap((answer) => answer.policies.map(({ policy }) => policy)));
  return {
    shots: answers.reduce((sum, { shots }) => sum + shots, 0),
    recordings: answers.length,
    policies,
    leftOut: [...names].filter((name) => !policies.some(({ policy }) => policy === name)),
    ...(search === undefined ? {} : { search }),
  };
}

/** The same as lines. */
export function pooledLines(
  { leftOut, policies, recordings, search, shots }: PooledAnswer,
): string[] {
  return [
    `pooled: ${shots} shots of ${recordings} recordings`,
    "",
    ...policyLines(policies),
    ...(leftOut.length === 0
      ? []
      : ["", `left out, since not every recording was judged by them: ${leftOut.join(", ")}`]),
    ...(search === undefined ? [] : ["", ...ruleLines("from the event", "", search)]),
  ];
}
