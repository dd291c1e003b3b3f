import { lowestBit } from "../../core/bytes/mask.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { walkToId } from "../../core/state/sorted_ids.ts";
import { sameWords } from "../../core/state/words.ts";
import { DistinctBudget } from "../../schema/infer_distinct.ts";
import { Histogram } from "../spread/histogram.ts";
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
  readonly #intervalsMs: Histogram = new Histogram();

  /** Nothing yet of a recording with that layout. */
  constructor(layout: SnapshotLayout) {
    this.#layout = layout;
    const budget = new DistinctBudget(DISTINCT_ALL);
    this.#kinds = layout.kinds.map((kind) => new KindWatch(kind, budget));
  }

  /** Takes in the next frame, which must not change afterwards. */
  add(frame: Snapshot): void {
    const before = this.#before;
    if (before !== undefined && areAlike(frame, before)) this.#compareWords(frame, before);
    else {
      this.#countEntities(frame);
      this.#compareEntities(frame, before);
    }
    for (const kind of this.#kinds) kind.states += kind.newest;
    if (before !== undefined) this.#intervalsMs.add(Math.max(0, frame.timeMs - before.timeMs));
    if (this.#frames++ === 0) {
      this.#firstMs = frame.timeMs;
      this.#firstFrame = frame.frame;
    }
    this.#older = before;
    this.#before = frame;
  }

  #countEntities({ count, kinds }: Snapshot): void {
    for (const kind of this.#kinds) kind.newest = 0;
    for (let i = 0; i < count; i++) this.#kinds[kinds[i]!]!.newest++;
  }

  /** Compares frames of the same entities word by word. */
  #compareWords(frame: Snapshot, before: Snapshot): void {
    const { count, rows, wordCount, words } = frame;
    const wordsBefore = before.words;
    let i = 0;
    // Rows are whole fours of words.
    for (let w = 0; w < wordCount; w += 4) {
      const differing = (words[w]! ^ wordsBefore[w]!) | (words[w + 1]! ^ wordsBefore[w + 1]!) |
        (words[w + 2]! ^ wordsBefore[w + 2]!) | (words[w + 3]! ^ wordsBefore[w + 3]!);
      if (differing === 0) continue;
      while (i + 1 < count && rows[i + 1]! <= w) i++;
      this.#change(frame, i, before, i);
      w = rows[i]! + this.#kinds[frame.kinds[i]!]!.stride - 4;
    }
  }

  #compareEntities(frame: Snapshot, before: Snapshot | undefined): void {
    let b = 0;
    for (let i = 0; i < frame.count; i++) {
      const id = frame.ids[i]!;
      const kind = frame.kinds[i]!;
      const watch = this.#kinds[kind]!;
      if (before !== undefined) b = walkToId(before.ids, b, before.count, id);
      if (!isOf(before, b, id, kind)) {
        watch.appear(frame.words, frame.rows[i]!);
        continue;
      }
      const { stride } = watch;
      if (!sameWords(frame.words, frame.rows[i]!, before.words, before.rows[b]!, stride)) {
        this.#change(frame, i, before, b);
      }
    }
  }

  /** Takes in an entity whose row is another than in the frame before. */
  #change(frame: Snapshot, i: number, before: Snapshot, b: number): void {
    const kind = frame.kinds[i]!;
    const watch = this.#kinds[kind]!;
    const at = frame.rows[i]!;
    const beforeAt = before.rows[b]!;
    watch.change(frame.words, at, before.words, beforeAt);
    const older = this.#older;
    if (older === undefined || this.#frames % LOW_BITS_EVERY !== 0) return;
    const o = older.find(frame.ids[i]!);
    if (o < 0 || older.kinds[o] !== kind) return;
    for (const { low } of watch.fields) {
      low?.add(frame.words, at, before.words, beforeAt, older.words, older.rows[o]!);
    }
  }

  /** What was gathered so far. */
  facts(): RecordingFacts {
    const last = this.#before;
    const spanMs = last === undefined ? 0 : last.timeMs - this.#firstMs;
    const [median, p95] = this.#intervalsMs.quantiles([0.5, 0.95]);
    const spanFrames = last === undefined ? 0 : last.frame - this.#firstFrame;
    return {
      schema: this.#layout.schema,
      frames: this.#frames,
      frameMs: spanFrames > 0 ? spanMs / spanFrames : 0,
      intervalMs: this.#frames > 1 ? spanMs / (this.#frames - 1) : 0,
      intervalMedianMs: median!,
      intervalP95Ms: p95!,
      fields: this.#kinds.flatMap(({ fields, states }) =>
        fields.map((field) => field.facts(states))
      ),
    };
  }
}

function isOf(frame: Snapshot | undefined, i: number, id: number, kind: number): frame is Snapshot {
  return frame !== undefined && i < frame.count && frame.ids[i] === id && frame.kinds[i] === kind;
}

/** True when frames have the same entities, and the same words are those of each. */
function areAlike(frame: Snapshot, other: Snapshot): boolean {
  if (!frame.isPacked || !other.isPacked || frame.count !== other.count) return false;
  for (let i = 0; i < frame.count; i++) {
    if (frame.ids[i] !== other.ids[i] || frame.kinds[i] !== other.kinds[i]) return false;
  }
  return true;
}

/** What is gathered of the fields of a kind. */
class KindWatch {
  /** Entities of all frames, and of the newest. */
  states = 0;
  newest = 0;
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
