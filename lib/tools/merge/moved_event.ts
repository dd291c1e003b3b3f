import type { StateEvent } from "../../core/state/state.ts";
import { millisecondsOf, timeInUnit } from "../../ingest/input/time_unit.ts";
import { saysFrame, timeUnitOf } from "../select/event_payload.ts";

/** Members of an event's data that may say its frame and its time. */
export interface MemberKeys {
  /** Keys of the frame. */
  readonly frame: readonly string[];
  /** Keys of the time. */
  readonly time: readonly string[];
}

type Data = StateEvent["data"];

/**
 * An event at another frame and time, also in the members of its data that say these; a time in
 * another unit stays in it.
 */
export function movedEvent(
  event: StateEvent,
  keys: MemberKeys,
  to: Pick<StateEvent, "frame" | "timeMs">,
): StateEvent {
  let { data } = event;
  let { timeMs } = to;
  for (const key of keys.frame) {
    if (saysFrame(event, key)) data = withMember(data, key, to.frame);
  }
  for (const key of keys.time) {
    const unit = timeUnitOf(event, key);
    if (unit === undefined) continue;
    const time = timeInUnit(timeMs!, unit);
    data = withMember(data, key, time);
    // What the data says counts, to its last bit.
    timeMs = millisecondsOf(time, unit, () => String(time));
  }
  return { ...event, frame: to.frame, timeMs, data };
}

/** The object with another value of a member that {@linkcode memberOf} finds. */
function withMember(object: Data, key: string, value: unknown): Data {
  const path = Object.hasOwn(object, key) ? [key] : key.split(".");
  return withValueAt(object, path, value) as Data;
}

function withValueAt(object: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const inner = withValueAt((object as Data)[key], rest, value);
  return Array.isArray(object)
    ? object.with(Number(key), inner)
    : { ...object as Data, [key]: inner };
}
