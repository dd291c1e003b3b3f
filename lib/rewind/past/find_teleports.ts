import { lastIndex } from "../../core/time/bisect.ts";
import { medianStepMs } from "./frame_time.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { type KindPlan, planOf } from "../shape/model_plan.ts";
import { emptyPose, type Pose, type PoseSource } from "../shape/pose.ts";
import type { FoundTeleports, KindSteps } from "./kind_steps.ts";
import type { TeleportRule } from "./teleport.ts";
import { stepUnits, TeleportSteps } from "./teleport_steps.ts";

/** Steps below which a kind's steps are too few to find a gap among them. */
const STEPS_ENOUGH = 50;

/** Target sizes, or median steps, above which a step counts as a teleport where steps are few. */
const SIZES_APART = 4;

/** Least ratio of the steps on both sides of a gap. */
const GAP_RATIO = 1.5;

/** Ratio from which on a gap is so clear that the first of such gaps counts, and not the widest. */
const CLEAR_RATIO = 3;

/** Multiple of what nine of ten steps take from which on a step is no movement, gap or not. */
const USUAL_APART = 8;

/** Most of the steps above a limit, as a share, that may follow one another: movement comes in runs. */
const RUN_SHARE = 0.5;

/** Gaps that are tried. */
const GAPS_TRIED = 16;

/**
 * Proposes which steps are teleports from the steps of a recording's own targets.
 *
 * Steps are counted in units a frame, of the median time between two: over a longer time between two frames a step counts
 * in proportion less, over a shorter one in full. Among the steps of a kind that are wider than half
 * its shapes and than twice what nine of ten take, a gap parts movement from teleports: the first
 * over which steps grow threefold, else the widest over which they grow by half; and eight times what
 * nine of ten take is no movement, gap or not. In either case what lies above must come one by one
 * and not in runs. With fewer than 50 steps there
 * is no telling: then a step of more than four times the target's size, and of its median step if
 * there are three, counts as a teleport.
 */
export function findTeleports(source: PoseSource, model: HitModel): FoundTeleports {
  const known = cache.get(source)?.get(model);
  if (known?.length === source.length && known.newest === newestOf(source)) return known.found;
  const intervalMs = medianStepMs(source);
  const plan = planOf(model);
  const steps = collectSteps(source, model, intervalMs);
  const kinds = plan.kinds.map((kind, i) => limitOf(kind, steps[i]!));
  const found: FoundTeleports = {
    rule: { by: "pace", intervalMs, units: kinds.map(({ limitUnits }) => limitUnits) },
    kinds: kinds.filter((_, i) => model.kinds[i]!.shapes.length > 0),
  };
  if (!cache.has(source)) cache.set(source, new WeakMap());
  cache.get(source)!.set(model, {
    length: source.length,
    newest: newestOf(source),
    found,
  });
  return found;
}

// A history may grow after it was looked at, and a ring slide.
const cache = new WeakMap<
  PoseSource,
  WeakMap<
    HitModel,
    { readonly length: number; readonly newest: number; readonly found: FoundTeleports }
  >
>();

function newestOf(source: PoseSource): number {
  return source.length === 0 ? -1 : source.frameAt(source.length - 1);
}

/** Steps of one kind: how wide, and whose at which index. */
interface Steps {
  readonly units: number[];
  readonly ids: number[];
  readonly indexes: number[];
}

/** Steps of the targets of a source, and how many of them a rule takes for teleports. */
export function countTeleports(
  source: PoseSource,
  model: HitModel,
  rule: TeleportRule,
): { readonly steps: number; readonly above: number } {
  const teleports = new TeleportSteps(rule, source, planOf(model).teleportFact);
  let [steps, above] = [0, 0];
  forEachStep(source, model, (index, id, from, to) => {
    steps++;
    if (teleports.isTeleport(index, index + 1, id, from, to)) above++;
  });
  return { steps, above };
}

function collectSteps(source: PoseSource, model: HitModel, intervalMs: number): Steps[] {
  const steps = model.kinds.map((): Steps => ({ units: [], ids: [], indexes: [] }));
  forEachStep(source, model, (index, id, from, to) => {
    const ms = source.timeMsAt(index + 1) - source.timeMsAt(index);
    const units = stepUnits(from, to) / Math.max(1, ms / intervalMs);
    const list = steps[from.kind]!;
    list.units.push(units);
    list.ids.push(id);
    list.indexes.push(index);
  });
  return steps;
}

/** Calls back with every step of a target that moved from one frame to the next. */
function forEachStep(
  source: PoseSource,
  model: HitModel,
  visit: (index: number, id: number, from: Pose, to: Pose) => void,
): void {
  const from = emptyPose();
  const to = emptyPose();
  for (let index = 0; index + 1 < source.length; index++) {
    const count = source.countAt(index);
    let position = 0;
    const countNext = source.countAt(index + 1);
    for (let i = 0; i < count; i++) {
      const id = source.idAt(index, i);
      while (position < countNext && source.idAt(index + 1, position) < id) position++;
      if (position === countNext || source.idAt(index + 1, position) !== id) continue;
      source.readPose(index, i, from);
      if (from.kind < 0 || model.kinds[from.kind]!.shapes.length === 0) continue;
      source.readPose(index + 1, position, to);
      if (to.kind === from.kind && stepUnits(from, to) > 0) visit(index, id, from, to);
    }
  }
}

function limitOf(plan: KindPlan, steps: Steps): KindSteps {
  const sorted = Float64Array.from(steps.units).sort();
  const count = sorted.length;
  const medianUnits = sorted[count >> 1] ?? 0;
  const size = sizeOf(plan);
  const found = (limitUnits: number, from: KindSteps["from"]): KindSteps => {
    const above = limitUnits === Infinity ? 0 : count - countUpTo(sorted, limitUnits);
    const widestBelow = sorted[count - above - 1] ?? 0;
    const kind = plan.kind.kind;
    return { kind, steps: count, medianUnits, limitUnits, above, widestBelow, from };
  };
  if (count >= STEPS_ENOUGH) {
    const limit = gapLimit(sorted, steps, size);
    return limit === undefined ? found(Infinity, "none") : found(limit, "gap");
  }
  const scale = Math.max(size, count >= 3 ? medianUnits : 0);
  return scale > 0 ? found(scale * SIZES_APART, "size") : found(Infinity, "none");
}

/** Limit above which steps come one by one: the middle, by ratio, of a gap, or what is unusual. */
function gapLimit(sorted: Float64Array, steps: Steps, size: number): number | undefined {
  const usual = sorted[Math.floor(sorted.length * 0.9)]!;
  const start = Math.max(2 * usual, size / 2);
  const gaps: { low: number; high: number; ratio: number }[] = [];
  for (let i = Math.max(countUpTo(sorted, start) - 1, 0); i + 1 < sorted.length; i++) {
    const low = Math.max(sorted[i]!, start);
    const high = sorted[i + 1]!;
    if (high / low >= GAP_RATIO) gaps.push({ low, high, ratio: high / low });
  }
  const isClear = ({ ratio }: { ratio: number }) => ratio >= CLEAR_RATIO ? 0 : 1;
  gaps.sort((a, b) =>
    isClear(a) - isClear(b) || (isClear(a) === 0 ? a.low - b.low : b.ratio - a.ratio)
  );
  const gap = gaps.slice(0, GAPS_TRIED).find(({ high }) => comesAlone(steps, high));
  const atGap = gap === undefined ? Infinity : Math.sqrt(gap.low * gap.high);
  const unusual = Math.max(USUAL_APART * usual, start);
  const isUnusual = unusual < sorted.at(-1)! && comesAlone(steps, unusual);
  const limit = Math.min(atGap, isUnusual ? unusual : Infinity);
  return limit === Infinity ? undefined : limit;
}

/** True when few of the steps that are at least so wide follow one another. */
function comesAlone(steps: Steps, units: number): boolean {
  const wide = new Set<string>();
  steps.units.forEach((step, i) => {
    if (step >= units) wide.add(`${steps.ids[i]} ${steps.indexes[i]}`);
  });
  let inRuns = 0;
  steps.units.forEach((step, i) => {
    if (step >= units && wide.has(`${steps.ids[i]} ${steps.indexes[i]! + 1}`)) inRuns++;
  });
  return inRuns <= wide.size * RUN_SHARE;
}

/** Longest side of the box around the fixed numbers of a kind's shapes; 0 where all are fields. */
function sizeOf({ shapes }: KindPlan): number {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  const add = (place: readonly (number | string)[], radius: number): void => {
    place.forEach((value, k) => {
      if (typeof value !== "number") return;
      low[k] = Math.min(low[k]!, value - radius);
      high[k] = Math.max(high[k]!, value + radius);
    });
  };
  for (const shape of shapes.shapes) {
    const radius = shape.shape === "box" || typeof shape.radius === "string" ? 0 : shape.radius;
    const places = shape.shape === "box"
      ? [shape.min, shape.max]
      : shape.shape === "sphere"
      ? [shape.center]
      : [shape.from, shape.to];
    for (const place of places) add(place, radius);
  }
  return Math.max(0, ...high.map((value, k) => value - low[k]!).filter(Number.isFinite));
}

/** Values that are at most a limit. */
function countUpTo(sorted: Float64Array, limit: number): number {
  return lastIndex(-1, sorted.length - 1, (i) => sorted[i]! <= limit) + 1;
}
