import type { FieldMeter } from "./field_meter.ts";
import { EntityRecords, RECORD_UPDATE } from "./entity_records.ts";
import { grown } from "../state/words.ts";
import type { WorldCodec } from "./world_codec.ts";

/** Bits of a packet that are in no field: of entities (ids, kinds, types), masks, and tables. */
export const ENTITY_BITS = 0, MASK_BITS = 1, TABLE_BITS = 2;

/** Kind of a record that does not tell it: of a despawn, onto a state that lacks the entity. */
export const UNTOLD_KIND = 0xffff;

/** Elements of {@linkcode PacketBreakdown.bits} before those of the fields. */
export const PARTS_BEFORE_FIELDS = 3;

/**
 * What the packet that a {@linkcode WorldReader} read last consists of: bits per part, exact to the
 * bit, and the entity records. The parts add up to the packet's body; so do the bits of the records
 * and those of the tables.
 *
 * @internal
 */
export class PacketBreakdown implements FieldMeter {
  /** Bits of entities, of masks, of tables, then of each field, kind by kind. */
  readonly bits: Float64Array;
  /** How often each field was sent, kind by kind. */
  readonly sends: Float64Array;
  /** The records. */
  readonly records: EntityRecords = new EntityRecords();
  /** Bits of each record: id, kind and type, mask, fields. */
  recordBits: Uint32Array = new Uint32Array(16);
  /** Kind index of each record's entity, a despawned one's from before; or {@linkcode UNTOLD_KIND}. */
  recordKinds: Uint16Array = new Uint16Array(16);
  /** Place of each kind's first field among all fields. */
  readonly #places: readonly number[];
  #place = 0;
  /** Bits of the record that has begun. */
  #begunBits = 0;

  /** Breakdown of no packet yet. */
  constructor(codec: WorldCodec) {
    let fields = 0;
    this.#places = codec.kinds.map(({ fieldCount }) => (fields += fieldCount) - fieldCount);
    this.bits = new Float64Array(PARTS_BEFORE_FIELDS + fields);
    this.sends = new Float64Array(fields);
  }

  /** Bits of the body. */
  get sum(): number {
    let sum = 0;
    for (const bits of this.bits) sum += bits;
    return sum;
  }

  /** Forgets the packet. */
  clear(): this {
    this.bits.fill(0);
    this.sends.fill(0);
    this.records.clear();
    this.#begunBits = 0;
    return this;
  }

  /** Adds bytes of id, kind and type to the record that begins. */
  addEntity(bytes: number): void {
    this.#begin(ENTITY_BITS, bytes * 8);
  }

  /** Adds bytes of the mask to the record that begins. */
  addMask(bytes: number): void {
    this.#begin(MASK_BITS, bytes * 8);
  }

  /** Adds bytes of tables. */
  addTables(bytes: number): void {
    this.bits[TABLE_BITS]! += bytes * 8;
  }

  /**
   * Adds the record that has begun, whose fields follow.
   *
   * @param kind index of the kind, -1 where it is not told
   */
  addRecord(
    { id, type }: { readonly id: number; readonly type: number },
    kind: number,
    { lo, hi }: { readonly lo: number; readonly hi: number },
  ): void {
    this.#add(id, kind, type, lo, hi);
  }

  /** Adds an update with the bytes before its fields, which follow. */
  addUpdate(
    id: number,
    kind: number,
    lo: number,
    hi: number,
    entityBytes: number,
    maskBytes: number,
  ): void {
    this.addEntity(entityBytes);
    this.addMask(maskBytes);
    this.#add(id, kind, RECORD_UPDATE, lo, hi);
  }

  /** Adds a field that was read. */
  addField(field: number, bits: number): void {
    this.bits[PARTS_BEFORE_FIELDS + this.#place + field]! += bits;
    this.sends[this.#place + field]! += 1;
    this.recordBits[this.records.count - 1]! += bits;
  }

  #begin(part: number, bits: number): void {
    this.bits[part]! += bits;
    this.#begunBits += bits;
  }

  #add(id: number, kind: number, type: number, lo: number, hi: number): void {
    const { count } = this.records;
    this.records.add(id, type, lo, hi);
    if (count === this.recordBits.length) {
      this.recordBits = grown(this.recordBits, new Uint32Array(count * 2));
      this.recordKinds = grown(this.recordKinds, new Uint16Array(count * 2));
    }
    this.recordBits[count] = this.#begunBits;
    this.recordKinds[count] = kind;
    this.#begunBits = 0;
    if (kind >= 0) this.#place = this.#places[kind]!;
  }
}
