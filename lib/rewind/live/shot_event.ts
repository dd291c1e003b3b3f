import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { StateEvent } from "../../core/state/state.ts";
import { setOwn } from "../../core/state/set_own.ts";
import { LIVE_EVENT } from "../shot/live_shots.ts";
import type { LiveShot, RewindAnswer } from "./live_rewind.ts";

/**
 * A shot and what the server decided, as an event for its recording: `hindcast rewind` judges it
 * again from there, with the shot map `live`.
 *
 * Its data: `ev`, `f` and `t` as every event has them; `shooter`, `from`, `direction` and `range` of the ray, `radius`; `hit` (the victim, null
 * for a miss), `shape` and `distance` of a hit; `policy`, `wantedMs`, `usedMs`, `usedFrame` and
 * `clamp` of the rewind; and every number of the shot by its name.
 *
 * @param names ids of the game, as the recording has them; default entities are their own
 * @throws {RangeError} when a number of the shot has the name of one of those
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Ring } from "@hindcast/hindcast";
 * import {
 *   parseHitModel,
 *   parseRewindPolicy,
 *   rayBetween,
 *   rewind,
 *   shotEvent,
 * } from "@hindcast/hindcast/rewind";
 * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "player", fields: [{ name: "x", type: "f32" }, { name: "y", type: "f32" }] }],
 * });
 * const ring = new Ring<Snapshot>(64);
 * const entities = [
 *   { id: 1, kind: "player", fields: { x: 0, y: 100 } },
 *   { id: 2, kind: "player", fields: { x: 0, y: 0 } },
 * ];
 * ring.push(8, Snapshot.of(layout, { frame: 8, timeMs: 160, entities }));
 * const shot = {
 *   shooter: 2,
 *   ray: rayBetween([0, 0, 0], [0, 200, 0]),
 *   numbers: new Map([["ping", 60]]),
 * };
 * const model = parseHitModel(["player=sphere:4"]);
 * const answer = rewind(ring, parseRewindPolicy("ping"), shot, { model });
 * const { frame, name, data } = shotEvent(shot, answer);
 * assert.deepEqual([frame, name, data.shooter, data.hit, data.ping], [8, "shot", 2, 1, 60]);
 * ```
 */
export function shotEvent(
  shot: LiveShot,
  answer: RewindAnswer,
  { names }: { readonly names?: ReadonlyEntityNames | undefined } = {},
): StateEvent {
  const { ray, shooter } = shot;
  const idOf = (entity: number) => names === undefined ? entity : names.idOf(entity);
  const { clamp, distanceUnits, policy, shape, usedFrame, usedMs, victim, wantedMs } = answer;
  const { frame, timeMs } = answer;
  const parts = {
    ev: LIVE_EVENT,
    f: frame,
    t: timeMs,
    shooter: idOf(shooter),
    from: [...ray.origin],
    direction: [...ray.direction],
    range: ray.lengthUnits,
    radius: ray.radiusUnits,
    hit: victim === null ? null : idOf(victim),
    shape: victim === null ? undefined : shape,
    distance: victim === null ? undefined : distanceUnits,
    policy,
    wantedMs,
    usedMs,
    usedFrame,
    clamp,
  };
  const data: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parts)) if (value !== undefined) data[key] = value;
  for (const [name, value] of [...answer.numbers, ...shot.numbers]) {
    if (Object.hasOwn(parts, name)) {
      throw new RangeError(
        `Cannot record a shot whose number is called ${name}: the event has a ${name} of its own`,
      );
    }
    if (Number.isFinite(value)) setOwn(data, name, value);
  }
  return { frame, timeMs, name: LIVE_EVENT, data };
}
