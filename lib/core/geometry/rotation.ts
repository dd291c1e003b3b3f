import { sinDegrees } from "./angle.ts";

/** A unit quaternion x, y, z, w. */
export type Rotation = readonly [x: number, y: number, z: number, w: number];

/**
 * Spherical interpolation by the shorter way (K. Shoemake, "Animating Rotation with Quaternion
 * Curves", 1985), the same bits on every engine.
 *
 * @param part 0 gives `from`, 1 gives `to`
 * @param out receives a unit quaternion
 */
export function slerp(from: Rotation, to: Rotation, part: number, out: number[]): void {
  const sign = dot(from, to) < 0 ? -1 : 1;
  const degrees = angleBetween(from, to, sign);
  const sin = sinDegrees(degrees);
  // Nearly the same: the chord is the arc.
  const a = sin > 1e-9 ? sinDegrees((1 - part) * degrees) / sin : 1 - part;
  const b = sign * (sin > 1e-9 ? sinDegrees(part * degrees) / sin : part);
  let squared = 0;
  for (let i = 0; i < 4; i++) {
    out[i] = a * from[i]! + b * to[i]!;
    squared += out[i]! * out[i]!;
  }
  const length = Math.sqrt(squared);
  for (let i = 0; i < 4; i++) out[i] = out[i]! / length;
}

/** Turn in degrees, 0 to 180, that leads from one rotation to another by the shorter way. */
export function turnBetween(from: Rotation, to: Rotation): number {
  return Math.min(180, 2 * angleBetween(from, to, dot(from, to) < 0 ? -1 : 1));
}

function dot(a: Rotation, b: Rotation): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
}

/** Angle in degrees between two unit vectors, the second one signed: exact for small ones too. */
function angleBetween(a: Rotation, b: Rotation, sign: number): number {
  let apart = 0;
  let along = 0;
  for (let i = 0; i < 4; i++) {
    const less = a[i]! - sign * b[i]!;
    const more = a[i]! + sign * b[i]!;
    apart += less * less;
    along += more * more;
  }
  return along === 0 ? 180 : 2 * atanDegrees(Math.sqrt(apart / along));
}

const DEGREES_PER_RADIAN = 57.29577951308232;

/** Arc tangent of a number of 0 or more, in degrees, the same bits on every engine. */
function atanDegrees(value: number): number {
  if (value > 1) return 90 - atanDegrees(1 / value);
  // atan x = 2 atan(x / (1 + sqrt(1 + x^2))), four times; then its series converges at once.
  let x = value;
  for (let i = 0; i < 4; i++) x = x / (1 + Math.sqrt(1 + x * x));
  const square = x * x;
  let sum = 0;
  for (let n = 15; n >= 1; n -= 2) sum = (n % 4 === 1 ? 1 : -1) / n + sum * square;
  return 16 * sum * x * DEGREES_PER_RADIAN;
}
