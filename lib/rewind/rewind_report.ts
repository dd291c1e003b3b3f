import { CAUSE_WORDS, type CauseRule, type CauseWord } from "./cause.ts";
import type { ClientView } from "./client_view.ts";
import type { ClampReason } from "./decision.ts";
import { flipMap } from "./flip_map.ts";
import type { HitInterval } from "./hit_interval.ts";
import type { HitModel } from "./hit_model.ts";
import { momentAt } from "./moment.ts";
import type { RewindPolicy } from "./policy.ts";
import { indexOfFrame, type PoseSource } from "./pose.ts";
import { type ShotAges, shotAgesMs } from "./shooter_path.ts";
import { agreesWith, type Shot } from "./shot.ts";
import {
  FLIP_MS,
  type JudgeOptions,
  judgeShot,
  resultMargin,
  type ShotResult,
  usedFrame,
} from "./shot_result.ts";
import { ShotError } from "./shot_reader.ts";
import { type SweepOptions, type SweepPoint, sweepShots, TELEPORT_UNITS } from "./sweep.ts";
import type { RewindRule, RuleSearch } from "./rule_search.ts";

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
}

/** One shot under one policy, in the words of the JSON contract. */
export interface ShotDetail {
  /** Index of the shot. */
  readonly shot: number;
  /** Newest frame of the server. */
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
  /** Rewinds at which each target is hit. */
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
  const details: ShotDetail[] = [];
  const ages = shotAgesMs(source, shots);
  const maps = options.details ? flipIntervals(source, shots, model, options) : undefined;
  const summaries = policies.map((policy) => {
    const totals = new Totals(policy.name);
    shots.forEach((shot, i) => {
      let result: ShotResult;
      try {
        result = judgeShot(source, shot, policy, model, caseOptions(shot, i, ages, options));
      } catch (error) {
        if (!options.skipBad || !(error instanceof ShotError)) throw error;
        totals.skipped++;
        return;
      }
      totals.add(shot, result);
      if (maps !== undefined) details.push(detailOf(shot, policy, result, model, maps[i]!));
    });
    return totals.summary();
  });
  const swept = options.sweep === undefined
    ? undefined
    : sweepShots(source, shots, model, { ...options.sweep, ...sweepLimits(options) });
  return {
    shots: shots.length,
    policies: summaries,
    ...(swept === undefined ? {} : { sweep: swept.points }),
    ...(swept?.byEvent === undefined ? {} : { best: swept.byEvent.best, search: swept.byEvent }),
    ...(swept?.byPath === undefined ? {} : { searchByPath: swept.byPath }),
    ...(maps === undefined ? {} : { details }),
  };
}

function sweepLimits(options: RewindReportOptions): SweepOptions {
  return {
    ...(options.teleportUnits === undefined ? {} : { teleportUnits: options.teleportUnits }),
    ...(options.ringFrames === undefined ? {} : { ringFrames: options.ringFrames }),
  };
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
    teleportUnits: options.teleportUnits,
    flipMs: options.flipMs,
    view: options.viewOf?.(shot),
    ...(ages.found === 0 ? {} : { ageMs: ages.agesMs[index]!, medianAgeMs: ages.medianMs }),
  };
}

/** Intervals of each shot; they depend on no policy, so they are solved once. */
function flipIntervals(
  source: PoseSource,
  shots: readonly Shot[],
  model: HitModel,
  options: RewindReportOptions,
): readonly (readonly HitInterval[])[] {
  const { ringFrames, teleportUnits = TELEPORT_UNITS, flipMs: maxMs = FLIP_MS } = options;
  return shots.map((shot) => {
    const now = indexOfFrame(source, shot.frame);
    if (now < 0) return [];
    const moment = momentAt(source, now, shot.timeMs, ringFrames);
    return flipMap(moment, shot, model, { maxMs, teleportUnits }).intervals;
  });
}

function detailOf(
  shot: Shot,
  policy: RewindPolicy,
  result: ShotResult,
  model: HitModel,
  intervals: readonly HitInterval[],
): ShotDetail {
  return {
    shot: shot.index,
    frame: shot.frame,
    policy: policy.name,
    wantedMs: result.decision.wantedMs,
    usedMs: result.decision.usedMs,
    usedFrame: usedFrame(result),
    clamped: result.decision.clamp,
    victim: result.verdict.victim,
    ...(shot.verdict === undefined ? {} : { expected: shot.verdict }),
    marginUnits: resultMargin(result, shot, model),
    intervals,
    cause: result.cause?.word ?? null,
    rule: result.cause?.rule ?? null,
  };
}

class Totals {
  skipped = 0;
  readonly #policy: string;
  readonly #causes: Record<CauseWord, number>;
  readonly #rules: Partial<Record<CauseRule, number>> = {};
  #tp = 0;
  #fp = 0;
  #tn = 0;
  #fn = 0;

  constructor(policy: string) {
    this.#policy = policy;
    this.#causes = Object.fromEntries(CAUSE_WORDS.map((word) => [word, 0])) as Record<
      CauseWord,
      number
    >;
  }

  add(shot: Shot, result: ShotResult): void {
    const agrees = agreesWith(shot.verdict, result.verdict.victim);
    if (agrees === undefined || result.cause === undefined) return;
    if (shot.verdict === null) agrees ? this.#tn++ : this.#fp++;
    else agrees ? this.#tp++ : this.#fn++;
    const { word, rule } = result.cause;
    this.#causes[word]++;
    if (rule !== "none") this.#rules[rule] = (this.#rules[rule] ?? 0) + 1;
  }

  summary(): PolicySummary {
    const judged = this.#tp + this.#fp + this.#tn + this.#fn;
    return {
      policy: this.#policy,
      accuracy: judged === 0 ? null : (this.#tp + this.#tn) / judged,
      tp: this.#tp,
      fp: this.#fp,
      tn: this.#tn,
      fn: this.#fn,
      causes: this.#causes,
      rules: this.#rules,
      skipped: this.skipped,
    };
  }
}
