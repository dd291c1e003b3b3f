import type { Moment } from "../policy/moment.ts";
import type { ModelPlan } from "../shape/model_plan.ts";
import { copyPose, emptyPose, type Pose, type PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import type { FlipOptions, HitInterval } from "./hit_interval.ts";
import { RayCaster } from "./ray_caster.ts";
import { ShapeSpanSolver } from "./shape_spans.ts";
import { emptyTargetPose } from "./target_pose.ts";
import { type PastPoint, STOP_GONE, STOP_NONE, TargetPoses } from "./target_poses.ts";

type Span = [fromMs: number, toMs: number];

/** Solves at which rewinds one shot hits its targets. */
export class IntervalSolver {
  readonly #moment: Moment;
  readonly #shot: Shot;
  readonly #plan: ModelPlan;
  readonly #options: FlipOptions;
  readonly #poses: TargetPoses;
  readonly #caster: RayCaster;
  readonly #steps: ShapeSpanSolver;
  readonly #from = emptyPose();
  readonly #to = emptyPose();
  readonly #target = emptyTargetPose();
  readonly #parts: number[] = [];
  /** Milliseconds by which an open end lies beside its frame: some last bits of a time. */
  readonly besideMs: number;
  readonly #last: number;

  /** Solver of a shot. */
  constructor(moment: Moment, shot: Shot, plan: ModelPlan, options: FlipOptions) {
    this.#moment = moment;
    this.besideMs = (Math.abs(moment.nowMs) + 1) * 2 ** -51;
    this.#shot = shot;
    this.#plan = plan;
    this.#options = options;
    this.#poses = new TargetPoses(moment, options.rules, plan);
    this.#caster = new RayCaster(plan, shot.ray);
    this.#steps = new ShapeSpanSolver(plan, shot.ray);
    this.#last = this.#lastIndex();
  }

  /** Targets that are hit at a decision, each as if it were alone. */
  hitAt(point: PastPoint): number[] {
    return this.#poses.ids(point).filter((id) =>
      id !== this.#shot.shooter && this.#poses.at(point, id, this.#target) && this.#hitsTarget()
    );
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
    const { maxMs } = this.#options;
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
    const isHitNow = this.#poses.now(id, this.#target) && this.#hitsTarget();
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
    const [poses, target] = [this.#poses, this.#target];
    if (this.#plan.hasStanding && poses.now(id, target) && !target.isRewound) return 0;
    if (poses.rules.stopUnits === undefined) return Infinity;
    const stop = poses.stopIndex(this.#last, id, target);
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
    const [from, to, parts, poses] = [this.#from, this.#to, this.#parts, this.#poses];
    if (!poses.rows.read(index, id, from)) return;
    if (rules.livesNow === true) from.isAlive = poses.livesNow(id);
    if (!poses.isTarget(from)) return;
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
    const step = poses.rows.step(index, nextIndex, id, from, to);
    const least = endMs + this.besideMs;
    const most = startMs - this.besideMs;
    if (least > most) return;
    if (step !== "moves") {
      if (this.#hitsRow(from)) spans.push([least, most]);
      return;
    }
    const { length } = this.#plan.kinds[from.kind]!.shapes;
    for (let shape = 0; shape < length; shape++) {
      this.#steps.solve(shape, from, to, parts);
      for (let i = 0; i < parts.length; i += 2) {
        const ms = (part: number) => startMs - (startMs - endMs) * part;
        const early = Math.min(ms(parts[i]!), most);
        const late = Math.max(ms(parts[i + 1]!), least);
        if (late <= early) spans.push([late, early]);
      }
    }
  }

  #hitsRow(row: Pose): boolean {
    copyPose(row, this.#target);
    this.#target.part = 0;
    return this.#caster.enters(this.#target);
  }

  /** True when what was read last is a target, and the ray enters it. */
  #hitsTarget(): boolean {
    return this.#poses.isTarget(this.#target) && this.#caster.enters(this.#target);
  }
}

function addEntities(source: PoseSource, index: number, out: Set<number>): void {
  const count = source.countAt(index);
  for (let i = 0; i < count; i++) out.add(source.idAt(index, i));
}
