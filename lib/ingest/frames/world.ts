import { byAscendingId } from "../../core/state/sorted_ids.ts";
import type { Density } from "../input/density.ts";
import type { EntityValues } from "../kinds/entity_values.ts";

/**
 * Entities of the frame that is being read. Rows come in two steps, so that a bad one leaves no
 * trace: it is checked against `before`, then it is taken.
 */
export interface World {
  /** Ordinal of the frame that is being read, or was last. */
  readonly ordinal: number;
  /** Number of entities of the frame so far. */
  readonly size: number;
  /** True when a row of this entity was taken in the frame being read. */
  hasRow(id: number): boolean;
  /** True when this entity was removed in the frame being read. */
  isRemoved(id: number): boolean;
  /**
   * Entity as it was at the frame before, for the next row of it.
   *
   * @param isNewFrame true when that row starts a new frame, so that the frame being read becomes
   *   the one before
   */
  before(id: number, isNewFrame: boolean): EntityValues | undefined;
  /** True when every entity of the frame before has a row; false where that says nothing. */
  readonly hasAllBefore: boolean;
  /** Starts the next frame. */
  startFrame(): void;
  /**
   * Takes a row that is staged.
   *
   * @param entity the one that `before` gave, or a new one
   * @param isSame true when the row changes nothing, and nothing is staged
   */
  take(entity: EntityValues, isSame: boolean): void;
  /** Removes an entity. */
  remove(entity: EntityValues): void;
  /** Ends the frame: its entities in ascending order of id. */
  endFrame(): readonly EntityValues[];
}

/**
 * World without entities.
 *
 * @param ordinal of the frame that was read before in another one; the next follows it
 */
export function newWorld(density: Density, ordinal: number = -1): World {
  return density === "sparse" ? new SparseWorld(ordinal) : new DenseWorld(ordinal);
}

/** World of dense input: an entity lives in just those frames that have a row of it. */
class DenseWorld implements World {
  /** Ordinal of the frame that is being read, or was last. */
  ordinal: number;
  readonly #entities = new Map<number, EntityValues>();
  #before: readonly EntityValues[] = [];
  /** Entities of the frame before in the order of their rows, and where the next is expected. */
  #rows: readonly EntityValues[] = [];
  #next = 0;
  #current: EntityValues[] = [];

  constructor(ordinal: number) {
    this.ordinal = ordinal;
  }

  /** Number of entities of the frame so far. */
  get size(): number {
    return this.#current.length;
  }

  /** True when a row of this entity was taken in the frame being read. */
  hasRow(id: number): boolean {
    return this.#find(id)?.rowAt === this.ordinal;
  }

  /** True when every entity of the frame before has a row; false for a first frame. */
  get hasAllBefore(): boolean {
    const before = this.#before;
    return before.length > 0 && before.every(({ rowAt }) => rowAt === this.ordinal);
  }

  /** Dense input removes an entity by leaving it out. */
  isRemoved(_id: number): boolean {
    return false;
  }

  /** Entity as it was at the frame before. */
  before(id: number, isNewFrame: boolean): EntityValues | undefined {
    const entity = this.#find(id);
    return entity?.rowAt === (isNewFrame ? this.ordinal : this.ordinal - 1) ? entity : undefined;
  }

  /** Starts the next frame. */
  startFrame(): void {
    this.ordinal++;
    this.#next = 0;
  }

  /** Takes a row. */
  take(entity: EntityValues, isSame: boolean): void {
    if (entity.bornAt < 0) add(this.#entities, entity, this.ordinal);
    takeRow(entity, isSame, this.ordinal);
    this.#current.push(entity);
    if (this.#rows[this.#next] === entity) this.#next++;
  }

  /** Dense input removes an entity by leaving it out. */
  remove(_entity: EntityValues): void {}

  /** Ends the frame: its entities in ascending order of id. */
  endFrame(): readonly EntityValues[] {
    let gone = 0;
    for (const entity of this.#current) entity.fit();
    for (const entity of this.#before) {
      if (entity.rowAt === this.ordinal) continue;
      gone++;
      if (!entity.isReplaced) this.#entities.delete(entity.id);
    }
    // Mostly those who were there are there, whatever the order of their rows.
    const isSame = gone === 0 && this.#current.length === this.#before.length;
    if (!isSame) this.#before = byAscendingId(this.#current);
    this.#rows = this.#current;
    this.#current = [];
    return this.#before;
  }

  #find(id: number): EntityValues | undefined {
    const guess = this.#rows[this.#next];
    return guess !== undefined && guess.id === id && !guess.isReplaced
      ? guess
      : this.#entities.get(id);
  }
}

/** World of sparse input: an entity lives on, unchanged, until a row changes or removes it. */
class SparseWorld implements World {
  /** Ordinal of the frame that is being read, or was last. */
  ordinal: number;
  readonly #entities = new Map<number, EntityValues>();
  readonly #removed = new Set<number>();
  #living: readonly EntityValues[] = [];
  #isListStale = false;

  constructor(ordinal: number) {
    this.ordinal = ordinal;
  }

  /** Number of entities of the frame so far. */
  get size(): number {
    return this.#entities.size;
  }

  /** True when a row of this entity was taken in the frame being read. */
  hasRow(id: number): boolean {
    return this.#entities.get(id)?.rowAt === this.ordinal || this.#removed.has(id);
  }

  /** An entity without a row lives on. */
  readonly hasAllBefore: boolean = false;

  /** True when this entity was removed in the frame being read. */
  isRemoved(id: number): boolean {
    return this.#removed.has(id);
  }

  /** Entity as it was at the frame before. */
  before(id: number): EntityValues | undefined {
    return this.#entities.get(id);
  }

  /** Starts the next frame. */
  startFrame(): void {
    this.ordinal++;
    this.#removed.clear();
  }

  /** Takes a row. */
  take(entity: EntityValues, isSame: boolean): void {
    if (entity.bornAt < 0) {
      add(this.#entities, entity, this.ordinal);
      this.#isListStale = true;
    }
    takeRow(entity, isSame, this.ordinal);
  }

  /** Removes an entity. */
  remove({ id }: EntityValues): void {
    this.#removed.add(id);
    this.#entities.delete(id);
    this.#isListStale = true;
  }

  /** Ends the frame: its entities in ascending order of id. */
  endFrame(): readonly EntityValues[] {
    if (this.#isListStale) this.#living = byAscendingId([...this.#entities.values()]);
    this.#isListStale = false;
    for (const entity of this.#living) entity.fit();
    return this.#living;
  }
}

/** Takes a row that adds to one that was taken in the same frame. */
export function takeMore(entity: EntityValues, isSame: boolean, ordinal: number): void {
  if (isSame) return;
  if (entity.changedAt === ordinal) entity.takeAgain();
  else entity.take();
  entity.changedAt = ordinal;
}

function add(entities: Map<number, EntityValues>, entity: EntityValues, ordinal: number): void {
  const old = entities.get(entity.id);
  if (old !== undefined) old.isReplaced = true;
  entities.set(entity.id, entity);
  entity.bornAt = ordinal;
}

function takeRow(entity: EntityValues, isSame: boolean, ordinal: number): void {
  entity.rowAt = ordinal;
  if (isSame) return;
  entity.take();
  entity.changedAt = ordinal;
}
