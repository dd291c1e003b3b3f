import { shownValue } from "../core/shown_value.ts";
import { type Schema, SchemaError } from "../core/state/schema.ts";

/**
 * Refuses what has not the form of a schema, as a program without types may hand it over.
 *
 * @throws {SchemaError} naming the kind
 */
export function assertSchemaShape({ kinds }: Schema): void {
  if (!Array.isArray(kinds)) return;
  for (const kind of kinds) {
    const name = shownValue(kind?.name);
    if (typeof kind?.name !== "string" || !Array.isArray(kind.fields)) {
      const isObject = Object(kind) === kind;
      const what = isObject ? "it lacks a name or a list of fields" : "it is no object";
      throw new SchemaError(`${what}, expected { name, fields }`, { where: `kind ${name}` });
    }
    for (const field of kind.fields) {
      if (typeof field?.name === "string") continue;
      const what = `a field is ${shownValue(field)}, expected { name, type }`;
      throw new SchemaError(what, { where: `kind ${name}` });
    }
  }
}
