import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import type { TargetPose } from "../verdict/target_pose.ts";
import { ROTATION_STEPS, rounded, roundedPlace, roundedUnits } from "./rounded.ts";
import { hasVaryingShapes, type ShapeLists, targetShapes } from "./shape_lists.ts";

/**
 * A target as a policy or a client had it: entity, kind, position, yaw, alive, margin or error; then,
 * as far as its kind has them, its quaternion, the index of its shapes among the page's lists, and 0
 * when it is no target of this shooter's.
 */
export type PageTarget = readonly [
  id: number,
  kind: number,
  x: number,
  y: number,
  z: number,
  yawDegrees: number,
  isAlive: 0 | 1,
  units: number | null,
  rotation?: readonly number[] | null,
  shapes?: number | null,
  isEligible?: 0,
];

/** What a page's target is made from. */
export interface TargetFacts {
  /** Entity. */
  readonly id: number;
  /** Name of its kind. */
  readonly kind: string;
  /** Position. */
  readonly position: readonly number[];
  /** Yaw in degrees. */
  readonly yawDegrees: number;
  /** False when it was dead. */
  readonly isAlive: boolean;
  /** False when it is no target of the shooter's. */
  readonly isEligible: boolean;
  /** Margin or error in units; Infinity when there is none. */
  readonly units: number;
  /** The whole pose, for a kind that place and yaw do not say all of; else not read. */
  readonly whole?: TargetPose | undefined;
}

/** True when place and yaw do not say all of a target of some kind. */
export function hasWholePoses(model: HitModel): boolean {
  return planOf(model).kinds.some((kind) => kind.rotation !== undefined || hasVaryingShapes(kind));
}

/** A target for a page, its shapes put among the lists. */
export function pageTarget(model: HitModel, facts: TargetFacts, lists: ShapeLists): PageTarget {
  const { id, isAlive, isEligible, units, whole, yawDegrees } = facts;
  const [x, y, z] = facts.position.map((value) => roundedPlace(model, value)) as [
    number,
    number,
    number,
  ];
  const index = model.kinds.findIndex(({ kind }) => kind === facts.kind);
  const plan = planOf(model);
  const kind = plan.kinds[index];
  let rotation: number[] | null = null;
  let shapes: number | null = null;
  if (kind !== undefined && whole !== undefined) {
    if (kind.rotation !== undefined) rotation = whole.rotation.map(toStep);
    if (hasVaryingShapes(kind)) shapes = lists.add(targetShapes(plan, whole));
  }
  const more: (readonly number[] | number | null)[] = [rotation, shapes];
  if (!isEligible) more.push(0);
  while (more.at(-1) === null) more.pop();
  const known = Number.isFinite(units) ? roundedUnits(units) : null;
  return [
    ...[id, index, x, y, z, rounded(yawDegrees), isAlive ? 1 : 0, known],
    ...more,
  ] as unknown as PageTarget;
}

function toStep(value: number): number {
  return Math.round(value * ROTATION_STEPS) / ROTATION_STEPS;
}
