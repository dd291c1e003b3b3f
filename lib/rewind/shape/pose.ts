import type { FieldValue } from "../../core/state/schema.ts";
import type { Frame } from "../../core/time/frame.ts";
import type { EntityIds } from "../ids/entity_ids.ts";

/** Where an entity is, as far as hitting it goes; one object is filled again and again. */
export interface Pose {
  /** Position, x. */
  x: number;
  /** Position, y. */
  y: number;
  /** Position, z. */
  z: number;
  /** Turn about the up axis in degrees, by the right-hand rule; 0 for a kind without. */
  yawDegrees: number;
  /** Unit quaternion x, y, z, w; read only of kinds whose model names its fields. */
  readonly rotation: [x: number, y: number, z: number, w: number];
  /** False when the conditions of its life fail. */
  isAlive: boolean;
  /** False when conditions that look at the shooter say that it is no target of his. */
  isEligible: boolean;
  /** False when it is not rewound for this shooter. */
  isRewound: boolean;
  /** Index into the hit model's kinds; -1 for a kind that the model does not name. */
  kind: number;
  /** Shapes that are in force, one bit for each shape of the kind. */
  shapes: number;
  /** Values of the fields that the kind's shapes take their numbers from. */
  readonly numbers: number[];
  /** Values of the fields that conditions on the shooter and the teleport rule read. */
  readonly facts: (FieldValue | undefined)[];
}

/** Bits of a pose whose shapes are all in force. */
export const ALL_SHAPES = -1;

/** A pose at the origin. */
export function emptyPose(): Pose {
  return {
    x: 0,
    y: 0,
    z: 0,
    yawDegrees: 0,
    rotation: [0, 0, 0, 1],
    isAlive: false,
    isEligible: true,
    isRewound: true,
    kind: -1,
    shapes: ALL_SHAPES,
    numbers: [],
    facts: [],
  };
}

/** Copies a pose. */
export function copyPose(from: Pose, out: Pose): void {
  copyPlace(from, out);
  copyTargetness(from, out);
  copyList(from.facts, out.facts);
}

/** Copies where an entity is: position and orientation. */
export function copyPlace(from: Pose, out: Pose): void {
  out.x = from.x;
  out.y = from.y;
  out.z = from.z;
  out.yawDegrees = from.yawDegrees;
  for (let i = 0; i < 4; i++) out.rotation[i] = from.rotation[i]!;
}

/** Copies what an entity is: kind, life and shapes. */
export function copyTargetness(from: Pose, out: Pose): void {
  out.isAlive = from.isAlive;
  out.isEligible = from.isEligible;
  out.isRewound = from.isRewound;
  out.kind = from.kind;
  out.shapes = from.shapes;
  copyList(from.numbers, out.numbers);
}

function copyList<T>(from: readonly T[], out: T[]): void {
  if (out.length !== from.length) out.length = from.length;
  for (let i = 0; i < from.length; i++) out[i] = from[i]!;
}

/**
 * Frames that can be rewound to, oldest first, by index from 0.
 *
 * A recording that was read into a {@linkcode PoseHistory} is one, a server's ring of snapshots
 * another ({@linkcode RingPoses}).
 */
export interface PoseSource {
  /** Number of frames. */
  readonly length: number;
  /** Ids that the game gives to entities; left out where entities are their own. */
  readonly ids?: EntityIds;
  /** Frame at an index. */
  frameAt(index: number): Frame;
  /** Time of that frame in milliseconds; never below the one before. */
  timeMsAt(index: number): number;
  /** Entities of that frame. */
  countAt(index: number): number;
  /** Entity at a position of that frame; ids ascend with the position. */
  idAt(index: number, position: number): number;
  /** Position of an entity in that frame, or -1. */
  find(index: number, id: number): number;
  /**
   * Fills `out` with the pose at a position of that frame.
   *
   * @internal
   */
  readPose(index: number, position: number, out: Pose): void;
  /**
   * Refuses the model that it was made with when no frame has what that names.
   *
   * @throws {TypeError} naming the kind or the field
   */
  assertModel?(): void;
}
