import type { EntityId, ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { EntityCost, EntityCosts } from "./entity_costs.ts";

/** What was sent of one entity, by the id that the game gave it. */
export interface NamedCost extends Omit<EntityCost, "id"> {
  /** Id as the game spells it. */
  readonly id: EntityId;
}

/**
 * Entities by the ids of their game, most expensive first; of those that cost the same, as they came. What had an id one after the other, since
 * it was removed and came again, is one entity here.
 */
export function costsById(
  costs: EntityCosts,
  names: ReadonlyEntityNames | undefined,
): { readonly count: number; readonly sorted: readonly NamedCost[] } {
  const list = costs.list();
  const named = names === undefined || names.list.length === 0 ? list : merged(list, names);
  const sorted: NamedCost[] = [...named].sort((a, b) => b.bits - a.bits);
  return { count: sorted.length + costs.gone, sorted };
}

function merged(list: readonly EntityCost[], names: ReadonlyEntityNames): NamedCost[] {
  const byId = new Map<string, NamedCost>();
  for (const { id: entity, kind, bits } of list) {
    const id = names.idOf(entity);
    const key = JSON.stringify([names.list[names.placeOf(entity)]?.kind, String(id)]);
    const before = byId.get(key);
    byId.set(key, { id: before?.id ?? id, kind, bits: bits + (before?.bits ?? 0) });
  }
  return [...byId.values()];
}
