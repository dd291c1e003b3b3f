import type { EntityId } from "../../core/names/entity_names.ts";
import type { ShotValue } from "./shot_map.ts";

/** Values of an event by name. */
export type EventData = Readonly<Record<string, unknown>>;

/**
 * The number that a shot map names in an event.
 *
 * @param what name of it in the error
 * @throws {RangeError} when it is missing or no finite number
 */
export function numberAt(data: EventData, value: ShotValue, what: string): number {
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

/**
 * The id of an entity that a shot map names in an event.
 *
 * @param what name of it in the error
 * @throws {RangeError} when it is no text and no finite number
 */
export function entityIdAt(data: EventData, value: ShotValue, what: string): EntityId {
  const found = valueAt(data, value);
  return typeof found === "string" && found !== "" ? found : numberAt(data, value, what);
}

/** Own key of that name, else the value that a path of dots leads to. */
export function valueAt(data: EventData, value: ShotValue): unknown {
  if (typeof value === "number") return value;
  if (Object.hasOwn(data, value)) return data[value];
  let at: unknown = data;
  for (const key of value.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
