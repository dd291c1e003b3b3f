import type { Condition } from "./condition.ts";

/** Three numbers of a shape, or the fields of the target that hold them; `-NAME` takes a negative. */
export type ShapeVector = readonly [x: number | string, y: number | string, z: number | string];

/**
 * A hit shape that may depend on its target: with conditions, and with numbers that are fields of
 * the target's state.
 */
export type TargetShape =
  & {
    /** Name in answers; shapes of one name and form take each other's place. */
    readonly name?: string;
    /** True when the shape turns with the entity. */
    readonly turns?: boolean;
    /** All must hold for the shape to be in force; left out for a shape that always is. */
    readonly when?: readonly Condition[];
  }
  & (
    | {
      /** A ball. */
      readonly shape: "sphere";
      /** Center relative to the position. */
      readonly center: ShapeVector;
      /** Radius in units. */
      readonly radius: ShapeVector[number];
    }
    | {
      /** All points within a radius of a segment. */
      readonly shape: "capsule";
      /** One end of the segment, relative to the position. */
      readonly from: ShapeVector;
      /** Its other end. */
      readonly to: ShapeVector;
      /** Radius in units. */
      readonly radius: ShapeVector[number];
    }
    | {
      /** A box. */
      readonly shape: "box";
      /** Lowest corner relative to the position. */
      readonly min: ShapeVector;
      /** Highest corner relative to the position. */
      readonly max: ShapeVector;
    }
  );

/** A number of a shape, or the field of the target that holds it. */
export type ShapeNumber = ShapeVector[number];

/** Every number of a shape, one after another. */
export function shapeNumbers(shape: TargetShape): readonly ShapeNumber[] {
  switch (shape.shape) {
    case "sphere":
      return [...shape.center, shape.radius];
    case "capsule":
      return [...shape.from, ...shape.to, shape.radius];
    default:
      return [...shape.min, ...shape.max];
  }
}

/** Name of the field that a number of a shape is read from; undefined for a plain number. */
export function fieldOf(value: ShapeNumber): string | undefined {
  return typeof value === "number" ? undefined : value.replace(/^-/, "");
}

/** What keeps a shape from being used: a box turned inside out, a radius below 0; else undefined. */
export function shapeFlaw(shape: TargetShape): string | undefined {
  if (shape.shape !== "box") {
    return typeof shape.radius === "string" || shape.radius >= 0
      ? undefined
      : `the radius is ${shape.radius}, expected 0 or more`;
  }
  for (let k = 0; k < 3; k++) {
    const [min, max] = [shape.min[k]!, shape.max[k]!];
    if (typeof min === "number" && typeof max === "number" && !(min <= max)) {
      return `min is ${min} and max ${max} along ${"xyz"[k]}`;
    }
  }
  return undefined;
}

/** Most shapes of one kind. */
export const SHAPES_MAX = 32;
