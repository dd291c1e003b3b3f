import { UNTOLD_KIND } from "../../core/wire/packet_breakdown.ts";
import { GivenUpEntities } from "./given_up_entities.ts";

/** Entities of which bits are kept; when there are more, the cheaper half of them is given up. */
export const ENTITIES_MAX = 2 ** 18;

/** What was sent of one entity. */
export interface EntityCost {
  /** Entity. */
  readonly id: number;
  /** Index of the kind that it had last. */
  readonly kind: number;
  /** Bits of all its records, to all consumers. */
  readonly bits: number;
}

/**
 * Bits by entity, in bounded memory: of so many entities that their figures have no room, the cheap
 * ones are given up, and their bits begin at nothing should they come again.
 */
export class EntityCosts {
  readonly #givenUp: GivenUpEntities = new GivenUpEntities();
  #givenUpBits = 0;
  /** Entities that are kept and whose figures were given up before. */
  #again = 0;
  /** By slot of a hash, 1 more than the index of an entity; 0 for none. */
  #slots: Int32Array = new Int32Array(64);
  /** Leaves as many bits of a hash as there are slots for. */
  #hashShift: number = Math.clz32(63);
  #ids: Uint32Array = new Uint32Array(32);
  #kinds: Uint16Array = new Uint16Array(32);
  #bits: Float64Array = new Float64Array(32);
  #count = 0;
  readonly #max: number;

  /** No entity yet; `max` are kept. */
  constructor(max: number = ENTITIES_MAX) {
    this.#max = max;
  }

  /** Of how many entities figures were given up, and the bits in them. */
  get leftOut(): { readonly count: number; readonly bits: number } {
    return { count: this.#givenUp.count, bits: this.#givenUpBits };
  }

  /** How many entities were met whose bits are not kept, not even in part. */
  get gone(): number {
    return this.#givenUp.count - this.#again;
  }

  /**
   * Adds a record of an entity.
   *
   * @param kind index of its kind, or {@linkcode UNTOLD_KIND}
   * @returns the index of its kind: when it is not told, that of its last record, if it had one
   */
  add(id: number, kind: number, bits: number): number {
    const slots = this.#slots;
    const ids = this.#ids;
    const last = slots.length - 1;
    let slot = Math.imul(id, 0x9e3779b1) >>> this.#hashShift;
    let index = slots[slot]! - 1;
    while (index >= 0 && ids[index] !== id) {
      slot = (slot + 1) & last;
      index = slots[slot]! - 1;
    }
    if (index < 0) return this.#meet(id, kind, bits);
    this.#bits[index]! += bits;
    if (kind === UNTOLD_KIND) return this.#kinds[index]!;
    this.#kinds[index] = kind;
    return kind;
  }

  /** Every entity that is kept, in the order in which they came. */
  list(): EntityCost[] {
    return Array.from({ length: this.#count }, (_, i) => ({
      id: this.#ids[i]!,
      kind: this.#kinds[i]!,
      bits: this.#bits[i]!,
    }));
  }

  #meet(id: number, kind: number, bits: number): number {
    if (this.#count === this.#max) this.#giveUp();
    const kindBefore = this.#givenUp.kindOf(id);
    if (kindBefore !== undefined) this.#again++;
    if (kind === UNTOLD_KIND && kindBefore !== undefined) kind = kindBefore;
    const index = this.#count;
    if (index === this.#ids.length) this.#hold(this.list(), index * 2);
    this.#put({ id, kind, bits });
    return kind;
  }

  /** Gives up the cheaper half; of those that cost the same, those that came last. */
  #giveUp(): void {
    const count = this.#count;
    const kept = Math.floor(count / 2);
    const sorted = this.#bits.slice(0, count).sort();
    const least = sorted[count - kept]!;
    let equal = 0;
    for (let rank = count - kept; rank < count && sorted[rank] === least; rank++) equal++;
    const costs = this.list().filter((cost) => {
      if (cost.bits > least || (cost.bits === least && equal-- > 0)) return true;
      if (this.#givenUp.kindOf(cost.id) !== undefined) this.#again--;
      this.#givenUp.add(cost.id, cost.kind);
      this.#givenUpBits += cost.bits;
      return false;
    });
    this.#hold(costs, this.#ids.length);
  }

  /** Holds these and no others, with room for so many. */
  #hold(costs: readonly EntityCost[], room: number): void {
    this.#ids = new Uint32Array(room);
    this.#kinds = new Uint16Array(room);
    this.#bits = new Float64Array(room);
    this.#slots = new Int32Array(room * 2);
    this.#hashShift = Math.clz32(room * 2 - 1);
    this.#count = 0;
    for (const cost of costs) this.#put(cost);
  }

  #put({ id, kind, bits }: EntityCost): void {
    const last = this.#slots.length - 1;
    let slot = Math.imul(id, 0x9e3779b1) >>> this.#hashShift;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
    const index = this.#count++;
    this.#slots[slot] = index + 1;
    this.#ids[index] = id;
    this.#kinds[index] = kind;
    this.#bits[index] = bits;
  }
}
