import type { LocalRay } from "./local_ray.ts";
import { sphereEntry } from "./sphere_geometry.ts";
import type { Vector } from "./vector.ts";

/** Distance along the ray at which it enters the capsule; -1 when it misses. Exact to rounding. */
export function capsuleEntry(ray: LocalRay, from: Vector, to: Vector, radius: number): number {
  const atFrom = sphereEntry(ray, from, radius);
  const atTo = sphereEntry(ray, to, radius);
  const atBody = cylinderEntry(ray, from, to, radius + ray.radius);
  let entry = Infinity;
  if (atFrom >= 0) entry = atFrom;
  if (atTo >= 0 && atTo < entry) entry = atTo;
  if (atBody >= 0 && atBody < entry) entry = atBody;
  return entry === Infinity ? -1 : entry;
}

/** Distance of the nearest point of the ray from the capsule's surface; negative inside. */
export function capsuleMargin(ray: LocalRay, from: Vector, to: Vector, radius: number): number {
  return Math.sqrt(squaredDistance(ray, from, to)) - radius - ray.radius;
}

/** Entry into the round wall between the two ends, without them. */
function cylinderEntry(ray: LocalRay, from: Vector, to: Vector, radius: number): number {
  const bx = to[0] - from[0];
  const by = to[1] - from[1];
  const bz = to[2] - from[2];
  const ax = ray.ox - from[0];
  const ay = ray.oy - from[1];
  const az = ray.oz - from[2];
  const bb = bx * bx + by * by + bz * bz;
  const bd = bx * ray.dx + by * ray.dy + bz * ray.dz;
  const ba = bx * ax + by * ay + bz * az;
  const da = ray.dx * ax + ray.dy * ay + ray.dz * az;
  const aa = ax * ax + ay * ay + az * az;
  const a = bb - bd * bd;
  const b = bb * da - ba * bd;
  const c = bb * (aa - radius * radius) - ba * ba;
  if (c <= 0 && ba >= 0 && ba <= bb) return 0;
  const discriminant = b * b - a * c;
  if (!(a > 0) || discriminant < 0) return -1;
  const entry = (-b - Math.sqrt(discriminant)) / a;
  const along = ba + entry * bd;
  return entry >= 0 && entry <= ray.length && along >= 0 && along <= bb ? entry : -1;
}

/** Squared distance of two segments (Ericson, Real-Time Collision Detection, 5.1.9). */
function squaredDistance(ray: LocalRay, from: Vector, to: Vector): number {
  const ex = to[0] - from[0];
  const ey = to[1] - from[1];
  const ez = to[2] - from[2];
  const rx = ray.ox - from[0];
  const ry = ray.oy - from[1];
  const rz = ray.oz - from[2];
  const { dx, dy, dz, length } = ray;
  const e = ex * ex + ey * ey + ez * ez;
  const f = ex * rx + ey * ry + ez * rz;
  const c = dx * rx + dy * ry + dz * rz;
  const a = dx * dx + dy * dy + dz * dz;
  let t = 0;
  let s = 0;
  if (e === 0) {
    t = clamp(-c / a, length);
  } else {
    const b = dx * ex + dy * ey + dz * ez;
    const determinant = a * e - b * b;
    t = determinant > 0 ? clamp((b * f - c * e) / determinant, length) : 0;
    s = (b * t + f) / e;
    if (s < 0) {
      s = 0;
      t = clamp(-c / a, length);
    } else if (s > 1) {
      s = 1;
      t = clamp((b - c) / a, length);
    }
  }
  const x = rx + dx * t - ex * s;
  const y = ry + dy * t - ey * s;
  const z = rz + dz * t - ez * s;
  return x * x + y * y + z * z;
}

function clamp(t: number, length: number): number {
  return Math.min(Math.max(t, 0), length);
}
