import type { RewindDecision } from "../policy/decision.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { shapeEntry } from "../shape/hit_shape.ts";
import { entitiesAt, isTarget, placeRay } from "./judge.ts";
import { emptyLocalRay } from "../shape/local_ray.ts";
import { type ModelPlan, planOf } from "../shape/model_plan.ts";
import type { Moment } from "../policy/moment.ts";
import { MomentMemo } from "../policy/moment_memo.ts";
import type { PoseRules } from "../policy/policy.ts";
import { copyPose, emptyPose, type Pose, type PoseSource } from "../shape/pose.ts";
import type { Ray } from "../shape/ray.ts";
import { shapeSpans } from "./shape_spans.ts";
import type { Shot } from "../shot/shot.ts";
import {
  emptyTargetPose,
  nowPose,
  readStep,
  rowPose,
  shapeAt,
  STOP_GONE,
  STOP_NONE,
  stopIndex,
  targetPose,
} from "./target_pose.ts";

/** Rewinds, in milliseconds back from the shot, at which a ray hits a target; both ends count. */
export interface HitInterval {
  /** Target. */
  readonly target: number;
  /** Smallest rewind. */
  readonly fromMs: number;
  /** Largest rewind. */
  readonly toMs: number;
}

/** How the past is read. */
export interface FlipOptions {
  /** Largest rewind that is looked at, in milliseconds. */
  readonly maxMs: number;
  /** How poses are made. */
  readonly rules: PoseRules;
  /** Two frames with nothing between them, for a policy that goes by a pair of frames. */
  readonly leap?: Pick<RewindDecision, "index" | "nextIndex">;
}

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
  moment: Moment,
  decision: RewindDecision,
  rules: PoseRules,
  shot: Shot,
  model: HitModel,
): HitInterval[] {
  const { usedMs } = decision;
  const plan = planOf(model);
  const solver = new IntervalSolver(moment, shot, plan, { maxMs: usedMs, rules });
  const holds = ({ fromMs, toMs }: HitInterval) => fromMs <= usedMs && usedMs <= toMs;
  const hit = new Set(
    entitiesAt(moment, decision, rules, plan).filter((id) =>
      id !== shot.shooter && solver.hitsAt(decision, id)
    ),
  );
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

type Span = [fromMs: number, toMs: number];

/** Used again for every step of every shot. */
const scratch = {
  from: emptyPose(),
  to: emptyPose(),
  target: emptyTargetPose(),
  local: emptyLocalRay(),
  parts: [] as number[],
};

/** Intervals of one shot. */
class IntervalSolver {
  readonly #moment: Moment;
  readonly #shot: Shot;
  readonly #plan: ModelPlan;
  readonly #options: FlipOptions;
  /** Milliseconds by which an open end lies beside its frame: some last bits of a time. */
  readonly besideMs: number;
  readonly #last: number;

  constructor(moment: Moment, shot: Shot, plan: ModelPlan, options: FlipOptions) {
    this.#moment = moment;
    this.besideMs = (Math.abs(moment.nowMs) + 1) * 2 ** -51;
    this.#shot = shot;
    this.#plan = plan;
    this.#options = options;
    this.#last = this.#lastIndex();
  }

  /** True when a target is hit at a decision, as if it were alone. */
  hitsAt(decision: RewindDecision, id: number): boolean {
    const { rules } = this.#options;
    return targetPose(this.#moment, decision, rules, this.#plan, id, scratch.target) &&
      isTarget(scratch.target, rules) && this.#hitsTarget();
  }

  /** Entities of the frames that are looked at, ascending. */
  targets(): number[] {
    const { beforeIndex, nowIndex, presentIndex, source } = this.#moment;
    const ids = new Set<number>();
    addEntities(source, presentIndex, ids);
    if (beforeIndex >= 0) addEntities(source, beforeIndex, ids);
    for (let index = this.#last; index <= nowIndex; index++) {
      addEntities(source, index, ids);
    }
    ids.delete(this.#shot.shooter);
    return [...ids].sort((a, b) => a - b);
  }

  /** Intervals of one target, by time. */
  intervalsOf(id: number): HitInterval[] {
    const { maxMs, rules } = this.#options;
    const limitMs = this.#limitMs(id);
    const spans: Span[] = [];
    if (limitMs > 0) {
      for (let index = this.#moment.nowIndex; index >= this.#last; index--) {
        if (!this.#isLeapt(index)) this.#addStep(index, id, spans);
      }
    }
    // The newest state stands until the shot, and for who is not rewound it is the only one.
    const { nowMs, presentMs } = this.#moment;
    const lagMs = nowMs - presentMs;
    const rewound = this.#joined(spans, Math.min(limitMs - this.besideMs, maxMs))
      .filter(([, toMs]) => toMs >= lagMs)
      .map(([fromMs, toMs]): Span => [Math.max(fromMs, lagMs), toMs]);
    const isHitNow = nowPose(this.#moment, rules, this.#plan, id, scratch.target) &&
      isTarget(scratch.target, rules) && this.#hitsTarget();
    if (isHitNow && limitMs > 0) rewound.push([0, Math.min(lagMs, maxMs)]);
    if (isHitNow && limitMs <= maxMs) rewound.push([limitMs, maxMs]);
    return this.#joined(rewound, maxMs).map(([fromMs, toMs]) => ({ target: id, fromMs, toMs }));
  }

  /** Spans from 0 to a limit, ascending; those that touch are one. */
  #joined(spans: readonly Span[], limitMs: number): Span[] {
    const out: Span[] = [];
    for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
      const fromMs = Math.max(from, 0);
      const toMs = Math.min(to, limitMs);
      if (fromMs > toMs) continue;
      const last = out.at(-1);
      // Rounding may leave a gap where the step to a frame ends and the one from it begins.
      if (last !== undefined && fromMs <= last[1] + 4 * this.besideMs) {
        last[1] = Math.max(last[1], toMs);
      } else out.push([fromMs, toMs]);
    }
    return out;
  }

  /** Index of the oldest frame that is looked at: the one at or before the largest rewind. */
  #lastIndex(): number {
    const { nowIndex, nowMs, oldestIndex, source } = this.#moment;
    let index = nowIndex;
    while (index > oldestIndex && source.timeMsAt(index) >= nowMs - this.#options.maxMs) index--;
    const { leap } = this.#options;
    return leap !== undefined && this.#isLeapt(index) ? leap.index : index;
  }

  /** True for a frame within a leap, which has nothing to do with it. */
  #isLeapt(index: number): boolean {
    const { leap } = this.#options;
    return leap !== undefined && index > leap.index && index < leap.nextIndex;
  }

  /** Smallest rewind from which on a target stands at now; Infinity when it is rewound. */
  #limitMs(id: number): number {
    const { nowMs, presentIndex, source } = this.#moment;
    const { rules } = this.#options;
    const target = scratch.target;
    if (this.#plan.hasStanding) {
      if (nowPose(this.#moment, rules, this.#plan, id, target) && !target.isRewound) return 0;
    }
    if (rules.stopUnits === undefined) return Infinity;
    const stop = stopIndex(this.#moment, rules, this.#plan, this.#last, id, target);
    if (stop === STOP_NONE) return Infinity;
    if (stop === STOP_GONE || stop >= presentIndex) return 0;
    // The walk meets the stop from the first rewind on that is beyond the frame after it.
    const afterMs = nowMs - source.timeMsAt(stop + 1);
    return afterMs + this.besideMs;
  }

  /** Adds when a target is hit between a frame and the next. */
  #addStep(index: number, id: number, spans: Span[]): void {
    const { nowIndex, nowMs, oldestIndex, source } = this.#moment;
    const { leap, maxMs, rules } = this.#options;
    const from = scratch.from;
    if (!rowPose(this.#moment, rules, this.#plan, index, id, from)) return;
    if (rules.livesNow === true) from.isAlive = this.#livesNow(id);
    if (!isTarget(from, rules)) return;
    const startMs = nowMs - source.timeMsAt(index);
    const isOldest = index === oldestIndex;
    if (startMs >= 0 && this.#hitsRow(from)) {
      // What the server holds ends with its oldest row, which stands for all before.
      spans.push([startMs, isOldest ? Math.max(startMs, maxMs) : startMs]);
    }
    if (index === nowIndex) return;
    const nextIndex = index === leap?.index ? leap.nextIndex : index + 1;
    const endMs = nowMs - source.timeMsAt(nextIndex);
    if (!(startMs > endMs)) return;
    const to = scratch.to;
    const step = readStep(this.#moment, rules, this.#plan, index, nextIndex, id, from, to);
    const least = endMs + this.besideMs;
    const most = startMs - this.besideMs;
    if (least > most) return;
    if (step !== "moves") {
      if (this.#hitsRow(from)) spans.push([least, most]);
      return;
    }
    const { length } = this.#plan.kinds[from.kind]!.shapes;
    for (let shape = 0; shape < length; shape++) {
      shapeSpans(shape, from, to, this.#shot.ray, this.#plan, scratch.parts);
      for (let i = 0; i < scratch.parts.length; i += 2) {
        const ms = (part: number) => startMs - (startMs - endMs) * part;
        const early = Math.min(ms(scratch.parts[i]!), most);
        const late = Math.max(ms(scratch.parts[i + 1]!), least);
        if (late <= early) spans.push([late, early]);
      }
    }
  }

  #livesNow(id: number): boolean {
    const { rules } = this.#options;
    return nowPose(this.#moment, rules, this.#plan, id, scratch.target) && scratch.target.isAlive;
  }

  #hitsRow(row: Pose): boolean {
    copyPose(row, scratch.target);
    scratch.target.part = 0;
    return this.#hitsTarget();
  }

  /** True when the ray enters a shape of the target. */
  #hitsTarget(): boolean {
    const target = scratch.target;
    const ray: Ray = this.#shot.ray;
    const { length } = this.#plan.kinds[target.kind]!.shapes;
    for (let i = 0; i < length; i++) {
      const shape = shapeAt(this.#plan, target, i);
      if (shape === undefined) continue;
      placeRay(shape, target, ray, this.#plan, scratch.local);
      if (shapeEntry(shape, scratch.local) >= 0) return true;
    }
    return false;
  }
}

function addEntities(source: PoseSource, index: number, out: Set<number>): void {
  const count = source.countAt(index);
  for (let i = 0; i < count; i++) out.add(source.idAt(index, i));
}
