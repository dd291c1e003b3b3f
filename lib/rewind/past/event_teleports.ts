import type { StateEvent } from "../../core/state/state.ts";
import { idText } from "../ids/entity_ids.ts";
import { msAtFramePoint } from "./frame_time.ts";
import type { PoseHistory } from "./pose_history.ts";
import type { TeleportRule } from "./teleport.ts";

/**
 * The rule by events that say who teleported: the step into an event's frame, or over its time, is a
 * teleport of the entity whose id they have; of all its lives, since only one has that step.
 *
 * @param events those events only
 * @param key key of the entity in their data
 * @throws {RangeError} when one has neither frame nor time, no id under that key, or one that nobody
 *   in the recording has
 */
export function eventTeleports(
  source: PoseHistory,
  events: Iterable<StateEvent>,
  key: string,
): TeleportRule {
  const timesMs: Record<number, number[]> = {};
  for (const { data, frame, name, timeMs } of events) {
    const id = data[key];
    if (!isId(id)) {
      const keys = Object.keys(data).filter((other) => isId(data[other]));
      throw new RangeError(
        `an event ${JSON.stringify(name)} has no entity in ${JSON.stringify(key)}; ids may be in ` +
          (keys.join(", ") || "none"),
      );
    }
    const ms = frame === undefined ? timeMs : msAtFramePoint(source, frame);
    if (ms === undefined) throw new RangeError(`an event ${JSON.stringify(name)} has no frame`);
    const lives = source.ids.entitiesOf(id).filter((entity) => source.knows(entity));
    if (lives.length === 0) {
      throw new RangeError(`${key} is ${idText(id)}, which is no entity of the recording`);
    }
    for (const entity of lives) (timesMs[entity] ??= []).push(ms);
  }
  for (const list of Object.values(timesMs)) list.sort((a, b) => a - b);
  return { by: "event", timesMs };
}

function isId(value: unknown): value is string | number {
  return typeof value === "number" || (typeof value === "string" && value !== "");
}
