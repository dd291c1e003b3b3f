import { shownValue } from "../shown_value.ts";
import { isFrame } from "../time/frame.ts";

/** An entity's id as its game spells it: a number, or any text; integers above 2^53 are texts. */
export type EntityId = string | number;

/** An id in a message: a number as it is, a text in quotes. */
export function idText(id: EntityId): string {
  return typeof id === "number" ? String(id) : JSON.stringify(id);
}

/** An id that belongs to an entity: what a recording keeps of it. */
export interface EntityName {
  /** The entity, an unsigned 32-bit integer. */
  readonly entity: number;
  /** Its id as it was spelt first. */
  readonly id: EntityId;
  /** Kind within which the id is one; undefined where ids are one over all kinds. */
  readonly kind: string | undefined;
}

/** What is known of ids and the entities that they name. */
export interface ReadonlyEntityNames {
  /** Every id that is not the entity's own number, in the order in which they came. */
  readonly list: readonly EntityName[];
  /** Id of an entity as it was spelt first; the entity's own number where it has no other. */
  idOf(entity: number): EntityId;
  /** Entities that have or had an id, in any kind, the one that has it now last; maybe none. */
  entitiesOf(id: EntityId): readonly number[];
  /** Place in `list` of an entity's id; -1 where it has no other than its own number. */
  placeOf(entity: number): number;
}

/** Longest id that is taken, in UTF-16 code units. */
export const ENTITY_ID_LENGTH_MAX = 1024;
/** Ids that are kept at most. */
const NAMES_MAX = 2 ** 21;
/** Code units of all ids that are kept at most. */
const UNITS_MAX = 2 ** 26;
/** Entities below this are told from others by a byte each. */
const PLAIN_LOW = 2 ** 16;
/** Entities that there is room for at first. */
const PLAIN_ROOM = 256;
/** Others that are remembered; when there are more, all up to the greatest count as taken. */
const PLAIN_HIGH_MAX = 2 ** 20;

/**
 * Entities by the ids of their game. An id is its text: 17 and "17" name the same entity, and it is
 * printed as it was spelt first. The number 17 is entity 17 where no other id took that number
 * before; any other id, such as a session's text, gets the next number that is free.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EntityNames } from "@hindcast/hindcast/world";
 *
 * const names = new EntityNames();
 * const player = names.entity("q8Zk2LmA1");
 * assert.equal(names.entity("q8Zk2LmA1"), player);
 * assert.equal(names.idOf(player), "q8Zk2LmA1");
 * assert.equal(names.entity(17), names.entity("17"));
 * ```
 */
export class EntityNames implements ReadonlyEntityNames {
  /** True when an id is another entity in each kind. */
  readonly isByKind: boolean;
  readonly #list: EntityName[] = [];
  /** The entity that has an id now, by kind and id. */
  readonly #entities = new Map<string, number>();
  /** Place in the list of each entity that has an id other than its number. */
  readonly #places = new Map<number, number>();
  /** Numbers that are the id of another entity than their own. */
  readonly #moved = new Set<number>();
  /** Entities by the text of their id, where it is not their number alone. */
  readonly #byText = new Map<string, number[]>();
  #units = 0;
  /** Entities that came as their own number. */
  #plainLow = new Uint8Array(PLAIN_ROOM);
  readonly #plainHigh = new Set<number>();
  /** Greatest entity that is its own id. */
  #plainMax = -1;
  #next = 0;

  /** No ids yet. */
  constructor({ isByKind = false }: { readonly isByKind?: boolean } = {}) {
    this.isByKind = isByKind;
  }

  /**
   * Names that a recording keeps: one per kind when the first of them has a kind.
   *
   * @throws {RangeError} when they name an entity twice, or only some of them have a kind
   */
  static of(list: Iterable<EntityName>): EntityNames {
    let names: EntityNames | undefined;
    for (const name of list) {
      names ??= new EntityNames({ isByKind: name.kind !== undefined });
      names.keep(name);
    }
    return names ?? new EntityNames();
  }

  /** Every id that is not the entity's own number, in the order in which they came. */
  get list(): readonly EntityName[] {
    return this.#list;
  }

  /**
   * Entity of an id, a new one for a new id.
   *
   * @param kind kind of the entity, which counts where ids are told apart by it
   * @throws {RangeError} when the id is too long, or there are too many
   * @throws {TypeError} when it is neither a text nor a finite number
   */
  entity(id: EntityId, kind: string = ""): number {
    if (isFrame(id) && !this.isByKind && (this.#list.length === 0 || this.#isOwn(id))) {
      return this.#plain(id + 0);
    }
    assertId(id);
    return this.#entities.get(this.#key(id, kind)) ?? this.#name(id, kind);
  }

  /**
   * True for a small number that came before, and names the entity of that number.
   *
   * @internal
   */
  isKnown(id: number): boolean {
    return this.#plainLow[id] === 1 && (this.#list.length === 0 || this.#isOwn(id));
  }

  /**
   * Takes a name that a recording keeps.
   *
   * @throws {RangeError} when its entity has one, it has a kind where ids are not told apart by it
   *   or has none where they are, the id is too long, or there are too many
   */
  keep({ entity, id, kind }: EntityName): void {
    if (this.isByKind !== (kind !== undefined)) {
      throw new RangeError(`entity ${entity} ${kind ? "has" : "lacks"} a kind, unlike others`);
    }
    this.#add(id, kind, entity);
  }

  /**
   * Another entity of the same id, which has it from now on: it was removed and came again. The
   * first entity of an id that did not come before.
   *
   * @throws {RangeError | TypeError} likewise
   */
  renew(id: EntityId, kind: string = ""): number {
    assertId(id);
    const number = this.isByKind ? undefined : plainNumber(String(id));
    const own = number !== undefined && this.#isPlain(number) ? number : undefined;
    const before = this.#entities.get(this.#key(id, kind)) ?? own;
    if (before === undefined) return this.entity(id, kind);
    return this.#add(this.idOf(before), kind, this.#free());
  }

  /** Id of an entity as it was spelt first; the entity's own number where it has no other. */
  idOf(entity: number): EntityId {
    return this.#list[this.placeOf(entity)]?.id ?? entity;
  }

  /** Place in `list` of an entity's id; -1 where it has no other than its own number. */
  placeOf(entity: number): number {
    return this.#places.get(entity) ?? -1;
  }

  /** Entities that have or had an id, in any kind, the one that has it now last; maybe none. */
  entitiesOf(id: EntityId): readonly number[] {
    const text = String(id);
    const named = this.#byText.get(text);
    if (named !== undefined) return named;
    const number = this.isByKind ? undefined : plainNumber(text);
    return number === undefined || this.#places.has(number) ? [] : [number];
  }

  #name(id: EntityId, kind: string): number {
    const number = this.isByKind ? undefined : plainNumber(String(id));
    if (number === undefined || this.#places.has(number)) return this.#add(id, kind, this.#free());
    // Spelt as a number first, it is its own name.
    const isSpelt = typeof id === "number" || this.#isPlain(number);
    return isSpelt ? this.#plain(number) : this.#add(id, kind, number);
  }

  /** True when a number names the entity of that number. */
  #isOwn(number: number): boolean {
    return !this.#places.has(number) && !this.#moved.has(number);
  }

  #plain(number: number): number {
    if (number < PLAIN_LOW && this.#plainLow[number] === 1) return number;
    if (number < PLAIN_LOW) this.#takeLow(number);
    else if (this.#plainHigh.size < PLAIN_HIGH_MAX) this.#plainHigh.add(number);
    if (number > this.#plainMax) this.#plainMax = number;
    return number;
  }

  #takeLow(number: number): void {
    const low = this.#plainLow;
    if (number >= low.length) {
      this.#plainLow = new Uint8Array(2 ** Math.ceil(Math.log2(number + 1)));
      this.#plainLow.set(low);
    }
    this.#plainLow[number] = 1;
  }

  #isPlain(number: number): boolean {
    if (number < PLAIN_LOW) return this.#plainLow[number] === 1;
    const isFull = this.#plainHigh.size === PLAIN_HIGH_MAX;
    return isFull ? number <= this.#plainMax : this.#plainHigh.has(number);
  }

  #add(id: EntityId, kind: string | undefined, entity: number): number {
    const text = String(id);
    if (text.length > ENTITY_ID_LENGTH_MAX) {
      throw new RangeError(
        `an id has ${text.length} characters, at most ${ENTITY_ID_LENGTH_MAX} are kept`,
      );
    }
    this.#units += text.length;
    if (this.#list.length >= NAMES_MAX || this.#units > UNITS_MAX) {
      throw new RangeError(
        `there are more than ${this.#list.length} ids that are no plain numbers`,
      );
    }
    if (this.#places.has(entity)) throw new RangeError(`entity ${entity} has two ids`);
    const name = { entity, id, kind: this.isByKind ? kind : undefined };
    this.#places.set(entity, this.#list.push(name) - 1);
    this.#entities.set(this.#key(id, kind ?? ""), entity);
    const number = this.isByKind || plainNumber(text) === entity ? undefined : plainNumber(text);
    if (number !== undefined) this.#moved.add(number);
    const named = this.#byText.get(text);
    if (named !== undefined) named.push(entity);
    else if (number === undefined || this.#places.has(number)) this.#byText.set(text, [entity]);
    else this.#byText.set(text, [this.#plain(number), entity]);
    return entity;
  }

  #key(id: EntityId, kind: string): string {
    return this.isByKind ? `${kind.length} ${kind}${id}` : String(id);
  }

  /** An entity that has no name and is not its own. */
  #free(): number {
    if (this.#next <= this.#plainMax) this.#next = this.#plainMax + 1;
    while (this.#places.has(this.#next >>> 0) || this.#isPlain(this.#next >>> 0)) {
      // Around 2^32, with all numbers below the greatest taken.
      if (this.#next - 2 ** 32 >= PLAIN_LOW + NAMES_MAX + PLAIN_HIGH_MAX) {
        throw new RangeError("there is no number left for an id that is none");
      }
      this.#next++;
    }
    return this.#next++ >>> 0;
  }
}

/** Refuses what a program without types may take for an id, and no recording can keep. */
function assertId(id: unknown): void {
  if (typeof id === "string" || Number.isFinite(id)) return;
  const remedy = typeof id === "bigint" ? "; make a text of it by String()" : "";
  throw new TypeError(`an id is ${shownValue(id)}, expected a text or a number${remedy}`);
}

/** The entity that a text is the plain number of; undefined when it is none. */
function plainNumber(text: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,9})$/.test(text)) return undefined;
  const number = Number(text);
  return isFrame(number) ? number : undefined;
}
