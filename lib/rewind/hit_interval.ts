import type { HitModel } from "./hit_model.ts";
import { shapeSpan } from "./hit_shape.ts";
import { placeRay } from "./judge.ts";
import { emptyLocalRay, setMovement } from "./local_ray.ts";
import type { Moment } from "./moment.ts";
import { emptyPose } from "./pose.ts";
import type { Shot } from "./shot.ts";

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
  /** Step between frames above which the earlier row stands. */
  readonly teleportUnits: number;
}

const from = emptyPose();
const to = emptyPose();
const local = emptyLocalRay();
const span = new Float64Array(2);

/**
 * All rewinds at which a shot's ray hits each target, as if it were alone: by target, then by time.
 *
 * Between two frames a target moves in a straight line, so the geometry is solved per pair of
 * frames ({@linkcode shapeSpan}) and nothing is missed between sampling points. Where a target
 * teleports or dies the end at the later frame belongs to that frame.
 */
export function hitIntervals(
  moment: Moment,
  shot: Shot,
  model: HitModel,
  options: FlipOptions,
): HitInterval[] {
  const byTarget = new Map<number, number[]>();
  const { source, nowIndex, nowMs, oldestIndex } = moment;
  const firstMs = nowMs - options.maxMs;
  const add = (target: number, earlyMs: number, lateMs: number): void => {
    const toMs = Math.min(nowMs - earlyMs, options.maxMs);
    const fromMs = Math.max(nowMs - lateMs, 0);
    if (fromMs > toMs) return;
    const list = byTarget.get(target);
    if (list === undefined) byTarget.set(target, [fromMs, toMs]);
    else list.push(fromMs, toMs);
  };
  for (let index = nowIndex; index >= oldestIndex; index--) {
    const startMs = source.timeMsAt(index);
    // What the server holds ends here: the oldest row stands for all before.
    const earlyMs = index === oldestIndex ? Math.min(startMs, firstMs) : startMs;
    const lateMs = index === nowIndex ? Math.max(nowMs, startMs) : source.timeMsAt(index + 1);
    if (lateMs < firstMs) break;
    const count = source.countAt(index);
    for (let i = 0; i < count; i++) {
      const id = source.idAt(index, i);
      if (id === shot.shooter) continue;
      source.readPose(index, i, from);
      if (from.kind < 0 || !from.isAlive) continue;
      const moves = index < nowIndex && readNext(moment, index, id, options.teleportUnits);
      for (const shape of model.kinds[from.kind]!.shapes) {
        placeRay(shape, from, shot.ray, local);
        if (moves) {
          const yaw = shape.turns === true ? from.yawDegrees : 0;
          setMovement(local, to.x - from.x, to.y - from.y, to.z - from.z, yaw);
        }
        if (!shapeSpan(shape, local, span)) continue;
        const width = lateMs - startMs;
        if (!moves) add(id, earlyMs, lateMs);
        else {
          const isFirst = span[0] === 0;
          add(id, isFirst ? earlyMs : startMs + width * span[0]!, startMs + width * span[1]!);
        }
      }
    }
  }
  return [...byTarget].sort((a, b) => a[0] - b[0]).flatMap(([target, list]) =>
    merged(target, list)
  );
}

/** Gap in milliseconds that rounding may leave between the intervals of two neighbouring pairs. */
const SEAM_MS = 1e-9;

function merged(target: number, list: readonly number[]): HitInterval[] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < list.length; i += 2) pairs.push([list[i]!, list[i + 1]!]);
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const out: { target: number; fromMs: number; toMs: number }[] = [];
  for (const [fromMs, toMs] of pairs) {
    const last = out.at(-1);
    if (last !== undefined && fromMs <= last.toMs + SEAM_MS) last.toMs = Math.max(last.toMs, toMs);
    else out.push({ target, fromMs, toMs });
  }
  return out;
}

/** Reads the target's next row; false when it stands where it was for the whole interval. */
function readNext(moment: Moment, index: number, id: number, teleportUnits: number): boolean {
  const { source } = moment;
  const position = source.find(index + 1, id);
  if (position < 0) return false;
  source.readPose(index + 1, position, to);
  if (to.kind !== from.kind) return false;
  const x = to.x - from.x;
  const y = to.y - from.y;
  const z = to.z - from.z;
  return x * x + y * y + z * z <= teleportUnits * teleportUnits;
}
