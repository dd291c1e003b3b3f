import type { StateEvent } from "../../core/state/state.ts";
import { jsonValueText } from "../rows/json_value.ts";
import { EVENT_KEYS, type EventKeys, eventPayload } from "../select/event_payload.ts";

/** Entries of a list that is taken apart: a position, a quaternion, a matrix; a longer one is not. */
const ENTRIES_MAX = 16;
/** Levels of objects and lists that are taken apart. */
const DEPTH_MAX = 8;
/** UTF-16 code units of the name of a member. */
const NAME_UNITS_MAX = 256;

/** A member of an event's data under its dotted name. */
export interface EventMember {
  /** Name, keys and indexes of lists joined by dots. */
  readonly name: string;
  /** Value; what is not taken apart is its JSON, and marked so. */
  readonly value: number | boolean | string;
  /** True for a list or an object that is not taken apart. */
  readonly isJson: boolean;
}

/**
 * What an event's data holds besides its name, frame and time, taken apart to single values. A
 * `null` and an empty object or list are no member. Of a name that occurs twice, nested and spelt
 * with a dot, the first counts.
 *
 * @param onLeft called for each member that is left out, as its name is too long or occurs twice
 */
export function eventMembers(
  event: StateEvent,
  onLeft: () => void,
  keys: EventKeys = EVENT_KEYS,
): EventMember[] {
  const members: EventMember[] = [];
  const names = new Set<string>();
  const add = (name: string, value: EventMember["value"], isJson: boolean) => {
    if (name.length > NAME_UNITS_MAX || names.has(name)) return onLeft();
    names.add(name);
    members.push({ name, value, isJson });
  };
  const take = (name: string, value: unknown, depth: number): void => {
    if (typeof value !== "object" || value === null) {
      if (value !== null) add(name, value as EventMember["value"], false);
      return;
    }
    const entries = Object.entries(value);
    const isLong = Array.isArray(value) && entries.length > ENTRIES_MAX;
    if (isLong || depth > DEPTH_MAX) return add(name, jsonValueText(value), true);
    for (const [key, entry] of entries) take(`${name}.${key}`, entry, depth + 1);
  };
  for (const [key, value] of Object.entries(eventPayload(event, keys))) take(key, value, 1);
  return members;
}
