import { planOf } from "../shape/model_plan.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { emptyPose, type Pose, type PoseSource } from "../shape/pose.ts";
import type { TeleportRule } from "../past/teleport.ts";
import { OpenTrack } from "./open_track.ts";
import type { PoseTracks } from "./pose_track.ts";
import type { ShapeLists } from "./shape_lists.ts";

/** Steps that the widest extent of a world is divided into, at least. */
const STEPS_MIN = 1 << 15;

/** Step of positions, a power of two: fine enough for the extent, and never finer than needed. */
export function quantumFor(extentUnits: number): number {
  let quantum = 1;
  while (quantum * STEPS_MIN > extentUnits && quantum > 2 ** -16) quantum /= 2;
  while (quantum * STEPS_MIN * 16 < extentUnits && quantum < 2 ** 16) quantum *= 2;
  return quantum;
}

/** Entities whose poses are wanted, by index into a source. */
export type WantedPoses = ReadonlyMap<number, ReadonlySet<number>>;

/** How poses become tracks. */
export interface TrackOptions {
  /** What can be hit. */
  readonly model: HitModel;
  /** Which steps are teleports. */
  readonly teleport: TeleportRule;
  /** Lists that shapes which depend on their target are put among. */
  readonly lists: ShapeLists;
}

/** Poses of the wanted entities; an entity that is not in the model, or not there, has none. */
export function poseTracks(
  source: PoseSource,
  wanted: WantedPoses,
  { lists, model, teleport }: TrackOptions,
): PoseTracks {
  const indexes = [...wanted.keys()].sort((a, b) => a - b);
  const quantum = quantumFor(extentOf(source, wanted));
  const setting = { source, plan: planOf(model), teleport, lists, quantum };
  const open = new Map<number, OpenTrack>();
  const tracks: OpenTrack[] = [];
  indexes.forEach((index, at) => {
    for (const [id, pose] of posesAt(source, index, wanted)) {
      let track = open.get(id);
      const goesOn = track !== undefined && track.kind === pose.kind &&
        track.start + track.length === at && index === track.lastIndex + 1;
      if (!goesOn) {
        track = new OpenTrack(id, pose.kind, at, setting);
        open.set(id, track);
        tracks.push(track);
      }
      track!.add(index, pose);
    }
  });
  return {
    quantum,
    frames: indexes.map((index) => source.frameAt(index)),
    timesMs: indexes.map((index) => source.timeMsAt(index)),
    tracks: tracks.map((track) => track.closed()),
  };
}

/** Each wanted entity that is there, with its pose, which the next one overwrites. */
function* posesAt(
  source: PoseSource,
  index: number,
  wanted: WantedPoses,
): Generator<[id: number, pose: Pose]> {
  const pose = emptyPose();
  for (const id of wanted.get(index)!) {
    const position = source.find(index, id);
    if (position < 0) continue;
    source.readPose(index, position, pose);
    if (pose.kind >= 0) yield [id, pose];
  }
}

function extentOf(source: PoseSource, wanted: WantedPoses): number {
  let low = Infinity;
  let high = -Infinity;
  for (const index of wanted.keys()) {
    for (const [, { x, y, z }] of posesAt(source, index, wanted)) {
      low = Math.min(low, x, y, z);
      high = Math.max(high, x, y, z);
    }
  }
  return high > low ? high - low : 1;
}
