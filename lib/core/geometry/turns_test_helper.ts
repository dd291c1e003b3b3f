import type { Rotation } from "./rotation.ts";

/** A vector. */
export type Triple = [number, number, number];

/** Length of a vector of any size. */
export function lengthOf(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** Vector of length 1 in the same direction. */
export function unit(values: readonly number[]): number[] {
  return values.map((value) => value / lengthOf(values));
}

/** Turn about an axis by the right-hand rule. */
export function turn(axis: readonly number[], degrees: number): Rotation {
  const half = degrees * Math.PI / 360;
  const [x, y, z] = unit(axis).map((value) => value * Math.sin(half)) as Triple;
  return [x, y, z, Math.cos(half)];
}

/** The same turn by the other quaternion. */
export function negative([x, y, z, w]: Rotation): Rotation {
  return [-x, -y, -z, -w];
}
