import type { Moment } from "../policy/moment.ts";
import { MomentMemo } from "../policy/moment_memo.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import type { Shot } from "../shot/shot.ts";
import type { Case } from "./case.ts";
import type { FlipOptions, HitInterval } from "./hit_interval.ts";
import { IntervalSolver } from "./interval_solver.ts";

/**
 * All rewinds at which a shot's ray hits each target, as if it were alone: by target, then by time.
 *
 * The geometry is solved per pair of frames ({@linkcode shapeSpans}), so that nothing is missed
 * between sampling points. What holds at a frame itself is its own row's: where a target teleports,
 * dies or changes at a frame, an interval that comes from the row before ends with the last number
 * before it. A target that is not rewound is hit at all rewinds or at none.
 */
export function hitIntervals(
  moment: Moment,
  shot: Shot,
  model: HitModel,
  options: FlipOptions,
): HitInterval[] {
  const solver = new IntervalSolver(moment, shot, planOf(model), options);
  return solver.targets().flatMap((id) => solver.intervalsOf(id));
}

const solved = new MomentMemo<readonly HitInterval[]>();

/** As {@linkcode hitIntervals}, solved once for all policies that make poses alike. */
export function commonIntervals(
  moment: Moment,
  shot: Shot,
  model: HitModel,
  options: FlipOptions,
): readonly HitInterval[] {
  const make = () => hitIntervals(moment, shot, model, options);
  const { leap, maxMs, rules } = options;
  return leap === undefined ? solved.get(moment, maxMs, rules, make) : make();
}

/**
 * The same intervals settled at a decision: a target's hold what was used exactly if it is hit there,
 * whatever rounding says of an end nearby or of a graze too short to be found.
 */
export function settledIntervals(
  intervals: readonly HitInterval[],
  { decision, model, moment, rules, shot }: Case,
): HitInterval[] {
  const { usedMs } = decision;
  const solver = new IntervalSolver(moment, shot, planOf(model), { maxMs: usedMs, rules });
  const holds = ({ fromMs, toMs }: HitInterval) => fromMs <= usedMs && usedMs <= toMs;
  const hit = new Set(solver.hitAt(decision));
  const out = intervals.flatMap((span): HitInterval[] => {
    if (!holds(span) || hit.has(span.target)) return [span];
    const early = { ...span, toMs: usedMs - solver.besideMs };
    const late = { ...span, fromMs: usedMs + solver.besideMs };
    return [early, late].filter(({ fromMs, toMs }) => fromMs <= toMs);
  });
  for (const target of hit) {
    if (out.some((span) => span.target === target && holds(span))) continue;
    out.push({ target, fromMs: usedMs, toMs: usedMs });
  }
  return out.sort((a, b) => a.target - b.target || a.fromMs - b.fromMs);
}
