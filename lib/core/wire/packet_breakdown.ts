import type { FieldMeter } from "./field_meter.ts";
import { EntityRecords, RECORD_UPDATE } from "./entity_records.ts";
import type { WorldCodec } from "./world_codec.ts";

/** Bits of a packet that are in no field: of entities (ids, kinds, types), masks, and tables. */
export const ENTITY_BITS = 0, MASK_BITS = 1, TABLE_BITS = 2;

/** Elements of {@linkcode PacketBreakdown.bits} before those of the fields. */
export const PARTS_BEFORE_FIELDS = 3;

/**
 * What the packet that a {@linkcode WorldReader} read last consists of: bits per part, exact to the
 * bit, and the entity records. The parts add up to the packet's body.
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
  /** Place of each kind's first field among all fields. */
  readonly #places: readonly number[];
  #place = 0;

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
    return this;
  }

  /** Names the kind of the fields that follow. */
  set kind(index: number) {
    this.#place = this.#places[index]!;
  }

  /** Adds an update, whose fields follow. */
  addUpdate(
    id: number,
    kind: number,
    lo: number,
    hi: number,
    entityBits: number,
    maskBits: number,
  ): void {
    this.bits[ENTITY_BITS]! += entityBits;
    this.bits[MASK_BITS]! += maskBits;
    this.records.add(id, RECORD_UPDATE, lo, hi);
    this.kind = kind;
  }

  /** Adds a field that was read. */
  addField(field: number, bits: number): void {
    this.bits[PARTS_BEFORE_FIELDS + this.#place + field]! += bits;
    this.sends[this.#place + field]! += 1;
  }
}
