import type { EntityIds } from "../ids/entity_ids.ts";
import type { PageShot } from "./page_shot.ts";

/** What a page calls entities that shots name, where that is not their number; undefined without. */
export function namesOf(
  shots: readonly PageShot[],
  ids: EntityIds | undefined,
): Record<number, string> | undefined {
  if (ids === undefined || ids.isPlain) return undefined;
  const entities = new Set(shots.flatMap((shot) => [...entitiesOf(shot)]));
  return Object.fromEntries([...entities].map((entity) => [entity, ids.textOf(entity)]));
}

/** Entities that the scene of a shot shows: all that anybody names, and those beside the ray. */
export function entitiesOf(shot: PageShot): Set<number> {
  const ids = new Set([shot.shooter]);
  const add = (id: number | "hit" | null | undefined) => {
    if (typeof id === "number") ids.add(id);
  };
  add(shot.game);
  for (const result of shot.results) for (const [id] of result?.targets ?? []) ids.add(id);
  for (const [, , victim] of shot.spans) add(victim);
  for (const [id] of shot.view?.targets ?? []) ids.add(id);
  for (const id of shot.others ?? []) ids.add(id);
  return ids;
}
