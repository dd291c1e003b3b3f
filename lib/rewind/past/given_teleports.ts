import type { StateEvent } from "../../core/state/state.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { eventTeleports } from "./event_teleports.ts";
import { fieldTeleports } from "./field_teleports.ts";
import type { PoseHistory } from "./pose_history.ts";
import type { TeleportRule } from "./teleport.ts";

/** Which steps are teleports, as a user says it. */
export type TeleportSpec =
  | { readonly by: "units"; readonly units: number }
  | { readonly by: "speed"; readonly unitsPerSecond: number }
  | { readonly by: "field"; readonly field: string }
  | { readonly by: "event"; readonly event: string; readonly key: string };

/**
 * The rule that a user asks for.
 *
 * @param events for a rule by events: the recording's events of that name
 * @throws {RangeError} when one of those names no entity of the recording
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { givenTeleports, parseHitModel, PoseHistory } from "@hindcast/hindcast/rewind";
 *
 * const model = parseHitModel(["player=sphere:16"]);
 * const rule = givenTeleports(new PoseHistory(model), model, { by: "units", units: 100 });
 * assert.deepEqual(rule, { by: "units", units: 100 });
 * ```
 */
export function givenTeleports(
  source: PoseHistory,
  model: HitModel,
  spec: TeleportSpec,
  events: Iterable<StateEvent> = [],
): TeleportRule {
  if (spec.by === "field") return fieldTeleports(source, model);
  if (spec.by !== "event") return spec;
  return eventTeleports(source, events, spec.key);
}
