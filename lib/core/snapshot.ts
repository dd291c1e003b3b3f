import { assertFrame, type Frame } from "./frame.ts";
import { RowLayout } from "./row_layout.ts";
import { assertSchema, type Schema } from "./schema.ts";
import type { EntityState, StateFrame } from "./state.ts";
import { TextPool } from "./text_pool.ts";

/** A schema with the row layout of each of its kinds; what all snapshots of a stream share. */
export class SnapshotLayout {
  /** Schema that the layouts were made from. */
  readonly schema: Schema;
  /** One row layout per kind, in the schema's order. */
  readonly kinds: readonly RowLayout[];
  /** Texts of the `text` fields of all kinds. */
  readonly texts: TextPool = new TextPool();
  readonly #indexes: ReadonlyMap<string, number>;

  /** Layout of every kind. @throws {SchemaError} when the schema cannot be used */
  constructor(schema: Schema) {
    assertSchema(schema);
    this.schema = schema;
    this.kinds = schema.kinds.map((kind) => new RowLayout(kind, this.texts));
    this.#indexes = new Map(schema.kinds.map((kind, i) => [kind.name, i]));
  }

  /** Index of a kind by name, or -1. */
  kindIndex(name: string): number {
    return this.#indexes.get(name) ?? -1;
  }
}

/**
 * Copy of all states at a frame: rows of 32-bit words, entities in ascending order of id.
 *
 * A snapshot is filled once ({@linkcode Snapshot.clear}, then {@linkcode Snapshot.add} per entity)
 * and read-only from then on, until its owner clears it to use its memory again.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "player", fields: [{ name: "x", type: "f32" }, { name: "hp", type: "u8" }] }],
 * });
 * const snapshot = Snapshot.of(layout, {
 *   frame: 12,
 *   timeMs: 200,
 *   entities: [{ id: 3, kind: "player", fields: { x: 1.5, hp: 100 } }],
 * });
 * assert.deepEqual(snapshot.toFrame().entities[0].fields, { x: 1.5, hp: 100 });
 * ```
 */
export class Snapshot {
  /** Layout of the rows. */
  readonly layout: SnapshotLayout;
  /** Frame that the states belong to. */
  frame: Frame = 0;
  /** Time of the frame in milliseconds. */
  timeMs: number = 0;
  /** Number of entities; the arrays below hold at least as many elements. */
  count: number = 0;
  /** Entity ids, strictly ascending. */
  ids: Uint32Array;
  /** Kind index of each entity, an index into `layout.kinds`. */
  kinds: Uint16Array;
  /** First word of each entity's row in `words`. */
  rows: Uint32Array;
  /** All rows, one after another. */
  words: Int32Array;
  /** Words in use. */
  wordCount: number = 0;

  /** Empty snapshot of frame 0. */
  constructor(layout: SnapshotLayout) {
    this.layout = layout;
    this.ids = new Uint32Array(16);
    this.kinds = new Uint16Array(16);
    this.rows = new Uint32Array(16);
    this.words = new Int32Array(256);
  }

  /**
   * Snapshot of a frame of objects.
   *
   * @param round true to round values to the layout's steps, as a wire schema does
   * @throws {FieldValueError} when a value does not fit its field
   * @throws {RangeError} for an unknown kind, an id that occurs twice, or a frame or id beyond u32
   */
  static of(layout: SnapshotLayout, frame: StateFrame, round: boolean = false): Snapshot {
    return new Snapshot(layout).fill(frame, round);
  }

  /** As {@linkcode Snapshot.of}, into the memory of this snapshot. */
  fill(frame: StateFrame, round: boolean = false): this {
    assertFrame(frame.frame);
    this.clear(frame.frame, frame.timeMs);
    for (const entity of byId(frame.entities)) {
      const kind = this.layout.kindIndex(entity.kind);
      if (kind < 0) {
        throw new RangeError(
          `Cannot store entity ${entity.id} of frame ${frame.frame}: the schema has no kind ${
            JSON.stringify(entity.kind)
          }`,
        );
      }
      const at = this.add(entity.id, kind);
      this.layout.kinds[kind]!.pack(entity.fields, this.words, at, round);
    }
    return this;
  }

  /** Empties the snapshot and names its frame. */
  clear(frame: Frame, timeMs: number): this {
    this.frame = frame;
    this.timeMs = timeMs;
    this.count = 0;
    this.wordCount = 0;
    return this;
  }

  /**
   * Appends an entity with a row of zeros.
   *
   * @returns first word of its row; `words` may be another array after the call
   * @throws {RangeError} unless `id` is a u32 above the one before and `kind` is an index of a kind
   */
  add(id: number, kind: number): number {
    const count = this.count;
    if (id >>> 0 !== id) {
      throw new RangeError(`Entity id is ${id}, expected an integer from 0 to ${0xffffffff}`);
    }
    if (count > 0 && id <= this.ids[count - 1]!) {
      throw new RangeError(`Entity ${id} follows ${this.ids[count - 1]}, ids must ascend`);
    }
    const stride = this.layout.kinds[kind]?.stride;
    if (stride === undefined) throw new RangeError(`Kind index is ${kind}, the schema lacks it`);
    if (count === this.ids.length) this.#growEntities(count + 1);
    const at = this.wordCount;
    if (at + stride > this.words.length) this.#growWords(at + stride);
    else this.words.fill(0, at, at + stride);
    this.ids[count] = id;
    this.kinds[count] = kind;
    this.rows[count] = at;
    this.count = count + 1;
    this.wordCount = at + stride;
    return at;
  }

  /** Makes this snapshot equal to `other`, which must have the same layout. */
  copy(other: Snapshot): this {
    const count = other.count;
    if (count > this.ids.length) this.#growEntities(count);
    if (other.wordCount > this.words.length) this.#growWords(other.words.length);
    this.frame = other.frame;
    this.timeMs = other.timeMs;
    this.count = count;
    this.wordCount = other.wordCount;
    copyPrefix(this.ids, other.ids, count);
    copyPrefix(this.kinds, other.kinds, count);
    copyPrefix(this.rows, other.rows, count);
    copyPrefix(this.words, other.words, other.wordCount);
    return this;
  }

  /** Position of an entity in the arrays, or -1. */
  find(id: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.ids[middle]!;
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** Entity at a position as an object. @throws {RangeError} outside `[0, count)` */
  entity(position: number): EntityState {
    if (position >>> 0 !== position || position >= this.count) {
      throw new RangeError(`Position is ${position}, the snapshot has ${this.count} entities`);
    }
    const layout = this.layout.kinds[this.kinds[position]!]!;
    const fields = layout.unpack(this.words, this.rows[position]!);
    return { id: this.ids[position]!, kind: layout.kind.name, fields };
  }

  /** The whole snapshot as objects. */
  toFrame(): StateFrame {
    const entities = Array.from({ length: this.count }, (_, i) => this.entity(i));
    return { frame: this.frame, timeMs: this.timeMs, entities };
  }

  /** True when both hold the same entities with the same bits; frame and time do not count. */
  equals(other: Snapshot): boolean {
    if (this.count !== other.count || this.wordCount !== other.wordCount) return false;
    for (let i = 0; i < this.count; i++) {
      if (this.ids[i] !== other.ids[i] || this.kinds[i] !== other.kinds[i]) return false;
    }
    for (let w = 0; w < this.wordCount; w++) {
      if (this.words[w] !== other.words[w]) return false;
    }
    return true;
  }

  #growEntities(count: number): void {
    const capacity = Math.max(count, this.ids.length * 2);
    this.ids = grown(this.ids, new Uint32Array(capacity));
    this.kinds = grown(this.kinds, new Uint16Array(capacity));
    this.rows = grown(this.rows, new Uint32Array(capacity));
  }

  #growWords(count: number): void {
    const words = new Int32Array(Math.max(count, this.words.length * 2));
    words.set(this.words.subarray(0, this.wordCount));
    this.words = words;
  }
}

function byId(entities: readonly EntityState[]): readonly EntityState[] {
  for (let i = 1; i < entities.length; i++) {
    if (entities[i - 1]!.id > entities[i]!.id) return entities.toSorted((a, b) => a.id - b.id);
  }
  return entities;
}

type WordArray = Int32Array | Uint32Array | Uint16Array;

function grown<T extends WordArray>(from: T, to: T): T {
  to.set(from);
  return to;
}

const LOOP_COPY_MAX = 128;

/**
 * Copies the first elements, and maybe more: what lies behind them is no one's. `subarray` would
 * allocate, so `set` takes all of `from`, where that is not much more and pays for its fixed cost.
 */
function copyPrefix<T extends WordArray>(to: T, from: T, length: number): void {
  const isSet = length > LOOP_COPY_MAX && from.length <= to.length && from.length <= 4 * length;
  if (isSet) to.set(from);
  else for (let i = 0; i < length; i++) to[i] = from[i]!;
}
