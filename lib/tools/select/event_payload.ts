import { memberOf } from "../../core/state/member_of.ts";
import type { StateEvent } from "../../core/state/state.ts";
import { millisecondsOf, TIME_UNITS, type TimeUnit } from "../../ingest/input/time_unit.ts";

/** Keys under which an event says its name, frame and time. */
export interface EventKeys {
  /** Key of the event's name. */
  readonly event: string;
  /** Key of the frame. */
  readonly frame: string;
  /** Key of the time. */
  readonly time: string;
}

/** Keys of events unless they are named otherwise. */
export const EVENT_KEYS: EventKeys = { event: "ev", frame: "f", time: "t" };

/** True when an event's data says its name under a key. */
export function saysName({ name, data }: StateEvent, key: string): boolean {
  return memberOf(data, key) === name;
}

/** True when an event's data says its frame under a key. */
export function saysFrame({ frame, data }: StateEvent, key: string): boolean {
  return frame !== undefined && memberOf(data, key) === frame;
}

/** True when an event's data says its time under a key, in milliseconds or another unit. */
export function saysTime(event: StateEvent, key: string): boolean {
  return timeUnitOf(event, key) !== undefined;
}

/**
 * Unit in which an event's data says its time under a key, milliseconds where several would do;
 * undefined when the data does not say it.
 */
export function timeUnitOf({ timeMs, data }: StateEvent, key: string): TimeUnit | undefined {
  const time = memberOf(data, key);
  if (timeMs === undefined || typeof time !== "number" || !(time >= 0)) return undefined;
  return (["ms", ...TIME_UNITS] as const).find((unit) => {
    return millisecondsOf(time, unit, () => String(time)) === timeMs;
  });
}

/**
 * What an event's data holds besides its name, frame and time: what is left of two events that say
 * these under other keys or in another unit.
 */
export function eventPayload(
  event: StateEvent,
  keys: EventKeys = EVENT_KEYS,
): Readonly<Record<string, unknown>> {
  const said = [
    ...(saysName(event, keys.event) ? [keys.event] : []),
    ...(saysFrame(event, keys.frame) ? [keys.frame] : []),
    ...(saysTime(event, keys.time) ? [keys.time] : []),
  ];
  return Object.fromEntries(Object.entries(event.data).filter(([key]) => !said.includes(key)));
}
