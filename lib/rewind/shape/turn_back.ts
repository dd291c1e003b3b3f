import { cosDegrees, sinDegrees } from "../../core/geometry/angle.ts";
import type { Rotation } from "../../core/geometry/rotation.ts";

/** Turns a vector back by a unit quaternion, in place: `v` becomes `q* v q`. */
export function turnBackBy([qx, qy, qz, qw]: Rotation, out: [number, number, number]): void {
  const [x, y, z] = out;
  // t = 2 (-q) x v; v + w t + (-q) x t.
  const tx = 2 * (qz * y - qy * z);
  const ty = 2 * (qx * z - qz * x);
  const tz = 2 * (qy * x - qx * y);
  out[0] = x + qw * tx + (qz * ty - qy * tz);
  out[1] = y + qw * ty + (qx * tz - qz * tx);
  out[2] = z + qw * tz + (qy * tx - qx * ty);
}

/** Turns a vector back about the up axis, in place. */
export function turnBackAbout(up: number, degrees: number, out: [number, number, number]): void {
  const a = (up + 1) % 3;
  const b = (up + 2) % 3;
  const cos = cosDegrees(degrees);
  const sin = sinDegrees(degrees);
  const [first, second] = [out[a]!, out[b]!];
  out[a] = cos * first + sin * second;
  out[b] = cos * second - sin * first;
}
