import { optionKey, remedy } from "../../core/remedy.ts";
import { FRAME_MAX, isFrame } from "../../core/time/frame.ts";
import { cellValue } from "../rows/csv_cell.ts";
import type { FlatRow, RowKeys } from "../rows/flat_row.ts";
import type { FrameClock } from "./frame_clock.ts";
import type { FrameFormer } from "./frame_former.ts";
import type { FrameHead } from "../../core/state/state.ts";
import { describe } from "../input/excerpt.ts";
import { EntityValues } from "../kinds/entity_values.ts";
import type { KindTable } from "../kinds/kind_table.ts";
import type { KindTables } from "../kinds/kind_tables.ts";
import type { Density } from "../input/density.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";
import type { SparseSigns } from "./sparse_signs.ts";
import { DenseWorld, SparseWorld, type World } from "./world.ts";

/** Kind of rows that name none. */
export const DEFAULT_KIND = "entity";

/** A row whose values are in its table already. */
export interface PlacedRow {
  /** Table of the row's kind. */
  readonly table: KindTable;
  /** Which fields the row has. */
  readonly given: Uint8Array;
}

/** A row that may be taken; its values are in its table. */
interface CheckedRow {
  readonly entity: EntityValues;
  /** True when it changes nothing. */
  isSame: boolean;
  isRemoved: boolean;
  hasKind: boolean;
}

/** Makes frames of rows. A bad row throws and leaves no trace. */
export class FrameAssembler<T extends FrameHead> {
  readonly #keys: RowKeys;
  readonly #clock: FrameClock;
  readonly #tables: KindTables;
  readonly #density: Density;
  readonly #world: World;
  readonly #signs: SparseSigns | undefined;
  readonly #former: FrameFormer<T>;
  /** Table of the row that came last; undefined when that removed its entity. */
  table: KindTable | undefined;
  #isOpen = false;

  /**
   * Assembler before the first row.
   *
   * @param former makes frames of their entities
   * @param signs told of every row that is taken; undefined in sparse input
   */
  constructor(
    keys: RowKeys,
    clock: FrameClock,
    tables: KindTables,
    density: Density,
    former: FrameFormer<T>,
    signs?: SparseSigns,
  ) {
    this.#keys = keys;
    this.#clock = clock;
    this.#tables = tables;
    this.#former = former;
    this.#signs = signs;
    this.#density = density;
    this.#world = density === "sparse" ? new SparseWorld() : new DenseWorld();
  }

  /**
   * Takes a row. @returns the frame before, when the row starts a new one
   *
   * @param placed where the row's values are, when they are not the row's own
   * @throws {RowFault} when the row does not fit
   */
  addRow(row: FlatRow, placed?: PlacedRow): T | undefined {
    try {
      const frame = this.#clock.readFrame(row);
      const timeMs = this.#clock.readTime(row, frame);
      if (!this.#isOpen && frame === this.#clock.frame) this.#refuseSecond(frame);
      const isNewFrame = frame !== this.#clock.frame;
      const checked = this.#check(row, frame, isNewFrame, placed);
      const living = this.#isSparse || !isNewFrame ? this.#world.size : 0;
      if (this.#isNew(checked.entity)) this.#refuseCrowd(row, living + 1);
      if (!checked.isSame) checked.entity.stage();
      const ended = isNewFrame ? this.endFrame() : undefined;
      this.#tables.settle();
      this.#clock.advance(frame, timeMs, row.time !== undefined);
      if (isNewFrame) this.#startFrame(frame);
      this.#take(checked);
      this.#isOpen = true;
      return ended;
    } catch (error) {
      this.#tables.unsettle();
      throw error;
    }
  }

  /**
   * Takes a whole frame. @returns the frame before, when rows of it were taken, and the frame
   *
   * @param head row that holds the frame's index and time
   * @param rows reads the frame's rows, one after another, each valid until the next
   * @throws {RowFault} when the frame or one of its rows does not fit; then none is taken
   */
  addFrame(head: FlatRow, rows: Iterable<FlatRow>): readonly T[] {
    try {
      const frame = this.#clock.readFrame(head);
      if (frame === this.#clock.frame) this.#refuseSecond(frame);
      const timeMs = this.#clock.readTime(head, frame);
      const isTimed = head.time !== undefined;
      const checked = new Map<number, CheckedRow>();
      let living = this.#isSparse ? this.#world.size : 0;
      for (const row of rows) {
        this.#refuseOtherFrame(row, frame, head.time);
        const one = this.#check(row, frame, true);
        const { id } = one.entity;
        if (checked.has(id)) this.#refuseTwice(row, id, frame);
        checked.set(id, one);
        if (this.#isNew(one.entity)) this.#refuseCrowd(row, ++living);
        if (!one.isSame) one.entity.stage();
      }
      const ended = this.endFrame();
      this.#tables.settle();
      this.#clock.advance(frame, timeMs, isTimed);
      this.#startFrame(frame);
      for (const one of checked.values()) this.#take(one);
      const whole = this.#form(frame, timeMs);
      return ended === undefined ? [whole] : [ended, whole];
    } catch (error) {
      this.#tables.unsettle();
      throw error;
    }
  }

  /** True for an object that would be a state if it had no event key. */
  isLikeState(object: object, eventKey: string): boolean {
    const members = object as Readonly<Record<string, unknown>>;
    const { frame, time, id, kind } = this.#keys;
    const name = members[kind] ?? DEFAULT_KIND;
    if (members[id] === undefined || typeof name !== "string") return false;
    return this.#tables.isLikeState(object, name, [frame, time, id, kind, eventKey]);
  }

  /** True when a row of an entity that names no kind is of that kind. */
  isOfKind(id: number, kind: string): boolean {
    const living = this.#isSparse ? this.#world.before(id, false) : undefined;
    return (living?.table.name ?? DEFAULT_KIND) === kind;
  }

  /** Ends the frame being read and gives it out; undefined when there is none. */
  endFrame(): T | undefined {
    if (!this.#isOpen) return undefined;
    this.#isOpen = false;
    const { frame, timeMs } = this.#clock;
    return this.#form(frame!, timeMs);
  }

  /** Frame that is being read or was given out last; undefined before the first. */
  get frame(): number | undefined {
    return this.#clock.frame;
  }

  /** True when a frame is being read that a row of another frame would end. */
  isEndedBy(row: FlatRow): boolean {
    return this.#isOpen && isFrame(row.frame) && row.frame !== this.#clock.frame;
  }

  #startFrame(frame: number): void {
    this.#world.startFrame();
    this.#signs?.startFrame(frame);
  }

  #form(frame: number, timeMs: number): T {
    const entities = this.#world.endFrame();
    return this.#former.form({ frame, timeMs }, entities, this.#world.ordinal);
  }

  #take({ entity, isSame, isRemoved, hasKind }: CheckedRow): void {
    if (isRemoved) return this.#world.remove(entity);
    this.#world.take(entity, isSame);
    if (this.#signs?.isSettled === false) this.#signs.addRow(entity, hasKind);
  }

  #check(row: FlatRow, frame: number, isNewFrame: boolean, placed?: PlacedRow): CheckedRow {
    const id = this.#id(row);
    if (!isNewFrame && this.#world.hasRow(id)) this.#refuseTwice(row, id, frame);
    const living = this.#world.before(id, isNewFrame);
    const kind = this.#kind(row, living);
    const hasKind = row.kind !== undefined;
    if (this.#isDespawn(row)) {
      this.table = undefined;
      if (living !== undefined) return { entity: living, isSame: true, isRemoved: true, hasKind };
      throw new RowFault(
        `the entity ${id} is removed, but it does not exist`,
        remedy`send it before it is removed, or leave the row out`,
        { path: row.path(this.#keys.despawn!), part: "value" },
      );
    }
    const table = placed?.table ?? this.#tables.of(kind, row);
    const before = living?.table === table ? living : undefined;
    this.table = table;
    const given = placed?.given ?? table.place(row);
    const isSame = table.complete(given, before, this.#density);
    return { entity: before ?? new EntityValues(id, table), isSame, isRemoved: false, hasKind };
  }

  #id(row: FlatRow): number {
    const { id } = row;
    return isFrame(id) ? id + 0 : this.#refuseId(row);
  }

  #kind(row: FlatRow, living: EntityValues | undefined): string {
    const { kind } = row;
    if (kind === undefined) return this.#isSparse && living ? living.table.name : DEFAULT_KIND;
    if (typeof kind === "string") return kind;
    throw new RowFault(
      `the kind ${JSON.stringify(this.#keys.kind)} is ${describe(kind)}, expected a text`,
      remedy`send the kind's name, or name another key with ${optionKey("kindKey")}`,
      { path: row.path(this.#keys.kind), part: "value" },
    );
  }

  #isDespawn(row: FlatRow): boolean {
    let { despawn } = row;
    if (despawn === undefined) return false;
    if (row.form === "cells") despawn = cellValue(despawn as string, "boolean") ?? despawn;
    if (typeof despawn === "boolean") return despawn;
    throw new RowFault(
      `the despawn mark ${JSON.stringify(this.#keys.despawn)} is ${describe(despawn)}`,
      remedy`send true, false, or leave it out`,
      { path: row.path(this.#keys.despawn!), part: "value" },
    );
  }

  #refuseId(row: FlatRow): never {
    const name = `the entity id ${JSON.stringify(this.#keys.id)}`;
    if (row.id === undefined) {
      throw new RowFault(`${name} is missing`, remedy`name its key with ${optionKey("idKey")}`);
    }
    throw new RowFault(
      `${name} is ${describe(row.id)}, expected an integer from 0 to ${FRAME_MAX}`,
      remedy`number the entities, or name another key with ${optionKey("idKey")}`,
      { path: row.path(this.#keys.id), part: "value" },
    );
  }

  #refuseSecond(frame: number): never {
    throw new RowFault(
      `the frame ${frame} occurs twice`,
      remedy`send all entities of a frame in one line`,
      { path: this.#keys.frame, part: "value" },
    );
  }

  #refuseTwice(row: FlatRow, id: number, frame: number): never {
    throw new RowFault(
      `the entity ${id} has two rows in frame ${frame}`,
      remedy`send one row per entity and frame, or name another key with ${optionKey("idKey")}`,
      { path: row.path(this.#keys.id), part: "value" },
    );
  }

  get #isSparse(): boolean {
    return this.#density === "sparse";
  }

  /** True when a row adds an entity to the world instead of changing one. */
  #isNew({ id, bornAt }: EntityValues): boolean {
    return !this.#isSparse || (bornAt < 0 && this.#world.before(id, false) === undefined);
  }

  #refuseCrowd(row: FlatRow, count: number): void {
    if (count <= INPUT_LIMITS.entitiesPerFrame) return;
    throw new RowFault(
      `there are more than ${INPUT_LIMITS.entitiesPerFrame} entities`,
      this.#isSparse
        ? remedy`remove those that are gone, by a despawn key`
        : remedy`leave some out, or name another key with ${optionKey("frameKey")}`,
      { path: row.path(this.#keys.id), part: "value" },
    );
  }

  #refuseOtherFrame(row: FlatRow, frame: number, time: unknown): void {
    const { frame: frameKey, time: timeKey } = this.#keys;
    const isOther = row.frame !== undefined && row.frame !== frame;
    if (!isOther && (row.time === undefined || row.time === time)) return;
    const key = isOther ? frameKey : timeKey;
    throw new RowFault(
      `the entity's ${JSON.stringify(key)} differs from that of its frame`,
      remedy`leave it out of the entity`,
      { path: row.path(key), part: "value" },
    );
  }
}
