import type { BenchCase, Setting } from "./bench_case.ts";
import { type CaseResult, caseResult } from "./case_result.ts";
import { interleave, type Rounds } from "./interleave.ts";

/** As few rounds as show that a case runs. */
const SHORT: Rounds = { count: 1, warmUp: 0, roundMs: 0 };

/** Prepares a case, which checks its results, runs its rounds and sums up. */
export async function runCase(
  one: BenchCase,
  setting: Setting,
  rounds: number,
): Promise<CaseResult> {
  const contest = await one.prepare(setting);
  try {
    const count = contest.rounds ?? rounds;
    const warmUp = contest.steps === undefined ? 5 : 1;
    const { lessEach: _, ...alone } = contest;
    const series = setting.isShort
      ? await interleave(alone, SHORT)
      : await interleave(contest, { count, warmUp, roundMs: 40 });
    return caseResult(one, contest, series);
  } finally {
    contest.close?.();
  }
}
