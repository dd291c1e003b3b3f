import process from "node:process";
import { type Field, FIELD_TYPES, type FieldType } from "../../core/state/schema.ts";
import type { Schema } from "../../core/state/schema.ts";
import { parseJson, utf8 } from "../container/json_text.ts";
import { type AddedField, type AddedKind, addedKinds } from "./schema_addition.ts";

/** A schema that was written, as the record of the next revision refers to it. */
export interface WrittenSchema {
  /** The schema, all of it. */
  readonly schema: Schema;
  /** Hash of its record's bytes. */
  readonly hash: string;
}

/** What a schema record holds. */
export interface SchemaRecord {
  /** Hash of the revision that the record adds to; undefined when it is whole. */
  readonly after: string | undefined;
  /** Kinds that are new or changed; all kinds of a record that is whole. */
  readonly kinds: readonly AddedKind[];
}

/** Schema as JSON with its members in a fixed order: equal schemas give equal bytes. */
export function schemaBytes(schema: Schema): Uint8Array {
  return utf8(JSON.stringify({ kinds: schema.kinds.map(kindJson) }));
}

/** Record of a revision: what it adds to the one before, or all of it where it is no addition. */
export function revisionBytes(schema: Schema, before: WrittenSchema | undefined): Uint8Array {
  const added = before === undefined ? undefined : addedKinds(before.schema, schema);
  if (added === undefined) return schemaBytes(schema);
  return utf8(JSON.stringify({ after: before!.hash, kinds: added.map(kindJson) }));
}

/** First 16 hexadecimal digits of the SHA-256 of a schema record's bytes. */
export function recordHash(bytes: Uint8Array): string {
  // Loaded here: most recordings are read without, and it takes as long as all else of a start.
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** Hash of the record that holds all of a schema. */
export function schemaHash(schema: Schema): string {
  return recordHash(schemaBytes(schema));
}

/** Schema record of its bytes. @throws {RangeError} when they hold none */
export function readSchemaRecord(bytes: Uint8Array): SchemaRecord {
  const record = parseJson(bytes);
  const kinds = member(record, "kinds");
  const after = member(record, "after");
  if (!Array.isArray(kinds)) throw new RangeError("the schema has no list of kinds");
  return { after: after === undefined ? undefined : text(after), kinds: kinds.map(readKind) };
}

function kindJson(kind: AddedKind): unknown {
  return {
    name: kind.name,
    fields: kind.fields.map((field) => ({
      name: field.name,
      type: field.type,
      ...(field.type === "fixed" ? { step: field.step } : {}),
      ...(field.more !== undefined
        ? { more: field.more }
        : field.type === "enum"
        ? { values: field.values }
        : {}),
      ...(field.optional ? { optional: true } : {}),
    })),
  };
}

function readKind(value: unknown): AddedKind {
  const fields = member(value, "fields");
  if (!Array.isArray(fields)) throw new RangeError("a kind has no list of fields");
  return { name: text(member(value, "name")), fields: fields.map(readField) };
}

function readField(value: unknown): AddedField {
  const type = member(value, "type");
  const step = member(value, "step");
  if (!FIELD_TYPES.includes(type as FieldType)) {
    throw new RangeError(`a field's type is ${JSON.stringify(type)}`);
  }
  if (step !== undefined && typeof step !== "number") throw new RangeError("a step is no number");
  const field: Field = {
    name: text(member(value, "name")),
    type: type as FieldType,
    ...(step === undefined ? {} : { step }),
    ...(member(value, "optional") === true ? { optional: true } : {}),
  };
  const values = texts(member(value, "values"));
  const more = texts(member(value, "more"));
  if (more !== undefined && (values !== undefined || type !== "enum")) {
    throw new RangeError(`field ${JSON.stringify(field.name)} has more values of no enum`);
  }
  return {
    ...field,
    ...(values === undefined ? {} : { values }),
    ...(more === undefined ? {} : { more }),
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

function texts(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new RangeError("values are no list");
  return value.map(text);
}
