import {
  type EntityId,
  EntityNames,
  type ReadonlyEntityNames,
} from "../../core/names/entity_names.ts";
import { visibleText } from "../../core/visible_text.ts";

/** Numbers from here on are no entities. */
const STRANGERS = 2 ** 32;

/** An id for people to read. */
export function idText(id: EntityId): string {
  return visibleText(String(id), TEXT_MAX);
}

/** True for the number of an id that no entity has. */
export function isStranger(entity: number): boolean {
  return entity >= STRANGERS;
}

/** Characters of an id, and of its kind, that texts hold whole: as many as a recording keeps. */
const TEXT_MAX = 2049;

/**
 * Ids that a game gives to the entities of its states, and to what only its events name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EntityIds } from "@hindcast/hindcast/rewind";
 * import { EntityNames } from "@hindcast/hindcast/world";
 *
 * const names = new EntityNames({ isByKind: true });
 * const [player, rocket] = [names.entity(3, "player"), names.entity(3, "rocket")];
 * const ids = new EntityIds(names);
 * assert.deepEqual([ids.idOf(player), ids.idOf(rocket)], [3, 3]);
 * assert.equal(ids.textOf(rocket), "rocket:3");
 * ```
 */
export class EntityIds {
  /** Names of the recording. */
  readonly names: ReadonlyEntityNames;
  readonly #strangers: EntityId[] = [];
  readonly #strangerNumbers = new Map<string, number>();
  readonly #subjects = new Map<number, number>();

  /** Ids of a recording; default every entity is its own. */
  constructor(names: ReadonlyEntityNames = new EntityNames()) {
    this.names = names;
  }

  /** True when every entity is its own id. */
  get isPlain(): boolean {
    return this.names.list.length === 0;
  }

  /** Entities that have or had an id, in any kind; maybe none. */
  entitiesOf(id: EntityId): readonly number[] {
    return this.names.entitiesOf(id);
  }

  /** Kind within which the id of an entity is one; undefined where ids are one over all kinds. */
  kindOf(entity: number): string | undefined {
    return this.names.list[this.names.placeOf(entity)]?.kind;
  }

  /** A number that is no entity's, for an id that no entity has; the same for the same id. */
  strangerOf(id: EntityId): number {
    const text = String(id);
    const known = this.#strangerNumbers.get(text);
    if (known !== undefined) return known;
    const number = STRANGERS + this.#strangers.push(id) - 1;
    this.#strangerNumbers.set(text, number);
    return number;
  }

  /** Id of an entity, or of a stranger, as the game spelt it. */
  idOf(entity: number): EntityId {
    return isStranger(entity)
      ? this.#strangers[entity - STRANGERS] ?? entity
      : this.names.idOf(entity);
  }

  /** The same for people to read: `KIND:ID` where entities of several kinds share the id. */
  textOf(entity: number): string {
    const id = this.idOf(entity);
    const kind = this.kindOf(entity);
    const isShared = kind !== undefined &&
      this.names.entitiesOf(id).some((other) => this.kindOf(other) !== kind);
    return idText(isShared ? `${kind}:${id}` : id);
  }

  /** The first entity of the same id and kind, which stands for all lives of it. */
  subjectOf(entity: number): number {
    if (this.isPlain) return entity;
    const known = this.#subjects.get(entity);
    if (known !== undefined) return known;
    const kind = this.kindOf(entity);
    const lives = this.names.entitiesOf(this.idOf(entity));
    const first = lives.find((life) => this.kindOf(life) === kind) ?? entity;
    this.#subjects.set(entity, first);
    return first;
  }
}

/** Ids of entities that are their own. */
export const PLAIN_IDS: EntityIds = new EntityIds();
