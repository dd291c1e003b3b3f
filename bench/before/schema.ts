/** How a field's values are stored. */
export type FieldType =
  | "bool"
  | "u8"
  | "i8"
  | "u16"
  | "i16"
  | "u32"
  | "i32"
  | "fixed"
  | "f32"
  | "f64"
  | "enum";

/** What a field holds at the API's edge: numbers, truth values, or text (`enum`, `text`). */
export type FieldValue = number | boolean | string;

/** One field of a kind. */
export interface Field {
  /** Name, unique in its kind. */
  readonly name: string;
  /** How values are stored. */
  readonly type: FieldType;
  /** `fixed` only: distance of two neighbouring values. */
  readonly step?: number;
  /** `enum` only: the texts, at most 65 536. */
  readonly values?: readonly string[];
  /** True when a state may lack the field. */
  readonly optional?: boolean;
}

/** Entity type with its field table. */
export interface Kind {
  /** Name, unique in its schema. */
  readonly name: string;
  /** 0 to 64 fields, in the order of the mask's bits. */
  readonly fields: readonly Field[];
}

/** All kinds of a stream. */
export interface Schema {
  /** Kinds, at most 65 536, in the order of their indexes on the wire and in the file. */
  readonly kinds: readonly Kind[];
}

/** Denominator of a `fixed` field: `value = k / denominator`, and only the quotient is exact. */
export function fixedDenominator(step: number | undefined): number {
  const denominator = Math.round(1 / (step ?? NaN));
  const isPower = isPowerOf(denominator, 2, 2 ** 30) || isPowerOf(denominator, 10, 1e9);
  if (!isPower || 1 / denominator !== step) {
    throw new RangeError(`Step is ${step}, expected 1, 0.5, 0.25 ... or 0.1, 0.01 ...`);
  }
  return denominator;
}

function isPowerOf(value: number, base: number, max: number): boolean {
  if (!(value >= 1 && value <= max)) return false;
  let power = 1;
  while (power < value) power *= base;
  return power === value;
}

/** Values of one entity at one frame, by field name. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** Live values of one entity, of one kind, as an object: the form at the API's edge. */
export interface EntityState {
  /** Entity, an unsigned 32-bit integer, unique within a frame. */
  readonly id: number;
  /** Name of the entity's kind. */
  readonly kind: string;
  /** Values by field name, in the order of the kind's field table. */
  readonly fields: FieldValues;
}

/** All states at a frame: an entity that is not listed does not exist at that frame. */
export interface StateFrame {
  /** Frame index, an unsigned 32-bit integer. */
  readonly frame: number;
  /** Time of the frame in milliseconds since the recording's start. */
  readonly timeMs: number;
  /** Every entity of the frame, each id once. */
  readonly entities: readonly EntityState[];
}
