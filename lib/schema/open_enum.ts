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

/**
 * True for a schema with an enum that lists no values: rows can be read by it, but are laid out
 * only by what `SchemaInference.widen` makes of it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hasOpenEnum, parseSchemaFile } from "@hindcast/hindcast/ingest";
 *
 * const text = '{"kinds":[{"name":"player","fields":[{"name":"weapon","type":"enum"}]}]}';
 * assert.ok(hasOpenEnum(parseSchemaFile(text)));
 * ```
 */
export function hasOpenEnum(schema: Schema): boolean {
  return schema.kinds.some(({ fields }) => fields.some(isOpenEnum));
}
