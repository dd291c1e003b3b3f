import type { EntityState } from "../../core/state/state.ts";
import type { Track } from "./track_list.ts";

/** What is known of an id: its track, and what the staged frame does to it. */
export interface EntitySlot {
  /** Entity. */
  readonly id: number;
  /** Its newest track; undefined before its first frame. */
  track: Track | undefined;
  /** State that is known not to change; undefined when there is none. */
  state: EntityState | undefined;
  /** Number of the frame that was staged last with the entity in it. */
  stage: number;
  /** State in the staged frame, as `state`. */
  stagedState: EntityState | undefined;
  /** Index of its kind in the staged frame. */
  stagedKind: number;
  /** First word of the staged row; -1 when the state did not change. */
  stagedRow: number;
}

/** Slots of the entities of a block, found fastest where ids ascend from frame to frame. */
export class EntitySlots {
  /** Slots of the staged frame in its order; those after `count` are of no meaning. */
  staged: EntitySlot[] = [];
  /** Number of entities of the staged frame. */
  count = 0;
  #slots = new Map<number, EntitySlot>();
  #before: EntitySlot[] = [];
  #beforeCount = 0;
  /** Where in the frame before the next entity is looked for. */
  #next = 0;
  #stage = 0;

  /** Begins to stage a frame. */
  begin(): void {
    this.#stage++;
    this.count = 0;
    this.#next = 0;
  }

  /**
   * Slot of the next entity of the staged frame.
   *
   * @returns undefined when the frame has it already
   */
  add(id: number): EntitySlot | undefined {
    const slot = this.#followed(id) ?? this.#known(id);
    if (slot.stage === this.#stage) return undefined;
    slot.stage = this.#stage;
    slot.stagedState = undefined;
    slot.stagedRow = -1;
    this.staged[this.count++] = slot;
    return slot;
  }

  /** Makes the staged frame the one before. */
  commit(): void {
    [this.staged, this.#before] = [this.#before, this.staged];
    this.#beforeCount = this.count;
    this.count = 0;
  }

  /** Forgets all entities. */
  clear(): void {
    this.#slots = new Map();
    this.staged = [];
    this.#before = [];
    this.#beforeCount = 0;
    this.count = 0;
  }

  /** Slot of an entity that the frame before has as well, at the same place or a later one. */
  #followed(id: number): EntitySlot | undefined {
    const before = this.#before;
    while (this.#next < this.#beforeCount && before[this.#next]!.id < id) this.#next++;
    if (this.#next === this.#beforeCount || before[this.#next]!.id !== id) return undefined;
    return before[this.#next++];
  }

  #known(id: number): EntitySlot {
    let slot = this.#slots.get(id);
    if (slot === undefined) {
      slot = {
        id,
        track: undefined,
        state: undefined,
        stage: 0,
        stagedState: undefined,
        stagedKind: 0,
        stagedRow: -1,
      };
      this.#slots.set(id, slot);
    }
    return slot;
  }
}
