import { createHash } from "node:crypto";
import { type Field, FIELD_TYPES, type FieldType, type Kind } from "../core/schema.ts";
import type { Schema } from "../core/schema.ts";
import { parseJson, utf8 } from "./json_text.ts";

/** Schema as JSON with its members in a fixed order: equal schemas give equal bytes. */
export function schemaBytes(schema: Schema): Uint8Array {
  const kinds = schema.kinds.map((kind) => ({
    name: kind.name,
    fields: kind.fields.map((field) => ({
      name: field.name,
      type: field.type,
      ...(field.type === "fixed" ? { step: field.step } : {}),
      ...(field.type === "enum" ? { values: field.values } : {}),
      ...(field.optional ? { optional: true } : {}),
    })),
  }));
  return utf8(JSON.stringify({ kinds }));
}

/** First 16 hexadecimal digits of the SHA-256 of a schema's bytes. */
export function schemaHash(schema: Schema): string {
  return createHash("sha256").update(schemaBytes(schema)).digest("hex").slice(0, 16);
}

/** Schema of its bytes. @throws {RangeError} when they hold none */
export function readSchema(bytes: Uint8Array): Schema {
  const kinds = member(parseJson(bytes), "kinds");
  if (!Array.isArray(kinds)) throw new RangeError("the schema has no list of kinds");
  return { kinds: kinds.map(readKind) };
}

function readKind(value: unknown): Kind {
  const fields = member(value, "fields");
  if (!Array.isArray(fields)) throw new RangeError("a kind has no list of fields");
  return { name: text(member(value, "name")), fields: fields.map(readField) };
}

function readField(value: unknown): Field {
  const type = member(value, "type");
  const step = member(value, "step");
  const values = member(value, "values");
  if (!FIELD_TYPES.includes(type as FieldType)) {
    throw new RangeError(`a field's type is ${JSON.stringify(type)}`);
  }
  if (step !== undefined && typeof step !== "number") throw new RangeError("a step is no number");
  if (values !== undefined && !Array.isArray(values)) throw new RangeError("values are no list");
  return {
    name: text(member(value, "name")),
    type: type as FieldType,
    ...(step === undefined ? {} : { step }),
    ...(values === undefined ? {} : { values: values.map(text) }),
    ...(member(value, "optional") === true ? { optional: true } : {}),
  };
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new RangeError("a name in the schema is no text");
  return value;
}
