import { aimDirection } from "./aim_direction.ts";
import type { Vector } from "./vector.ts";

/** The line that a shot tests: a straight segment, thick when its radius is above 0. */
export interface Ray {
  /** Where it starts. */
  readonly origin: Vector;
  /** Unit vector. */
  readonly direction: Vector;
  /** How far it goes, extra reach included. */
  readonly lengthUnits: number;
  /** Radius of the swept sphere; 0 for a line. */
  readonly radiusUnits: number;
}

/** How a ray differs from the bare line. */
export interface RayOptions {
  /** Units by which the ray goes on behind its end; default 0. */
  readonly reachUnits?: number;
  /** Radius of the sphere that is swept along it; default 0. */
  readonly radiusUnits?: number;
}

/**
 * Ray from start to end.
 *
 * @throws {RangeError} when a coordinate is not finite, start and end are one point, or an option
 *   is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rayBetween } from "@hindcast/hindcast/rewind";
 *
 * const ray = rayBetween([0, 0, 0], [0, 10, 0], { reachUnits: 4 });
 * assert.deepEqual(ray.direction, [0, 1, 0]);
 * assert.equal(ray.lengthUnits, 14);
 * ```
 */
export function rayBetween(start: Vector, end: Vector, options: RayOptions = {}): Ray {
  assertPoint("start", start);
  assertPoint("end", end);
  const x = end[0] - start[0];
  const y = end[1] - start[1];
  const z = end[2] - start[2];
  const length = Math.sqrt(x * x + y * y + z * z);
  if (!(length > 0)) throw new RangeError("the ray has length zero: its start is its end");
  return rayOf(start, [x / length, y / length, z / length], length, options);
}

/**
 * Ray from a start along aim angles, by the convention of {@linkcode aimDirection}.
 *
 * @param up index of the up axis; default 2, z
 * @throws {RangeError} when a number is not finite or the range is not above 0
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rayAlong } from "@hindcast/hindcast/rewind";
 *
 * // Level, to the left of +x where z is up.
 * assert.equal(rayAlong([0, 0, 0], 0, 90, 100).direction[1], 1);
 * ```
 */
export function rayAlong(
  start: Vector,
  pitchDegrees: number,
  yawDegrees: number,
  rangeUnits: number,
  options: RayOptions = {},
  up: number = 2,
): Ray {
  assertPoint("start", start);
  if (!Number.isFinite(pitchDegrees) || !Number.isFinite(yawDegrees)) {
    throw new RangeError(`the ray's angles are ${pitchDegrees} and ${yawDegrees}, not finite`);
  }
  assertRange(rangeUnits);
  return rayOf(start, aimDirection(pitchDegrees, yawDegrees, up), rangeUnits, options);
}

/**
 * Ray from a start along a direction.
 *
 * @param direction of any length; one that is a unit vector already, but for rounding, is kept bit
 *   by bit
 * @throws {RangeError} when a number is not finite, the direction has length zero, or the range is
 *   not above 0
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rayInDirection } from "@hindcast/hindcast/rewind";
 *
 * assert.deepEqual(rayInDirection([0, 0, 0], [0, 3, 4], 100).direction, [0, 0.6, 0.8]);
 * ```
 */
export function rayInDirection(
  start: Vector,
  direction: Vector,
  rangeUnits: number,
  options: RayOptions = {},
): Ray {
  assertPoint("start", start);
  assertPoint("direction", direction);
  assertRange(rangeUnits);
  const [x, y, z] = direction;
  const length = Math.sqrt(x * x + y * y + z * z);
  if (!(length > 0 && length < Infinity)) {
    throw new RangeError(
      `the ray's direction is ${direction.join(", ")}, which has no finite length above 0`,
    );
  }
  const isUnit = Math.abs(length - 1) <= UNIT_ERROR_MAX;
  const unit: Vector = isUnit ? direction : [x / length, y / length, z / length];
  return rayOf(start, unit, rangeUnits, options);
}

/** How far rounding brings the length of a unit vector from 1, with room to spare. */
const UNIT_ERROR_MAX = 1e-12;

/** The same ray moved by an offset. */
export function movedRay(ray: Ray, x: number, y: number, z: number): Ray {
  const [ox, oy, oz] = ray.origin;
  return { ...ray, origin: [ox + x, oy + y, oz + z] };
}

function rayOf(origin: Vector, direction: Vector, length: number, options: RayOptions): Ray {
  const reach = options.reachUnits ?? 0;
  const radius = options.radiusUnits ?? 0;
  if (!Number.isFinite(reach)) throw new RangeError(`reach is ${reach}, not a finite number`);
  if (!(length + reach > 0)) {
    throw new RangeError(`reach is ${reach}, which leaves nothing of a ray of ${length} units`);
  }
  if (!(radius >= 0 && radius < Infinity)) {
    throw new RangeError(`the ray's radius is ${radius}, expected 0 or more`);
  }
  return { origin, direction, lengthUnits: length + reach, radiusUnits: radius };
}

function assertRange(rangeUnits: number): void {
  if (rangeUnits > 0 && rangeUnits < Infinity) return;
  throw new RangeError(`the ray's range is ${rangeUnits}, expected a number above 0`);
}

function assertPoint(name: string, point: Vector): void {
  for (const value of point) {
    if (!Number.isFinite(value)) {
      throw new RangeError(`the ray's ${name} is ${point.join(", ")}, not three finite numbers`);
    }
  }
}
