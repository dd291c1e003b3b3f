import type { EntityIds } from "../ids/entity_ids.ts";

/** Keys of answers under which an entity stands, where it is a number. */
const ENTITIES: ReadonlySet<string> = new Set([
  ...["expected", "id", "shooter", "target", "verdict", "victim"],
]);

/** Keys of what an event says, whose names are the game's. */
const FOREIGN = "numbers";

/** Key of the times of teleports by entity. */
const BY_ENTITY = "timesMs";

/**
 * An answer for JSON, with the ids of the game in the places of entities: of a report, of an
 * explanation, of what shooters saw.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EntityIds, withIds } from "@hindcast/hindcast/rewind";
 * import { EntityNames } from "@hindcast/hindcast/world";
 *
 * const names = new EntityNames();
 * const worst = [{ shot: 0, shooter: names.entity("q8Zk2LmA1") }];
 * const answer = withIds({ worst }, new EntityIds(names));
 * assert.deepEqual(answer, { worst: [{ shot: 0, shooter: "q8Zk2LmA1" }] });
 * ```
 */
export function withIds(answer: object, ids: EntityIds): object {
  return ids.isPlain ? answer : renamed(answer, ids) as object;
}

function renamed(value: unknown, ids: EntityIds): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, ids));
  if (typeof value !== "object" || value === null || value instanceof Map) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, member(key, item, ids)]),
  );
}

function member(key: string, value: unknown, ids: EntityIds): unknown {
  if (key === FOREIGN) return value;
  if (typeof value === "number") return ENTITIES.has(key) ? ids.idOf(value) : value;
  if (key === BY_ENTITY && typeof value === "object" && value !== null) {
    return timesById(value as Readonly<Record<string, readonly number[]>>, ids);
  }
  return renamed(value, ids);
}

/** Times by id; those of all lives of it, which are the same. */
function timesById(
  times: Readonly<Record<string, readonly number[]>>,
  ids: EntityIds,
): Record<string, readonly number[]> {
  return Object.fromEntries(
    Object.entries(times).map(([entity, ms]) => [String(ids.idOf(Number(entity))), ms]),
  );
}
