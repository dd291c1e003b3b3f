import {
  type EntityId,
  EntityNames,
  type ReadonlyEntityNames,
} from "../../core/names/entity_names.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";

/** Entities of a recording as those that several recordings share. */
export interface SharedEntities {
  /** Gives the entities of a snapshot their shared numbers, and orders them by these. */
  renumber(snapshot: Snapshot): void;
  /** Entity of the recording that has a shared number. */
  ownOf(entity: number): number;
}

/**
 * Entities that several recordings share: those of one id, whatever number each recording has given
 * it. Where an id has several entities, the first is the first of each recording, and so on. Ids are
 * told apart by kind as soon as one of the recordings does.
 */
export class CommonEntities {
  /** Ids of the shared entities. */
  readonly names: EntityNames;
  readonly #hasNames: boolean;

  /** @param recordings names of each; the first keeps its numbers as far as they are free */
  constructor(recordings: readonly ReadonlyEntityNames[]) {
    const isByKind = recordings.some(({ list }) => list[0]?.kind !== undefined);
    this.#hasNames = recordings.some(({ list }) => list.length > 0);
    const [first] = recordings;
    const isFirstAlike = first?.list[0] === undefined ||
      (first.list[0].kind !== undefined) === isByKind;
    this.names = isFirstAlike && first !== undefined && first.list.length > 0
      ? EntityNames.of(first.list)
      : new EntityNames({ isByKind });
  }

  /** Entities of one of the recordings. */
  of(own: ReadonlyEntityNames): SharedEntities {
    if (!this.#hasNames) return SAME;
    return new RenumberedEntities(own, this.names);
  }
}

/** Entities of recordings without names, which are their own numbers. */
const SAME: SharedEntities = { renumber: () => {}, ownOf: (entity) => entity };

class RenumberedEntities implements SharedEntities {
  readonly #own: ReadonlyEntityNames;
  readonly #shared: EntityNames;
  /** Shared number of each entity, by kind where ids are told apart by it. */
  readonly #numbers = new Map<string, Map<number, number>>();
  readonly #owners = new Map<number, number>();
  #order: number[] = [];

  constructor(own: ReadonlyEntityNames, shared: EntityNames) {
    this.#own = own;
    this.#shared = shared;
  }

  ownOf(entity: number): number {
    return this.#owners.get(entity) ?? entity;
  }

  renumber(snapshot: Snapshot): void {
    const { count, ids, kinds, layout } = snapshot;
    let isAscending = true;
    for (let i = 0; i < count; i++) {
      ids[i] = this.#numberOf(ids[i]!, layout.kinds[kinds[i]!]!.kind.name);
      isAscending &&= i === 0 || ids[i]! > ids[i - 1]!;
    }
    if (!isAscending) this.#sort(snapshot);
  }

  #sort({ count, ids, kinds, rows }: Snapshot): void {
    const order = this.#order;
    order.length = 0;
    for (let i = 0; i < count; i++) order.push(i);
    order.sort((a, b) => ids[a]! - ids[b]!);
    for (const list of [ids, kinds, rows]) {
      const before = list.slice(0, count);
      for (let i = 0; i < count; i++) list[i] = before[order[i]!]!;
    }
  }

  #numberOf(entity: number, kind: string): number {
    const key = this.#shared.isByKind ? kind : "";
    let numbers = this.#numbers.get(key);
    if (numbers === undefined) this.#numbers.set(key, numbers = new Map());
    let number = numbers.get(entity);
    if (number === undefined) {
      number = this.#find(entity, key);
      numbers.set(entity, number);
      this.#owners.set(number, entity);
    }
    return number;
  }

  #find(entity: number, kind: string): number {
    const id = this.#own.idOf(entity);
    const life = livesOf(this.#own, id, this.#own.list[0]?.kind === undefined ? undefined : kind)
      .indexOf(entity);
    const kindOf = this.#shared.isByKind ? kind : undefined;
    // A number that did not come yet is its own entity from now on.
    this.#shared.entity(id, kind);
    for (;;) {
      const lives = livesOf(this.#shared, id, kindOf);
      if (life < lives.length) return lives[life]!;
      this.#shared.renew(id, kind);
    }
  }
}

/** Entities of an id, of one kind where ids are told apart by it, one life after another. */
export function livesOf(
  names: ReadonlyEntityNames,
  id: EntityId,
  kind: string | undefined,
): readonly number[] {
  const entities = names.entitiesOf(id);
  if (kind === undefined) return entities;
  return entities.filter((entity) => names.list[names.placeOf(entity)]?.kind === kind);
}
