import type { HitModel, PoseHistory, TeleportRule, TeleportSpec } from "../../../lib/rewind.ts";
import { givenTeleports } from "../../../lib/rewind/past/given_teleports.ts";
import { CommandError } from "../../exit_code.ts";
import { type EventPlace, readNamedEvents } from "./read_events.ts";

/** The rule that a user or the recording asks for; undefined without one. @throws {CommandError} */
export async function readTeleports(
  place: EventPlace,
  history: PoseHistory,
  model: HitModel,
  spec: TeleportSpec | undefined,
): Promise<TeleportRule | undefined> {
  if (spec === undefined) return undefined;
  if (spec.by !== "event") return givenTeleports(history, model, spec);
  const events = await readNamedEvents(place, spec.event, history);
  try {
    return givenTeleports(history, model, spec, events);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CommandError(
      `Cannot tell who teleports in ${place.path}: ${error.message}; name the key of the entity: ` +
        `--teleport event:${spec.event}:KEY`,
    );
  }
}
