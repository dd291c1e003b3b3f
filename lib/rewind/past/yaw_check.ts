import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import { emptyPose, type PoseSource } from "../shape/pose.ts";
import type { ShapeVector, TargetShape } from "../shape/target_shape.ts";

/** A kind whose yaw looks like radians. */
export interface DoubtfulYaw {
  /** Name of the kind. */
  readonly kind: string;
  /** Field of its yaw. */
  readonly field: string;
  /** Largest value without its sign. */
  readonly largest: number;
}

/** A turn in radians, with room for values that are rounded or go a little beyond. */
const TURN = 6.3;

/**
 * Kinds with shapes that turn, whose model does not say the unit of the yaw, and whose yaws all lie
 * within a turn in radians and are no whole numbers.
 */
export function doubtfulYaws(source: PoseSource, model: HitModel): DoubtfulYaw[] {
  const plan = planOf(model);
  const looked = plan.kinds.map(({ kind, rotation, turns }) =>
    turns && rotation === undefined && (typeof kind.yaw === "string" || kind.yaw.unit === undefined)
  );
  if (!looked.includes(true)) return [];
  const largest = plan.kinds.map(() => 0);
  const isWhole = plan.kinds.map(() => true);
  const pose = emptyPose();
  for (let index = 0; index < source.length; index++) {
    for (let i = 0; i < source.countAt(index); i++) {
      source.readPose(index, i, pose);
      const { kind, yawDegrees } = pose;
      if (kind < 0 || !looked[kind]) continue;
      largest[kind] = Math.max(largest[kind]!, Math.abs(yawDegrees));
      if (!Number.isInteger(yawDegrees)) isWhole[kind] = false;
    }
  }
  return model.kinds.flatMap(({ kind, yaw }, i) =>
    looked[i] && largest[i]! <= TURN && !isWhole[i]
      ? [{ kind, field: typeof yaw === "string" ? yaw : yaw.field, largest: largest[i]! }]
      : []
  );
}

/** A kind that turns while its shapes do not. */
export interface IdleYaw {
  /** Name of the kind. */
  readonly kind: string;
  /** Field of its yaw. */
  readonly field: string;
}

/**
 * Kinds whose yaw changes in the recording, and that have a shape which is not the same all round and
 * of which nobody says whether it turns.
 */
export function idleYaws(source: PoseSource, model: HitModel): IdleYaw[] {
  const { kinds, up } = planOf(model);
  const isOpen = kinds.map(({ kind, rotation }) =>
    rotation === undefined &&
    kind.shapes.some((shape) => shape.turns === undefined && !isRound(shape, up))
  );
  if (!isOpen.includes(true)) return [];
  const first: (number | undefined)[] = kinds.map(() => undefined);
  const turned = kinds.map(() => false);
  const pose = emptyPose();
  for (let index = 0; index < source.length; index++) {
    for (let i = 0; i < source.countAt(index); i++) {
      source.readPose(index, i, pose);
      const { kind, yawDegrees } = pose;
      if (kind < 0 || !isOpen[kind]) continue;
      if (yawDegrees !== (first[kind] ??= yawDegrees)) turned[kind] = true;
    }
  }
  return model.kinds.flatMap(({ kind, yaw }, i) =>
    turned[i] ? [{ kind, field: typeof yaw === "string" ? yaw : yaw.field }] : []
  );
}

/** True for a shape that a turn about the up axis leaves as it is, or nearly: a square is meant so. */
function isRound(shape: TargetShape, up: number): boolean {
  const a = (up + 1) % 3;
  const b = (up + 2) % 3;
  const isOnAxis = (place: ShapeVector) => place[a] === 0 && place[b] === 0;
  if (shape.shape === "sphere") return isOnAxis(shape.center);
  if (shape.shape === "capsule") return isOnAxis(shape.from) && isOnAxis(shape.to);
  return shape.min[a] === shape.min[b] && shape.max[a] === shape.max[b];
}
