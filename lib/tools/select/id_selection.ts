import type { EntityId, ReadonlyEntityNames } from "../../core/names/entity_names.ts";

/**
 * Entities that are chosen by their ids: a number or a text of the same digits, or `kind:id` of one
 * kind. All that an id names are taken, one life or kind after another.
 */
export class IdSelection {
  readonly #names: ReadonlyEntityNames;
  /** Ids as they were given, by their text. */
  readonly #given: ReadonlyMap<string, EntityId>;
  /** True when one may be `kind:id`. */
  readonly #hasKinds: boolean;
  readonly #unseen: Set<string>;
  /** The text of each entity that was asked for, if it is chosen by its id alone. */
  readonly #textOf = new Map<number, string | undefined>();

  /** Ids that no entity has so far. @param names of the recording */
  constructor(ids: readonly EntityId[], names: ReadonlyEntityNames) {
    this.#names = names;
    this.#given = new Map(ids.map((id) => [String(id), id]));
    this.#hasKinds = ids.some((id) => typeof id === "string" && id.includes(":"));
    this.#unseen = new Set(this.#given.keys());
  }

  /** Ids that no entity has had which was asked for, as they were given. */
  get unseen(): EntityId[] {
    return Array.from(this.#unseen, (text) => this.#given.get(text)!);
  }

  /** True for a chosen entity, whose id counts as seen from now on. */
  takes(entity: number, kind: string): boolean {
    let text = this.#textOf.get(entity);
    if (text === undefined && !this.#textOf.has(entity)) {
      const id = String(this.#names.idOf(entity));
      text = this.#given.has(id) ? id : undefined;
      this.#textOf.set(entity, text);
    }
    if (text === undefined && this.#hasKinds) {
      const named = `${kind}:${this.#names.idOf(entity)}`;
      if (this.#given.has(named)) text = named;
    }
    if (text === undefined) return false;
    if (this.#unseen.size > 0) this.#unseen.delete(text);
    return true;
  }
}
