import type { Snapshot } from "../../core/state/snapshot.ts";
import { grown } from "../../core/state/words.ts";
import type { KindPlan } from "./drawn_plan.ts";

/** Entities of a moment with their values as numbers, ids ascending. */
export class StateValues {
  /** Time without the holes of the recording, milliseconds. */
  clockMs: number = 0;
  /** Frame, of a state that is one. */
  frame: number = 0;
  /** Number of entities. */
  count: number = 0;
  /** Ids of entities. */
  ids: Uint32Array<ArrayBuffer> = new Uint32Array(16);
  /** Sent kinds of entities. */
  kinds: Uint16Array<ArrayBuffer> = new Uint16Array(16);
  /** First value of each entity. */
  starts: Uint32Array<ArrayBuffer> = new Uint32Array(16);
  /** By entity, two words of bits: which fields are there. */
  presence: Int32Array<ArrayBuffer> = new Int32Array(32);
  /** Values of all entities; those of absent fields are 0. */
  values: Float64Array<ArrayBuffer> = new Float64Array(256);
  /** Values in use. */
  used: number = 0;
  /** What it was drawn from, of a moment between two states. */
  from: StateValues | undefined = undefined;
  /** How far between the two it lies, of such a moment. */
  part: number = 0;
  /** What rounding of the times makes of that. */
  timeRounding: number = 0;
  /** How many refer to it. */
  references: number = 0;
  /** Snapshot that it was read from; undefined where nobody else can ask for the same. */
  source: Snapshot | undefined;

  /** Empties it. */
  clear(): void {
    this.count = 0;
    this.used = 0;
  }

  /** Appends an entity, whose values are to be written; returns its place. */
  add(id: number, kind: number, width: number): number {
    const place = this.count++;
    if (place === this.ids.length) this.#growEntities(2 * place);
    if (this.used + width > this.values.length) this.#growValues(this.used + width);
    this.ids[place] = id;
    this.kinds[place] = kind;
    this.starts[place] = this.used;
    this.used += width;
    return place;
  }

  /** Makes it equal to another, but for whose it is. */
  copy(other: StateValues): void {
    if (other.ids.length > this.ids.length) this.#growEntities(other.ids.length);
    if (other.values.length > this.values.length) this.#growValues(other.values.length);
    this.ids.set(other.ids);
    this.kinds.set(other.kinds);
    this.starts.set(other.starts);
    this.presence.set(other.presence);
    this.values.set(other.values);
    this.frame = other.frame;
    this.count = other.count;
    this.used = other.used;
  }

  #growEntities(capacity: number): void {
    this.ids = grown(this.ids, new Uint32Array(capacity));
    this.kinds = grown(this.kinds, new Uint16Array(capacity));
    this.starts = grown(this.starts, new Uint32Array(capacity));
    this.presence = grown(this.presence, new Int32Array(2 * capacity));
  }

  #growValues(count: number): void {
    const values = new Float64Array(Math.max(count, 2 * this.values.length));
    values.set(this.values);
    this.values = values;
  }
}

/** True when both have the same entity of the same kind at a place. */
export function isSameEntity(a: StateValues, i: number, b: StateValues, j: number): boolean {
  return j < b.count && a.ids[i] === b.ids[j] && a.kinds[i] === b.kinds[j];
}

/** True when a field of the entity at a place is there. */
export function isThere({ presence }: StateValues, place: number, field: number): boolean {
  return ((presence[2 * place + (field >>> 5)]! >>> (field & 31)) & 1) === 1;
}

/** True when a field of an entity is there on both sides. */
export function isInBoth(
  a: StateValues,
  i: number,
  b: StateValues,
  j: number,
  field: number,
): boolean {
  return isThere(a, i, field) && isThere(b, j, field);
}

/** True for a kind that has optional fields, as it was recorded or as it is sent. */
export function isSparse({ kind, recorded }: KindPlan): boolean {
  return kind.fields.some(({ optional }) => optional) ||
    recorded.fields.some(({ optional }) => optional);
}
