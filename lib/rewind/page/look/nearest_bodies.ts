import type { ExplainedPolicy } from "../../report/explanation/explanation.ts";
import { indexAtTime } from "../../past/frame_time.ts";
import type { HitModel } from "../../shape/hit_model.ts";
import { emptyPose, type PoseSource } from "../../shape/pose.ts";
import type { Shot } from "../../shot/shot.ts";

/**
 * Entities with a body that were there at a shot, or at the rewind of some policy, nearest to the ray
 * first, whoever they are to the shooter: by how far the ray misses them at the rewind at which it
 * misses them least, or by the distance of their place from it at the shot. The shooter is left out.
 */
export function nearestBodies(
  source: PoseSource,
  shot: Shot,
  model: HitModel,
  explained: readonly (ExplainedPolicy | null)[],
): number[] {
  const units = new Map<number, number>();
  const add = (id: number, far: number) => {
    if (id !== shot.shooter) units.set(id, Math.min(far, units.get(id) ?? Infinity));
  };
  for (const policy of explained) {
    for (const { id, marginUnits } of policy?.targets ?? []) add(id, marginUnits);
  }
  const index = indexAtTime(source, shot.timeMs, 0, source.length - 1);
  const pose = emptyPose();
  for (let position = 0; index >= 0 && position < source.countAt(index); position++) {
    source.readPose(index, position, pose);
    const hasBody = pose.kind >= 0 && model.kinds[pose.kind]!.shapes.length > 0;
    if (hasBody) add(source.idAt(index, position), fromRay(shot, [pose.x, pose.y, pose.z]));
  }
  return [...units].sort(([a, far], [b, farther]) => far - farther || a - b).map(([id]) => id);
}

/** Distance of a place from a ray in units. */
function fromRay({ ray }: Shot, place: readonly number[]): number {
  const { direction, lengthUnits, origin } = ray;
  const away = place.map((value, k) => value - origin[k]!);
  const along = away.reduce((sum, value, k) => sum + value * direction[k]!, 0);
  const reached = Math.min(Math.max(along, 0), lengthUnits);
  return Math.hypot(...away.map((value, k) => value - reached * direction[k]!));
}
