import type { Cause, CauseRule, CauseWord } from "../verdict/cause/cause.ts";
import { type ClampReason, usedFramePoint } from "../policy/decision.ts";
import type { HitInterval } from "../verdict/hit_interval.ts";
import { resultIntervals, resultMargin } from "../verdict/result_figures.ts";
import type { ShotResult } from "../verdict/shot_result.ts";

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

/**
 * What a policy made of one shot.
 *
 * @param cause why policy and game differ, looking at all shots
 * @param flipMs how far back the intervals go in any case, in milliseconds
 */
export function shotDetail(
  result: ShotResult,
  cause: Cause | undefined,
  flipMs: number | undefined,
): ShotDetail {
  const { decision, moment, policy, shot, verdict } = result;
  return {
    shot: shot.index,
    frame: shot.frame,
    policy: policy.name,
    wantedMs: decision.wantedMs,
    usedMs: decision.usedMs,
    usedFrame: usedFramePoint(moment, decision),
    clamped: decision.clamp,
    victim: verdict.victim,
    ...(shot.verdict === undefined ? {} : { expected: shot.verdict }),
    marginUnits: resultMargin(result),
    intervals: resultIntervals(result, flipMs),
    cause: cause?.word ?? null,
    rule: cause?.rule ?? null,
  };
}
