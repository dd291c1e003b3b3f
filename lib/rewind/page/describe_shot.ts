import type { ExplainedPolicy } from "../report/explanation/explanation.ts";
import { type ExplainOptions, explainShot } from "../report/explanation/explain_shot.ts";
import type { VerdictSpan } from "../verdict/flip_map.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { Shot } from "../shot/shot.ts";
import { ShotError } from "../shot/shot_error.ts";
import { pageResult } from "./page_result.ts";
import type { PageShot } from "./page_shot.ts";
import { pageView } from "./page_view.ts";
import { nearestBodies } from "./look/nearest_bodies.ts";
import { AROUND_MS, FAR_MS_MAX } from "./choose_shots.ts";
import { rounded, roundedUnits } from "./rounded.ts";
import { entitiesOf } from "./shot_entities.ts";
import { BODIES_MAX, type ShotSetting } from "./shot_setting.ts";

const NUMBERS = ["ping", "interp", "delay", "stamp", "stampMs", "damage"];

/** Gathers what a page shows of one shot. */
export function describeShot(shot: Shot, setting: ShotSetting, options: ExplainOptions): PageShot {
  const { spans, explained } = explainAll(shot, setting, options);
  const results = explained.map((entry, i) =>
    entry && pageResult(entry, shot, setting.policies[i]!, setting, options)
  );
  const { flipMs = AROUND_MS, shooterView } = options;
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
    ...reachOf(results, flipMs),
    spans: spans.map((span) => [rounded(span.fromMs), rounded(span.toMs), span.victim]),
    results,
    ...(shooterView === undefined ? {} : { view: pageView(shooterView, shot, setting, options) }),
  };
  const whole = withOthers(page, nearestBodies(setting.source, shot, setting.model, explained));
  const shown = entitiesOf(whole);
  const bystanders = neverTargets(explained).filter((id) => shown.has(id));
  return bystanders.length === 0 ? whole : { ...whole, bystanders };
}

/** The shot with those beside the ray as far as there is room, and how many are left out. */
function withOthers(page: PageShot, nearest: readonly number[]): PageShot {
  const named = entitiesOf(page);
  const unnamed = nearest.filter((id) => !named.has(id));
  const others = unnamed.slice(0, Math.max(0, BODIES_MAX + 1 - named.size));
  const undrawn = unnamed.length - others.length;
  return {
    ...page,
    ...(others.length === 0 ? {} : { others }),
    ...(undrawn === 0 ? {} : { undrawn }),
  };
}

/** Rewind that is wanted of a scrubber, in steps of 50 ms, where it is more than that of others. */
function reachOf(results: PageShot["results"], flipMs: number): Pick<PageShot, "reachMs"> {
  const usedMs = Math.max(0, ...results.map((result) => result?.usedMs ?? 0));
  const reachMs = Math.min(FAR_MS_MAX, Math.ceil(usedMs / 50) * 50);
  return reachMs > flipMs ? { reachMs } : {};
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
  const usedMs = explained.map((policy) => policy?.usedMs ?? 0);
  const flipMs = Math.max(options.flipMs ?? AROUND_MS, ...usedMs);
  const { spans } = explainShot(source, shot, [], model, { ...options, flipMs });
  return { spans, explained };
}

/** Entities that are no target under any policy because of who shoots. */
function neverTargets(explained: readonly (ExplainedPolicy | null)[]): number[] {
  const targets = explained.flatMap((policy) => policy?.targets ?? []);
  const eligible = new Set(
    targets.filter(({ isEligible }) => isEligible !== false).map(({ id }) => id),
  );
  return [...new Set(targets.map(({ id }) => id))].filter((id) => !eligible.has(id));
}
