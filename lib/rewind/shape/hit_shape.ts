import { boxEntry, boxMargin } from "./box_geometry.ts";
import { capsuleEntry, capsuleMargin } from "./capsule_geometry.ts";
import type { LocalRay } from "./local_ray.ts";
import { sphereEntry, sphereMargin } from "./sphere_geometry.ts";
import type { Vector } from "./vector.ts";

/** A ball; its center is an offset from the entity's position. */
export interface SphereShape {
  /** Discriminates the shapes. */
  readonly shape: "sphere";
  /** Name in answers, as `head`; undefined for the only shape of a kind. */
  readonly name?: string;
  /** Center relative to the position. */
  readonly center: Vector;
  /** Radius in units. */
  readonly radius: number;
  /** True when the offset turns with the entity. */
  readonly turns?: boolean;
}

/** All points within a radius of the segment between two offsets from the entity's position. */
export interface CapsuleShape {
  /** Discriminates the shapes. */
  readonly shape: "capsule";
  /** Name in answers. */
  readonly name?: string;
  /** One end of the inner segment, relative to the position. */
  readonly from: Vector;
  /** Its other end. */
  readonly to: Vector;
  /** Radius in units. */
  readonly radius: number;
  /** True when the segment turns with the entity. */
  readonly turns?: boolean;
}

/** A box between two offsets from the entity's position. */
export interface BoxShape {
  /** Discriminates the shapes. */
  readonly shape: "box";
  /** Name in answers. */
  readonly name?: string;
  /** Lowest corner relative to the position. */
  readonly min: Vector;
  /** Highest corner relative to the position. */
  readonly max: Vector;
  /** True when the box turns with the entity; else its faces stay along the world's axes. */
  readonly turns?: boolean;
}

/** Where a target can be hit, relative to its position. */
export type HitShape = SphereShape | CapsuleShape | BoxShape;

/**
 * Distance along the ray at which it enters the shape, 0 when it starts inside, -1 when it misses.
 * Touching is hitting.
 */
export function shapeEntry(shape: HitShape, ray: LocalRay): number {
  switch (shape.shape) {
    case "sphere":
      return sphereEntry(ray, shape.center, shape.radius);
    case "capsule":
      return capsuleEntry(ray, shape.from, shape.to, shape.radius);
    default:
      return boxEntry(ray, shape.min, shape.max);
  }
}

/**
 * Signed distance in units between ray and shape: above 0 the gap by which the ray missed, below 0
 * how deep its deepest point lay under the surface.
 */
export function shapeMargin(shape: HitShape, ray: LocalRay): number {
  switch (shape.shape) {
    case "sphere":
      return sphereMargin(ray, shape.center, shape.radius);
    case "capsule":
      return capsuleMargin(ray, shape.from, shape.to, shape.radius);
    default:
      return boxMargin(ray, shape.min, shape.max);
  }
}
