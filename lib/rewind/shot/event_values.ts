import type { EntityId } from "../../core/names/entity_names.ts";
import { readVectorText } from "../../core/vector_text.ts";
import type { ShotValue, ShotVector } from "./shot_map.ts";

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

/** Where the three numbers of a value of events are: a list, a text of numbers, or `x`, `y`, `z`. */
export function vectorIn(name: string): ShotVector {
  return [`${name}.0`, `${name}.1`, `${name}.2`];
}

/**
 * Own key of that name, else the value that a path of dots leads to. A text such as `(6, 1, -3)`, `6, 1, -3`
 * or `X=6 Y=1 Z=-3` has its numbers by index, and by name.
 */
export function valueAt(data: EventData, value: ShotValue): unknown {
  if (typeof value === "number") return value;
  if (Object.hasOwn(data, value)) return data[value];
  let at: unknown = data;
  for (const key of value.split(".")) at = memberIn(at, key);
  return at;
}

const INDEX = /^[0-2]$/;
const AXES = ["x", "y", "z"] as const;

function memberIn(value: unknown, key: string): unknown {
  if (typeof value === "string") return numberIn(value, key);
  if (typeof value !== "object" || value === null) return undefined;
  if (Object.hasOwn(value, key)) return (value as Record<string, unknown>)[key];
  if (!INDEX.test(key) || Array.isArray(value)) return undefined;
  const axis = AXES[Number(key)]!;
  const name = [axis, axis.toUpperCase()].find((name) => Object.hasOwn(value, name));
  return name === undefined ? undefined : (value as Record<string, unknown>)[name];
}

function numberIn(text: string, key: string): number | undefined {
  const vector = readVectorText(text);
  if (vector === undefined) return undefined;
  const named = vector.names.split(",").indexOf(key);
  const i = named < 0 && INDEX.test(key) ? Number(key) : named;
  return vector.numbers[i];
}
