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
  if (radius === 0) return slabEntry(ray, min, max, NO_AXIS);
  let entry = -1;
  for (let axis = 0; axis < 3; axis++) {
    entry = nearest(entry, slabEntry(ray, min, max, axis));
  }
  for (let edge = 0; edge < 12; edge++) {
    const [from, to] = edgeOf(min, max, edge);
    entry = nearest(entry, capsuleEntry(ray, from, to, 0));
  }
  return entry;
}

/** For a box that is grown along no axis. */
const NO_AXIS = -1;

/**
 * Distance of the nearest point of the ray from the box's surface. Outside it is the Euclidean
 * distance; a ray that goes through gives, negative, the depth of its deepest point below the
 * nearest face. A thick ray's radius is taken off.
 */
export function boxMargin(ray: LocalRay, min: Vector, max: Vector): number {
  const distance = outsideDistance(ray, min, max);
  return (distance > 0 ? distance : deepest(ray, min, max)) - ray.radius;
}

/** The slab test, with the box grown along one axis; -1 for a miss. */
function slabEntry(ray: LocalRay, min: Vector, max: Vector, grownAxis: number): number {
  let near = 0;
  let far = ray.length;
  for (let k = 0; k < 3; k++) {
    const origin = k === 0 ? ray.ox : k === 1 ? ray.oy : ray.oz;
    const direction = k === 0 ? ray.dx : k === 1 ? ray.dy : ray.dz;
    const grown = k === grownAxis ? ray.radius : 0;
    const low = min[k]! - grown;
    const high = max[k]! + grown;
    if (direction === 0) {
      if (!(origin >= low && origin <= high)) return -1;
      continue;
    }
    const a = (low - origin) / direction;
    const b = (high - origin) / direction;
    const [first, last] = a < b ? [a, b] : [b, a];
    if (first > near) near = first;
    if (last < far) far = last;
    if (near > far) return -1;
  }
  return near;
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

/**
 * Distance between segment and box; 0 when they touch. Its square is a convex function of t made
 * of parabolas that meet where a coordinate crosses a face, so its lowest point is exact.
 */
function outsideDistance(ray: LocalRay, min: Vector, max: Vector): number {
  const breaks = [0, ray.length];
  for (let k = 0; k < 3; k++) {
    const origin = k === 0 ? ray.ox : k === 1 ? ray.oy : ray.oz;
    const direction = k === 0 ? ray.dx : k === 1 ? ray.dy : ray.dz;
    if (direction === 0) continue;
    const low = (min[k]! - origin) / direction;
    const high = (max[k]! - origin) / direction;
    if (low > 0 && low < ray.length) breaks.push(low);
    if (high > 0 && high < ray.length) breaks.push(high);
  }
  let best = Infinity;
  breaks.sort((a, b) => a - b);
  for (let i = 0; i < breaks.length; i++) {
    best = Math.min(best, squaredAt(ray, min, max, breaks[i]!));
    if (i + 1 < breaks.length) {
      const t = lowestBetween(ray, min, max, breaks[i]!, breaks[i + 1]!);
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

/** How far behind one of the six faces the ray is: a linear function of t, at most 0 inside. */
interface Face {
  readonly base: number;
  readonly slope: number;
}

/**
 * Lowest value over the ray of "distance behind the nearest face", which is at most 0 inside: the
 * largest of six linear functions, lowest at an end or where two of them cross.
 */
function deepest(ray: LocalRay, min: Vector, max: Vector): number {
  const faces: Face[] = [];
  for (let k = 0; k < 3; k++) {
    const origin = k === 0 ? ray.ox : k === 1 ? ray.oy : ray.oz;
    const direction = k === 0 ? ray.dx : k === 1 ? ray.dy : ray.dz;
    faces.push({ base: min[k]! - origin, slope: -direction });
    faces.push({ base: origin - max[k]!, slope: direction });
  }
  let best = Math.min(highestFace(faces, 0), highestFace(faces, ray.length));
  for (let i = 0; i < 6; i++) {
    for (let j = i + 1; j < 6; j++) {
      const slope = faces[i]!.slope - faces[j]!.slope;
      if (slope === 0) continue;
      const t = (faces[j]!.base - faces[i]!.base) / slope;
      if (t > 0 && t < ray.length) best = Math.min(best, highestFace(faces, t));
    }
  }
  return Math.min(best, 0);
}

function highestFace(faces: readonly Face[], t: number): number {
  let highest = -Infinity;
  for (const { base, slope } of faces) highest = Math.max(highest, base + slope * t);
  return highest;
}
