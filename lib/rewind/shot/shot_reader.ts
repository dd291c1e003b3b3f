import { isFrame } from "../../core/time/frame.ts";
import type { StateEvent } from "../../core/state/state.ts";
import {
  frameAtMs,
  frameIntervalMs,
  indexOfFrame,
  medianStepMs,
  msAtFrame,
} from "../past/frame_time.ts";
import type { PoseSource } from "../shape/pose.ts";
import { type Ray, rayAlong, rayBetween } from "../shape/ray.ts";
import type { GameVerdict, Shot } from "./shot.ts";
import {
  parsePairs,
  SHOT_KEYS,
  type ShotMap,
  type ShotValue,
  type ShotVector,
} from "./shot_map.ts";
import { STAMP_PAIR } from "../policy/stamped_policy.ts";
import type { Vector } from "../shape/vector.ts";

/** A shot that cannot be judged; the message is one line. */
export class ShotError extends RangeError {
  /** Name of the error class. */
  override name = "ShotError";
  /** Position of the shot in the list, from 0. */
  readonly shot: number;
  /** What is wrong with it, without the place. */
  readonly reason: string;

  /** Error of one shot. */
  constructor(shot: number, where: string, reason: string) {
    super(`Cannot judge shot ${shot}${where}: ${reason}`);
    this.shot = shot;
    this.reason = reason;
  }
}

/** Frames and entities that shots must fit; a {@linkcode PoseHistory} is one. */
export interface ShotWorld extends PoseSource {
  /** True when the entity is in the recording. */
  knows(id: number): boolean;
}

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
  const notes = { otherClock: [] as number[], astray: [] as number[] };
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

/**
 * Reads one shot from text: `frame=682,shooter=2,from=..,to=..` with the keys of
 * {@linkcode ShotMap}; any other key is a number for policies.
 *
 * @throws {SyntaxError} when the text is not of that form
 * @throws {ShotError} when the shot cannot be judged
 */
export function parseShot(
  text: string,
  world: ShotWorld,
  options: ReadShotsOptions = {},
): Shot {
  const data: Record<string, unknown> = {};
  const map: Record<string, unknown> = {};
  for (const [key, values] of parsePairs(text)) {
    values.forEach((word, i) => {
      const number = Number(word);
      data[`${key}${i}`] = word === "NaN" || Number.isFinite(number) ? number : word;
    });
    if ((key === "from" || key === "to") && values.length !== 3) {
      throw new SyntaxError(`Cannot read shot: ${key}=${values.join(",")} is not X,Y,Z`);
    }
    const names = values.map((_, i) => `${key}${i}`);
    if (SHOT_KEYS.has(key)) map[key] = names.length === 1 ? names[0] : names;
    else data[key] = data[`${key}0`];
  }
  for (const key of ["shooter", "from"]) {
    if (map[key] === undefined) throw new SyntaxError(`Shot ${JSON.stringify(text)} lacks ${key}`);
  }
  const shotMap = map as unknown as ShotMap;
  if (shotMap.to === undefined && (shotMap.angles === undefined || shotMap.range === undefined)) {
    throw new SyntaxError(`Shot ${JSON.stringify(text)} lacks to, or angles and range`);
  }
  const event: StateEvent = { frame: undefined, timeMs: undefined, name: "shot", data };
  return readShots([event], shotMap, world, { ...options, skipBad: false }).shots[0]!;
}

function readShot(
  event: StateEvent,
  map: ShotMap,
  world: ShotWorld,
  index: number,
  options: ReadShotsOptions,
  notes: { readonly otherClock: number[]; readonly astray: number[] },
): Shot {
  const { data } = event;
  const number = (value: ShotValue, what: string): number => numberAt(data, value, what);
  const vector = (value: ShotVector, what: string): Vector => [
    number(value[0], what),
    number(value[1], what),
    number(value[2], what),
  ];
  const place = placeInTime(event, map, world);
  if (place.isOtherClock) notes.otherClock.push(index);
  else if (place.isAstray) notes.astray.push(index);
  const shooter = number(map.shooter, "shooter");
  if (!world.knows(shooter)) throw new RangeError(`shooter ${shooter} is not in the recording`);
  const reachUnits = options.reachUnits ??
    (map.reach === undefined ? 0 : number(map.reach, "reach"));
  const radiusUnits = options.radiusUnits ??
    (map.radius === undefined ? 0 : number(map.radius, "radius"));
  const from = vector(map.from, "from");
  const extra = { reachUnits, radiusUnits };
  const ray: Ray = map.to !== undefined ? rayBetween(from, vector(map.to, "to"), extra) : rayAlong(
    from,
    number(map.angles![0], "pitch"),
    number(map.angles![1], "yaw"),
    number(map.range!, "range"),
    extra,
    options.up,
  );
  return {
    index,
    frame: place.frame,
    timeMs: place.timeMs,
    ...(place.isBetweenFrames ? { isBetweenFrames: true } : {}),
    shooter,
    ray,
    verdict: verdictOf(map.verdict === undefined ? undefined : valueAt(data, map.verdict)),
    numbers: numbersOf(data, map),
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

interface ShotPlace {
  readonly frame: number;
  readonly timeMs: number;
  readonly isBetweenFrames: boolean;
  readonly isOtherClock: boolean;
  readonly isAstray: boolean;
}

/** Frame intervals, and milliseconds, by which the time of a shot may differ from its frame's. */
const APART_FRAMES = 8;
const APART_MS = 500;

/** Usual steps of the recording by which a shot's time may lie beside its frame's without a word. */
const ASTRAY_STEPS = 1.5;

/** Frame that carries the shot, and the time of the decision. */
function placeInTime(event: StateEvent, map: ShotMap, world: ShotWorld): ShotPlace {
  const frame = map.frame === undefined ? event.frame : numberAt(event.data, map.frame, "frame");
  const timeMs = map.time === undefined ? event.timeMs : numberAt(event.data, map.time, "time");
  const last = world.length - 1;
  if (last < 0) throw new RangeError("the recording is empty");
  const isInside = (ms: number) => ms >= world.timeMsAt(0) && ms <= world.timeMsAt(last);
  if (frame !== undefined) {
    const isRecorded = isFrame(frame) && indexOfFrame(world, frame) >= 0;
    const frameMs = isFrame(frame) ? msAtFrame(world, frame) : NaN;
    if (!isRecorded && !isInside(frameMs)) {
      const range = `${world.frameAt(0)} to ${world.frameAt(last)}`;
      throw new RangeError(`frame ${frame} is not in the recording (${range})`);
    }
    const apartMs = Math.max(APART_MS, APART_FRAMES * frameIntervalMs(world));
    const isOtherClock = timeMs !== undefined && !(Math.abs(timeMs - frameMs) <= apartMs);
    // Before its first frame nothing is known.
    const placedMs = Math.max(isOtherClock ? frameMs : timeMs ?? frameMs, world.timeMsAt(0));
    const isAstray = Math.abs(placedMs - frameMs) > ASTRAY_STEPS * medianStepMs(world);
    return { frame, timeMs: placedMs, isBetweenFrames: false, isOtherClock, isAstray };
  }
  if (timeMs === undefined) throw new RangeError("it has neither frame nor time");
  if (!isInside(timeMs)) {
    throw new RangeError(
      `time ${timeMs} ms is not in the recording (${world.timeMsAt(0)} to ${world.timeMsAt(last)})`,
    );
  }
  // Rounding must not push a time that is a frame's below it.
  const at = frameAtMs(world, timeMs);
  const whole = Math.floor(at + 1e-6);
  const isBetweenFrames = at - whole > 1e-6;
  return {
    frame: whole >>> 0,
    timeMs,
    isBetweenFrames,
    isOtherClock: false,
    isAstray: false,
  };
}

const NAMED = ["ping", "interp", "delay", "tick", "stampMs"] as const;

function numbersOf(data: Readonly<Record<string, unknown>>, map: ShotMap): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const key in data) {
    const value = data[key];
    if (typeof value === "number" && Number.isFinite(value)) numbers.set(key, value);
  }
  for (const name of NAMED) {
    const from = map[name];
    if (from !== undefined) numbers.set(name, numberAt(data, from, name));
  }
  if (map.stamp !== undefined) {
    // A number of the event that only happens to have such a name is not what was asked for.
    if (map.stampMs === undefined) numbers.delete("stampMs");
    addStamp(data, map.stamp, numbers);
  }
  return numbers;
}

/** The stamp of a shot: one frame, or two and the fraction that the client drew between. */
function addStamp(
  data: Readonly<Record<string, unknown>>,
  stamp: NonNullable<ShotMap["stamp"]>,
  numbers: Map<string, number>,
): void {
  const found = typeof stamp === "string" ? valueAt(data, stamp) : undefined;
  const isPair = typeof found === "object" && found !== null;
  if (!isPair && (typeof stamp === "string" || typeof stamp === "number")) {
    numbers.set("stamp", numberAt(data, stamp, "stamp"));
    return;
  }
  // A number of the event that is called stamp is not the one that was asked for.
  numbers.delete("stamp");
  const places = isPair
    ? (["src", "dst", "fraction"] as const).map((key) => `${stamp}.${key}`)
    : stamp as ShotVector;
  STAMP_PAIR.forEach((name, i) => numbers.set(name, numberAt(data, places[i]!, name)));
  const fraction = numbers.get("stamp.fraction")!;
  if (fraction >= 0 && fraction <= 1) return;
  throw new RangeError(`stamp.fraction is ${fraction}, expected 0 to 1`);
}

function verdictOf(value: unknown): GameVerdict {
  if (value === undefined) return undefined;
  if (value === true || value === "hit") return "hit";
  if (value === null || value === false || value === "" || value === "miss") return null;
  if (typeof value === "number" && Number.isInteger(value)) return value < 0 ? null : value;
  throw new RangeError(
    `verdict is ${JSON.stringify(value)}, expected an entity, -1, true or false`,
  );
}

function numberAt(data: Readonly<Record<string, unknown>>, value: ShotValue, what: string): number {
  if (typeof value === "number") return value;
  const found = valueAt(data, value);
  if (typeof found === "number" && Number.isFinite(found)) return found;
  const text = found === undefined
    ? "missing"
    : typeof found === "number"
    ? String(found)
    : JSON.stringify(found);
  throw new RangeError(`${what} (field ${value}) is ${text}, expected a finite number`);
}

/** Own key of that name, else the value that a path of dots leads to. */
function valueAt(data: Readonly<Record<string, unknown>>, value: ShotValue): unknown {
  if (typeof value === "number") return value;
  if (Object.hasOwn(data, value)) return data[value];
  let at: unknown = data;
  for (const key of value.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

function placeOf(event: StateEvent): string {
  if (event.frame !== undefined) return ` (frame ${event.frame})`;
  return event.timeMs === undefined ? "" : ` (${event.timeMs} ms)`;
}
