import { grown } from "../state/words.ts";
import { ByteWriter } from "../bytes/bytes.ts";
import type { Mask } from "../bytes/mask.ts";

/** Elements of an entry: row, what it is against, fields, first byte, end, next entry. */
const ENTRY = 7;

/**
 * Entity records of one frame behind their headers, by the row that they lead to and what they are
 * against, for consumers whose packets differ and whose records do not.
 */
export class RecordCache {
  /** Number of records written so far. */
  encodes: number = 0;
  /** The bytes; a record is added by writing it at the end. */
  readonly out: ByteWriter = new ByteWriter(4096);
  #entries: Int32Array = new Int32Array(64 * ENTRY);
  #count = 0;
  /** Newest entry of each row, plus 1, by a quarter of its first word; 0 for none. */
  #heads: Int32Array = new Int32Array(64);

  /** Forgets all records. */
  clear(): void {
    for (let e = 0; e < this.#count; e++) this.#heads[this.#entries[e * ENTRY]! >>> 2] = 0;
    this.#count = 0;
    this.out.clear();
  }

  /**
   * A record by row and what it is against; -1 when there is none.
   *
   * @param against the row that the far end holds, or below 0 for values that stand alone
   * @param mask fields of those; gets the fields of the others
   */
  find(row: number, against: number, mask: Mask): number {
    const entries = this.#entries;
    let next = row >>> 2 < this.#heads.length ? this.#heads[row >>> 2]! : 0;
    for (; next > 0; next = entries[next * ENTRY - 1]!) {
      const at = (next - 1) * ENTRY;
      if (entries[at + 1] !== against) continue;
      const isSame = entries[at + 2] === mask.lo && entries[at + 3] === mask.hi;
      if (against < 0 && !isSame) continue;
      mask.lo = entries[at + 2]!;
      mask.hi = entries[at + 3]!;
      break;
    }
    return next - 1;
  }

  /** Adds the record whose bytes were written from `start` to the end. */
  add(row: number, against: number, { lo, hi }: Mask, start: number): number {
    const at = this.#count * ENTRY;
    if (at === this.#entries.length) this.#entries = grown(this.#entries, new Int32Array(at * 2));
    if (row >>> 2 >= this.#heads.length) this.#heads = grown(this.#heads, new Int32Array(row));
    const entries = this.#entries;
    entries[at] = row;
    entries[at + 1] = against;
    entries[at + 2] = lo;
    entries[at + 3] = hi;
    entries[at + 4] = start;
    entries[at + 5] = this.out.length;
    entries[at + 6] = this.#heads[row >>> 2]!;
    this.#heads[row >>> 2] = ++this.#count;
    this.encodes++;
    return this.#count - 1;
  }

  /** Bytes of a record. */
  lengthOf(entry: number): number {
    return this.#entries[entry * ENTRY + 5]! - this.#entries[entry * ENTRY + 4]!;
  }

  /** Appends a record's bytes. */
  appendTo(out: ByteWriter, entry: number): void {
    const from = this.out.reserve(0);
    const end = this.#entries[entry * ENTRY + 5]!;
    const to = out.reserve(this.lengthOf(entry));
    for (let at = this.#entries[entry * ENTRY + 4]!; at < end; at++) to[out.length++] = from[at]!;
  }
}
