import type { Field, FieldType, FieldValue, Schema } from "../../core/state/schema.ts";
import type { EntityState } from "../../core/state/state.ts";
import { distinctNames } from "./distinct_names.ts";

/** Columns of a table of states that are no fields. */
export const STATE_COLUMNS = ["f", "t", "id", "kind"] as const;

/** Columns of a table, the first ones left out; with more, programs that read it give up. */
const COLUMNS_MAX = 4096;

/** A column of a table of states that holds a field, of one kind or of several. */
export interface FieldColumn {
  /** Name, unlike all others also where upper and lower case are the same. */
  readonly name: string;
  /** Name of the field. */
  readonly field: string;
  /** Narrowest type that holds the values of all of its kinds. */
  readonly type: "TEXT" | "BOOLEAN" | "INT32" | "INT64" | "UINT64" | "DOUBLE";
  /** Names of the kinds that have the field. */
  readonly kinds: ReadonlySet<string>;
}

/**
 * Columns for all fields of a schema, in its order. Kinds share the column of a field that is a
 * number in all of them, a text in all, or a truth value in all, but a `u64` in some goes with
 * unsigned integers alone; else each kind has a column of its
 * own, `kind.field`. A name that is taken gets `_2` behind it.
 *
 * @param taken names of more columns that are no fields
 * @throws {RangeError} for more columns than a table may have
 */
export function fieldColumns({ kinds }: Schema, taken: readonly string[] = []): FieldColumn[] {
  const owners = new Map<string, { readonly kind: string; readonly field: Field }[]>();
  for (const { name: kind, fields } of kinds) {
    for (const field of fields) {
      const known = owners.get(field.name);
      if (known === undefined) owners.set(field.name, [{ kind, field }]);
      else known.push({ kind, field });
    }
  }
  const columns = [...owners].flatMap(([name, all]): FieldColumn[] => {
    const type = commonType(all.map(({ field }) => field.type));
    if (type !== undefined) {
      return [{ name, field: name, type, kinds: new Set(all.map(({ kind }) => kind)) }];
    }
    return all.map(({ kind, field }) => ({
      name: `${kind}.${name}`,
      field: name,
      type: COLUMN_TYPES[field.type],
      kinds: new Set([kind]),
    }));
  });
  if (columns.length > COLUMNS_MAX) {
    throw new RangeError(
      `A table of all fields would have ${columns.length} columns, at most ${COLUMNS_MAX} are written; select some kinds or fields`,
    );
  }
  const names = distinctNames(columns.map(({ name }) => name), [...STATE_COLUMNS, ...taken]);
  return columns.map((column, i) => ({ ...column, name: names[i]! }));
}

/** Value of a state in a column; undefined when it has none. */
export function valueIn(
  column: FieldColumn,
  { kind, fields }: EntityState,
): FieldValue | undefined {
  if (!column.kinds.has(kind) || !Object.hasOwn(fields, column.field)) return undefined;
  return fields[column.field];
}

/** Types whose values a column holds exactly; what is a fraction is a double. */
const COLUMN_TYPES: Readonly<Record<FieldType, FieldColumn["type"]>> = {
  bool: "BOOLEAN",
  u8: "INT32",
  i8: "INT32",
  u16: "INT32",
  i16: "INT32",
  u32: "INT64",
  i32: "INT32",
  u64: "UINT64",
  fixed: "DOUBLE",
  f32: "DOUBLE",
  f64: "DOUBLE",
  enum: "TEXT",
  text: "TEXT",
};

const NUMBERS = ["INT32", "INT64", "DOUBLE"] as const;

/** Narrowest type that holds the values of all; undefined when there is none. */
function commonType(fields: readonly FieldType[]): FieldColumn["type"] | undefined {
  const types = fields.map((type) => COLUMN_TYPES[type]);
  if (fields.includes("u64") && fields.every((type) => type.startsWith("u"))) return "UINT64";
  const [first] = types;
  if (types.every((type) => type === first)) return first;
  if (!types.every((type) => (NUMBERS as readonly string[]).includes(type))) return undefined;
  return NUMBERS.findLast((type) => types.includes(type));
}
