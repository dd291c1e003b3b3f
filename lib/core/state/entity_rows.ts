import type { RowLayout } from "./row_layout.ts";

/** Entities with a row each, which may be anywhere in `words`. */
export interface EntityRows {
  /** Number of entities. */
  readonly count: number;
  /** First word of each entity's row. */
  readonly rows: Uint32Array;
  /** What holds the rows. */
  words: Int32Array;
  /** True when the rows are its own, one after another. */
  isPacked: boolean;
  /** Layout of the row at a position. */
  layoutOf(position: number): RowLayout;
}
