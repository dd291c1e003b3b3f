import type { EntityId } from "../../core/names/entity_names.ts";

/** Bits that an entity took in a second. */
export interface EntityBits {
  /** Id as the game spells it. */
  readonly id: EntityId;
  /** Its kind. */
  readonly kind: string;
  /** Bits of its records. */
  readonly bits: number;
}

/** Entities whose means are kept; of more, the cheaper ones are let go, and count as new. */
const KEPT_MAX = 2048;

/** What entities took in each second so far, mean over the seconds, in bounded memory. */
export class UsualBits {
  #sums: Map<string, number> = new Map();
  #seconds = 0;

  /** Adds a second, its entities dearest first. */
  add(entities: readonly EntityBits[]): void {
    this.#seconds++;
    const count = Math.min(entities.length, KEPT_MAX);
    for (let i = 0; i < count; i++) {
      const key = keyOf(entities[i]!);
      this.#sums.set(key, (this.#sums.get(key) ?? 0) + entities[i]!.bits);
    }
    if (this.#sums.size <= 2 * KEPT_MAX) return;
    this.#sums = new Map([...this.#sums].sort((a, b) => b[1] - a[1]).slice(0, KEPT_MAX));
  }

  /** Bits a second of an entity. */
  of(entity: EntityBits): number {
    return (this.#sums.get(keyOf(entity)) ?? 0) / Math.max(1, this.#seconds);
  }
}

/**
 * The entities of a second that are listed: half of them the dearest, the others those that took most
 * above their usual, so that many dear ones do not hide the one that is new or out of bounds.
 *
 * @param entities dearest first, as are those that are given
 */
export function chooseEntities<Entity extends EntityBits>(
  entities: readonly Entity[],
  usual: UsualBits,
  max: number,
): Entity[] {
  if (entities.length <= max) return [...entities];
  const dearest = Math.ceil(max / 2);
  const places = entities
    .map((entity, place) => ({ place, over: entity.bits - usual.of(entity) }))
    .slice(dearest)
    .sort((a, b) => b.over - a.over)
    .slice(0, max - dearest)
    .map(({ place }) => place)
    .sort((a, b) => a - b);
  return [...entities.slice(0, dearest), ...places.map((place) => entities[place]!)];
}

function keyOf({ id, kind }: EntityBits): string {
  return `${kind}\0${typeof id} ${id}`;
}
