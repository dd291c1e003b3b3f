import type { PacketBreakdown } from "../core/packet_breakdown.ts";

/** Words of a record: entity, kind, type, fields 0 to 31, fields 32 to 63. */
const RECORD_WORDS = 5;

/** Which entities and fields a packet holds. */
export class PacketRecords {
  /** Number of records, ids ascending. */
  readonly count: number;
  readonly #words: Uint32Array;

  /** Copy of the records of the packet that was written last. */
  constructor({ recordCount, ids, kinds, types, masksLo, masksHi }: PacketBreakdown) {
    this.count = recordCount;
    this.#words = new Uint32Array(recordCount * RECORD_WORDS);
    for (let i = 0, w = 0; i < recordCount; i++) {
      this.#words[w++] = ids[i]!;
      this.#words[w++] = kinds[i]!;
      this.#words[w++] = types[i]!;
      this.#words[w++] = masksLo[i]!;
      this.#words[w++] = masksHi[i]!;
    }
  }

  /** Index of an entity's record; -1 when the packet does not name it. */
  find(id: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#words[middle * RECORD_WORDS]!;
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** Entity of a record. */
  id(index: number): number {
    return this.#words[index * RECORD_WORDS]!;
  }

  /** Kind index of a record. */
  kind(index: number): number {
    return this.#words[index * RECORD_WORDS + 1]!;
  }

  /** Whether a record is an update, a spawn or a despawn. */
  type(index: number): number {
    return this.#words[index * RECORD_WORDS + 2]!;
  }

  /** Fields 0 to 31 of a record. */
  maskLo(index: number): number {
    return this.#words[index * RECORD_WORDS + 3]! | 0;
  }

  /** Fields 32 to 63 of a record. */
  maskHi(index: number): number {
    return this.#words[index * RECORD_WORDS + 4]! | 0;
  }
}
