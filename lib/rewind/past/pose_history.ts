import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import { byAscendingId, findId } from "../../core/state/sorted_ids.ts";
import type { Frame } from "../../core/time/frame.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { EntityIds } from "../ids/entity_ids.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { KindFields } from "./kind_fields.ts";
import { type ModelPlan, planOf } from "../shape/model_plan.ts";
import { ObjectFields } from "./object_fields.ts";
import { ALL_SHAPES, emptyPose, type Pose, type PoseSource } from "../shape/pose.ts";

/**
 * The poses of a whole recording in memory: only what rewinding needs, 38 bytes for each row of a
 * kind that the hit model names, and more where shapes depend on their target.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseHitModel, PoseHistory } from "@hindcast/hindcast/rewind";
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
  /** Ids that the game gives to entities. */
  readonly ids: EntityIds;
  #length = 0;
  #frames = new Uint32Array(64);
  #timesMs = new Float64Array(64);
  #starts = new Uint32Array(65);
  #ids = new Uint32Array(ROWS_MIN);
  #kinds = new Uint8Array(ROWS_MIN);
  #flags = new Uint8Array(ROWS_MIN);
  #shapes = new Int32Array(0);
  #values: Float64Array;
  #facts: (FieldValue | undefined)[] = [];
  readonly #known = new Map<number, Span>();
  readonly #unplaced = new Map<string, number>();
  readonly #plan: ModelPlan;
  readonly #objects: ObjectFields;
  readonly #isRotated: boolean;
  readonly #isConditional: boolean;
  /** Numbers of a row: place and yaw, a quaternion if any kind has one, numbers of shapes. */
  readonly #stride: number;
  /** Frames at which the model was last found to name nothing that is not there. */
  #checkedLength = 0;
  #layout: SnapshotLayout | undefined;
  #fields: KindFields | undefined;
  readonly #pose = emptyPose();

  /**
   * Empty history for a hit model of at most 254 kinds.
   *
   * @param names the recording's ids, as of its reader; default entities are their own
   */
  constructor(
    model: HitModel,
    { names }: { readonly names?: ReadonlyEntityNames | undefined } = {},
  ) {
    if (model.kinds.length > KINDS_MAX) {
      throw new RangeError(
        `The hit model has ${model.kinds.length} kinds, at most ${KINDS_MAX} are kept`,
      );
    }
    this.model = model;
    this.ids = new EntityIds(names);
    this.#plan = planOf(model);
    this.#objects = new ObjectFields(model, this.ids);
    const { kinds } = this.#plan;
    this.#isRotated = kinds.some(({ rotation }) => rotation !== undefined);
    this.#isConditional = kinds.some(({ when }) => when.some((tests) => tests.length > 0));
    const numbers = Math.max(0, ...kinds.map((kind) => kind.numbers.length));
    this.#stride = (this.#isRotated ? 8 : 4) + numbers;
    this.#values = new Float64Array(ROWS_MIN * this.#stride);
  }

  /** Number of frames. */
  get length(): number {
    return this.#length;
  }

  /**
   * Adds the next frame from a snapshot, which may be used again afterwards.
   *
   * @throws {RangeError} when frame or time go backwards
   * @throws {TypeError} when there is no such kind, or it lacks a field that the model names
   */
  add(snapshot: Snapshot): void {
    if (snapshot.layout !== this.#layout) {
      this.#fields = new KindFields(snapshot.layout, this.model, this.ids);
      this.#layout = snapshot.layout;
    }
    this.#open(snapshot.frame, snapshot.timeMs);
    const pose = this.#pose;
    const { kinds } = snapshot.layout.schema;
    for (let i = 0; i < snapshot.count; i++) {
      const { name } = kinds[snapshot.kinds[i]!]!;
      this.#know(snapshot.ids[i]!, name);
      if (!this.#fields!.readPose(snapshot, i, pose)) this.#noteUnplaced(name);
      if (pose.kind >= 0 || this.#plan.readsShooter) this.#push(snapshot.ids[i]!, pose);
    }
  }

  /** As {@linkcode PoseHistory.add}, from a frame of objects. */
  addFrame(frame: StateFrame): void {
    this.#open(frame.frame, frame.timeMs);
    for (const entity of byAscendingId(frame.entities)) {
      this.#know(entity.id, entity.kind);
      if (!this.#objects.readPose(entity, this.#pose)) this.#noteUnplaced(entity.kind);
      if (this.#pose.kind >= 0 || this.#plan.readsShooter) this.#push(entity.id, this.#pose);
    }
  }

  /**
   * Refuses a model that names a kind, or fields, that no frame had so far. A history of snapshots has
   * refused them before; one of objects cannot know until it has seen all.
   *
   * @throws {TypeError} naming the kind or the field
   */
  assertModel(): void {
    if (this.#layout !== undefined || this.#checkedLength === this.#length) return;
    this.#objects.assertModel();
    this.#checkedLength = this.#length;
  }

  /** True when the entity was in any frame, of whatever kind. */
  knows(id: number): boolean {
    return this.#known.has(id);
  }

  /** Rows without a place, which are nowhere, by their kind; kinds of the model that have any. */
  get unplaced(): ReadonlyMap<string, number> {
    return this.#unplaced;
  }

  /** Name of the kind that an entity had at first; undefined for one that was never there. */
  kindOf(id: number): string | undefined {
    return this.#known.get(id)?.kind;
  }

  /** Last index, up to one, between the first and last frames that have an entity; -1 before. */
  lastIndexOf(id: number, index: number): number {
    const span = this.#known.get(id);
    return span === undefined || index < span.first ? -1 : Math.min(index, span.last);
  }

  /** Frame at an index. */
  frameAt(index: number): Frame {
    return this.#frames[index]!;
  }

  /** Time of the frame at an index. */
  timeMsAt(index: number): number {
    return this.#timesMs[index]!;
  }

  /** Entities of that frame whose kind the model names; all where conditions read of the shooter. */
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
    const place = findId(this.#ids, start, this.#starts[index + 1]!, id);
    return place < 0 ? -1 : place - start;
  }

  /**
   * Fills `out` with the pose at a position of that frame.
   *
   * @internal
   */
  readPose(index: number, position: number, out: Pose): void {
    const row = this.#starts[index]! + position;
    const values = this.#values;
    let at = row * this.#stride;
    out.x = values[at]!;
    out.y = values[at + 1]!;
    out.z = values[at + 2]!;
    out.yawDegrees = values[at + 3]!;
    at += 4;
    if (this.#isRotated) {
      for (let i = 0; i < 4; i++) out.rotation[i] = values[at++]!;
    }
    const flags = this.#flags[row]!;
    out.isAlive = (flags & ALIVE) !== 0;
    out.isRewound = (flags & REWOUND) !== 0;
    out.isEligible = true;
    const kind = this.#kinds[row]!;
    out.kind = kind === STRANGER ? -1 : kind;
    out.shapes = this.#isConditional ? this.#shapes[row]! : ALL_SHAPES;
    const count = kind === STRANGER ? 0 : this.#plan.kinds[kind]!.numbers.length;
    // Setting a length is slow even where it changes nothing.
    if (out.numbers.length !== count) out.numbers.length = count;
    for (let i = 0; i < count; i++) out.numbers[i] = values[at + i]!;
    const { length } = this.#plan.facts;
    for (let i = 0; i < length; i++) out.facts[i] = this.#facts[row * length + i];
  }

  #noteUnplaced(kind: string): void {
    this.#unplaced.set(kind, (this.#unplaced.get(kind) ?? 0) + 1);
  }

  #know(id: number, kind: string): void {
    const last = this.#length - 1;
    const span = this.#known.get(id);
    if (span === undefined) this.#known.set(id, { kind, first: last, last });
    else span.last = last;
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
      this.#flags = grown(this.#flags, new Uint8Array(row * 2));
      this.#values = grown(this.#values, new Float64Array(row * 2 * this.#stride));
    }
    if (this.#isConditional && row >= this.#shapes.length) {
      this.#shapes = grown(this.#shapes, new Int32Array(this.#ids.length));
    }
    this.#ids[row] = id;
    this.#kinds[row] = pose.kind < 0 ? STRANGER : pose.kind;
    this.#flags[row] = (pose.isAlive ? ALIVE : 0) | (pose.isRewound ? REWOUND : 0);
    if (this.#isConditional) this.#shapes[row] = pose.shapes;
    const values = this.#values;
    let at = row * this.#stride;
    values[at++] = pose.x;
    values[at++] = pose.y;
    values[at++] = pose.z;
    values[at++] = pose.yawDegrees;
    if (this.#isRotated) { for (let i = 0; i < 4; i++) values[at++] = pose.rotation[i]!; }
    const { numbers } = pose;
    for (let i = 0; i < numbers.length; i++) values[at + i] = numbers[i]!;
    for (let i = 0; i < this.#plan.facts.length; i++) this.#facts.push(pose.facts[i]);
    this.#starts[this.#length] = row + 1;
  }
}

/** Kind of an entity at first, and indexes of the first and the last frame that have it. */
interface Span {
  readonly kind: string;
  readonly first: number;
  last: number;
}

const KINDS_MAX = 254;
/** Rows that there is room for at first. */
const ROWS_MIN = 256;

/** Kind of a row that is kept for what conditions read of a shooter. */
const STRANGER = 255;

const ALIVE = 1;
const REWOUND = 2;

function grown<T extends Uint32Array | Int32Array | Uint8Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
