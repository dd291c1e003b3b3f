import type { PoseHistory } from "../past/pose_history.ts";
import type { FrameCounter } from "../past/frame_counter.ts";
import type { StateEvent } from "../../core/state/state.ts";
import { type HitModel, upAxis } from "../shape/hit_model.ts";
import type { Shot } from "../shot/shot.ts";
import type { ShotMap } from "../shot/shot_map.ts";
import { ShotError } from "../shot/shot_error.ts";
import type { ShotWorld } from "../shot/event_entity.ts";
import { type ReadShots, readShots, type ReadShotsOptions } from "../shot/shot_reader.ts";
import { parseShot } from "../shot/shot_text.ts";
import { placeableShots } from "../verdict/placed_shot.ts";

/** Where the shots of a recording come from, and how they are read. */
export interface ShotSources {
  /** True to leave out shots that cannot be judged, and list them; default false: throw. */
  readonly skipBad?: boolean;
  /** Extra reach in units that takes the place of the map's. */
  readonly reachUnits?: number;
  /** Radius in units of the swept sphere that takes the place of the map's. */
  readonly radiusUnits?: number;
  /** Events that are shots; default none. */
  readonly events?: readonly StateEvent[] | undefined;
  /** Where those keep a shot. */
  readonly map?: ShotMap | undefined;
  /** Shots in words, as {@linkcode parseShot} takes them; their indexes follow those of the events. */
  readonly described?: readonly string[];
  /** Interpolation delay in milliseconds of shots that have none of their own. */
  readonly interpMs?: number | undefined;
  /** True for a game whose shots are decided before the state of their frame is made. */
  readonly eventsFirst?: boolean | undefined;
  /**
   * How the recording's frames came from the counter that events have in their data: for their
   * `frame`, `stamp` and `tick`; default they are the recording's own.
   */
  readonly counter?: FrameCounter | undefined;
}

/**
 * Reads the shots of a recording: those of events, then those in words; shots that have no place in
 * the recording are bad ones.
 *
 * @param world poses of the recording, as a {@linkcode PoseHistory}
 * @throws {SyntaxError} when a shot in words is not of that form
 * @throws {ShotError} for the first shot that cannot be judged, unless `skipBad` is set
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   parseHitModel,
 *   PoseHistory,
 *   readRecordedShots,
 * } from "@hindcast/hindcast/rewind";
 *
 * const model = parseHitModel(["player=sphere:16"]);
 * const world = new PoseHistory(model);
 * const entities = [{ id: 2, kind: "player", fields: { x: 0, y: 0, z: 0 } }];
 * world.addFrame({ frame: 7, timeMs: 140, entities });
 * const described = ["frame=7,shooter=2,from=0,0,0,to=100,0,0,ping=25"];
 * const { shots } = readRecordedShots(world, model, { described });
 * assert.equal(shots[0].numbers.get("ping"), 25);
 * ```
 */
export function readRecordedShots(
  world: PoseHistory,
  model: HitModel,
  sources: ShotSources,
): ReadShots {
  const { described = [], events = [], eventsFirst, interpMs, map } = sources;
  const options = { ...sources, up: upAxis(model) };
  const read = map === undefined
    ? { shots: [], bad: [], otherClock: [], astray: [], strangers: [] }
    : readShots(events, map, world, options);
  const shots = [...read.shots];
  const bad = [...read.bad];
  described.forEach((text, i) => {
    const found = readDescribed(text, events.length + i, world, options);
    if (found instanceof ShotError) bad.push(found);
    else shots.push(found);
  });
  const placed = placeableShots(world, shots.map((shot) => withInterp(shot, interpMs)), model, {
    eventsFirst,
  });
  if (placed.bad.length > 0 && sources.skipBad !== true) throw placed.bad[0]!;
  return { ...read, shots: placed.shots, bad: [...bad, ...placed.bad] };
}

/** A shot in words, or why it cannot be judged when bad ones are skipped. */
function readDescribed(
  text: string,
  index: number,
  world: ShotWorld,
  options: ReadShotsOptions,
): Shot | ShotError {
  try {
    return { ...parseShot(text, world, options), index };
  } catch (error) {
    if (!(error instanceof ShotError)) throw error;
    const refusal = new ShotError(index, "", error.reason);
    if (options.skipBad !== true) throw refusal;
    return refusal;
  }
}

/** The shot with the given delay when it has none of its own. */
function withInterp(shot: Shot, interpMs: number | undefined): Shot {
  if (interpMs === undefined || shot.numbers.has("interp")) return shot;
  return { ...shot, numbers: new Map([...shot.numbers, ["interp", interpMs]]) };
}
