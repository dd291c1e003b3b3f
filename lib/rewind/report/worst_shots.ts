import type { CauseRule, CauseWord } from "../verdict/cause/cause.ts";
import { resultMargin } from "../verdict/result_figures.ts";
import type { JudgedShots } from "./judged_shots.ts";

/** A shot on which a policy and the game differ. */
export interface WorstShot {
  /** Text of the policy. */
  readonly policy: string;
  /** Index of the shot. */
  readonly shot: number;
  /** Frame that carries it. */
  readonly frame: number;
  /** Who shot. */
  readonly shooter: number;
  /** Why they differ. */
  readonly cause: CauseWord;
  /** What would make them agree. */
  readonly rule: CauseRule;
  /** Distance by which it hit (at most 0) or missed (above 0); null without a target. */
  readonly marginUnits: number | null;
}

/** Misjudged shots of the best policy, widest margin first, at most so many. */
export function worstShots(judged: readonly JudgedShots[], count: number): WorstShot[] {
  const best = bestPolicy(judged);
  if (best === undefined || count === 0) return [];
  const { causes, policy, results } = best;
  const width = ({ marginUnits }: WorstShot) =>
    marginUnits === null ? Infinity : Math.abs(marginUnits);
  return results.flatMap((result, i): WorstShot[] => {
    const { shot } = result;
    const cause = causes[i];
    if (cause === undefined || cause.word === "agrees") return [];
    return [{
      policy,
      shot: shot.index,
      frame: shot.frame,
      shooter: shot.shooter,
      cause: cause.word,
      rule: cause.rule,
      marginUnits: resultMargin(result),
    }];
  }).sort((a, b) => width(b) - width(a) || a.shot - b.shot).slice(0, count);
}

/**
 * The policy that agrees most often of those that could judge most shots, of equals the first;
 * undefined without verdicts of the game.
 */
function bestPolicy(judged: readonly JudgedShots[]): JudgedShots | undefined {
  const least = Math.min(...judged.map(({ skipped }) => skipped));
  let best: JudgedShots | undefined;
  for (const shots of judged) {
    const { accuracy, skipped } = shots.summary;
    if (accuracy === null || skipped > least) continue;
    if (accuracy > (best?.summary.accuracy ?? -1)) best = shots;
  }
  return best;
}
