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
 * How a field's values are stored. `fixed` is an integer over a denominator. `enum` is a text of a
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
  /** `fixed` only: distance of two neighbouring values; 2^-n or 10^-n with an integer inverse. */
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

/**
 * Denominator of a `fixed` field: `value = k / denominator`, and only the quotient is exact.
 *
 * @throws {SchemaError} unless 1 / step is an integer power of two up to 2^30 or of ten up to 10^9
 */
export function fixedDenominator(step: number | undefined): number {
  const denominator = Math.round(1 / (step ?? NaN));
  const isPower = isPowerOf(denominator, 2, 2 ** 30) || isPowerOf(denominator, 10, 1e9);
  if (!isPower || 1 / denominator !== step) {
    throw new SchemaError(`Step is ${step}, expected 1, 0.5, 0.25 ... or 0.1, 0.01 ...`);
  }
  return denominator;
}

/** Denominator of a `fixed` field, 1 for all others. @throws {SchemaError} as `fixedDenominator` */
export function denominatorOf({ type, step }: Field): number {
  return type === "fixed" ? fixedDenominator(step) : 1;
}

function isPowerOf(value: number, base: number, max: number): boolean {
  if (!(value >= 1 && value <= max)) return false;
  let power = 1;
  while (power < value) power *= base;
  return power === value;
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
    fixedDenominator(step);
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
