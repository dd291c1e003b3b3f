import { byAscendingId, findId, walkToId } from "./sorted_ids.ts";
import { assertFrame, type Frame } from "../time/frame.ts";
import { FieldValueError } from "./field_value_error.ts";
import type { RowLayout } from "./row_layout.ts";
import { packerOf, type RowPacker } from "./row_packer.ts";
import type { FieldValue } from "./schema.ts";
import type { EntityState, StateFrame } from "./state.ts";
import type { SnapshotLayout } from "./snapshot_layout.ts";
import { copyPrefix, grown, sameWords } from "./words.ts";

/**
 * All states at a frame: rows of 32-bit words, entities in ascending order of id. What a receiver
 * holds is such rows; whoever has objects makes a {@linkcode Snapshot} of them.
 */
export class SnapshotRows {
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
  /** True when the rows are the snapshot's own, one after another, as they are but in a view. */
  isPacked: boolean = true;

  /** Empty snapshot of frame 0, with room for that many entities and words until it has to grow. */
  constructor(layout: SnapshotLayout, entities: number = 16, words: number = 256) {
    this.layout = layout;
    this.ids = new Uint32Array(entities);
    this.kinds = new Uint16Array(entities);
    this.rows = new Uint32Array(entities);
    this.words = new Int32Array(words);
  }

  /** Empties the snapshot and names its frame. */
  clear(frame: Frame = 0, timeMs: number = 0): this {
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
    const at = this.addUncleared(id, kind);
    this.words.fill(0, at, this.wordCount);
    return at;
  }

  /** As `add`, with a row of whatever the memory held. */
  addUncleared(id: number, kind: number): number {
    const count = this.count;
    if (id >>> 0 !== id) {
      throw new RangeError(
        `Entity id is ${JSON.stringify(id)}, expected an integer from 0 to ${0xffffffff}`,
      );
    }
    if (count > 0 && id <= this.ids[count - 1]!) {
      throw new RangeError(`Entity ${id} follows ${this.ids[count - 1]}: each id once, ascending`);
    }
    const stride = this.layout.kinds[kind]?.stride;
    if (stride === undefined) throw new RangeError(`Kind index is ${kind}, the schema lacks it`);
    const at = this.wordCount;
    if (at + stride > this.words.length) this.#growWords(at + stride);
    this.push(id, kind, at);
    this.wordCount = at + stride;
    return at;
  }

  /** Layout of the row at a position. */
  layoutOf(position: number): RowLayout {
    return this.layout.kinds[this.kinds[position]!]!;
  }

  /** Appends an entity whose row is at a word, unchecked. */
  push(id: number, kind: number, row: number): void {
    const count = this.count++;
    if (count === this.ids.length) this.#growEntities(count + 1);
    this.ids[count] = id;
    this.kinds[count] = kind;
    this.rows[count] = row;
  }

  /**
   * Appends an entity of another snapshot of the same layout, whose id must ascend here as well.
   *
   * @param kind index here of its kind, whose rows are the same; the same index when left out
   * @returns first word of its row
   */
  addFrom(from: SnapshotRows, position: number, kind: number = from.kinds[position]!): number {
    return this.addRow(from.ids[position]!, kind, from.words, from.rows[position]!);
  }

  /**
   * Appends an entity with a copy of its row, unchecked.
   *
   * @param row first word of the row in `from`
   * @returns first word of its row here
   */
  addRow(id: number, kind: number, from: Int32Array, row: number): number {
    const { stride } = this.layout.kinds[kind]!;
    const at = this.wordCount;
    if (at + stride > this.words.length) this.#growWords(at + stride);
    const { words } = this;
    for (let w = 0; w < stride; w++) words[at + w] = from[row + w]!;
    this.push(id, kind, at);
    this.wordCount = at + stride;
    return at;
  }

  /**
   * Appends the entities of another snapshot from `position` on that are below an id; its rows have
   * to be one after another.
   *
   * @returns position of the next
   */
  addBelow(id: number, from: SnapshotRows, position: number): number {
    const { ids, count } = from;
    const end = walkToId(ids, position, count, id);
    if (end === position) return end;
    const first = from.rows[position]!;
    const words = (end < count ? from.rows[end]! : from.wordCount) - first;
    const at = this.wordCount;
    if (at + words > this.words.length) this.#growWords(at + words);
    for (let i = position; i < end; i++) {
      this.push(ids[i]!, from.kinds[i]!, from.rows[i]! - first + at);
    }
    const to = this.words;
    for (let w = 0; w < words; w++) to[at + w] = from.words[first + w]!;
    this.wordCount = at + words;
    return end;
  }

  /** Makes this snapshot equal to `other`, which must have the same layout. */
  copy(other: SnapshotRows): this {
    if (!other.isPacked) {
      this.clear(other.frame, other.timeMs);
      for (let i = 0; i < other.count; i++) this.addFrom(other, i);
      return this;
    }
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
    return findId(this.ids, 0, this.count, id);
  }

  /** Entity at a position as an object. @throws {RangeError} outside `[0, count)` */
  entity(position: number): EntityState {
    if (position >>> 0 !== position || position >= this.count) {
      throw new RangeError(`Position is ${position}, the snapshot has ${this.count} entities`);
    }
    const layout = this.layoutOf(position);
    const fields = layout.unpack(this.words, this.rows[position]!);
    return { id: this.ids[position]!, kind: layout.kind.name, fields };
  }

  /** The whole snapshot as objects. */
  toFrame(): StateFrame {
    const entities = Array.from({ length: this.count }, (_, i) => this.entity(i));
    return { frame: this.frame, timeMs: this.timeMs, entities };
  }

  /** True when both hold the same entities with the same bits; frame and time do not count. */
  equals(other: SnapshotRows): boolean {
    if (this.count !== other.count) return false;
    for (let i = 0; i < this.count; i++) {
      if (this.ids[i] !== other.ids[i] || this.kinds[i] !== other.kinds[i]) return false;
    }
    if (this.isPacked && other.isPacked) {
      return sameWords(this.words, 0, other.words, 0, this.wordCount);
    }
    for (let i = 0; i < this.count; i++) {
      const { stride } = this.layoutOf(i);
      const at = this.rows[i]!;
      if (!sameWords(this.words, at, other.words, other.rows[i]!, stride)) return false;
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

/**
 * Copy of all states at a frame: rows of 32-bit words, entities in ascending order of id.
 *
 * A snapshot is filled once ({@linkcode Snapshot.clear}, then {@linkcode Snapshot.add} per entity)
 * and read-only from then on, until its owner clears it to use its memory again.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast/world";
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
export class Snapshot extends SnapshotRows {
  /**
   * Snapshot of a frame of objects.
   *
   * @param round true to round values to the layout's steps, as a wire schema does
   * @throws {FieldValueError} when a value does not fit its field
   * @throws {RangeError} for an unknown kind, an id that occurs twice, or a frame or id beyond u32
   */
  static of(layout: SnapshotLayout, frame: StateFrame, round: boolean = false): Snapshot {
    let words = 0;
    for (const { kind } of frame.entities) {
      words += layout.kinds[layout.kindIndex(kind)]?.stride ?? 0;
    }
    const entities = Math.max(frame.entities.length, 16);
    const snapshot = new Snapshot(layout, entities, Math.max(words, 256));
    return Snapshot.fill(snapshot, frame, round);
  }

  /** As {@linkcode Snapshot.of}, into the memory of a snapshot that is there. */
  static fill(snapshot: Snapshot, frame: StateFrame, round: boolean = false): Snapshot {
    assertFrame(frame.frame);
    snapshot.clear(frame.frame, frame.timeMs);
    const { layout } = snapshot;
    let packer!: RowPacker;
    let packedKind = -1;
    for (const entity of byAscendingId(frame.entities)) {
      const kind = layout.kindIndex(entity.kind);
      if (kind < 0) {
        const place = `entity ${entity.id} of frame ${frame.frame}`;
        const name = JSON.stringify(entity.kind);
        throw new RangeError(`Cannot store ${place}: the schema has no kind ${name}`);
      }
      const at = snapshot.addUncleared(entity.id, kind);
      if (kind !== packedKind) packer = packerOf(layout.kinds[packedKind = kind]!);
      try {
        packer.pack(entity.fields, snapshot.words, at, round);
      } catch (error) {
        if (Object(entity.fields) === entity.fields) throw FieldValueError.of(entity.id, error);
        throw new TypeError(`Entity ${entity.id} has no fields: it is { id, kind, fields }`);
      }
    }
    return snapshot;
  }

  /**
   * Writes a field of the entity at a position; undefined makes an optional one absent.
   *
   * @param field index of the field in its kind
   * @throws {FieldValueError} when the field cannot hold the value
   */
  static setField(snapshot: Snapshot, position: number, field: number, value?: FieldValue): void {
    const packer = packerOf(snapshot.layoutOf(position));
    packer.set(snapshot.words, snapshot.rows[position]!, field, value);
  }
}
