import type { Frame } from "../core/frame.ts";
import type { Snapshot, SnapshotLayout } from "../core/snapshot.ts";
import type { FieldValue } from "../core/schema.ts";
import type { EntityState, StateFrame } from "../core/state.ts";
import { passesAlive } from "./alive.ts";
import type { HitKind, HitModel } from "./hit_model.ts";
import { KindFields } from "./kind_fields.ts";
import { emptyPose, type Pose, type PoseSource } from "./pose.ts";

/**
 * The poses of a whole recording in memory: only what rewinding needs, 38 bytes for each row of a
 * kind that the hit model names.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseHitModel, PoseHistory } from "@hindcast/hindcast";
 *
 * const history = new PoseHistory(parseHitModel(["player=sphere:16"]));
 * history.addFrame({
 *   frame: 7,
 *   timeMs: 100,
 *   entities: [{ id: 3, kind: "player", fields: { x: 1, y: 2, z: 3 } }],
 * });
 * assert.equal(history.length, 1);
 * assert.equal(history.knows(3), true);
 * ```
 */
export class PoseHistory implements PoseSource {
  /** What can be hit. */
  readonly model: HitModel;
  #length = 0;
  #frames = new Uint32Array(64);
  #timesMs = new Float64Array(64);
  #starts = new Uint32Array(65);
  #ids = new Uint32Array(256);
  #kinds = new Uint8Array(256);
  #alive = new Uint8Array(256);
  #values = new Float64Array(1024);
  readonly #known = new Set<number>();
  readonly #kindOf = new Map<string, number>();
  #layout: SnapshotLayout | undefined;
  #fields: KindFields | undefined;
  readonly #pose = emptyPose();

  /** Empty history for a hit model of at most 255 kinds. */
  constructor(model: HitModel) {
    if (model.kinds.length > 255) {
      throw new RangeError(`The hit model has ${model.kinds.length} kinds, at most 255 are kept`);
    }
    this.model = model;
    model.kinds.forEach((kind, i) => this.#kindOf.set(kind.kind, i));
  }

  /** Number of frames. */
  get length(): number {
    return this.#length;
  }

  /**
   * Adds the next frame from a snapshot, which may be used again afterwards.
   *
   * @throws {RangeError} when frame or time go backwards
   * @throws {TypeError} when a kind lacks a field that the model names
   */
  add(snapshot: Snapshot): void {
    if (snapshot.layout !== this.#layout) {
      this.#fields = new KindFields(snapshot.layout, this.model);
      this.#layout = snapshot.layout;
    }
    this.#open(snapshot.frame, snapshot.timeMs);
    const pose = this.#pose;
    for (let i = 0; i < snapshot.count; i++) {
      this.#known.add(snapshot.ids[i]!);
      this.#fields!.readPose(snapshot, i, pose);
      if (pose.kind >= 0) this.#push(snapshot.ids[i]!, pose);
    }
  }

  /** As {@linkcode PoseHistory.add}, from a frame of objects. */
  addFrame(frame: StateFrame): void {
    this.#open(frame.frame, frame.timeMs);
    for (const entity of ascending(frame.entities)) {
      this.#known.add(entity.id);
      const kind = this.#kindOf.get(entity.kind);
      if (kind === undefined) continue;
      readFields(this.model.kinds[kind]!, entity, this.#pose);
      this.#pose.kind = kind;
      this.#push(entity.id, this.#pose);
    }
  }

  /** True when the entity was in any frame, of whatever kind. */
  knows(id: number): boolean {
    return this.#known.has(id);
  }

  /** Frame at an index. */
  frameAt(index: number): Frame {
    return this.#frames[index]!;
  }

  /** Time of the frame at an index. */
  timeMsAt(index: number): number {
    return this.#timesMs[index]!;
  }

  /** Entities of that frame whose kind the model names. */
  countAt(index: number): number {
    return this.#starts[index + 1]! - this.#starts[index]!;
  }

  /** Entity at a position of that frame. */
  idAt(index: number, position: number): number {
    return this.#ids[this.#starts[index]! + position]!;
  }

  /** Position of an entity in that frame, or -1. */
  find(index: number, id: number): number {
    const start = this.#starts[index]!;
    let low = start;
    let high = this.#starts[index + 1]! - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#ids[middle]!;
      if (found === id) return middle - start;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** Fills `out` with the pose at a position of that frame. */
  readPose(index: number, position: number, out: Pose): void {
    const row = this.#starts[index]! + position;
    out.x = this.#values[row * 4]!;
    out.y = this.#values[row * 4 + 1]!;
    out.z = this.#values[row * 4 + 2]!;
    out.yawDegrees = this.#values[row * 4 + 3]!;
    out.isAlive = this.#alive[row] === 1;
    out.kind = this.#kinds[row]!;
  }

  #open(frame: Frame, timeMs: number): void {
    const length = this.#length;
    if (length > 0) {
      const last = this.#frames[length - 1]!;
      if (((frame - last) | 0) <= 0) throw new RangeError(`Frame ${frame} follows ${last}`);
      if (!(timeMs >= this.#timesMs[length - 1]!)) {
        throw new RangeError(
          `Frame ${frame} is at ${timeMs} ms, the one before at ${this.#timesMs[length - 1]}`,
        );
      }
    }
    if (length === this.#frames.length) {
      this.#frames = grown(this.#frames, new Uint32Array(length * 2));
      this.#timesMs = grown(this.#timesMs, new Float64Array(length * 2));
      this.#starts = grown(this.#starts, new Uint32Array(length * 2 + 1));
    }
    this.#frames[length] = frame;
    this.#timesMs[length] = timeMs;
    this.#starts[length + 1] = this.#starts[length]!;
    this.#length = length + 1;
  }

  #push(id: number, pose: Pose): void {
    const row = this.#starts[this.#length]!;
    if (row === this.#ids.length) {
      this.#ids = grown(this.#ids, new Uint32Array(row * 2));
      this.#kinds = grown(this.#kinds, new Uint8Array(row * 2));
      this.#alive = grown(this.#alive, new Uint8Array(row * 2));
      this.#values = grown(this.#values, new Float64Array(row * 8));
    }
    this.#ids[row] = id;
    this.#kinds[row] = pose.kind;
    this.#alive[row] = pose.isAlive ? 1 : 0;
    this.#values[row * 4] = pose.x;
    this.#values[row * 4 + 1] = pose.y;
    this.#values[row * 4 + 2] = pose.z;
    this.#values[row * 4 + 3] = pose.yawDegrees;
    this.#starts[this.#length] = row + 1;
  }
}

function readFields(kind: HitKind, entity: EntityState, out: Pose): void {
  const { fields } = entity;
  out.x = coordinate(kind, entity, kind.position[0]);
  out.y = coordinate(kind, entity, kind.position[1]);
  out.z = fields[kind.position[2]] === undefined && kind.position[2] === "z"
    ? 0
    : coordinate(kind, entity, kind.position[2]);
  const yaw: FieldValue | undefined = fields[kind.yaw];
  out.yawDegrees = typeof yaw === "number" ? yaw : 0;
  out.isAlive = kind.alive.every((test) => passesAlive(test, fields[test.field]));
}

function coordinate(kind: HitKind, entity: EntityState, field: string): number {
  const value = entity.fields[field];
  if (typeof value === "number") return value;
  throw new TypeError(
    `Cannot rewind kind ${JSON.stringify(kind.kind)}: entity ${entity.id} has no number in its ` +
      `position field ${JSON.stringify(field)}`,
  );
}

function ascending(entities: readonly EntityState[]): readonly EntityState[] {
  for (let i = 1; i < entities.length; i++) {
    if (entities[i - 1]!.id >= entities[i]!.id) return entities.toSorted((a, b) => a.id - b.id);
  }
  return entities;
}

function grown<T extends Uint32Array | Uint8Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
