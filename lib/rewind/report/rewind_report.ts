import { type Cause, CAUSE_WORDS, type CauseRule, type CauseWord } from "../verdict/cause.ts";
import type { ClientView } from "../verdict/client_view.ts";
import { type ClampReason, usedHoleMs } from "../policy/decision.ts";
import { findReasons } from "../verdict/find_cause.ts";
import { countTeleports, findTeleports } from "../past/find_teleports.ts";
import type { HitInterval } from "../verdict/hit_interval.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { RewindRule, RuleSearch } from "./rule_search.ts";
import { byShooter, type ShooterSummary } from "./shooter_summary.ts";
import { type ShotAges, shotAgesMs } from "../shot/shooter_path.ts";
import { agreesWith, type Shot } from "../shot/shot.ts";
import {
  judgeIn,
  type JudgeOptions,
  placeShot,
  poseRules,
  resultIntervals,
  resultMargin,
  type ShotResult,
  teleportOf,
  usedFrame,
} from "../verdict/shot_result.ts";
import { ShotError } from "../shot/shot_reader.ts";
import { type SweepOptions, type SweepPoint, sweepShots } from "./sweep.ts";
import type { KindSteps, TeleportRule } from "../past/teleport.ts";

/** What a report holds beside the totals. */
export interface RewindReportOptions extends Omit<JudgeOptions, "view" | "ageMs" | "medianAgeMs"> {
  /** True to list every shot under every policy. */
  readonly details?: boolean;
  /** Rewinds to sweep; default none. */
  readonly sweep?: Pick<SweepOptions, "fromMs" | "toMs" | "stepMs">;
  /** What each shot's client showed; default unknown. */
  readonly viewOf?: (shot: Shot) => ClientView | undefined;
  /** True to count shots that lack a number which a policy needs, instead of throwing. */
  readonly skipBad?: boolean;
  /** True to sum up by shooter as well. */
  readonly byShooter?: boolean;
  /** Misjudged shots of the best policy to list; default 10. */
  readonly list?: number;
}

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

/** Which steps counted as teleports. */
export interface UsedTeleports {
  /** The rule. */
  readonly rule: TeleportRule;
  /** Steps of targets that moved from one frame to the next. */
  readonly steps: number;
  /** Those of them that the rule takes for teleports. */
  readonly above: number;
  /** The steps that it was found from; left out for a rule that was given. */
  readonly kinds?: readonly KindSteps[];
}

/** One shot under one policy, in the words of the JSON contract. */
export interface ShotDetail {
  /** Index of the shot. */
  readonly shot: number;
  /** Frame that carries the shot. */
  readonly frame: number;
  /** Text of the policy. */
  readonly policy: string;
  /** Milliseconds to go back as the formula gives them. */
  readonly wantedMs: number;
  /** Milliseconds that it went back. */
  readonly usedMs: number;
  /** Frame that was used, with a fraction between two frames. */
  readonly usedFrame: number;
  /** What kept it from what it wanted, or null. */
  readonly clamped: ClampReason | null;
  /** Entity that it hits, or null. */
  readonly victim: number | null;
  /** The game's verdict: an entity, null for a miss, "hit"; left out when unknown. */
  readonly expected?: number | "hit" | null;
  /** Distance by which it hit (at most 0) or missed (above 0); null without a target. */
  readonly marginUnits: number | null;
  /** Rewinds at which each target is hit, as the policy makes poses. */
  readonly intervals: readonly HitInterval[];
  /** Why policy and game differ; null when the game's verdict is unknown. */
  readonly cause: CauseWord | null;
  /** The rule behind the cause. */
  readonly rule: CauseRule | null;
}

/** Answer of {@linkcode rewindShots}: the JSON of `hindcast rewind`. */
export interface RewindReport {
  /** Shots that were judged. */
  readonly shots: number;
  /** Totals by policy, in the order asked for. */
  readonly policies: readonly PolicySummary[];
  /** Accuracy over fixed rewinds. */
  readonly sweep?: readonly SweepPoint[];
  /** Best rule `a*ping + b`, counted from the event's time. */
  readonly best?: RewindRule;
  /** The search behind it: the simplest rule as good, ranges of a and b. */
  readonly search?: RuleSearch;
  /** The same for `age + a*ping + b`, counted from where the shooter stood. */
  readonly searchByPath?: RuleSearch;
  /** Every shot under every policy. */
  readonly details?: readonly ShotDetail[];
  /** Which steps counted as teleports. */
  readonly teleport: UsedTeleports;
  /** Misjudged shots of the best policy, widest margin first. */
  readonly worst: readonly WorstShot[];
  /** The same by shooter. */
  readonly byShooter?: readonly ShooterSummary[];
}

/**
 * Judges every shot under every policy.
 *
 * @param source all frames, as a {@linkcode PoseHistory}
 * @throws {ShotError} when a shot lacks a number that a policy needs, unless `skipBad` is set
 */
export function rewindShots(
  source: PoseSource,
  shots: readonly Shot[],
  policies: readonly RewindPolicy[],
  model: HitModel,
  options: RewindReportOptions = {},
): RewindReport {
  const judged = judgeShots(source, shots, policies, model, options);
  return reportShots(source, shots, judged, model, options);
}

/**
 * Every shot under every policy, with reasons that look at all of them.
 *
 * @throws {ShotError} when a shot lacks a number that a policy needs, unless `skipBad` is set
 */
export function judgeShots(
  source: PoseSource,
  shots: readonly Shot[],
  policies: readonly RewindPolicy[],
  model: HitModel,
  options: RewindReportOptions = {},
): JudgedShots[] {
  const ages = shotAgesMs(source, shots);
  const teleport = teleportOf(source, model, options);
  let unplaced = 0;
  const orSkip = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch (error) {
      if (!options.skipBad || !(error instanceof ShotError)) throw error;
      return undefined;
    }
  };
  const placed = shots.flatMap((shot, i) => {
    const shotOptions = caseOptions(shot, i, ages, options);
    const place = orSkip(() => placeShot(source, shot, model, shotOptions));
    if (place === undefined) unplaced++;
    return place === undefined ? [] : [{ place, shotOptions }];
  });
  return policies.map((policy) => {
    const rules = poseRules(policy, teleport);
    const results = placed.flatMap(({ place, shotOptions }) =>
      orSkip(() => judgeIn(place, policy, rules, shotOptions)) ?? []
    );
    const skipped = unplaced + placed.length - results.length;
    return sumUp(policy.name, results, skipped);
  });
}

/** Sums up shots that were judged. */
export function reportShots(
  source: PoseSource,
  shots: readonly Shot[],
  judged: readonly JudgedShots[],
  model: HitModel,
  options: RewindReportOptions = {},
): RewindReport {
  const swept = options.sweep === undefined
    ? undefined
    : sweepShots(source, shots, model, { ...options, ...options.sweep });
  const summaries = judged.map(({ summary }) => summary);
  const details = options.details
    ? judged.flatMap(({ causes, policy, results }) =>
      results.map((result, k) => detailOf(policy, result, causes[k], options.flipMs))
    )
    : undefined;
  return {
    shots: shots.length,
    policies: summaries,
    ...(swept === undefined ? {} : { sweep: swept.points }),
    ...(swept?.byEvent === undefined ? {} : { best: swept.byEvent.best, search: swept.byEvent }),
    ...(swept?.byPath === undefined ? {} : { searchByPath: swept.byPath }),
    ...(details === undefined ? {} : { details }),
    teleport: usedTeleports(source, model, options),
    worst: worstOf(summaries, judged, options.list ?? WORST_LISTED),
    ...(options.byShooter === true
      ? { byShooter: byShooter(source, shots, judged, model, options) }
      : {}),
  };
}

/** Misjudged shots that are listed unless another number is asked for. */
const WORST_LISTED = 10;

/** Every shot under one policy. */
export interface JudgedShots {
  /** Text of the policy. */
  readonly policy: string;
  /** What was made of each shot that could be judged. */
  readonly results: readonly ShotResult[];
  /** Why policy and game differ on each, looking at all. */
  readonly causes: readonly (Cause | undefined)[];
  /** Shots that could not be judged. */
  readonly skipped: number;
  /** Totals. */
  readonly summary: PolicySummary;
}

/** Which steps count as teleports under options, and how many do. */
export function usedTeleports(
  source: PoseSource,
  model: HitModel,
  options: RewindReportOptions,
): UsedTeleports {
  const rule = teleportOf(source, model, options);
  const isGiven = options.teleport !== undefined || options.teleportUnits !== undefined;
  if (isGiven) return { rule, ...countTeleports(source, model, rule) };
  const { kinds } = findTeleports(source, model);
  const sum = (count: (kind: KindSteps) => number) =>
    kinds.reduce((total, kind) => total + count(kind), 0);
  return { rule, steps: sum(({ steps }) => steps), above: sum(({ above }) => above), kinds };
}

/**
 * The policy that agrees most often of those that could judge most shots, of equals the first; -1
 * without verdicts of the game.
 */
function bestPolicy(summaries: readonly PolicySummary[]): number {
  const least = Math.min(...summaries.map(({ skipped }) => skipped));
  let best = -1;
  summaries.forEach(({ accuracy, skipped }, i) => {
    if (accuracy === null || skipped > least) return;
    if (accuracy > (summaries[best]?.accuracy ?? -1)) best = i;
  });
  return best;
}

function worstOf(
  summaries: readonly PolicySummary[],
  judged: readonly JudgedShots[],
  count: number,
): WorstShot[] {
  const best = bestPolicy(summaries);
  if (best < 0 || count === 0) return [];
  const { causes, results } = judged[best]!;
  const width = ({ marginUnits }: WorstShot) =>
    marginUnits === null ? Infinity : Math.abs(marginUnits);
  return results.flatMap((result, i): WorstShot[] => {
    const { shot } = result;
    const cause = causes[i];
    if (cause === undefined || cause.word === "agrees") return [];
    return [{
      policy: summaries[best]!.policy,
      shot: shot.index,
      frame: shot.frame,
      shooter: shot.shooter,
      cause: cause.word,
      rule: cause.rule,
      marginUnits: resultMargin(result),
    }];
  }).sort((a, b) => width(b) - width(a) || a.shot - b.shot).slice(0, count);
}

/** What one shot of many is judged with. */
function caseOptions(
  shot: Shot,
  index: number,
  ages: ShotAges,
  options: RewindReportOptions,
): JudgeOptions {
  return {
    ringFrames: options.ringFrames,
    eventsFirst: options.eventsFirst,
    teleport: options.teleport,
    teleportUnits: options.teleportUnits,
    flipMs: options.flipMs,
    view: options.viewOf?.(shot),
    ...(ages.found === 0 ? {} : { ageMs: ages.agesMs[index]!, medianAgeMs: ages.medianMs }),
  };
}

function detailOf(
  policy: string,
  result: ShotResult,
  cause: Cause | undefined,
  flipMs: number | undefined,
): ShotDetail {
  const { decision, shot, verdict } = result;
  return {
    shot: shot.index,
    frame: shot.frame,
    policy,
    wantedMs: decision.wantedMs,
    usedMs: decision.usedMs,
    usedFrame: usedFrame(result),
    clamped: decision.clamp,
    victim: verdict.victim,
    ...(shot.verdict === undefined ? {} : { expected: shot.verdict }),
    marginUnits: resultMargin(result),
    intervals: resultIntervals(result, flipMs),
    cause: cause?.word ?? null,
    rule: cause?.rule ?? null,
  };
}

function sumUp(policy: string, results: readonly ShotResult[], skipped: number): JudgedShots {
  const causes = findReasons(results);
  return {
    policy,
    results,
    causes,
    skipped,
    summary: summaryOf(policy, results, causes, skipped),
  };
}

function summaryOf(
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

/**
 * Totals of several recordings as if they were one, with reasons that look at all their shots, for the
 * policies that every recording was judged by.
 */
export function poolShots(recordings: readonly (readonly JudgedShots[])[]): PolicySummary[] {
  const [first = [], ...others] = recordings;
  return first.flatMap(({ policy }) => {
    const same = [first, ...others].map((judged) =>
      judged.find((shots) => shots.policy === policy)
    );
    if (same.includes(undefined)) return [];
    const results = same.flatMap((shots) => shots!.results);
    const skipped = same.reduce((sum, shots) => sum + shots!.skipped, 0);
    return [sumUp(policy, results, skipped).summary];
  });
}
