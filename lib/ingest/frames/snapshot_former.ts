import type { RowLayout } from "../../core/state/row_layout.ts";
import { packerOf, type RowPacker } from "../../core/state/row_packer.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { type EntityValues, valueOf, type ValueTable } from "../kinds/entity_values.ts";
import type { FrameFormer } from "./frame_former.ts";
import type { FrameHead } from "../../core/state/state.ts";

/** Snapshots in use: two frames may end with one line, after one whose quiet frames follow. */
const SNAPSHOTS = 4;

/** A frame that a layout does not hold; its cause says why. */
export class UnheldFrameError extends RangeError {
  /** Name of the error class. */
  override name = "UnheldFrameError";
  /** The frame. */
  readonly frame: number;

  /** Error of a frame. */
  constructor(frame: number, cause: unknown) {
    super(`Cannot store frame ${frame}: ${(cause as Error).message}`, { cause });
    this.frame = frame;
  }
}

/** Where the values of a table go in rows of a layout. */
interface Target {
  readonly kind: number;
  /** Version of the table. */
  readonly version: number;
  readonly layout: RowLayout;
  readonly packer: RowPacker;
  /** Field of the layout by field of the table; -1 where there is none. */
  readonly fields: Int32Array;
  /** Fields whose texts the pool of the layout may give up. */
  readonly kept: readonly number[];
}

/** Makes snapshots of frames; what did not change is copied from the one before. */
export class SnapshotFormer implements FrameFormer<Snapshot> {
  readonly #layout: SnapshotLayout;
  readonly #snapshots: readonly Snapshot[];
  readonly #targets = new Map<ValueTable, Target>();
  #lastTable: ValueTable | undefined;
  #lastTarget: Target | undefined;
  #next = 0;
  #before: Snapshot;

  /** Former of snapshots of a layout. */
  constructor(layout: SnapshotLayout) {
    this.#layout = layout;
    this.#snapshots = Array.from({ length: SNAPSHOTS }, () => new Snapshot(layout));
    this.#before = this.#snapshots.at(-1)!;
  }

  /** Forms a frame. @throws {UnheldFrameError} when the layout does not hold it */
  form(head: FrameHead, entities: readonly EntityValues[], ordinal: number): Snapshot {
    const snapshot = this.#snapshots[this.#next]!;
    this.#next = (this.#next + 1) % SNAPSHOTS;
    try {
      if (holdsSame(this.#before, entities, ordinal)) snapshot.copy(this.#before);
      else this.#copyLiving(snapshot, entities, ordinal);
      for (let i = 0; i < entities.length; i++) this.#put(snapshot, i, entities[i]!, ordinal);
    } catch (error) {
      throw new UnheldFrameError(head.frame, error);
    }
    snapshot.frame = head.frame;
    snapshot.timeMs = head.timeMs;
    return this.#before = snapshot;
  }

  /** The same states at a later frame. */
  repeat(before: Snapshot, { frame, timeMs }: FrameHead): Snapshot {
    const snapshot = new Snapshot(before.layout, 0, 0);
    snapshot.ids = before.ids;
    snapshot.kinds = before.kinds;
    snapshot.rows = before.rows;
    snapshot.words = before.words;
    snapshot.count = before.count;
    snapshot.wordCount = before.wordCount;
    snapshot.frame = frame;
    snapshot.timeMs = timeMs;
    return snapshot;
  }

  /** Copies the rows of entities that were there before, and makes room for those that were not. */
  #copyLiving(snapshot: Snapshot, entities: readonly EntityValues[], ordinal: number): void {
    const before = this.#before;
    snapshot.clear();
    let b = 0;
    for (let i = 0; i < entities.length; i++) {
      const { id, table, bornAt } = entities[i]!;
      if (bornAt === ordinal) snapshot.add(id, this.#target(table).kind);
      else {
        while (b < before.count && before.ids[b]! < id) b++;
        snapshot.addFrom(before, b);
      }
    }
  }

  /** Puts the values of an entity into its row, as far as they changed. */
  #put(snapshot: Snapshot, position: number, entity: EntityValues, ordinal: number): void {
    const { table, numbers, texts, at, beforeAt, bornAt, changedAt } = entity;
    const target = this.#target(table);
    const row = snapshot.rows[position]!;
    if (changedAt === ordinal) {
      const isBorn = bornAt === ordinal;
      for (let i = 0; i < target.fields.length; i++) {
        const number = numbers[at + i]!;
        const isText = table.hasText[i] !== 0;
        const isSame = Object.is(number, numbers[beforeAt + i]) &&
          (!isText || texts[at + i] === texts[beforeAt + i]);
        if (isBorn || !isSame) putValue(target, i, number, entity, snapshot.words, row);
      }
    }
    for (const i of target.kept) putValue(target, i, numbers[at + i]!, entity, snapshot.words, row);
  }

  #target(table: ValueTable): Target {
    if (table === this.#lastTable && table.version === this.#lastTarget!.version) {
      return this.#lastTarget!;
    }
    let target = this.#targets.get(table);
    if (target?.version !== table.version) {
      this.#targets.set(table, target = this.#targetOf(table));
    }
    this.#lastTable = table;
    return this.#lastTarget = target;
  }

  #targetOf({ name, fields, version }: ValueTable): Target {
    const kind = this.#layout.kindIndex(name);
    const layout = this.#layout.kinds[kind];
    if (layout === undefined) {
      throw new RangeError(`the layout has no kind ${JSON.stringify(name)}`);
    }
    const names = layout.kind.fields.map((field) => field.name);
    const known = new Set(fields.map((field) => field.name));
    const lacking = layout.kind.fields.find((field) => !field.optional && !known.has(field.name));
    if (lacking !== undefined) {
      throw new RangeError(`rows of ${JSON.stringify(name)} lack ${JSON.stringify(lacking.name)}`);
    }
    const indexes = Int32Array.from(fields, (field) => names.indexOf(field.name));
    const kept = [...fields.keys()].filter((i) => layout.kind.fields[indexes[i]!]?.type === "text");
    return { kind, version, layout, packer: packerOf(layout), fields: indexes, kept };
  }
}

/** True when a snapshot has just the entities that are there, all of them from before. */
function holdsSame(
  before: Snapshot,
  entities: readonly EntityValues[],
  ordinal: number,
): boolean {
  if (before.count !== entities.length) return false;
  for (let i = 0; i < entities.length; i++) {
    if (before.ids[i] !== entities[i]!.id || entities[i]!.bornAt === ordinal) return false;
  }
  return true;
}

function putValue(
  { packer, fields }: Target,
  i: number,
  number: number,
  { table, texts, at }: EntityValues,
  words: Int32Array,
  row: number,
): void {
  const field = fields[i]!;
  const { category, name } = table.fields[i]!;
  if (number !== number) {
    if (field >= 0) packer.set(words, row, field, undefined);
    return;
  }
  if (field < 0) throw new RangeError(`the layout has no field ${JSON.stringify(name)}`);
  const text = table.hasText[i] !== 0 ? texts[at + i]! : "";
  packer.set(words, row, field, valueOf(category, number, text));
}
