import { indexAtFrame } from "../past/frame_time.ts";
import { emptyPose, type Pose, type PoseSource } from "../shape/pose.ts";
import type { Shot } from "./shot.ts";

/** How far a shot is looked for on its shooter's path. */
export interface ShooterPathOptions {
  /** Milliseconds to look back from the shot; default 100. */
  readonly backMs?: number;
  /** Largest distance in units between path and ray start that counts as found; default 4. */
  readonly toleranceUnits?: number;
}

/**
 * How long before the shot's time its shooter stood where the ray starts, in milliseconds;
 * undefined when that cannot be told.
 *
 * An event carries the time of the frame that it was written with, yet a server takes commands as
 * they arrive, between frames. The start of the ray dates the command: it is a point of the
 * shooter's own path. It cannot be told when the shooter's path misses the start (no `eye` offset,
 * a teleport) or when he stood still, so that every time fits.
 */
export function shotAgeMs(
  source: PoseSource,
  shot: Shot,
  options: ShooterPathOptions = {},
): number | undefined {
  const { eye } = shot;
  const now = indexAtFrame(source, shot.frame, 0, source.length - 1);
  if (eye === undefined || now < 0) return undefined;
  const oldestMs = shot.timeMs - (options.backMs ?? 100);
  const tolerance = options.toleranceUnits ?? 4;
  const px = shot.ray.origin[0] - eye[0];
  const py = shot.ray.origin[1] - eye[1];
  const pz = shot.ray.origin[2] - eye[2];
  const from = emptyPose();
  const to = emptyPose();
  let best = tolerance * tolerance;
  let age: number | undefined;
  let moved = 0;
  for (let i = now; i > 0 && source.timeMsAt(i) > oldestMs; i--) {
    if (!readBoth(source, i, shot.shooter, from, to)) break;
    const x = to.x - from.x;
    const y = to.y - from.y;
    const z = to.z - from.z;
    const squared = x * x + y * y + z * z;
    const along = (px - from.x) * x + (py - from.y) * y + (pz - from.z) * z;
    const u = squared === 0 ? 1 : Math.min(Math.max(along / squared, 0), 1);
    const gx = from.x + x * u - px;
    const gy = from.y + y * u - py;
    const gz = from.z + z * u - pz;
    const gap = gx * gx + gy * gy + gz * gz;
    if (i === now) moved = squared;
    if (gap >= best) continue;
    best = gap;
    const fromMs = source.timeMsAt(i - 1);
    age = shot.timeMs - (fromMs + (source.timeMsAt(i) - fromMs) * u);
  }
  return moved < STANDING_UNITS * STANDING_UNITS ? undefined : age;
}

/** Step a frame, in units, below which a shooter counts as standing. */
const STANDING_UNITS = 1;

/**
 * Ages of many shots. A shot whose age cannot be told gets the median of the others, or 0 when
 * there are none.
 */
export function shotAgesMs(
  source: PoseSource,
  shots: readonly Shot[],
  options: ShooterPathOptions = {},
): ShotAges {
  const found = shots.map((shot) => shotAgeMs(source, shot, options));
  const sorted = found.filter((age) => age !== undefined).sort((a, b) => a - b);
  const medianMs = sorted[sorted.length >> 1] ?? 0;
  return {
    agesMs: found.map((age) => age ?? medianMs),
    found: sorted.length,
    medianMs,
  };
}

/** Ages of shots, see {@linkcode shotAgesMs}. */
export interface ShotAges {
  /** Age of each shot in milliseconds. */
  readonly agesMs: readonly number[];
  /** Shots whose age was told by their own path. */
  readonly found: number;
  /** Median of those, which stands for the others. */
  readonly medianMs: number;
}

function readBoth(source: PoseSource, index: number, id: number, from: Pose, to: Pose): boolean {
  const before = source.find(index - 1, id);
  const after = source.find(index, id);
  if (before < 0 || after < 0) return false;
  source.readPose(index - 1, before, from);
  source.readPose(index, after, to);
  return from.kind >= 0 && to.kind >= 0;
}
