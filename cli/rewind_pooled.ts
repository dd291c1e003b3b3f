import type { PolicySummary, RuleSearch } from "../mod.ts";
import type { RewindSession } from "./rewind_session.ts";
import { policyLines, type RewindAnswer, ruleLines } from "./rewind_table.ts";

/** Several recordings as if they were one. */
export interface PooledAnswer {
  /** Shots of all. */
  readonly shots: number;
  /** Recordings. */
  readonly recordings: number;
  /** Totals by policy, for policies that every recording was judged by. */
  readonly policies: readonly PolicySummary[];
  /** Best rule over all shots; with a sweep. */
  readonly search?: RuleSearch;
}

/** Sums up recordings that were judged alike. */
export async function pooledAnswer(
  sessions: readonly RewindSession[],
  answers: readonly RewindAnswer[],
): Promise<PooledAnswer> {
  const { pooledPolicies, searchRule } = await import("../mod.ts");
  const isSwept = answers.every(({ sweep }) => sweep !== undefined);
  const samples = isSwept ? await Promise.all(sessions.map((session) => session.samples())) : [];
  const search = searchRule(samples.flat().map((sample) => ({ ...sample, offsetMs: 0 })));
  return {
    shots: answers.reduce((sum, { shots }) => sum + shots, 0),
    recordings: answers.length,
    policies: pooledPolicies(answers),
    ...(search === undefined ? {} : { search }),
  };
}

/** The same as lines. */
export function pooledLines({ policies, recordings, search, shots }: PooledAnswer): string[] {
  return [
    `pooled: ${shots} shots of ${recordings} recordings`,
    "",
    ...policyLines(policies),
    ...(search === undefined ? [] : ["", ...ruleLines("from the event", "", search)]),
  ];
}
