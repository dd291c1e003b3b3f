import type { EntityState } from "../../core/state/state.ts";

/**
 * Entities of the frame that is being read. Rows come in two steps, so that a bad one leaves no
 * trace: it is checked against `before`, then it is taken.
 */
export interface World {
  /** Number of entities of the frame so far. */
  readonly size: number;
  /** True when a row of this entity was taken in the frame being read. */
  hasRow(id: number): boolean;
  /**
   * State of an entity at the frame before, for the next row of it.
   *
   * @param isNewFrame true when that row starts a new frame, so that the frame being read becomes
   *   the one before
   */
  before(id: number, isNewFrame: boolean): EntityState | undefined;
  /** Takes an entity's state, or removes the entity. */
  take(id: number, state: EntityState | undefined): void;
  /** Ends the frame: its entities in ascending order of id. */
  endFrame(): readonly EntityState[];
}

/** World of dense input: an entity lives in just those frames that have a row of it. */
export class DenseWorld implements World {
  #before = new Map<number, EntityState>();
  #current = new Map<number, EntityState>();

  /** Number of entities of the frame so far. */
  get size(): number {
    return this.#current.size;
  }

  /** True when a row of this entity was taken in the frame being read. */
  hasRow(id: number): boolean {
    return this.#current.has(id);
  }

  /** State of an entity at the frame before. */
  before(id: number, isNewFrame: boolean): EntityState | undefined {
    return (isNewFrame ? this.#current : this.#before).get(id);
  }

  /** Takes an entity's state; dense input removes an entity by leaving it out. */
  take(id: number, state: EntityState | undefined): void {
    if (state !== undefined) this.#current.set(id, state);
  }

  /** Ends the frame: its entities in ascending order of id. */
  endFrame(): readonly EntityState[] {
    const entities = sortedById([...this.#current.values()]);
    this.#before = this.#current;
    // Not the other one cleared: V8 lets the table of a cleared map refer to the next, and a chain
    // of tables that begins in old memory keeps the states of all frames until a full collection.
    this.#current = new Map();
    return entities;
  }
}

interface Slot {
  state: EntityState;
  /** Index in the list of the living; stale while an entity came or went in this frame. */
  at: number;
}

/** World of sparse input: an entity lives on, unchanged, until a row changes or removes it. */
export class SparseWorld implements World {
  readonly #slots = new Map<number, Slot>();
  readonly #withRow = new Set<number>();
  #living: EntityState[] = [];
  #isListStale = false;

  /** Number of entities of the frame so far. */
  get size(): number {
    return this.#slots.size;
  }

  /** True when a row of this entity was taken in the frame being read. */
  hasRow(id: number): boolean {
    return this.#withRow.has(id);
  }

  /** State of an entity at the frame before. */
  before(id: number): EntityState | undefined {
    return this.#slots.get(id)?.state;
  }

  /** Takes an entity's state, or removes the entity. */
  take(id: number, state: EntityState | undefined): void {
    this.#withRow.add(id);
    const slot = this.#slots.get(id);
    if (state === undefined) {
      this.#slots.delete(id);
      this.#isListStale = true;
    } else if (slot === undefined) {
      this.#slots.set(id, { state, at: -1 });
      this.#isListStale = true;
    } else {
      slot.state = state;
      if (!this.#isListStale) this.#living[slot.at] = state;
    }
  }

  /** Ends the frame: its entities in ascending order of id. */
  endFrame(): readonly EntityState[] {
    this.#withRow.clear();
    if (this.#isListStale) {
      this.#living = sortedById(Array.from(this.#slots.values(), (slot) => slot.state));
      this.#living.forEach((state, at) => this.#slots.get(state.id)!.at = at);
      this.#isListStale = false;
    }
    return this.#living.slice();
  }
}

function sortedById(entities: EntityState[]): EntityState[] {
  for (let i = 1; i < entities.length; i++) {
    if (entities[i - 1]!.id > entities[i]!.id) return entities.sort((a, b) => a.id - b.id);
  }
  return entities;
}
