import { optionKey, remedy } from "../../core/remedy.ts";
import { FRAME_MAX, isFrame } from "../../core/time/frame.ts";
import type { EntityState, StateFrame } from "../../core/state/state.ts";
import { cellValue } from "../rows/csv_cell.ts";
import type { FlatRow, RowKeys } from "../rows/flat_row.ts";
import type { FrameClock } from "./frame_clock.ts";
import { describe } from "../input/excerpt.ts";
import type { KindTables } from "../kinds/kind_tables.ts";
import type { Density } from "../input/density.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";
import type { SparseSigns } from "./sparse_signs.ts";
import { DenseWorld, SparseWorld, type World } from "./world.ts";

/** Kind of rows that name none. */
export const DEFAULT_KIND = "entity";

interface CheckedRow {
  readonly id: number;
  /** Undefined when the row removes its entity. */
  readonly state: EntityState | undefined;
  readonly hasKind: boolean;
}

/** Makes frames of rows. A bad row throws and leaves no trace. */
export class FrameAssembler {
  readonly #keys: RowKeys;
  readonly #clock: FrameClock;
  readonly #tables: KindTables;
  readonly #density: Density;
  readonly #world: World;
  readonly #signs: SparseSigns | undefined;
  #isOpen = false;

  /**
   * Assembler before the first row.
   *
   * @param signs told of every row that is taken; undefined in sparse input
   */
  constructor(
    keys: RowKeys,
    clock: FrameClock,
    tables: KindTables,
    density: Density,
    signs?: SparseSigns,
  ) {
    this.#keys = keys;
    this.#clock = clock;
    this.#tables = tables;
    this.#signs = signs;
    this.#density = density;
    this.#world = density === "sparse" ? new SparseWorld() : new DenseWorld();
  }

  /**
   * Takes a row. @returns the frame before, when the row starts a new one
   *
   * @throws {RowFault} when the row does not fit
   */
  addRow(row: FlatRow): StateFrame | undefined {
    try {
      const frame = this.#clock.readFrame(row);
      const timeMs = this.#clock.readTime(row, frame);
      if (!this.#isOpen && frame === this.#clock.frame) this.#refuseSecond(frame);
      const isNewFrame = frame !== this.#clock.frame;
      const checked = this.#check(row, frame, isNewFrame);
      const { id } = checked;
      const living = this.#isSparse || !isNewFrame ? this.#world.size : 0;
      if (this.#isNew(id)) this.#refuseCrowd(row, living + 1);
      const ended = isNewFrame ? this.endFrame() : undefined;
      this.#tables.settle();
      this.#clock.advance(frame, timeMs, row.time !== undefined);
      if (isNewFrame) this.#signs?.startFrame(frame);
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
  addFrame(head: FlatRow, rows: Iterable<FlatRow>): readonly StateFrame[] {
    try {
      const frame = this.#clock.readFrame(head);
      if (frame === this.#clock.frame) this.#refuseSecond(frame);
      const timeMs = this.#clock.readTime(head, frame);
      const isTimed = head.time !== undefined;
      const checked = new Map<number, CheckedRow>();
      let living = this.#isSparse ? this.#world.size : 0;
      for (const row of rows) {
        this.#refuseOtherFrame(row, frame, head.time);
        const one = this.#check(row, frame, this.#isOpen);
        if (checked.has(one.id)) this.#refuseTwice(row, one.id, frame);
        checked.set(one.id, one);
        if (this.#isNew(one.id)) this.#refuseCrowd(row, ++living);
      }
      const ended = this.endFrame();
      this.#tables.settle();
      this.#clock.advance(frame, timeMs, isTimed);
      this.#signs?.startFrame(frame);
      for (const one of checked.values()) this.#take(one);
      const whole = { frame, timeMs, entities: this.#world.endFrame() };
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

  /** Ends the frame being read and gives it out; undefined when there is none. */
  endFrame(): StateFrame | undefined {
    if (!this.#isOpen) return undefined;
    this.#isOpen = false;
    const { frame, timeMs } = this.#clock;
    return { frame: frame!, timeMs, entities: this.#world.endFrame() };
  }

  /** Frame that is being read or was given out last; undefined before the first. */
  get frame(): number | undefined {
    return this.#clock.frame;
  }

  /** True when a frame is being read that a row of another frame would end. */
  isEndedBy(row: FlatRow): boolean {
    return this.#isOpen && isFrame(row.frame) && row.frame !== this.#clock.frame;
  }

  #take({ id, state, hasKind }: CheckedRow): void {
    this.#world.take(id, state);
    if (state !== undefined && this.#signs?.isSettled === false) {
      this.#signs.addRow(state, hasKind);
    }
  }

  #check(row: FlatRow, frame: number, isNewFrame: boolean): CheckedRow {
    const id = this.#id(row);
    if (!isNewFrame && this.#world.hasRow(id)) this.#refuseTwice(row, id, frame);
    const living = this.#world.before(id, isNewFrame);
    const kind = this.#kind(row, living);
    const hasKind = row.kind !== undefined;
    if (this.#isDespawn(row)) {
      if (living !== undefined) return { id, state: undefined, hasKind };
      throw new RowFault(
        `the entity ${id} is removed, but it does not exist`,
        remedy`send it before it is removed, or leave the row out`,
        { path: row.path(this.#keys.despawn!), part: "value" },
      );
    }
    const before = living?.kind === kind ? living : undefined;
    const state = this.#tables.of(kind, row).state(row, id, before, this.#density);
    return { id, state, hasKind };
  }

  #id(row: FlatRow): number {
    const { id } = row;
    const name = `the entity id ${JSON.stringify(this.#keys.id)}`;
    if (id === undefined) {
      throw new RowFault(`${name} is missing`, remedy`name its key with ${optionKey("idKey")}`);
    }
    if (!isFrame(id)) {
      throw new RowFault(
        `${name} is ${describe(id)}, expected an integer from 0 to ${FRAME_MAX}`,
        remedy`number the entities, or name another key with ${optionKey("idKey")}`,
        { path: row.path(this.#keys.id), part: "value" },
      );
    }
    return id + 0;
  }

  #kind(row: FlatRow, living: EntityState | undefined): string {
    const { kind } = row;
    if (kind === undefined) return (this.#isSparse ? living?.kind : undefined) ?? DEFAULT_KIND;
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
  #isNew(id: number): boolean {
    return !this.#isSparse || this.#world.before(id, false) === undefined;
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
