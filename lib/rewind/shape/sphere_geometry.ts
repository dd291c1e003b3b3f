import type { LocalRay } from "./local_ray.ts";
import type { Vector } from "./vector.ts";

/** Distance along the ray at which it enters the sphere; -1 when it misses. Exact to rounding. */
export function sphereEntry(ray: LocalRay, center: Vector, radius: number): number {
  const x = ray.ox - center[0];
  const y = ray.oy - center[1];
  const z = ray.oz - center[2];
  const reach = radius + ray.radius;
  const c = x * x + y * y + z * z - reach * reach;
  if (c <= 0) return 0;
  const b = x * ray.dx + y * ray.dy + z * ray.dz;
  const discriminant = b * b - c;
  if (b > 0 || discriminant < 0) return -1;
  const entry = -b - Math.sqrt(discriminant);
  return entry >= 0 && entry <= ray.length ? entry : -1;
}

/** Distance of the nearest point of the ray from the sphere's surface; negative inside. */
export function sphereMargin(ray: LocalRay, center: Vector, radius: number): number {
  const x = ray.ox - center[0];
  const y = ray.oy - center[1];
  const z = ray.oz - center[2];
  const b = x * ray.dx + y * ray.dy + z * ray.dz;
  const t = Math.min(Math.max(-b, 0), ray.length);
  const px = x + ray.dx * t;
  const py = y + ray.dy * t;
  const pz = z + ray.dz * t;
  return Math.sqrt(px * px + py * py + pz * pz) - radius - ray.radius;
}

/**
 * Part of the movement (u from 0 to 1) in which the ray hits the moving sphere; false for none.
 *
 * All (t, u) with |o + d t - v u| <= R form a convex set whose edge is a quadratic, cut by
 * 0 <= t <= length. Its first and last u lie at the quadratic's own extremes or on the cuts.
 */
export function sphereSpan(
  ray: LocalRay,
  center: Vector,
  radius: number,
  out: Float64Array,
): boolean {
  const x = ray.ox - center[0];
  const y = ray.oy - center[1];
  const z = ray.oz - center[2];
  const { dx, dy, dz, vx, vy, vz, length } = ray;
  const reach = radius + ray.radius;
  const a = dx * dx + dy * dy + dz * dz;
  const b = -(dx * vx + dy * vy + dz * vz);
  const c = vx * vx + vy * vy + vz * vz;
  const d = x * dx + y * dy + z * dz;
  const e = -(x * vx + y * vy + z * vz);
  const f = x * x + y * y + z * z - reach * reach;
  out[0] = Infinity;
  out[1] = -Infinity;
  if (sphereMargin(ray, center, radius) <= 0) include(out, 0);
  if (lowestAt({ a, b, c, d, e, f }, length, 1) <= 0) include(out, 1);
  for (let side = -1; side <= 1; side += 2) {
    const u = root(c - b * b / a, e - b * d / a, f - d * d / a, side);
    const t = -(b * u + d) / a;
    if (t >= 0 && t <= length) include(out, u);
    include(out, root(c, e, f, side));
    include(out, root(c, e + b * length, a * length * length + 2 * d * length + f, side));
  }
  return out[0]! <= out[1]!;
}

/** Numbers of `a t^2 + 2 b t u + c u^2 + 2 d t + 2 e u + f`. */
interface Quadratic {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** Smallest value of the quadratic over 0 <= t <= length, at one u. */
function lowestAt({ a, b, c, d, e, f }: Quadratic, length: number, u: number): number {
  const t = Math.min(Math.max(-(b * u + d) / a, 0), length);
  return a * t * t + 2 * b * t * u + c * u * u + 2 * d * t + 2 * e * u + f;
}

/** Root of `p u^2 + 2 q u + r`; NaN when there is none. */
function root(p: number, q: number, r: number, side: number): number {
  const discriminant = q * q - p * r;
  if (!(p > 0) || discriminant < 0) return NaN;
  return (-q + side * Math.sqrt(discriminant)) / p;
}

function include(out: Float64Array, u: number): void {
  if (!(u >= 0 && u <= 1)) return;
  if (u < out[0]!) out[0] = u;
  if (u > out[1]!) out[1] = u;
}
