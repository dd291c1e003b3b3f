import type { StateEvent } from "../../core/state/state.ts";
import { msAtFramePoint } from "./frame_time.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { TeleportRule } from "./teleport.ts";

/**
 * The rule by events that say who teleported: the step into an event's frame, or over its time, is a
 * teleport of the entity that it names.
 *
 * @param events those events only
 * @param key key of the entity in their data
 * @throws {RangeError} when one has neither frame nor time, or no entity under that key
 */
export function eventTeleports(
  source: PoseSource,
  events: Iterable<StateEvent>,
  key: string,
): TeleportRule {
  const timesMs: Record<number, number[]> = {};
  for (const { data, frame, name, timeMs } of events) {
    const id = data[key];
    if (typeof id !== "number") {
      const keys = Object.keys(data).filter((other) => typeof data[other] === "number");
      throw new RangeError(
        `an event ${JSON.stringify(name)} has no entity in ${
          JSON.stringify(key)
        }; its numbers are ` +
          (keys.join(", ") || "none"),
      );
    }
    const ms = frame === undefined ? timeMs : msAtFramePoint(source, frame);
    if (ms === undefined) throw new RangeError(`an event ${JSON.stringify(name)} has no frame`);
    (timesMs[id] ??= []).push(ms);
  }
  for (const list of Object.values(timesMs)) list.sort((a, b) => a - b);
  return { by: "event", timesMs };
}
