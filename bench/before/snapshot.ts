import { assertFrame, type Frame } from "./frame.ts";
import { RowLayout } from "./row_layout.ts";
import type { EntityState, Schema, StateFrame } from "./schema.ts";

/** A schema with the row layout of each of its kinds. */
export class SnapshotLayout {
  /** Schema that the layouts were made from. */
  readonly schema: Schema;
  /** One row layout per kind, in the schema's order. */
  readonly kinds: readonly RowLayout[];
  readonly #indexes: ReadonlyMap<string, number>;

  /** Layout of every kind. */
  constructor(schema: Schema) {
    this.schema = schema;
    this.kinds = schema.kinds.map((kind) => new RowLayout(kind));
    this.#indexes = new Map(schema.kinds.map((kind, i) => [kind.name, i]));
  }

  /** Index of a kind by name, or -1. */
  kindIndex(name: string): number {
    return this.#indexes.get(name) ?? -1;
  }
}

/** Copy of all states at a frame: rows of 32-bit words, entities in ascending order of id. */
export class Snapshot {
  /** Layout of the rows. */
  readonly layout: SnapshotLayout;
  /** Frame that the states belong to. */
  frame: Frame = 0;
  /** Time of the frame in milliseconds. */
  timeMs: number = 0;
  /** Number of entities. */
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

  /** Snapshot of a frame of objects. */
  static of(layout: SnapshotLayout, frame: StateFrame, round: boolean = false): Snapshot {
    return new Snapshot(layout).fill(frame, round);
  }

  /** As `Snapshot.of`, into the memory of this snapshot. */
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

  /** Appends an entity with a row of zeros. */
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

/** Copies the first elements, and maybe more: what lies behind them is no one's. */
function copyPrefix<T extends WordArray>(to: T, from: T, length: number): void {
  const isSet = length > LOOP_COPY_MAX && from.length <= to.length && from.length <= 4 * length;
  if (isSet) to.set(from);
  else for (let i = 0; i < length; i++) to[i] = from[i]!;
}
