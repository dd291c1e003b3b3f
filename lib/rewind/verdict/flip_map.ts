import { emptyDecision, goBackMs } from "../policy/decision.ts";
import type { FlipOptions, HitInterval } from "./hit_interval.ts";
import { commonIntervals } from "./hit_intervals.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { Judge } from "./judge.ts";
import { planOf } from "../shape/model_plan.ts";
import type { Moment } from "../policy/moment.ts";
import type { Shot } from "../shot/shot.ts";
import { TargetPoses } from "./target_poses.ts";
import { emptyVerdict } from "./verdict.ts";

/** Rewinds with one and the same verdict, in milliseconds back from the shot. */
export interface VerdictSpan {
  /** Smallest rewind. */
  readonly fromMs: number;
  /** Largest rewind; where the next span begins. */
  readonly toMs: number;
  /** Who is hit first, or null for a miss. */
  readonly victim: number | null;
}

/** What a shot would have hit, for every rewind. */
export interface FlipMap {
  /** When each target is hit, as if it were alone. */
  readonly intervals: readonly HitInterval[];
  /** Who is hit, from rewind 0 to the largest without a gap. */
  readonly spans: readonly VerdictSpan[];
}

/**
 * Every rewind from 0 to `maxMs` at which the verdict of a shot flips.
 *
 * The ends come from {@linkcode hitIntervals}. Where several targets are hit at once the nearest
 * along the ray counts; the rewind at which one passes in front of another is found, between each
 * two frames, by looking at 32 points and by bisection to 1e-9 ms. A target that passes in front
 * and falls back within less than that is not seen.
 */
export function flipMap(
  moment: Moment,
  shot: Shot,
  model: HitModel,
  options: FlipOptions,
): FlipMap {
  const intervals = commonIntervals(moment, shot, model, options);
  const poses = new TargetPoses(moment, options.rules, planOf(model));
  const judge = new Judge(poses, shot);
  const decision = emptyDecision();
  const verdict = emptyVerdict();
  const nearestAt = (ms: number, ids: readonly number[]): number | null => {
    goBackMs(moment, ms, decision);
    judge.judgeAmong(ids, decision, verdict);
    return verdict.victim;
  };
  const ends = new Set([0, options.maxMs]);
  for (const { fromMs, toMs } of intervals) ends.add(fromMs).add(toMs);
  const hasSeveral = intervals.some((span) => span.target !== intervals[0]!.target);
  if (hasSeveral) addFrameEnds(moment, options.maxMs, ends);
  const sorted = [...ends].sort((a, b) => a - b);
  const spans: { fromMs: number; toMs: number; victim: number | null }[] = [];
  const push = (fromMs: number, toMs: number, victim: number | null): void => {
    const last = spans.at(-1);
    if (last !== undefined && last.victim === victim) last.toMs = toMs;
    else spans.push({ fromMs, toMs, victim });
  };
  for (let i = 0; i + 1 < sorted.length; i++) {
    const fromMs = sorted[i]!;
    const toMs = sorted[i + 1]!;
    // Who is hit at a frame alone, between two teleports, say.
    if (intervals.some((span) => span.fromMs === fromMs && span.toMs === fromMs)) {
      const there = intervals.filter((span) => span.fromMs <= fromMs && span.toMs >= fromMs);
      push(fromMs, fromMs, nearestAt(fromMs, there.map(({ target }) => target)));
    }
    const inside = intervals.filter((span) => span.fromMs <= fromMs && span.toMs >= toMs);
    if (inside.length > 1) {
      const ids = inside.map(({ target }) => target);
      pushNearest(fromMs, toMs, (ms) => nearestAt(ms, ids), push);
    } else push(fromMs, toMs, inside[0]?.target ?? null);
  }
  return { intervals, spans };
}

/** Rewinds of the frames: between two of them every target moves in a straight line. */
function addFrameEnds(moment: Moment, maxMs: number, ends: Set<number>): void {
  for (let index = moment.nowIndex; index >= moment.oldestIndex; index--) {
    const ms = moment.nowMs - moment.source.timeMsAt(index);
    if (ms > maxMs) break;
    if (ms > 0) ends.add(ms);
  }
}

const POINTS = 32;
const CROSSING_MS = 1e-9;
const END_MS = 1e-6;

/** Spans of a stretch in which several targets are hit. */
function pushNearest(
  fromMs: number,
  toMs: number,
  victimAt: (ms: number) => number | null,
  push: (fromMs: number, toMs: number, victim: number | null) => void,
): void {
  const points = pointsBetween(fromMs, toMs);
  let start = fromMs;
  let victim = victimAt(points[0]!);
  for (let i = 1; i < points.length; i++) {
    const next = victimAt(points[i]!);
    if (next === victim) continue;
    let low = points[i - 1]!;
    let high = points[i]!;
    while (high - low > CROSSING_MS) {
      const middle = (low + high) / 2;
      if (victimAt(middle) === victim) low = middle;
      else high = middle;
    }
    push(start, low, victim);
    start = low;
    victim = next;
  }
  push(start, toMs, victim);
}

/**
 * Where a stretch is looked at. A target that is only grazed, at the end of its interval, is entered
 * late: so the ends count most, from just inside, where rounding cannot lose the hit.
 */
function pointsBetween(fromMs: number, toMs: number): number[] {
  const step = (toMs - fromMs) / POINTS;
  const points = [fromMs + Math.min(END_MS, step / 2)];
  for (let i = 1; i < POINTS; i++) points.push(fromMs + step * i);
  points.push(toMs - Math.min(END_MS, step / 2));
  return points;
}
