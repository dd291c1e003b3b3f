import type { EntityId, ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import {
  ENTITY_BITS,
  MASK_BITS,
  type PacketBreakdown,
  PARTS_BEFORE_FIELDS,
  TABLE_BITS,
  UNTOLD_KIND,
} from "../../core/wire/packet_breakdown.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import { ratioOf, rounded } from "../report/rounding.ts";
import type { RunReport } from "../report/run_report.ts";
import { costsById } from "./dearest_entities.ts";
import { EntityCosts } from "./entity_costs.ts";

/** Entities that a report lists. */
const LISTED_MAX = 10;

/** What all payloads consist of: by part, by field, by kind, by entity. */
export class PayloadCosts {
  readonly #layout: SnapshotLayout;
  readonly #partBits: Float64Array;
  readonly #fieldSends: Float64Array;
  readonly #kindBits: Float64Array;
  readonly #kindRecords: Float64Array;
  readonly #entities: EntityCosts = new EntityCosts();
  #headerBits = 0;
  #bits = 0;

  /** Nothing was sent yet. */
  constructor(layout: SnapshotLayout) {
    const fields = layout.kinds.reduce((sum, { kind }) => sum + kind.fields.length, 0);
    this.#layout = layout;
    this.#partBits = new Float64Array(PARTS_BEFORE_FIELDS + fields);
    this.#fieldSends = new Float64Array(fields);
    this.#kindBits = new Float64Array(layout.kinds.length);
    this.#kindRecords = new Float64Array(layout.kinds.length);
  }

  /** Adds a packet, as often as it was sent. */
  add({ payload, headerBytes, breakdown, sends }: EncodedPacket): void {
    this.#bits += payload.length * 8 * sends;
    this.#headerBits += headerBytes * 8 * sends;
    addScaled(this.#partBits, breakdown.bits, sends);
    addScaled(this.#fieldSends, breakdown.sends, sends);
    this.#addRecords(breakdown, sends);
  }

  /** Bits that are no field's. */
  overheadBits(): RunReport["overheadBits"] {
    return {
      packet: this.#headerBits,
      entity: this.#partBits[ENTITY_BITS]!,
      mask: this.#partBits[MASK_BITS]!,
      tables: this.#partBits[TABLE_BITS]!,
    };
  }

  /** Every field, most expensive first. */
  fields(): RunReport["fields"] {
    const costs: RunReport["fields"][number][] = [];
    for (const { kind } of this.#layout.kinds) {
      for (const { name } of kind.fields) {
        const bits = this.#partBits[PARTS_BEFORE_FIELDS + costs.length]!;
        const changes = this.#fieldSends[costs.length]!;
        costs.push({
          kind: kind.name,
          field: name,
          bits,
          share: ratioOf(bits, this.#bits),
          changes,
          bitsPerChange: rounded(changes === 0 ? 0 : bits / changes),
        });
      }
    }
    return costs.sort((a, b) => b.bits - a.bits);
  }

  /** Every kind, most expensive first. */
  kinds(): RunReport["kinds"] {
    let place = PARTS_BEFORE_FIELDS;
    const costs = this.#layout.kinds.map(({ kind }, index) => {
      const end = place + kind.fields.length;
      const bits = this.#kindBits[index]!;
      const fieldBits = this.#partBits.subarray(place, end).reduce((sum, part) => sum + part, 0);
      place = end;
      const records = this.#kindRecords[index]!;
      return {
        kind: kind.name,
        bits,
        share: ratioOf(bits, this.#bits),
        framingBits: bits - fieldBits,
        records,
        bitsPerRecord: rounded(records === 0 ? 0 : bits / records),
      };
    });
    return costs.sort((a, b) => b.bits - a.bits);
  }

  /** The most expensive entities, and how many there were; `names` are their ids in the game. */
  entities(
    names: ReadonlyEntityNames | undefined,
  ): Pick<RunReport, "entities" | "entityCount" | "entitiesLeftOut"> {
    const { all, count } = this.allEntities(names);
    const { leftOut } = this.#entities;
    return {
      entities: all.slice(0, LISTED_MAX).map((entity) => ({
        ...entity,
        share: ratioOf(entity.bits, this.#bits),
      })),
      entityCount: count,
      ...(leftOut.count === 0 ? {} : { entitiesLeftOut: leftOut }),
    };
  }

  /** Every entity whose bits are kept, most expensive first, and how many there were. */
  allEntities(
    names: ReadonlyEntityNames | undefined,
  ): { readonly all: { id: EntityId; kind: string; bits: number }[]; readonly count: number } {
    const { sorted, count } = costsById(this.#entities, names);
    const all = sorted.map(({ id, kind, bits }) => ({
      id,
      kind: this.#layout.kinds[kind]?.kind.name ?? "",
      bits,
    }));
    return { all, count };
  }

  #addRecords(
    { records: { count, ids }, recordBits, recordKinds }: PacketBreakdown,
    sends: number,
  ) {
    for (let i = 0; i < count; i++) {
      const bits = recordBits[i]! * sends;
      const kind = this.#entities.add(ids[i]!, recordKinds[i]!, bits);
      if (kind === UNTOLD_KIND) continue;
      this.#kindBits[kind]! += bits;
      this.#kindRecords[kind]! += sends;
    }
  }
}

function addScaled(sums: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) sums[i]! += values[i]! * factor;
}
