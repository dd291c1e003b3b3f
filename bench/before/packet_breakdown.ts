import type { SnapshotLayout } from "./snapshot.ts";

/** What a packet's record says of an entity. */
export const RECORD_UPDATE = 0;
/** The entity appears, with all its fields. */
export const RECORD_SPAWN = 1;
/** The entity disappears. */
export const RECORD_DESPAWN = 2;

/**
 * What the last packet that a codec wrote consists of: bits per part, exact to the bit, and the
 * entity records with their fields.
 */
export class PacketBreakdown {
  /** Bits spent on entity ids, kinds and record types. */
  entityBits: number = 0;
  /** Bits spent on the tables of texts that a consumer is sent when it joins. */
  tableBits: number = 0;
  /** Bits spent on masks of changed fields. */
  maskBits: number = 0;
  /** Bits spent on each field. */
  readonly fieldBits: Float64Array;
  /** How often each field was sent, by the same places. */
  readonly fieldSends: Float64Array;
  /** First place of each kind's fields. */
  readonly fieldBase: Uint32Array;
  /** Number of entity records. */
  recordCount: number = 0;
  /** Entity of each record. */
  ids: Uint32Array = new Uint32Array(16);
  /** Kind index of each record. */
  kinds: Uint16Array = new Uint16Array(16);
  /** `RECORD_UPDATE`, `RECORD_SPAWN` or `RECORD_DESPAWN`. */
  types: Uint8Array = new Uint8Array(16);
  /** Fields 0 to 31 of each record. */
  masksLo: Int32Array = new Int32Array(16);
  /** Fields 32 to 63 of each record. */
  masksHi: Int32Array = new Int32Array(16);

  /** Empty breakdown for packets of a layout. */
  constructor(layout: SnapshotLayout) {
    this.fieldBase = new Uint32Array(layout.kinds.length);
    let places = 0;
    layout.kinds.forEach((kind, i) => {
      this.fieldBase[i] = places;
      places += kind.kind.fields.length;
    });
    this.fieldBits = new Float64Array(places);
    this.fieldSends = new Float64Array(places);
  }

  /** Forgets the packet. */
  clear(): void {
    this.entityBits = 0;
    this.tableBits = 0;
    this.maskBits = 0;
    this.fieldBits.fill(0);
    this.fieldSends.fill(0);
    this.recordCount = 0;
  }

  /** Adds an entity record. */
  addRecord(type: number, id: number, kind: number, lo: number, hi: number): void {
    const count = this.recordCount++;
    if (count === this.ids.length) this.#grow();
    this.ids[count] = id;
    this.kinds[count] = kind;
    this.types[count] = type;
    this.masksLo[count] = lo;
    this.masksHi[count] = hi;
  }

  /** Adds the bits of one sent field. */
  addField(kind: number, field: number, bits: number): void {
    const place = this.fieldBase[kind]! + field;
    this.fieldBits[place]! += bits;
    this.fieldSends[place]! += 1;
  }

  #grow(): void {
    const capacity = this.ids.length * 2;
    const { ids, kinds, types, masksLo, masksHi } = this;
    (this.ids = new Uint32Array(capacity)).set(ids);
    (this.kinds = new Uint16Array(capacity)).set(kinds);
    (this.types = new Uint8Array(capacity)).set(types);
    (this.masksLo = new Int32Array(capacity)).set(masksLo);
    (this.masksHi = new Int32Array(capacity)).set(masksHi);
  }
}
