import type { HitShape } from "../shape/hit_shape.ts";
import type { ModelPlan } from "../shape/model_plan.ts";
import { emptyPose, type Pose } from "../shape/pose.ts";

/**
 * What a pose rule did to a target: `teleport` (the step was too wide to interpolate: the earlier
 * row stands), `stop-distance` and `stop-dead` (the walk back met a wide step or a death: not
 * rewound), `stands` (it is not rewound for this shooter), or null.
 */
export type PoseNote = "teleport" | "stop-distance" | "stop-dead" | "stands" | null;

/** Pose of a target as a policy sees it. */
export interface TargetPose extends Pose {
  /** What a pose rule did to it. */
  note: PoseNote;
  /** Part of the way to the next row; 0 at a row. */
  part: number;
  /** The next row, towards which its shapes change; of no meaning at a row. */
  readonly next: Pose;
}

/** A target pose at the origin. */
export function emptyTargetPose(): TargetPose {
  return { ...emptyPose(), note: null, part: 0, next: emptyPose() };
}

/** A shape of a target as it stands at its pose; undefined when it is not in force. */
export function shapeAt(plan: ModelPlan, target: TargetPose, index: number): HitShape | undefined {
  const { shapes } = plan.kinds[target.kind]!;
  return target.part === 0
    ? shapes.at(index, target)
    : shapes.between(index, target, target.next, target.part);
}

/** True when two targets stand at the very same place. */
export function isAtPlaceOf(a: Pose, b: Pose): boolean {
  return a.x === b.x && a.y === b.y && a.z === b.z;
}
