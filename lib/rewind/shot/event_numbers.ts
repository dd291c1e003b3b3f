import { type EventData, numberAt, valueAt } from "./event_values.ts";
import type { ShotMap, ShotVector } from "./shot_map.ts";
import { STAMP_PAIR } from "./stamp_pair.ts";

const NAMED = ["ping", "interp", "delay", "tick", "stampMs"] as const;

/**
 * Numbers of a shot for policies: every number of the event, and those that the map names.
 *
 * @throws {RangeError} when one that the map names is missing or no finite number
 */
export function eventNumbers(data: EventData, map: ShotMap): Map<string, number> {
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

/** Numbers of a shot that are frames. */
const FRAMES = ["stamp", STAMP_PAIR[0], STAMP_PAIR[1], "tick"] as const;

/** Makes recorded frames of those numbers of a shot that are values of the game's counter. */
export function toRecordedFrames(
  numbers: Map<string, number>,
  frameOf: (value: number) => number,
): void {
  for (const name of FRAMES) {
    const value = numbers.get(name);
    if (value !== undefined) numbers.set(name, frameOf(value));
  }
}

/** The stamp of a shot: one frame, or two and the fraction that the client drew between. */
function addStamp(
  data: EventData,
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
