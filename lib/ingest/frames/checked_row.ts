import type { EntityIds } from "./entity_ids.ts";
import type { EntityValues } from "../kinds/entity_values.ts";
import type { FlatRow } from "../rows/flat_row.ts";
import type { KindTable } from "../kinds/kind_table.ts";
import type { Density } from "../input/density.ts";
import { FRAME_ENTITY } from "../input/row_kind.ts";
import { RowFault } from "../input/row_fault.ts";
import { remedy } from "../../core/remedy.ts";
import { takeMore, type World } from "./world.ts";

/** A row whose values are in its table already. */
export interface PlacedRow {
  /** Table of the row's kind. */
  readonly table: KindTable;
  /** Which fields the row has. */
  readonly given: Uint8Array;
}

/** A row that may be taken; its values are in its table. */
export interface CheckedRow {
  /** Entity as it is before the row. */
  readonly entity: EntityValues;
  /** True when it changes nothing. */
  readonly isSame: boolean;
  /** True when it removes its entity. */
  readonly isRemoved: boolean;
  /** True when it names its kind. */
  readonly hasKind: boolean;
  /** True when it adds to a row of its entity in the same frame. */
  readonly isMore?: boolean;
  /** Entity that the id belonged to, when it comes to another one. */
  readonly replaced?: number | undefined;
  /** Value of the generation key, where there is one. */
  readonly generation?: number | string | undefined;
}

/** What is asked of a whole frame while it is read. */
export interface FrameCalls {
  /** Called with the frame before it is taken; what it throws refuses the frame. */
  readonly accept?: (frame: number) => void;
  /** Where the values of the row at hand are, when they are not the row's own. */
  readonly placed?: () => PlacedRow | undefined;
}

/** What of a frame was read of an entity so far. */
export type RowsSoFar = "none" | "removal" | "row";

/** Takes a row that was checked into the world of its frame. */
export function takeChecked(
  { entity, isSame, isMore, replaced, generation }: CheckedRow,
  world: World,
  ids: EntityIds,
): void {
  if (isMore === true) return takeMore(entity, isSame, world.ordinal);
  if (replaced !== undefined) {
    const old = world.before(replaced, false);
    if (old !== undefined) world.remove(old);
    entity.id = ids.renew(replaced, entity.table.name);
  }
  if (generation !== undefined) ids.generations!.set(entity.id, generation);
  if (entity.bornAt < 0) entity.table.entities++;
  world.take(entity, isSame);
}

/** True when a row adds an entity to the world of its frame instead of changing one. */
export function addsEntity(
  { entity, replaced, isMore }: CheckedRow,
  world: World,
  density: Density,
): boolean {
  if (isMore === true) return false;
  if (density !== "sparse") return true;
  return entity.bornAt < 0 && world.before(replaced ?? entity.id, false) === undefined;
}

/** Puts a row into its table. @throws {RowFault} when it does not fit */
export function placedIn(table: KindTable, row: FlatRow): PlacedRow {
  return { table, given: table.place(row) };
}

/**
 * Entity of what a frame holds beside its entities, where a line before has said some of that: each
 * of several producers may. Undefined for any other row.
 *
 * @param kind that the row names
 */
export function moreOf(
  kind: string | undefined,
  id: number,
  world: World,
  checked: ReadonlyMap<number, CheckedRow> | undefined,
): EntityValues | undefined {
  if (kind !== FRAME_ENTITY || checked?.has(id) || !world.hasRow(id)) return undefined;
  const entity = world.before(id, true);
  return entity?.table.name === kind ? entity : undefined;
}

/**
 * Checks the row at hand of a table as more of an entity that has a row in the same frame.
 *
 * @param entity as that row left it
 * @param world of the frame
 * @param density sparse when an entity keeps what its rows do not say
 * @throws {RowFault} when the two contradict one another
 */
export function checkMore(
  { table, given }: PlacedRow,
  entity: EntityValues,
  world: World,
  density: Density,
): CheckedRow {
  entity.fit();
  // What is as it was at the frame before in sparse input, nobody may have said.
  const isSaid = density === "dense" || entity.changedAt === world.ordinal;
  const isOld = density === "sparse" && entity.bornAt !== world.ordinal;
  const other = isSaid ? entity.contradiction(given, isOld) : undefined;
  if (other !== undefined) {
    const { name } = table.fields[other]!;
    throw new RowFault(
      `the frame has another ${JSON.stringify(name)} already`,
      remedy`let one producer say what is no entity, or all the same`,
      { path: name, part: "value" },
      { code: "frame-twice", kind: table.name, field: name },
    );
  }
  const isSame = table.complete(given, entity, "sparse");
  return { entity, isSame, isRemoved: false, hasKind: true, isMore: true };
}
