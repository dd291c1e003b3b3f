import { cosDegrees, sinDegrees } from "./angle.ts";
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

/**
 * Writes the ray as seen from a target that stands still at (x, y, z).
 *
 * @param yawDegrees counter-clockwise from +x; 0 for a shape that does not turn
 */
export function setLocalRay(
  out: LocalRay,
  ray: Ray,
  x: number,
  y: number,
  z: number,
  yawDegrees: number,
): void {
  const { origin, direction } = ray;
  out.ox = origin[0] - x;
  out.oy = origin[1] - y;
  out.oz = origin[2] - z;
  out.dx = direction[0];
  out.dy = direction[1];
  out.dz = direction[2];
  out.length = ray.lengthUnits;
  out.radius = ray.radiusUnits;
  out.vx = out.vy = out.vz = 0;
  if (yawDegrees !== 0) turnBack(out, yawDegrees);
}

/** Adds the target's movement (world axes) to a local ray that was turned back by `yawDegrees`. */
export function setMovement(
  out: LocalRay,
  x: number,
  y: number,
  z: number,
  yawDegrees: number,
): void {
  const cos = yawDegrees === 0 ? 1 : cosDegrees(yawDegrees);
  const sin = yawDegrees === 0 ? 0 : sinDegrees(yawDegrees);
  out.vx = cos * x + sin * y;
  out.vy = cos * y - sin * x;
  out.vz = z;
}

function turnBack(out: LocalRay, yawDegrees: number): void {
  const cos = cosDegrees(yawDegrees);
  const sin = sinDegrees(yawDegrees);
  const { ox, oy, dx, dy } = out;
  out.ox = cos * ox + sin * oy;
  out.oy = cos * oy - sin * ox;
  out.dx = cos * dx + sin * dy;
  out.dy = cos * dy - sin * dx;
}
