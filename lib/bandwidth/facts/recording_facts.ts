import type { Field, Schema } from "../../core/state/schema.ts";

/** What the values of a recording are like, gathered while its frames pass. */
export interface RecordingFacts {
  /** Kinds and fields as they were recorded. */
  readonly schema: Schema;
  /** Recorded frames. */
  readonly frames: number;
  /** Milliseconds from one frame number to the next, mean; 0 with fewer than two frames. */
  readonly frameMs: number;
  /** Milliseconds between two recorded frames, mean; 0 with fewer than two frames. */
  readonly intervalMs: number;
  /** Milliseconds that half of the neighbouring recorded frames are at most apart. */
  readonly intervalMedianMs: number;
  /** Milliseconds that 95 % of them are at most apart. */
  readonly intervalP95Ms: number;
  /** Every field of every kind, in the order of the schema. */
  readonly fields: readonly FieldFacts[];
}

/** What the values of one field are like. */
export interface FieldFacts {
  /** Kind of the entities. */
  readonly kind: string;
  /** Field. */
  readonly field: string;
  /** States of its kind, whether they have the field or not. */
  readonly states: number;
  /** How often an entity's value was another than in the frame before. */
  readonly changes: number;
  /** Distinct values, at most {@linkcode DISTINCT_MAX}; above it more were not counted. */
  readonly distinct: number;
  /** True when all entities had one and the same value in all frames. */
  readonly isConstant: boolean;
  /** True when it is a double, and each of its values a binary32 or the decimal of one. */
  readonly isBinary32: boolean;
  /**
   * Type that holds each of its doubles as a number of steps, -0 taken for 0, without its name;
   * undefined where no step does, and of other types.
   */
  readonly stepped: Omit<Field, "name"> | undefined;
  /** Low bits of its changes that are as good as coin tosses. */
  readonly noise: FieldNoise;
}

/** How much of a number's changes cannot be foreseen, from every third frame. */
export interface FieldNoise {
  /** Triples of frames that were looked at: a value that changed twice in a row. */
  readonly samples: number;
  /** Lowest bits of the change of the change that are set about as often as not, or never. */
  readonly bits: number;
  /** Power of two at or below the median size of the change of the change, in the field's unit. */
  readonly typical: number;
  /** Power of two at or below the median size of a change, likewise. */
  readonly change: number;
  /** Largest size of a value, in the field's unit. */
  readonly largest: number;
  /** From the smallest value to the largest. */
  readonly range: number;
}

/** Distinct values of a field that are counted. */
export const DISTINCT_MAX = 256;
