import { MASK_FIELDS_MAX } from "../bytes/mask.ts";

/**
 * Every field type, narrowest first within its family.
 *
 * @internal
 */
export const FIELD_TYPES = [
  "bool",
  "u8",
  "i8",
  "u16",
  "i16",
  "u32",
  "i32",
  "u64",
  "fixed",
  "f32",
  "f64",
  "enum",
  "text",
] as const;

/**
 * How a field's values are stored. `fixed` is an integer that counts steps. `enum` is a text of a
 * table that both ends know, `text` any other.
 */
export type FieldType = (typeof FIELD_TYPES)[number];

/**
 * What a field holds at the API's edge: a number, a truth value, a text (`enum`, `text`), or, of a
 * `u64` field always, a bigint.
 */
export type FieldValue = number | bigint | boolean | string;

/** One field of a kind. */
export interface Field {
  /** Name, unique in its kind; nested input is joined by dots. */
  readonly name: string;
  /** How values are stored. */
  readonly type: FieldType;
  /** `fixed` only: distance of two neighbouring values, any positive number: 0.125, 0.01, 4 ... */
  readonly step?: number;
  /** `enum` only: the texts, at most 65 536; a value is stored as its index here. */
  readonly values?: readonly string[];
  /** True when a state may lack the field; absence is then a value of its own. */
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

/** Largest number of texts of an `enum` field, and of kinds of a schema. */
export const NAMES_MAX = 65536;

/** A field table that cannot be used. */
export class SchemaError extends RangeError {
  /** Name of the error class. */
  override name = "SchemaError";
  /** What is wrong, without the place. */
  readonly problem: string;
  /** What the user can do about it; undefined where the problem says it. */
  readonly remedy: string | undefined;

  /**
   * Error of a schema.
   *
   * @param problem what is wrong, without the place
   * @param options `where` is the kind or field that cannot be used, `remedy` what to do about it
   */
  constructor(
    problem: string,
    { where, remedy }: { readonly where?: string; readonly remedy?: string } = {},
  ) {
    const place = where === undefined ? "" : `Cannot use ${where}: `;
    super(place + problem + (remedy === undefined ? "" : `; ${remedy}`));
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** Largest integer that counts the steps of a `fixed` field; the smallest is its negative. */
export const STEPS_MAX = 0x7fffffff;

/** Smallest number of full precision: below it, neighbouring steps run into each other. */
const STEP_MIN = 2 ** -1022;
/** Below it, 1 / step is nearer to one integer than to any half. */
const DIVISOR_MAX = 2 ** 50;

/**
 * How a `fixed` field counts: `value = k * multiplier / divisor`. One of the two is 1, so that the
 * value is rounded once.
 */
export interface FixedScale {
  /** The step where it is no inverse of an integer, else 1. */
  readonly multiplier: number;
  /** 1 / step where that is an integer up to 2^50, else 1. */
  readonly divisor: number;
}

/** Steps that a `fixed` field can have. */
export const STEPS_ALLOWED = "a positive number, 2.3e-308 to 8.3e298";

/**
 * Scale of a `fixed` field. A decimal such as 0.07 is the quotient 7 / 100, and not the product
 * 7 * 0.01: so inverses of integers divide.
 *
 * @throws {SchemaError} unless the step is a positive number all of whose multiples are finite and
 *   of full precision
 */
export function fixedScale(step: number | undefined): FixedScale {
  if (!(typeof step === "number" && step >= STEP_MIN && STEPS_MAX * step < Infinity)) {
    throw new SchemaError(`Step is ${step}, expected ${STEPS_ALLOWED}`);
  }
  const divisor = Math.round(1 / step);
  return divisor <= DIVISOR_MAX && 1 / divisor === step
    ? { multiplier: 1, divisor }
    : { multiplier: step, divisor: 1 };
}

/** Scale of a `fixed` field, 1 / 1 for all others. @throws {SchemaError} as `fixedScale` */
export function scaleOf({ type, step }: Field): FixedScale {
  return fixedScale(type === "fixed" ? step : 1);
}

/**
 * Checks a kind's field table: count, unique names, steps and texts.
 *
 * @throws {SchemaError} naming kind, field and remedy
 */
export function assertKind(kind: Kind): void {
  const where = `kind ${JSON.stringify(kind.name)}`;
  if (kind.fields.length > MASK_FIELDS_MAX) {
    throw new SchemaError(
      `it has ${kind.fields.length} fields, at most ${MASK_FIELDS_MAX} fit a mask`,
      { where, remedy: "split it into two kinds" },
    );
  }
  const names = new Set<string>();
  for (const field of kind.fields) {
    const at = `${where}, field ${JSON.stringify(field.name)}`;
    if (names.has(field.name)) throw new SchemaError("the name occurs twice", { where: at });
    names.add(field.name);
    if (!FIELD_TYPES.includes(field.type)) {
      throw new SchemaError(
        `type is ${JSON.stringify(field.type)}, expected one of ${FIELD_TYPES.join(", ")}`,
        { where: at },
      );
    }
    if (field.type === "fixed") assertStep(field.step, at);
    if (field.type === "enum") assertTexts(field.values, at);
  }
}

function assertStep(step: number | undefined, at: string): void {
  try {
    fixedScale(step);
  } catch (error) {
    throw new SchemaError((error as SchemaError).message, { where: at });
  }
}

function assertTexts(values: readonly string[] | undefined, at: string): void {
  if (values === undefined) throw new SchemaError("an enum needs its values", { where: at });
  if (values.length > NAMES_MAX) {
    throw new SchemaError(
      `${values.length} texts, at most ${NAMES_MAX} are kept`,
      { where: at, remedy: "make it a text field" },
    );
  }
  if (new Set(values).size !== values.length) {
    throw new SchemaError("a text occurs twice", { where: at });
  }
}

/** Checks every kind of a schema and that kind names are unique. @throws {SchemaError} */
export function assertSchema(schema: Schema): void {
  if (!Array.isArray(schema?.kinds)) {
    throw new SchemaError("A schema is an object with kinds, as the schema of defineSchema");
  }
  const names = new Set<string>();
  for (const kind of schema.kinds) {
    if (names.has(kind.name)) {
      throw new SchemaError("the name occurs twice", {
        where: `kind ${JSON.stringify(kind.name)}`,
      });
    }
    names.add(kind.name);
    assertKind(kind);
  }
  if (schema.kinds.length > NAMES_MAX) {
    throw new SchemaError(`Schema has ${schema.kinds.length} kinds, at most ${NAMES_MAX} fit`);
  }
}
