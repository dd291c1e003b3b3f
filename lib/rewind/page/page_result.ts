import type { ExplainedPolicy, ExplainedTarget } from "../report/explanation/explanation.ts";
import type { ExplainOptions } from "../report/explanation/explain_shot.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { Shot } from "../shot/shot.ts";
import { type PageClaim, pageClaim } from "./look/page_claim.ts";
import { hasWholePoses, type PageTarget, pageTarget } from "./page_target.ts";
import { policyPoses } from "./policy_poses.ts";
import { rounded, roundedUnits } from "./rounded.ts";
import { type ShotSetting, TARGETS_MAX } from "./shot_setting.ts";

/** A shot under one policy. */
export interface PageResult {
  /** Milliseconds wanted. */
  readonly wantedMs: number;
  /** Milliseconds used. */
  readonly usedMs: number;
  /** Frame used, with a fraction. */
  readonly usedFrame: number;
  /** What kept it from what it wanted. */
  readonly clamped: string | null;
  /** Milliseconds of the hole in the recording that it lies in; left out when it lies in none. */
  readonly holeMs?: number;
  /** Entity that it hits, or null. */
  readonly victim: number | null;
  /** Distance along the ray to the victim. */
  readonly distanceUnits?: number;
  /** Why policy and game differ: the word. */
  readonly cause?: string;
  /** The rule behind it. */
  readonly rule?: string;
  /** With what they would agree, when they differ. */
  readonly claim?: PageClaim;
  /** Targets that count: the victim, the game's victim, the nearest. */
  readonly targets: readonly PageTarget[];
}

/** Gathers what a page shows of a shot under one policy that can judge it. */
export function pageResult(
  explained: ExplainedPolicy,
  shot: Shot,
  policy: RewindPolicy,
  { lists, model, source }: ShotSetting,
  options: ExplainOptions,
): PageResult {
  const { cause, distanceUnits, holeMs, victim } = explained;
  const isDifferent = cause !== undefined && cause.word !== "agrees";
  const rank = ({ id, isAlive, isEligible }: ExplainedTarget) =>
    id === victim || id === shot.verdict ? 0 : isAlive && isEligible !== false ? 1 : 2;
  const targets = [...explained.targets]
    .sort((a, b) => rank(a) - rank(b) || a.marginUnits - b.marginUnits)
    .slice(0, TARGETS_MAX);
  const wholeOf = hasWholePoses(model) && targets.length > 0
    ? policyPoses(source, shot, policy, model, options)
    : undefined;
  return {
    wantedMs: rounded(explained.wantedMs),
    usedMs: rounded(explained.usedMs),
    usedFrame: rounded(explained.usedFrame),
    clamped: explained.clamped,
    ...(holeMs === undefined ? {} : { holeMs: rounded(holeMs) }),
    victim,
    ...(distanceUnits === undefined ? {} : { distanceUnits: roundedUnits(distanceUnits) }),
    ...(cause === undefined ? {} : { cause: cause.word, rule: cause.rule }),
    ...(isDifferent
      ? { claim: pageClaim(cause, explained, { nameOf: options.nameOf, ids: source.ids }) }
      : {}),
    targets: targets.map(({ isEligible = true, marginUnits, ...target }) => {
      const whole = wholeOf?.(target.id);
      return pageTarget(model, { ...target, isEligible, units: marginUnits, whole }, lists);
    }),
  };
}
