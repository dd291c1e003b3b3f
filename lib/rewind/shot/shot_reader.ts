import type { StateEvent } from "../../core/state/state.ts";
import { idText, isStranger } from "../ids/entity_ids.ts";
import { type FrameCounter, frameOfCounter } from "../past/frame_counter.ts";
import { type Ray, rayAlong, rayBetween, rayInDirection } from "../shape/ray.ts";
import type { Vector } from "../shape/vector.ts";
import { eventNumbers, toRecordedFrames } from "./event_numbers.ts";
import { eventEntity, eventMoment, eventVerdict, type ShotWorld } from "./event_entity.ts";
import { entityIdAt, numberAt, valueAt } from "./event_values.ts";
import type { Shot } from "./shot.ts";
import { ShotError } from "./shot_error.ts";
import type { ShotMap, ShotValue, ShotVector } from "./shot_map.ts";
import { placeInTime } from "./shot_place.ts";

/** How shots are read. */
export interface ReadShotsOptions {
  /** True to leave out shots that cannot be judged, and list them; default false: throw. */
  readonly skipBad?: boolean;
  /** Extra reach that takes the place of the map's. */
  readonly reachUnits?: number;
  /** Radius of the swept sphere that takes the place of the map's. */
  readonly radiusUnits?: number;
  /** Index of the up axis, about which aim angles turn; default 2, z. */
  readonly up?: number;
  /** How the recording's frames came from the counter that events have; default they are its own. */
  readonly counter?: FrameCounter | undefined;
}

/** Shots, and what was left out. */
export interface ReadShots {
  /** Shots that can be judged; their indexes count the bad ones too. */
  readonly shots: readonly Shot[];
  /** Shots that cannot, with the reason; empty unless `skipBad` is set. */
  readonly bad: readonly ShotError[];
  /**
   * Indexes of shots whose time is so far from that of their frame that it cannot be of the same
   * clock; they are placed by their frame.
   */
  readonly otherClock: readonly number[];
  /** Indexes of shots that are placed by their time, which is not that of their frame. */
  readonly astray: readonly number[];
  /** Indexes of shots whose victim, by the game, has an id that nobody in the recording has. */
  readonly strangers: readonly number[];
}

/**
 * Reads shots from events.
 *
 * @param events the shots only, as {@linkcode StateEvent}
 * @param map where each event keeps what a shot needs
 * @param world the recording that they belong to
 * @throws {ShotError} for the first shot that names an unknown shooter, lies outside the recording,
 *   has a ray of length zero or a value that is no finite number, unless `skipBad` is set
 */
export function readShots(
  events: Iterable<StateEvent>,
  map: ShotMap,
  world: ShotWorld,
  options: ReadShotsOptions = {},
): ReadShots {
  const shots: Shot[] = [];
  const bad: ShotError[] = [];
  const notes: Notes = { otherClock: [], astray: [], strangers: [] };
  let index = 0;
  for (const event of events) {
    try {
      shots.push(readShot(event, map, world, index, options, notes));
    } catch (error) {
      if (!(error instanceof RangeError) && !(error instanceof TypeError)) throw error;
      const refusal = error instanceof ShotError
        ? error
        : new ShotError(index, placeOf(event), error.message);
      if (!options.skipBad) throw refusal;
      bad.push(refusal);
    }
    index++;
  }
  return { shots, bad, ...notes };
}

/** Shots that are told of, by what looks odd about them. */
interface Notes {
  readonly otherClock: number[];
  readonly astray: number[];
  readonly strangers: number[];
}

function readShot(
  event: StateEvent,
  map: ShotMap,
  world: ShotWorld,
  index: number,
  options: ReadShotsOptions,
  notes: Notes,
): Shot {
  const { data } = event;
  const number = (value: ShotValue, what: string): number => numberAt(data, value, what);
  const vector = (value: ShotVector, what: string): Vector => [
    number(value[0], what),
    number(value[1], what),
    number(value[2], what),
  ];
  const { counter } = options;
  const place = placeInTime(event, map, world, counter);
  if (place.isOtherClock) notes.otherClock.push(index);
  else if (place.isAstray) notes.astray.push(index);
  const moment = eventMoment(world, place);
  const shooterId = entityIdAt(data, map.shooter, "shooter");
  const shooter = eventEntity(shooterId, world, moment);
  if (shooter === undefined) {
    throw new RangeError(`shooter ${idText(shooterId)} is not in the recording`);
  }
  const reachUnits = options.reachUnits ??
    (map.reach === undefined ? 0 : number(map.reach, "reach"));
  const radiusUnits = options.radiusUnits ??
    (map.radius === undefined ? 0 : number(map.radius, "radius"));
  const from = vector(map.from, "from");
  const extra = { reachUnits, radiusUnits };
  const rayOf = (): Ray => {
    if (map.to !== undefined) return rayBetween(from, vector(map.to, "to"), extra);
    const range = number(map.range!, "range");
    if (map.direction !== undefined) {
      return rayInDirection(from, vector(map.direction, "direction"), range, extra);
    }
    const [pitch, yaw] = map.angles!;
    return rayAlong(
      from,
      number(pitch, "pitch"),
      number(yaw, "yaw"),
      range,
      extra,
      options.up,
    );
  };
  const ray = rayOf();
  const verdict = eventVerdict(
    map.verdict === undefined ? undefined : valueAt(data, map.verdict),
    world,
    moment,
  );
  if (typeof verdict === "number" && isStranger(verdict)) notes.strangers.push(index);
  const numbers = eventNumbers(data, map);
  if (counter !== undefined) {
    toRecordedFrames(numbers, (value) => frameOfCounter(value, place.frame, counter));
  }
  // The frame that the server gave the event, which says nothing of the client's command.
  if (map.tick === undefined && numbers.get("tick") === event.frame) numbers.delete("tick");
  return {
    index,
    frame: place.frame,
    timeMs: place.timeMs,
    ...(place.isBetweenFrames ? { isBetweenFrames: true } : {}),
    shooter,
    ray,
    verdict,
    numbers,
    ...(map.eye === undefined ? {} : { eye: eyeOf(vector, map.eye, number, ray) }),
  };
}

/** Eye relative to the shooter's position, moved forward along the ray where the map says so. */
function eyeOf(
  vector: (value: ShotVector, what: string) => Vector,
  eye: NonNullable<ShotMap["eye"]>,
  number: (value: ShotValue, what: string) => number,
  { direction }: Ray,
): Vector {
  const [x, y, z, forward] = eye;
  const at = vector([x, y, z], "eye");
  if (forward === undefined) return at;
  const units = number(forward, "eye");
  return [at[0] + direction[0] * units, at[1] + direction[1] * units, at[2] + direction[2] * units];
}

function placeOf(event: StateEvent): string {
  if (event.frame !== undefined) return ` (frame ${event.frame})`;
  return event.timeMs === undefined ? "" : ` (${event.timeMs} ms)`;
}
