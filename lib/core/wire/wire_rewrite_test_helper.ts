/** Writing of packets' bodies by trackers, for tests that compare bytes with what was read. */
import assert from "node:assert/strict";
import { type EntityRecords, RECORD_DESPAWN, RECORD_SPAWN } from "./entity_records.ts";
import { sameWords } from "../state/words.ts";
import { Snapshot } from "../state/snapshot.ts";
import type { SnapshotLayout } from "../state/snapshot_layout.ts";
import type { Form, Parts } from "./wire_model_test_helper.ts";
import type { CodecName } from "./world_codec.ts";
import { WorldTracker } from "../tracker/world_tracker.ts";

/** How a tracker's rows lie: one after another, shared, or as a part of a larger world's. */
export const WAYS = ["own", "shared", "part"] as const;
type Way = (typeof WAYS)[number];

/** Ids that no world of the tests has. */
const OUTSIDE = 4000000001;
const NOWHERE = 4000000002;

/** Writes bodies of packets that lead from any world to any other. */
export class BodyWriter {
  readonly #layout: SnapshotLayout;
  readonly #codec: CodecName;
  readonly #trackers: Map<string, WorldTracker<number>> = new Map();
  #consumer = 0;
  #frame = 0;

  constructor(layout: SnapshotLayout, codec: CodecName) {
    this.#layout = layout;
    this.#codec = codec;
  }

  /** Body without tables of a packet from a world to another. */
  write(
    form: Form,
    state: Snapshot,
    base: Snapshot,
    { omitted, gone = [], again = new Set() }: Parts = {},
    way: Way = "own",
  ): Uint8Array {
    const tracker = this.#tracker(way, form === "patch" ? "append" : "strict");
    const consumer = ++this.#consumer;
    const append = (world: Snapshot, left?: ReadonlySet<number>) => {
      const next = this.#withBlank(world, way === "part" ? [OUTSIDE] : []);
      next.frame = ++this.#frame;
      const whole = tracker.begin(next);
      if (way !== "part") return tracker.appendPacket(consumer, whole, left);
      const view = tracker.view();
      for (let i = 0; i < whole.count; i++) if (whole.ids[i] !== OUTSIDE) view.show(whole, i);
      return tracker.appendPacket(consumer, view, left);
    };
    if (form !== "keyframe") {
      append(base);
      if (form !== "patch") tracker.ack(consumer, this.#frame);
    }
    if (gone.length + again.size > 0) {
      // On its way, for all that is known here.
      const other = new Snapshot(this.#layout);
      for (let i = 0; i < base.count; i++) if (!again.has(base.ids[i]!)) other.addFrom(base, i);
      append(this.#withBlank(other, gone));
    }
    const left = form === "partial" ? new Set(omitted).add(NOWHERE) : undefined;
    const packet = append(state, left);
    assert.equal(packet.form, form);
    const tables = packet.hasTables ? tracker.codec.tables.length : 0;
    const body = packet.bytes.slice(packet.headerLength + tables);
    tracker.remove(consumer);
    return body;
  }

  #tracker(way: Way, policy: "strict" | "append"): WorldTracker<number> {
    const known = this.#trackers.get(way + policy);
    if (known !== undefined) return known;
    const tracker = new WorldTracker<number>(this.#layout, this.#codec, { policy });
    if (way !== "own") tracker.view();
    this.#trackers.set(way + policy, tracker);
    return tracker;
  }

  /** The world with blank entities of the first kind besides. */
  #withBlank(world: Snapshot, ids: readonly number[]): Snapshot {
    const result = new Snapshot(this.#layout);
    let position = 0;
    for (const id of ids.toSorted((a, b) => a - b)) {
      position = result.addBelow(id, world, position);
      result.add(id, 0);
    }
    result.addBelow(Infinity, world, position);
    return result;
  }
}

/**
 * What a partial delta that led to a state may have been written from, by its records: the entities
 * without a record are left out, and despawns of what the baseline lacks, and spawns of what it has,
 * take back what is on its way.
 */
export function partialSource(
  { count, ids, types }: EntityRecords,
  state: Snapshot,
  baseline: Snapshot,
): { view: Snapshot; parts: Parts } {
  const spoken = new Set(ids.subarray(0, count));
  const isAlike = (id: number) => {
    const i = state.find(id);
    const j = baseline.find(id);
    if (j < 0 || state.kinds[i] !== baseline.kinds[j]) return false;
    const { stride } = state.layoutOf(i);
    return sameWords(state.words, state.rows[i]!, baseline.words, baseline.rows[j]!, stride);
  };
  const isGone = (id: number, i: number) => types[i] === RECORD_DESPAWN && baseline.find(id) < 0;
  const gone = [...ids.subarray(0, count)].filter(isGone);
  const again = new Set([...spoken].filter((id, i) => types[i] === RECORD_SPAWN && isAlike(id)));
  // What was acked and is not held by now is left out as well, or it would despawn.
  const view = new Snapshot(state.layout);
  const omitted = new Set<number>();
  const known = [
    ...state.ids.subarray(0, state.count),
    ...baseline.ids.subarray(0, baseline.count),
  ];
  for (const id of new Set(known.sort((a, b) => a - b))) {
    const from = state.find(id) < 0 ? baseline : state;
    if (from === baseline && spoken.has(id)) continue;
    view.addFrom(from, from.find(id));
    if (!spoken.has(id)) omitted.add(id);
  }
  return { view, parts: { omitted, gone, again } };
}
