import type { Ray } from "./ray.ts";

/**
 * A ray as a hit shape sees it: relative to the target's position, turned back by its yaw, with
 * the target's movement over one frame interval. Plain numbers, used again for every target.
 */
export interface LocalRay {
  /** Start, x. */
  ox: number;
  /** Start, y. */
  oy: number;
  /** Start, z. */
  oz: number;
  /** Unit direction, x. */
  dx: number;
  /** Unit direction, y. */
  dy: number;
  /** Unit direction, z. */
  dz: number;
  /** Length in units. */
  length: number;
  /** Radius of the swept sphere in units. */
  radius: number;
  /** Movement of the target while u goes from 0 to 1, x. */
  vx: number;
  /** Movement of the target, y. */
  vy: number;
  /** Movement of the target, z. */
  vz: number;
}

/** A local ray with all numbers 0. */
export function emptyLocalRay(): LocalRay {
  return { ox: 0, oy: 0, oz: 0, dx: 0, dy: 0, dz: 0, length: 0, radius: 0, vx: 0, vy: 0, vz: 0 };
}

/** Writes the ray as seen from a target that stands still, and is not turned, at (x, y, z). */
export function setLocalRay(out: LocalRay, ray: Ray, x: number, y: number, z: number): void {
  const { direction, origin } = ray;
  out.ox = origin[0] - x;
  out.oy = origin[1] - y;
  out.oz = origin[2] - z;
  out.dx = direction[0];
  out.dy = direction[1];
  out.dz = direction[2];
  out.length = ray.lengthUnits;
  out.radius = ray.radiusUnits;
  out.vx = out.vy = out.vz = 0;
}

/** Adds the target's movement to a local ray that is not turned yet. */
export function setMovement(out: LocalRay, x: number, y: number, z: number): void {
  out.vx = x;
  out.vy = y;
  out.vz = z;
}

/** Turns a local ray, movement included, from the world's axes back to those of a target. */
export function turnLocalRay(
  out: LocalRay,
  turnBack: (vector: [number, number, number]) => void,
): void {
  const vector: [x: number, y: number, z: number] = [out.ox, out.oy, out.oz];
  turnBack(vector);
  [out.ox, out.oy, out.oz] = vector;
  setVector(vector, out.dx, out.dy, out.dz);
  turnBack(vector);
  [out.dx, out.dy, out.dz] = vector;
  setVector(vector, out.vx, out.vy, out.vz);
  turnBack(vector);
  [out.vx, out.vy, out.vz] = vector;
}

function setVector(out: [number, number, number], x: number, y: number, z: number): void {
  out[0] = x;
  out[1] = y;
  out[2] = z;
}
