import { lowestBit } from "../../core/bytes/mask.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { walkToId } from "../../core/state/sorted_ids.ts";
import { DistinctBudget } from "../../schema/infer_distinct.ts";
import { FieldWatch } from "./field_watch.ts";
import type { RecordingFacts } from "./recording_facts.ts";

/** Distinct values that are kept of all fields together. */
const DISTINCT_ALL = 1 << 18;
/** Every which frame low bits are looked at, together with the two before it. */
const LOW_BITS_EVERY = 3;
const OF_NO_FIELD = -1;

/**
 * Gathers what a recording's values are like, frame by frame: rows are compared with those of the
 * frame before, and only what differs is looked at. It keeps two frames, and a bounded number of
 * values of each field.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RecordingWatch } from "@hindcast/hindcast/report";
 * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "ship", fields: [{ name: "x", type: "i16" }, { name: "team", type: "u8" }] }],
 * });
 * const watch = new RecordingWatch(layout);
 * for (let frame = 0; frame < 10; frame++) {
 *   const entities = [{ id: 1, kind: "ship", fields: { x: frame, team: 2 } }];
 *   watch.add(Snapshot.of(layout, { frame, timeMs: frame * 50, entities }));
 * }
 * const { fields, intervalMs } = watch.facts();
 * assert.equal(intervalMs, 50);
 * assert.deepEqual(fields.map(({ isConstant }) => isConstant), [false, true]);
 * ```
 */
export class RecordingWatch {
  readonly #layout: SnapshotLayout;
  readonly #kinds: readonly KindWatch[];
  #frames = 0;
  #firstMs = 0;
  #firstFrame = 0;
  #before: Snapshot | undefined;
  #older: Snapshot | undefined;

  /** Nothing yet of a recording with that layout. */
  constructor(layout: SnapshotLayout) {
    this.#layout = layout;
    const budget = new DistinctBudget(DISTINCT_ALL);
    this.#kinds = layout.kinds.map((kind) => new KindWatch(kind, budget));
  }

  /** Takes in the next frame, which must not change afterwards. */
  add(frame: Snapshot): void {
    const before = this.#before;
    const older = this.#older;
    const isLooked = older !== undefined && this.#frames % LOW_BITS_EVERY === 0;
    const { count, ids, kinds, rows, words } = frame;
    let b = 0;
    let o = 0;
    for (let i = 0; i < count; i++) {
      const id = ids[i]!;
      const watch = this.#kinds[kinds[i]!]!;
      const at = rows[i]!;
      watch.states++;
      if (before !== undefined) { while (b < before.count && before.ids[b]! < id) b++; }
      if (!isOf(before, b, id, kinds[i]!)) {
        watch.appear(words, at);
        continue;
      }
      const beforeAt = before.rows[b]!;
      if (sameRow(words, at, before.words, beforeAt, watch.stride)) continue;
      watch.change(words, at, before.words, beforeAt);
      if (!isLooked) continue;
      o = walkToId(older.ids, o, older.count, id);
      if (!isOf(older, o, id, kinds[i]!)) continue;
      const olderAt = older.rows[o]!;
      for (const { low } of watch.fields) {
        low?.add(words, at, before.words, beforeAt, older.words, olderAt);
      }
    }
    if (this.#frames++ === 0) {
      this.#firstMs = frame.timeMs;
      this.#firstFrame = frame.frame;
    }
    this.#older = before;
    this.#before = frame;
  }

  /** What was gathered so far. */
  facts(): RecordingFacts {
    const last = this.#before;
    const spanMs = last === undefined ? 0 : last.timeMs - this.#firstMs;
    const spanFrames = last === undefined ? 0 : last.frame - this.#firstFrame;
    return {
      schema: this.#layout.schema,
      frames: this.#frames,
      frameMs: spanFrames > 0 ? spanMs / spanFrames : 0,
      intervalMs: this.#frames > 1 ? spanMs / (this.#frames - 1) : 0,
      fields: this.#kinds.flatMap(({ fields, states }) =>
        fields.map((field) => field.facts(states))
      ),
    };
  }
}

function isOf(frame: Snapshot | undefined, i: number, id: number, kind: number): frame is Snapshot {
  return frame !== undefined && i < frame.count && frame.ids[i] === id && frame.kinds[i] === kind;
}

/** Most rows are as they were: without a branch a word. */
function sameRow(
  words: Int32Array,
  at: number,
  before: Int32Array,
  beforeAt: number,
  stride: number,
): boolean {
  let differing = 0;
  for (let w = 0; w < stride; w++) differing |= words[at + w]! ^ before[beforeAt + w]!;
  return differing === 0;
}

/** What is gathered of the fields of a kind. */
class KindWatch {
  states = 0;
  readonly fields: readonly FieldWatch[];
  readonly stride: number;
  readonly #presenceWords: number;
  /** Field of each word of a row. */
  readonly #fieldOf: Int16Array;
  /** Fields that differ where presence does, two words of bits. */
  readonly #presence: Int32Array = new Int32Array(2);

  constructor(layout: RowLayout, budget: DistinctBudget) {
    this.stride = layout.stride;
    this.#presenceWords = layout.presenceWords;
    this.#fieldOf = new Int16Array(layout.stride).fill(OF_NO_FIELD);
    this.fields = layout.kind.fields.map((_, field) => {
      const word = layout.wordOf[field]!;
      this.#fieldOf.fill(field, word, word + layout.wordsOf[field]!);
      return new FieldWatch(layout, field, budget);
    });
  }

  appear(words: Int32Array, at: number): void {
    for (const field of this.fields) field.appear(words, at);
  }

  /** Takes in a row that is another than the one before it. */
  change(words: Int32Array, at: number, before: Int32Array, beforeAt: number): void {
    const presence = this.#presence;
    presence.fill(0);
    for (let w = 0; w < this.#presenceWords; w++) {
      presence[w] = words[at + w]! ^ before[beforeAt + w]!;
    }
    let last = OF_NO_FIELD;
    for (let w = this.#presenceWords; w < this.stride; w++) {
      if (words[at + w] === before[beforeAt + w]) continue;
      const field = this.#fieldOf[w]!;
      if (field === last || field === OF_NO_FIELD) continue;
      last = field;
      presence[field >>> 5]! &= ~(1 << (field & 31));
      this.fields[field]!.change(words, at);
    }
    for (let half = 0; half < 2; half++) {
      for (let bits = presence[half]!; bits !== 0; bits &= bits - 1) {
        this.fields[half * 32 + lowestBit(bits)]!.change(words, at);
      }
    }
  }
}
