import type { FieldFacts } from "../../schema/infer_field.ts";

/** What the states of a recording hold. */
export interface StateFacts {
  /** Number of runs of frames that are missing. */
  readonly gaps: number;
  /** Kinds that were there. */
  readonly kinds: readonly StateKindFacts[];
}

/** What the states of a kind hold. */
export interface StateKindFacts {
  /** Name of the kind. */
  readonly name: string;
  /** Number of distinct entities, exact up to 2^20. */
  readonly entities: number;
  /** Number of states, one per entity and frame. */
  readonly rows: number;
  /** Fields that were there, in the order in which they came. */
  readonly fields: readonly StateFieldFacts[];
}

/** What a field holds. */
export type StateFieldFacts = Omit<FieldFacts, "type">;
