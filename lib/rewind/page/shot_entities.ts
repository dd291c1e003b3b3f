import type { EntityIds } from "../ids/entity_ids.ts";
import type { PageShot } from "./page_shot.ts";

/** Characters at the start and at the end of a name that is too long for the page. */
const PART_MAX = 40;

/** What a page calls entities that shots name, where that is not their number; undefined without. */
export function namesOf(
  shots: readonly PageShot[],
  ids: EntityIds | undefined,
): Record<number, string> | undefined {
  if (ids === undefined || ids.isPlain) return undefined;
  const entities = [...new Set(shots.flatMap((shot) => [...entitiesOf(shot)]))];
  const names = shortened(entities.map((entity) => ids.textOf(entity)));
  return Object.fromEntries(entities.map((entity, i) => [entity, names[i]!]));
}

/** Names without their middle where they are long, unless some would then read the same. */
function shortened(names: readonly string[]): readonly string[] {
  const short = names.map((name) => {
    const characters = [...name];
    if (characters.length <= 2 * PART_MAX + 1) return name;
    const parts = [characters.slice(0, PART_MAX), characters.slice(-PART_MAX)];
    return parts.map((part) => part.join("")).join("…");
  });
  return new Set(short).size === new Set(names).size ? short : names;
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
