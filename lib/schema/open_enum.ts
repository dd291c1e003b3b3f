import type { Field, Kind, Schema } from "../core/state/schema.ts";

/** True for an enum that lists no values, which takes any text and has no layout. */
export function isOpenEnum(field: Field): boolean {
  return field.type === "enum" && field.values === undefined;
}

/** The field, an open enum as one that lists no text. */
export function closedField(field: Field): Field {
  return isOpenEnum(field) ? { ...field, values: [] } : field;
}

/** The kind with {@linkcode closedField} of each field; the kind itself where that changes none. */
export function closedKind(kind: Kind): Kind {
  return kind.fields.some(isOpenEnum)
    ? { name: kind.name, fields: kind.fields.map(closedField) }
    : kind;
}

/** True for a schema with an open enum. */
export function hasOpenEnum(schema: Schema): boolean {
  return schema.kinds.some(({ fields }) => fields.some(isOpenEnum));
}
