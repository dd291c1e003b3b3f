import { remedy } from "../../core/remedy.ts";
import type { FlatRow, RowKeys } from "../rows/flat_row.ts";
import type { FrameClock } from "./frame_clock.ts";
import type { FrameFormer } from "./frame_former.ts";
import type { FrameHead } from "../../core/state/state.ts";
import { EntityValues } from "../kinds/entity_values.ts";
import type { KindTable } from "../kinds/kind_table.ts";
import type { KindTables } from "../kinds/kind_tables.ts";
import type { Density } from "../input/density.ts";
import { DEFAULT_KIND, type EntityIds } from "./entity_ids.ts";
import { RowFault } from "../input/row_fault.ts";
import type { SparseSigns } from "./sparse_signs.ts";
import { RowHeads } from "./row_heads.ts";
import type { CheckedRow, FrameCalls, PlacedRow, RowsSoFar } from "./checked_row.ts";
import { addsEntity, checkMore, moreOf, placedIn, takeChecked } from "./checked_row.ts";
import { newWorld, type World } from "./world.ts";

/** Makes frames of rows. A bad row throws and leaves no trace. */
export class FrameAssembler<T extends FrameHead> {
  readonly #keys: RowKeys;
  readonly #clock: FrameClock;
  /** Field sets of all kinds so far. */
  readonly tables: KindTables;
  readonly #density: Density;
  readonly #isJoined: boolean;
  #world: World;
  readonly #signs: SparseSigns | undefined;
  readonly #former: FrameFormer<T>;
  /** Tells entities by the ids of rows. */
  readonly ids: EntityIds;
  readonly #heads: RowHeads;
  /** Table of the row that came last; undefined when that removed its entity. */
  table: KindTable | undefined;
  #isOpen = false;

  /**
   * Assembler before the first row.
   *
   * @param ids tells entities by the ids of rows
   * @param former makes frames of their entities
   * @param isJoined true when several lines of any form make a frame
   * @param signs told of every row that is taken; undefined in sparse input
   */
  constructor(
    keys: RowKeys,
    clock: FrameClock,
    tables: KindTables,
    density: Density,
    ids: EntityIds,
    former: FrameFormer<T>,
    isJoined: boolean,
    signs?: SparseSigns,
  ) {
    this.#keys = keys;
    this.#clock = clock;
    this.tables = tables;
    this.#former = former;
    this.ids = ids;
    this.#heads = new RowHeads(keys, ids);
    this.#signs = signs;
    this.#density = density;
    this.#isJoined = isJoined;
    this.#world = newWorld(density);
  }

  /**
   * Takes a row. @returns the frame before, when the row starts a new one
   *
   * @param placed where the row's values are, when they are not the row's own
   * @throws {RowFault} when the row does not fit
   */
  addRow(row: FlatRow, placed?: PlacedRow): T | undefined {
    const world = this.#world;
    try {
      const frame = this.#readFrame(row);
      const timeMs = this.#clock.readTime(row, frame);
      const isNewFrame = this.#isNewFrame(frame);
      if (!this.#isOpen && !isNewFrame) this.#heads.refuseSecond(frame);
      const checked = this.#check(row, frame, isNewFrame, placed);
      const living = this.isSparse || !isNewFrame ? this.#world.size : 0;
      if (addsEntity(checked, this.#world, this.#density)) {
        this.#heads.refuseCrowd(row, this.#density, living + 1);
      }
      if (!checked.isSame) checked.entity.stage();
      const ended = isNewFrame ? this.endFrame(world) : undefined;
      this.tables.settle();
      this.#clock.advance(frame, timeMs);
      if (isNewFrame) this.#startFrame(frame);
      this.#take(checked);
      this.#isOpen = true;
      return ended;
    } catch (error) {
      this.#leave(world);
      throw error;
    }
  }

  /**
   * Takes a whole frame. @returns frames that are complete by now
   *
   * @param head row that holds the frame's index and time
   * @param rows reads the frame's rows, one after another, each valid until the next
   * @param more what else is asked of the frame and its rows
   * @throws {RowFault} when the frame or one of its rows does not fit; then none is taken
   */
  addFrame(head: FlatRow, rows: Iterable<FlatRow>, more: FrameCalls = {}): readonly T[] {
    const world = this.#world;
    const restore = this.tables.held();
    try {
      const frame = this.#readFrame(head);
      const timeMs = this.#clock.readTime(head, frame);
      const isNew = this.#isNewFrame(frame);
      if (!isNew && !(this.#isJoined && this.#isOpen)) this.#heads.refuseSecond(frame);
      const checked = new Map<number, CheckedRow>();
      let living = this.isSparse || !isNew ? this.#world.size : 0;
      for (const row of rows) {
        this.#heads.refuseOtherFrame(row, head);
        if (row.isAbsent && !this.#isLiving(row)) continue;
        const one = this.#check(row, frame, isNew, more.placed?.(), checked);
        // Who replaces an entity removes it.
        checked.set(one.entity.id, one);
        if (addsEntity(one, this.#world, this.#density)) {
          this.#heads.refuseCrowd(row, this.#density, ++living);
        }
        if (!one.isSame) one.entity.stage();
      }
      more.accept?.(frame);
      const ended = isNew ? this.endFrame(world) : undefined;
      this.tables.settle();
      this.#clock.advance(frame, timeMs);
      if (isNew) this.#startFrame(frame);
      for (const one of checked.values()) this.#take(one);
      this.#isOpen = this.#isJoined;
      const whole = this.#isJoined ? [] : [this.#form(frame, timeMs, this.#world)];
      return ended === undefined ? whole : [ended, ...whole];
    } catch (error) {
      this.#leave(world);
      restore();
      throw error;
    }
  }

  /** True for an object that would be a state if it had no event key. */
  isLikeState(object: object, eventKey: string): boolean {
    const members = object as Readonly<Record<string, unknown>>;
    const { frame, time, id, kind } = this.#keys;
    const name = members[kind] ?? DEFAULT_KIND;
    return members[id] !== undefined && typeof name === "string" &&
      this.tables.isLikeState(object, name, [frame, time, id, kind, eventKey]);
  }

  /** True when a row of an entity that names no kind is of that kind. */
  isOfKind(row: FlatRow, kind: string): boolean {
    if (!this.isSparse) return kind === DEFAULT_KIND;
    const living = this.#world.before(this.#entity(row, undefined), false);
    return (living?.table.name ?? DEFAULT_KIND) === kind;
  }

  /** Ends the frame being read and gives it out; undefined when there is none. */
  endFrame(world: World = this.#world): T | undefined {
    if (!this.#isOpen) return undefined;
    this.#isOpen = false;
    return this.#form(this.#clock.frame!, this.#clock.timeMs, world);
  }

  /** True when a frame is being read that a row of another frame would end. */
  isEndedBy(named: unknown): boolean {
    const frame = this.#isOpen ? this.#clock.frameOf(named) : undefined;
    return frame !== undefined && frame !== this.#clock.frame;
  }

  /** True when a frame is being read. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** True when the frame being read has all entities of the one before. */
  get hasAllBefore(): boolean {
    return this.#world.hasAllBefore;
  }

  /** Frame of a row; what starts a session meets an empty world. */
  #readFrame(row: FlatRow): number {
    const frame = this.#clock.readFrame(row, !this.#isOpen);
    if (!this.#clock.isRestart) return frame;
    this.#world = newWorld(this.#density, this.#world.ordinal);
    this.ids.restart();
    return frame;
  }

  /** Goes back to the world before a row or a frame that is not taken. */
  #leave(world: World): void {
    this.#world = world;
    this.tables.unsettle();
    this.ids.unsettle();
  }

  #isNewFrame(frame: number): boolean {
    return frame !== this.#clock.frame || this.#clock.isRestart;
  }

  #startFrame(frame: number): void {
    this.#world.startFrame();
    this.ids.settle();
    // One session tells enough.
    if (this.#clock.session === 0) this.#signs?.startFrame(frame);
  }

  #form(frame: number, timeMs: number, world: World): T {
    return this.#former.form({ frame, timeMs }, world.endFrame(), world.ordinal);
  }

  #take(checked: CheckedRow): void {
    const { entity, isSame, isRemoved, hasKind } = checked;
    if (isRemoved) return this.#world.remove(entity);
    takeChecked(checked, this.#world, this.ids);
    if (this.#signs?.isSettled !== false || this.#clock.session > 0) return;
    this.#signs.addRow(entity, hasKind, isSame);
  }

  #check(
    row: FlatRow,
    frame: number,
    isNewFrame: boolean,
    placed?: PlacedRow,
    checked?: ReadonlyMap<number, CheckedRow>,
  ): CheckedRow {
    const given = this.#heads.kind(row);
    const id = this.#entity(row, given);
    const soFar = this.#soFar(id, isNewFrame, checked);
    const more = this.#isJoined && !isNewFrame && moreOf(given, id, this.#world, checked);
    if (more) {
      const said = placed ?? placedIn(this.tables.of(given!, row), row);
      return checkMore(said, more, this.#world, this.#density);
    }
    const isDespawn = this.#heads.isDespawn(row);
    if (soFar === "row" || (soFar === "removal" && (isDespawn || !this.ids.canRenew))) {
      const first = checked?.get(id)?.entity ?? this.#world.before(id, true);
      this.#heads.refuseTwice(row, id, frame, first?.table.name);
    }
    const living = soFar === "removal" ? undefined : this.#world.before(id, isNewFrame);
    const hasKind = given !== undefined;
    const kind = given ?? (this.isSparse && living ? living.table.name : DEFAULT_KIND);
    if (isDespawn) {
      this.table = undefined;
      if (living !== undefined) return { entity: living, isSame: true, isRemoved: true, hasKind };
      this.#heads.refuseGone(row, id, kind);
    }
    if (placed !== undefined && placed.table.name !== kind) {
      // It is the kind of an entity of the session before.
      throw new RowFault("the row was taken for one of another kind", remedy`name its kind`);
    }
    const table = placed?.table ?? this.tables.of(kind, row);
    this.table = table;
    const fields = placed?.given ?? table.place(row);
    const generation = this.ids.generations?.read(table, fields);
    const isOther = soFar === "removal" || this.ids.generations?.isOther(id, generation) === true;
    const before = !isOther && living?.table === table ? living : undefined;
    const isSame = table.complete(fields, before, this.#density);
    return {
      entity: before ?? new EntityValues(id, table),
      isSame,
      isRemoved: false,
      hasKind,
      replaced: isOther ? id : undefined,
      generation,
    };
  }

  /** Entity of a row. @param kind that it names, if it does */
  #entity(row: FlatRow, kind: string | undefined): number {
    if (kind !== undefined || !this.isSparse) return this.ids.entity(row, kind ?? DEFAULT_KIND);
    return this.ids.livingEntity(row, (id) => this.#world.before(id, false) !== undefined);
  }

  #isLiving(row: FlatRow): boolean {
    return this.isSparse &&
      this.#world.before(this.#entity(row, this.#heads.kind(row)), true) !== undefined;
  }

  #soFar(
    id: number,
    isNewFrame: boolean,
    checked: ReadonlyMap<number, CheckedRow> | undefined,
  ): RowsSoFar {
    const one = checked?.get(id);
    if (one === undefined && (isNewFrame || !this.#world.hasRow(id))) return "none";
    return one?.isRemoved ?? this.#world.isRemoved(id) ? "removal" : "row";
  }

  /** Frame that is being read or was given out last; undefined before the first. */
  get frame(): number | undefined {
    return this.#clock.frame;
  }

  /** True when rows hold only what changed. */
  get isSparse(): boolean {
    return this.#density === "sparse";
  }
}
