import { lowestBit } from "../../core/bytes/mask.ts";
import { RECORD_UPDATE } from "../../core/wire/entity_records.ts";
import type { SentPacket } from "./traced_packet.ts";

/** Which packets carried an entity last. */
interface Carried {
  kind: number | undefined;
  /** The last that held all of it, or its end; undefined for the keyframe. */
  whole: SentPacket | undefined;
  /** The last since then, by field. */
  readonly fields: Map<number, SentPacket>;
}

/**
 * Policy `nack`: which packet to a consumer carried each entity and field last. It is what was lost
 * where it is sent again, since nothing is that a later packet held.
 */
export class RecordCarriers {
  readonly #entities: Map<number, Carried> = new Map();
  #keyframe: SentPacket | undefined;

  /** Forgets all. */
  clear(): void {
    this.#entities.clear();
    this.#keyframe = undefined;
  }

  /** Takes in the next packet, once its records are read. */
  take(sent: SentPacket): void {
    const { form, records, truth } = sent.packet!;
    if (form === "keyframe") {
      this.clear();
      this.#keyframe = sent;
      for (let i = 0; i < truth.count; i++) this.#of(truth.ids[i]!).kind = truth.kinds[i]!;
      return;
    }
    if (records === undefined) return;
    for (let i = 0; i < records.count; i++) {
      const id = records.ids[i]!;
      const carried = this.#of(id);
      const place = truth.find(id);
      if (place >= 0) carried.kind = truth.kinds[place]!;
      if (records.types[i] !== RECORD_UPDATE) {
        carried.whole = sent;
        carried.fields.clear();
        continue;
      }
      for (const [first, half] of [[0, records.los[i]!], [32, records.his[i]!]] as const) {
        for (let bits = half; bits !== 0; bits &= bits - 1) {
          carried.fields.set(first + lowestBit(bits), sent);
        }
      }
    }
  }

  /** Packet that carried a field last; without a field, the spawn or despawn of the entity. */
  carrierOf(entity: number, field?: number): SentPacket | undefined {
    const carried = this.#entities.get(entity);
    const own = field === undefined ? undefined : carried?.fields.get(field);
    return own ?? carried?.whole ?? this.#keyframe;
  }

  /** Kind that an entity had when it was sent last. */
  kindOf(entity: number): number | undefined {
    return this.#entities.get(entity)?.kind;
  }

  #of(entity: number): Carried {
    const known = this.#entities.get(entity);
    if (known !== undefined) return known;
    const carried: Carried = { kind: undefined, whole: undefined, fields: new Map() };
    this.#entities.set(entity, carried);
    return carried;
  }
}
