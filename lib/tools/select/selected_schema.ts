import type { Kind, Schema } from "../../core/state/schema.ts";
import type { Selection } from "./selection.ts";

/** Kinds and fields of a schema that a selection names, in the order of the schema. */
export function selectedSchema(schema: Schema, { kinds, fields }: Selection): Schema {
  const chosen = schema.kinds.filter(({ name }) => kinds === undefined || kinds.includes(name));
  if (fields === undefined) {
    return chosen.length === schema.kinds.length ? schema : { kinds: chosen };
  }
  return {
    kinds: chosen.map((kind) => ({
      name: kind.name,
      fields: kind.fields.filter((field) => fields.some((name) => isNamed(name, kind, field.name))),
    })),
  };
}

/** Refuses a selection that names what a schema lacks. @throws {RangeError} then */
export function refuseUnselectable(schema: Schema, selection: Selection): void {
  const { kinds, fields } = selection;
  for (const name of kinds ?? []) {
    if (!schema.kinds.some((kind) => kind.name === name)) {
      refuseUnknown("kind", name, schema.kinds.map((kind) => kind.name));
    }
  }
  const chosen = selectedSchema(schema, { kinds }).kinds;
  for (const name of fields ?? []) {
    if (!chosen.some((kind) => kind.fields.some((field) => isNamed(name, kind, field.name)))) {
      refuseUnknown("field", name, fieldNames(chosen));
    }
  }
}

/** True for a name that says a field of a kind, alone or as `kind.field`. */
export function isNamed(name: string, kind: Kind, field: string): boolean {
  return name === field || name === `${kind.name}.${field}`;
}

/** Names of the fields of some kinds, each once. */
export function fieldNames(kinds: readonly Kind[]): string[] {
  return [...new Set(kinds.flatMap(({ fields }) => fields.map(({ name }) => name)))];
}

/** Names that are listed in a refusal. */
const LISTED_MAX = 12;

/** Refuses a name that a recording lacks. @throws {RangeError} always */
export function refuseUnknown(what: string, name: string, known: readonly string[]): never {
  const list = known.slice(0, LISTED_MAX).join(", ") +
    (known.length > LISTED_MAX ? `, and ${known.length - LISTED_MAX} more` : "");
  throw new RangeError(
    `The recording has no ${what} ${JSON.stringify(name)}; it has ${list || "none"}`,
  );
}
