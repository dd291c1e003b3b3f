import { PLAIN_IDS } from "../ids/entity_ids.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { JudgedShots } from "./judged_shots.ts";
import type { RewindReportOptions } from "./report_options.ts";
import { type RuleSearch, searchRule } from "./rule_search.ts";
import { agreesWith, type Shot } from "../shot/shot.ts";
import { ruleSamples } from "./sweep.ts";

/** The shots of one shooter. */
export interface ShooterSummary {
  /** Who shot. */
  readonly shooter: number;
  /** His shots. */
  readonly shots: number;
  /** Smallest, median and largest ping of them in milliseconds; left out when none has one. */
  readonly ping?: { readonly min: number; readonly median: number; readonly max: number };
  /** Accuracy by policy; null where the game judged none of his shots. */
  readonly policies: readonly { readonly policy: string; readonly accuracy: number | null }[];
  /** Best rule over his shots; left out when none has a ping and a verdict. */
  readonly search?: RuleSearch;
}

/** Sums up shots by who shot, by ascending entity. */
export function byShooter(
  source: PoseSource,
  shots: readonly Shot[],
  judged: readonly JudgedShots[],
  model: HitModel,
  options: RewindReportOptions,
): ShooterSummary[] {
  const samples = ruleSamples(source, shots, model, { ...options, ...options.sweep });
  const { ids = PLAIN_IDS } = source;
  // Who was removed and came again is the same shooter.
  const subject = (entity: number) => ids.subjectOf(entity);
  const shooters = [...new Set(shots.map(({ shooter }) => subject(shooter)))]
    .sort((a, b) => a - b);
  return shooters.map((shooter) => {
    const own = shots.filter((shot) => subject(shot.shooter) === shooter);
    const pings = own.flatMap(({ numbers }) => numbers.get("ping") ?? []).sort((a, b) => a - b);
    const search = searchRule(
      samples.filter((sample) => subject(sample.shooter!) === shooter)
        .map((sample) => ({ ...sample, offsetMs: 0 })),
    );
    return {
      shooter,
      shots: own.length,
      ...(pings.length === 0 ? {} : {
        ping: { min: pings[0]!, median: pings[pings.length >> 1]!, max: pings.at(-1)! },
      }),
      policies: judged.map((shots) => ({
        policy: shots.policy,
        accuracy: accuracyOf(shots, (shot) => subject(shot.shooter) === shooter),
      })),
      ...(search === undefined ? {} : { search }),
    };
  });
}

function accuracyOf({ results }: JudgedShots, isOwn: (shot: Shot) => boolean): number | null {
  const agreeing = results.filter(({ shot }) => isOwn(shot))
    .map(({ shot, verdict }) => agreesWith(shot.verdict, verdict.victim))
    .filter((agrees) => agrees !== undefined);
  return agreeing.length === 0
    ? null
    : agreeing.filter((agrees) => agrees).length / agreeing.length;
}
