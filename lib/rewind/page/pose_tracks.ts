import { planOf } from "../shape/model_plan.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { emptyPose, type Pose, type PoseSource } from "../shape/pose.ts";
import type { TeleportRule } from "../past/teleport.ts";
import { OpenTrack } from "./open_track.ts";
import type { PoseTracks } from "./pose_track.ts";
import { placeStep } from "./rounded.ts";
import type { ShapeLists } from "./shape_lists.ts";

/** Steps that the widest extent of a world is divided into, at least. */
const STEPS_MIN = 1 << 15;

/** Steps that it is divided into at most for the sake of small shapes. */
const STEPS_MAX = 2 ** 36;

/** Steps from the world's origin that are still told apart by whole numbers. */
const COUNT_MAX = 2 ** 51;

/**
 * Step of positions, a power of two: fine enough for the extent and for the shapes, and never finer
 * than needed.
 *
 * @param extentUnits widest extent of the positions along an axis
 * @param stepUnits step that shapes ask for
 * @param farthestUnits greatest coordinate
 */
export function quantumFor(
  extentUnits: number,
  stepUnits: number = Infinity,
  farthestUnits: number = extentUnits,
): number {
  let quantum = 1;
  while (quantum * STEPS_MIN > extentUnits && quantum > 2 ** -16) quantum /= 2;
  while (quantum * STEPS_MIN * 16 < extentUnits && quantum < 2 ** 16) quantum *= 2;
  const isTooCoarse = () =>
    quantum > stepUnits && quantum * STEPS_MAX > extentUnits && quantum * COUNT_MAX > farthestUnits;
  while (isTooCoarse()) quantum /= 2;
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
  const { extentUnits, farthestUnits } = extentOf(source, wanted);
  const quantum = quantumFor(extentUnits, placeStep(model), farthestUnits);
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

/** Widest extent along an axis, and the greatest coordinate, in units. */
function extentOf(
  source: PoseSource,
  wanted: WantedPoses,
): { readonly extentUnits: number; readonly farthestUnits: number } {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const index of wanted.keys()) {
    for (const [, { x, y, z }] of posesAt(source, index, wanted)) {
      [x, y, z].forEach((value, k) => {
        low[k] = Math.min(low[k]!, value);
        high[k] = Math.max(high[k]!, value);
      });
    }
  }
  const extents = high.map((value, k) => value - low[k]!);
  const extentUnits = Math.max(...extents);
  return {
    extentUnits: extentUnits > 0 ? extentUnits : 1,
    farthestUnits: extentUnits >= 0 ? Math.max(...[...low, ...high].map(Math.abs)) : 1,
  };
}
