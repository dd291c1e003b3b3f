import type { EntityValues } from "../kinds/entity_values.ts";
import type { KindTable } from "../kinds/kind_table.ts";

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
