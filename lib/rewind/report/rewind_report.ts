import type { HitModel } from "../shape/hit_model.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import { type JudgedShots, judgeShots } from "./judged_shots.ts";
import type { PolicySummary } from "./policy_summary.ts";
import type { RewindReportOptions } from "./report_options.ts";
import type { RewindRule, RuleSearch } from "./rule_search.ts";
import { byShooter, type ShooterSummary } from "./shooter_summary.ts";
import { type ShotDetail, shotDetail } from "./shot_detail.ts";
import { type SweepPoint, sweepShots } from "./sweep.ts";
import { type UsedTeleports, usedTeleports } from "./used_teleports.ts";
import { type WorstShot, worstShots } from "./worst_shots.ts";

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
    ? judged.flatMap(({ causes, results }) =>
      results.map((result, k) => shotDetail(result, causes[k], options.flipMs))
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
    worst: worstShots(judged, options.list ?? WORST_LISTED),
    ...(options.byShooter === true
      ? { byShooter: byShooter(source, shots, judged, model, options) }
      : {}),
  };
}

/** Misjudged shots that are listed unless another number is asked for. */
const WORST_LISTED = 10;
