import { walkToId } from "../state/sorted_ids.ts";
import {
  EntityRecords,
  RECORD_DESPAWN,
  RECORD_SPAWN,
  RECORD_UPDATE,
} from "../wire/entity_records.ts";
import type { SharedPacket } from "../wire/shared_packet.ts";
import type { Unsettled } from "./unsettled_packets.ts";

/** Packets after a lost one that are looked through; where there are more, a keyframe costs less. */
const LATER_MAX = 128;

/**
 * Policy `nack`: what one consumer is owed. A packet counts as lost once an ack passes it by. Of
 * what it held, that is owed again which no later packet held as well: a field that was sent since
 * is on its way with its newer value, or is owed by that packet in turn. A lost keyframe is owed as
 * a keyframe, and so is a packet that was sent more than 128 packets ago.
 */
export class OwedRecords {
  /** What the next packet has to hold besides what changed; ids ascending. */
  owed: EntityRecords = new EntityRecords();
  /** True when the next packet has to be a keyframe. */
  owesAll: boolean = false;
  #merged: EntityRecords = new EntityRecords();
  readonly #rest: EntityRecords = new EntityRecords();

  /** Owes nothing. */
  clear(): void {
    this.owed.clear();
    this.owesAll = false;
  }

  /** Takes what a packet holds as paid; it is owed again if that packet is lost. */
  pay(sent: EntityRecords): void {
    const { owed } = this;
    if (owed.count === 0) return;
    const rest = this.#merged.clear();
    for (let i = 0; i < owed.count; i++) {
      if (sent.find(owed.ids[i]!) < 0) rest.addFrom(owed, i);
    }
    this.#merged = owed;
    this.owed = rest;
  }

  /** Notes that a packet was lost; `later` are the packets that were sent after it. */
  lose<S>(packet: SharedPacket<S>, later: Unsettled<SharedPacket<S>>): void {
    if (packet.form === "keyframe" || later.count > LATER_MAX) this.owesAll = true;
    if (this.owesAll) return;
    this.#collect(packet.records, later);
    if (this.#rest.count > 0) this.#merge(this.#rest);
  }

  /** Makes `rest` what records hold and no later packet does. */
  #collect<S>(
    { count, ids, types, los, his }: EntityRecords,
    later: Unsettled<SharedPacket<S>>,
  ): void {
    this.#rest.clear();
    for (let i = 0; i < count; i++) {
      const id = ids[i]!;
      let lo = los[i]!;
      let hi = his[i]!;
      const isUpdate = types[i] === RECORD_UPDATE;
      let isSuperseded = false;
      for (let j = 0; j < later.count && !isSuperseded && !(isUpdate && (lo | hi) === 0); j++) {
        const { records } = later.itemAt(j)!;
        const index = records.find(id);
        if (index < 0) continue;
        isSuperseded = records.types[index] !== RECORD_UPDATE;
        lo &= ~records.los[index]!;
        hi &= ~records.his[index]!;
      }
      const isEmpty = isUpdate && (lo | hi) === 0;
      if (!isSuperseded && !isEmpty) this.#rest.add(id, types[i]!, lo, hi);
    }
  }

  /** Adds records to what is owed. */
  #merge(more: EntityRecords): void {
    const { owed } = this;
    const merged = this.#merged.clear();
    let o = 0;
    for (let i = 0; i < more.count; i++) {
      const id = more.ids[i]!;
      const end = walkToId(owed.ids, o, owed.count, id);
      while (o < end) merged.addFrom(owed, o++);
      if (o === owed.count || owed.ids[o] !== id) {
        merged.addFrom(more, i);
        continue;
      }
      const isDespawn = more.types[i] === RECORD_DESPAWN;
      const isSpawn = owed.types[o] === RECORD_SPAWN || more.types[i] === RECORD_SPAWN;
      const type = isDespawn ? RECORD_DESPAWN : isSpawn ? RECORD_SPAWN : RECORD_UPDATE;
      merged.add(id, type, owed.los[o]! | more.los[i]!, owed.his[o]! | more.his[i]!);
      o++;
    }
    while (o < owed.count) merged.addFrom(owed, o++);
    this.#merged = owed;
    this.owed = merged;
  }
}
