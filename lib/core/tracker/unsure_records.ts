import type { View } from "../state/view.ts";
import { sameWords } from "../state/words.ts";
import { type EntityRecords, RECORD_DESPAWN, RECORD_SPAWN } from "../wire/entity_records.ts";
import type { SharedPacket } from "../wire/shared_packet.ts";
import type { Unsettled } from "./unsettled_packets.ts";

/**
 * Notes what a partial delta has to say besides what differs from its base, because packets on their
 * way may have said otherwise: entities that look as in the base go whole, others disappear.
 *
 * @param view what the packet leads to
 * @param unsettled packets to the consumer that no ack has settled
 * @param unsure gets the records
 */
export function noteUnsure(
  view: View,
  base: View,
  unsettled: Unsettled<SharedPacket<View>>,
  unsure: EntityRecords,
): EntityRecords {
  unsure.clear();
  for (const id of toldOtherwise(view, unsettled)) {
    if (!isAlike(view, base, id)) continue;
    unsure.add(id, view.find(id) < 0 ? RECORD_DESPAWN : RECORD_SPAWN, 0, 0);
  }
  return unsure;
}

/** Entities of which a packet on its way says something else than a view; ids ascending. */
function toldOtherwise(view: View, unsettled: Unsettled<SharedPacket<View>>): number[] {
  const ids = new Set<number>();
  for (let i = 0; i < unsettled.count; i++) {
    const packet = unsettled.itemAt(i);
    if (packet === undefined) continue;
    const { form, records } = packet;
    const state = packet.state!;
    const isWhole = form !== "partial";
    const told = isWhole ? state : records;
    for (let t = 0; t < told.count; t++) {
      const id = told.ids[t]!;
      if (!isAlike(view, state, id)) ids.add(id);
    }
    // A whole delta brings nothing else.
    for (let p = 0; isWhole && p < view.count; p++) {
      if (state.find(view.ids[p]!) < 0) ids.add(view.ids[p]!);
    }
  }
  return [...ids].sort((a, b) => a - b);
}

/** True when two views show an entity alike, or neither does. */
function isAlike(a: View, b: View, id: number): boolean {
  const i = a.find(id);
  const j = b.find(id);
  if (i < 0 || j < 0 || a.kinds[i] !== b.kinds[j]) return i < 0 && j < 0;
  return sameWords(a.words, a.rows[i]!, b.words, b.rows[j]!, a.layoutOf(i).stride);
}
