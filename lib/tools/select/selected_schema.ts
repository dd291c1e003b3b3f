import type { Kind, Schema } from "../../core/state/schema.ts";
import { listed } from "./listed.ts";
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

/**
 * Refuses a selection that names what a recording lacks, or all of several.
 *
 * @throws {RangeError} then
 */
export function refuseUnselectable(schemas: readonly Schema[], selection: Selection): void {
  const all = schemas.flatMap(({ kinds }) => kinds);
  const refuse = (what: string, name: string, known: readonly string[]): never => {
    const [whose, they] = schemas.length === 1
      ? ["The recording has", "it has"]
      : ["The recordings have", "they have"];
    const names = namesText(known);
    throw new RangeError(`${whose} no ${what} ${JSON.stringify(name)}; ${they} ${names}`);
  };
  for (const name of selection.kinds ?? []) {
    if (!all.some((kind) => kind.name === name)) refuse("kind", name, all.map(({ name }) => name));
  }
  const chosen = selectedSchema({ kinds: all }, { kinds: selection.kinds }).kinds;
  for (const name of selection.fields ?? []) {
    if (!chosen.some((kind) => kind.fields.some((field) => isNamed(name, kind, field.name)))) {
      refuse("field", name, fieldNames(chosen));
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

function namesText(names: readonly string[]): string {
  return listed([...new Set(names)], LISTED_MAX) || "none";
}
