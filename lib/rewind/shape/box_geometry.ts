import { capsuleEntry } from "./capsule_geometry.ts";
import type { LocalRay } from "./local_ray.ts";
import type { Vector } from "./vector.ts";

/**
 * Distance along the ray at which it enters the box; -1 when it misses. Exact to rounding.
 *
 * A thick ray hits the box grown by the ray's radius with round edges: the union of the box grown
 * along each one axis and of a capsule on each of its 12 edges.
 */
export function boxEntry(ray: LocalRay, min: Vector, max: Vector): number {
  const { radius } = ray;
  if (radius === 0) return slabEntry(ray, min, max, 0, 0, 0);
  let entry = nearest(-1, slabEntry(ray, min, max, radius, 0, 0));
  entry = nearest(entry, slabEntry(ray, min, max, 0, radius, 0));
  entry = nearest(entry, slabEntry(ray, min, max, 0, 0, radius));
  for (let edge = 0; edge < 12; edge++) {
    const [from, to] = edgeOf(min, max, edge);
    entry = nearest(entry, capsuleEntry(ray, from, to, 0));
  }
  return entry;
}

/**
 * Distance of the nearest point of the ray from the box's surface. Outside it is the Euclidean
 * distance; a ray that goes through gives, negative, the depth of its deepest point below the
 * nearest face. A thick ray's radius is taken off.
 */
export function boxMargin(ray: LocalRay, min: Vector, max: Vector): number {
  const distance = outsideDistance(ray, min, max);
  return (distance > 0 ? distance : deepest(ray, min, max)) - ray.radius;
}

/**
 * Part of the movement (u from 0 to 1) in which the thin ray hits the moving box; false for none.
 *
 * The six faces are half planes over (t, u): the rectangle 0 <= t <= length, 0 <= u <= 1 is cut by
 * each, and the first and last u are corners of what is left. Exact to rounding.
 */
export function boxSpan(ray: LocalRay, min: Vector, max: Vector, out: Float64Array): boolean {
  polygonT[0] = polygonT[3] = 0;
  polygonT[1] = polygonT[2] = ray.length;
  polygonU[0] = polygonU[1] = 0;
  polygonU[2] = polygonU[3] = 1;
  corners = 4;
  cut(ray.ox - min[0], ray.dx, -ray.vx);
  cut(max[0] - ray.ox, -ray.dx, ray.vx);
  cut(ray.oy - min[1], ray.dy, -ray.vy);
  cut(max[1] - ray.oy, -ray.dy, ray.vy);
  cut(ray.oz - min[2], ray.dz, -ray.vz);
  cut(max[2] - ray.oz, -ray.dz, ray.vz);
  out[0] = Infinity;
  out[1] = -Infinity;
  for (let i = 0; i < corners; i++) {
    if (polygonU[i]! < out[0]!) out[0] = polygonU[i]!;
    if (polygonU[i]! > out[1]!) out[1] = polygonU[i]!;
  }
  return corners > 0;
}

const polygonT = new Float64Array(16);
const polygonU = new Float64Array(16);
const cutT = new Float64Array(16);
const cutU = new Float64Array(16);
let corners = 0;

/** Keeps the part of the polygon where `base + t * perT + u * perU >= 0` (Sutherland, Hodgman). */
function cut(base: number, perT: number, perU: number): void {
  let kept = 0;
  for (let i = 0; i < corners; i++) {
    const j = i + 1 === corners ? 0 : i + 1;
    const here = base + polygonT[i]! * perT + polygonU[i]! * perU;
    const next = base + polygonT[j]! * perT + polygonU[j]! * perU;
    if (here >= 0) {
      cutT[kept] = polygonT[i]!;
      cutU[kept++] = polygonU[i]!;
    }
    if ((here > 0 && next < 0) || (here < 0 && next > 0)) {
      const part = here / (here - next);
      cutT[kept] = polygonT[i]! + (polygonT[j]! - polygonT[i]!) * part;
      cutU[kept++] = polygonU[i]! + (polygonU[j]! - polygonU[i]!) * part;
    }
  }
  for (let i = 0; i < kept; i++) {
    polygonT[i] = cutT[i]!;
    polygonU[i] = cutU[i]!;
  }
  corners = kept;
}

/** The slab test, with the box grown by gx, gy and gz. */
function slabEntry(
  ray: LocalRay,
  min: Vector,
  max: Vector,
  gx: number,
  gy: number,
  gz: number,
): number {
  near = 0;
  far = ray.length;
  const isHit = slab(ray.ox, ray.dx, min[0] - gx, max[0] + gx) &&
    slab(ray.oy, ray.dy, min[1] - gy, max[1] + gy) &&
    slab(ray.oz, ray.dz, min[2] - gz, max[2] + gz);
  return isHit ? near : -1;
}

let near = 0;
let far = 0;

function slab(origin: number, direction: number, low: number, high: number): boolean {
  if (direction === 0) return origin >= low && origin <= high;
  const a = (low - origin) / direction;
  const b = (high - origin) / direction;
  if (a < b) {
    if (a > near) near = a;
    if (b < far) far = b;
  } else {
    if (b > near) near = b;
    if (a < far) far = a;
  }
  return near <= far;
}

function nearest(entry: number, other: number): number {
  if (other < 0) return entry;
  return entry < 0 || other < entry ? other : entry;
}

/** Ends of one of the box's 12 edges; four run along each axis. */
function edgeOf(min: Vector, max: Vector, edge: number): [Vector, Vector] {
  const axis = edge >> 2;
  const from = [0, 0, 0];
  const to = [0, 0, 0];
  let bit = 1;
  for (let k = 0; k < 3; k++) {
    if (k === axis) {
      from[k] = min[k]!;
      to[k] = max[k]!;
    } else {
      from[k] = to[k] = (edge & bit) !== 0 ? max[k]! : min[k]!;
      bit <<= 1;
    }
  }
  return [from as unknown as Vector, to as unknown as Vector];
}

const breaks = new Float64Array(8);

/**
 * Distance between segment and box; 0 when they touch. Its square is a convex function of t made
 * of parabolas that meet where a coordinate crosses a face, so its lowest point is exact.
 */
function outsideDistance(ray: LocalRay, min: Vector, max: Vector): number {
  let count = 0;
  breaks[count++] = 0;
  breaks[count++] = ray.length;
  for (let k = 0; k < 3; k++) {
    const origin = k === 0 ? ray.ox : k === 1 ? ray.oy : ray.oz;
    const direction = k === 0 ? ray.dx : k === 1 ? ray.dy : ray.dz;
    if (direction === 0) continue;
    const low = (min[k]! - origin) / direction;
    const high = (max[k]! - origin) / direction;
    if (low > 0 && low < ray.length) breaks[count++] = low;
    if (high > 0 && high < ray.length) breaks[count++] = high;
  }
  let best = Infinity;
  const used = breaks.subarray(0, count).sort();
  for (let i = 0; i < count; i++) {
    best = Math.min(best, squaredAt(ray, min, max, used[i]!));
    if (i + 1 < count) {
      const t = lowestBetween(ray, min, max, used[i]!, used[i + 1]!);
      best = Math.min(best, squaredAt(ray, min, max, t));
    }
  }
  return Math.sqrt(best);
}

function lowestBetween(ray: LocalRay, min: Vector, max: Vector, from: number, to: number): number {
  const middle = (from + to) / 2;
  let slope = 0;
  let value = 0;
  for (let k = 0; k < 3; k++) {
    const direction = k === 0 ? ray.dx : k === 1 ? ray.dy : ray.dz;
    const gap = gapAt(ray, min, max, k, middle);
    slope += direction * direction * (gap === 0 ? 0 : 1);
    value += gap * direction;
  }
  return slope === 0 ? middle : Math.min(Math.max(middle - value / slope, from), to);
}

/** Signed way from the nearest face to the point at t along axis k; 0 between the faces. */
function gapAt(ray: LocalRay, min: Vector, max: Vector, k: number, t: number): number {
  const at = k === 0 ? ray.ox + ray.dx * t : k === 1 ? ray.oy + ray.dy * t : ray.oz + ray.dz * t;
  if (at < min[k]!) return at - min[k]!;
  return at > max[k]! ? at - max[k]! : 0;
}

function squaredAt(ray: LocalRay, min: Vector, max: Vector, t: number): number {
  const x = gapAt(ray, min, max, 0, t);
  const y = gapAt(ray, min, max, 1, t);
  const z = gapAt(ray, min, max, 2, t);
  return x * x + y * y + z * z;
}

const faceBase = new Float64Array(6);
const faceSlope = new Float64Array(6);

/**
 * Lowest value over the ray of "distance behind the nearest face", which is at most 0 inside: the
 * largest of six linear functions, lowest at an end or where two of them cross.
 */
function deepest(ray: LocalRay, min: Vector, max: Vector): number {
  for (let k = 0; k < 3; k++) {
    const origin = k === 0 ? ray.ox : k === 1 ? ray.oy : ray.oz;
    const direction = k === 0 ? ray.dx : k === 1 ? ray.dy : ray.dz;
    faceBase[2 * k] = min[k]! - origin;
    faceSlope[2 * k] = -direction;
    faceBase[2 * k + 1] = origin - max[k]!;
    faceSlope[2 * k + 1] = direction;
  }
  let best = Math.min(highestFace(0), highestFace(ray.length));
  for (let i = 0; i < 6; i++) {
    for (let j = i + 1; j < 6; j++) {
      const slope = faceSlope[i]! - faceSlope[j]!;
      if (slope === 0) continue;
      const t = (faceBase[j]! - faceBase[i]!) / slope;
      if (t > 0 && t < ray.length) best = Math.min(best, highestFace(t));
    }
  }
  return Math.min(best, 0);
}

function highestFace(t: number): number {
  let highest = -Infinity;
  for (let i = 0; i < 6; i++) highest = Math.max(highest, faceBase[i]! + faceSlope[i]! * t);
  return highest;
}
