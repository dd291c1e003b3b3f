import { findId, seekId } from "../state/sorted_ids.ts";

/** What a record says of an entity: some fields changed. */
export const RECORD_UPDATE = 0;
/** The entity appears, with all its fields. */
export const RECORD_SPAWN = 1;
/** The entity disappears. */
export const RECORD_DESPAWN = 2;

/**
 * Entities with what is said of each, ids ascending: the records of a packet, or what lost packets
 * held and a consumer is owed.
 *
 * @internal
 */
export class EntityRecords {
  /** Number of records; the arrays hold at least as many elements. */
  count: number = 0;
  /** Entity of each record. */
  ids: Uint32Array = new Uint32Array(16);
  /** {@linkcode RECORD_UPDATE}, {@linkcode RECORD_SPAWN} or {@linkcode RECORD_DESPAWN}. */
  types: Uint8Array = new Uint8Array(16);
  /** Fields 0 to 31 of each record; a spawn holds all. */
  los: Int32Array = new Int32Array(16);
  /** Fields 32 to 63 of each record. */
  his: Int32Array = new Int32Array(16);

  /** Forgets all. */
  clear(): this {
    this.count = 0;
    return this;
  }

  /** Adds a record behind the last. */
  add(id: number, type: number, lo: number, hi: number): void {
    const count = this.count++;
    if (count === this.ids.length) this.#grow();
    this.ids[count] = id;
    this.types[count] = type;
    this.los[count] = lo;
    this.his[count] = hi;
  }

  /** Adds another's record behind the last. */
  addFrom(other: EntityRecords, index: number): void {
    this.add(other.ids[index]!, other.types[index]!, other.los[index]!, other.his[index]!);
  }

  /** Makes the records equal to another's. */
  copy(other: EntityRecords): this {
    this.count = 0;
    for (let i = 0; i < other.count; i++) this.addFrom(other, i);
    return this;
  }

  /** Index of the first record whose entity is not below `id`; `count` when there is none. */
  seek(id: number): number {
    return seekId(this.ids, 0, this.count, id);
  }

  /** Index of an entity's record; -1 when there is none. */
  find(id: number): number {
    return findId(this.ids, 0, this.count, id);
  }

  /** True when both say the same. */
  equals(other: EntityRecords): boolean {
    if (this.count !== other.count) return false;
    for (let i = 0; i < this.count; i++) {
      if (this.ids[i] !== other.ids[i] || this.types[i] !== other.types[i]) return false;
      if (this.los[i] !== other.los[i] || this.his[i] !== other.his[i]) return false;
    }
    return true;
  }

  #grow(): void {
    const capacity = this.ids.length * 2;
    const { ids, types, los, his } = this;
    (this.ids = new Uint32Array(capacity)).set(ids);
    (this.types = new Uint8Array(capacity)).set(types);
    (this.los = new Int32Array(capacity)).set(los);
    (this.his = new Int32Array(capacity)).set(his);
  }
}
