import type { ExplainedPolicy } from "../report/explanation/explanation.ts";
import { type ExplainOptions, explainShot } from "../report/explanation/explain_shot.ts";
import type { VerdictSpan } from "../verdict/flip_map.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { Shot } from "../shot/shot.ts";
import { ShotError } from "../shot/shot_error.ts";
import { pageResult } from "./page_result.ts";
import type { PageShot } from "./page_shot.ts";
import { pageView } from "./page_view.ts";
import { rounded, roundedUnits } from "./rounded.ts";
import { entitiesOf } from "./shot_entities.ts";
import type { ShotSetting } from "./shot_setting.ts";

const NUMBERS = ["ping", "interp", "delay", "stamp", "stampMs", "damage"];

/** Gathers what a page shows of one shot. */
export function describeShot(shot: Shot, setting: ShotSetting, options: ExplainOptions): PageShot {
  const { spans, explained } = explainAll(shot, setting, options);
  const results = explained.map((entry, i) =>
    entry && pageResult(entry, shot, setting.policies[i]!, setting, options)
  );
  const { shooterView } = options;
  const page: PageShot = {
    index: shot.index,
    frame: shot.frame,
    timeMs: shot.timeMs,
    shooter: shot.shooter,
    ...(shot.verdict === undefined ? {} : { game: shot.verdict }),
    numbers: Object.fromEntries(
      NUMBERS.filter((name) => shot.numbers.has(name))
        .map((name) => [name, rounded(shot.numbers.get(name)!)]),
    ),
    origin: shot.ray.origin,
    direction: shot.ray.direction.map((value) => Math.round(value * 1e9) / 1e9),
    lengthUnits: roundedUnits(shot.ray.lengthUnits),
    radiusUnits: shot.ray.radiusUnits,
    spans: spans.map((span) => [rounded(span.fromMs), rounded(span.toMs), span.victim]),
    results,
    ...(shooterView === undefined ? {} : { view: pageView(shooterView, shot, setting, options) }),
  };
  const shown = entitiesOf(page);
  const bystanders = neverTargets(explained).filter((id) => shown.has(id));
  return bystanders.length === 0 ? page : { ...page, bystanders };
}

/** Explains under every policy; null for those that need a number which the shot lacks. */
function explainAll(
  shot: Shot,
  { model, policies, source }: ShotSetting,
  options: ExplainOptions,
): { spans: readonly VerdictSpan[]; explained: readonly (ExplainedPolicy | null)[] } {
  const explain = (some: readonly RewindPolicy[]) =>
    explainShot(source, shot, some, model, options);
  try {
    const { spans, policies: explained } = explain(policies);
    return { spans, explained };
  } catch (error) {
    if (!(error instanceof ShotError)) throw error;
  }
  const explained = policies.map((policy) => {
    try {
      return explain([policy]).policies[0]!;
    } catch (error) {
      if (error instanceof ShotError) return null;
      throw error;
    }
  });
  return { spans: explain([]).spans, explained };
}

/** Entities that are no target under any policy because of who shoots. */
function neverTargets(explained: readonly (ExplainedPolicy | null)[]): number[] {
  const targets = explained.flatMap((policy) => policy?.targets ?? []);
  const eligible = new Set(
    targets.filter(({ isEligible }) => isEligible !== false).map(({ id }) => id),
  );
  return [...new Set(targets.map(({ id }) => id))].filter((id) => !eligible.has(id));
}
