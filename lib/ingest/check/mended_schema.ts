import type { Field, Schema } from "../../core/state/schema.ts";
import type { InputNote } from "../input/input_note.ts";
import type { FieldCounts } from "./check_mender.ts";
import type { CheckedReading } from "./checked_reading.ts";
import type { FaultGroup } from "./fault_groups.ts";

/** Share of a field's values that have to be none of its numbers to make texts of them all. */
const TEXT_SHARE = 0.05;

/**
 * Schema by which fields that hold numbers and texts that spell numbers are numbers, and those with
 * many integers that no number holds are texts.
 *
 * @param reading took the former for texts, and the latter for absent
 * @param seen what it found, or another one did
 */
export function mixedSchema(reading: CheckedReading, seen: Schema): Schema | undefined {
  const { mixed, inexact } = reading;
  let isOther = false;
  const typed = (kind: string) => (field: Field): Field => {
    const isText = isOften(reading, inexact, kind, field.name);
    const type = isText ? "text" : mixed.get(kind)?.has(field.name) === true ? "f64" : undefined;
    if (type === undefined) return field;
    isOther = true;
    return { name: field.name, type, ...(field.optional ? { optional: true } : {}) };
  };
  const kinds = seen.kinds.map(({ name, fields }) => ({ name, fields: fields.map(typed(name)) }));
  for (const [name, counts] of inexact) {
    for (const field of counts.keys()) {
      let kind = kinds.find((one) => one.name === name);
      // One of whose values none was read, as of what stands beside the entities.
      if (kind === undefined) kinds.push(kind = { name, fields: [] });
      if (kind.fields.some((other) => other.name === field)) continue;
      isOther = true;
      kind.fields.push({ name: field, type: "text", optional: true });
    }
  }
  return isOther ? { kinds } : undefined;
}

/**
 * Schema by which fields are texts that have many integers of which no type of numbers holds all,
 * or texts beside them; undefined without such fields.
 */
export function digitsSchema(reading: CheckedReading, seen: Schema): Schema | undefined {
  const { integers } = reading;
  let isOther = false;
  const typed = (kind: string) => (field: Field): Field => {
    if (field.type === "bool" || integers.get(kind)?.has(field.name) !== true) return field;
    if (isNumber(field) && !isOften(reading, integers, kind, field.name)) return field;
    isOther = true;
    return { name: field.name, type: "text", ...(field.optional ? { optional: true } : {}) };
  };
  const kinds = seen.kinds.map(({ name, fields }) => ({ name, fields: fields.map(typed(name)) }));
  return isOther ? { kinds } : undefined;
}

/** Notes on the fields of numbers that a schema makes texts. */
export function textNotes({ inference }: CheckedReading, schema: Schema): InputNote[] {
  return inference.schema().kinds.flatMap(({ name: kind, fields }) => {
    const declared = schema.kinds.find(({ name }) => name === kind)?.fields ?? [];
    const isText = ({ name }: Field) =>
      declared.some((field) => field.name === name && field.type === "text");
    return fields.filter((field) => isNumber(field) && isText(field)).map(({ name }) => ({
      code: "numbers-as-texts",
      problem: `the field ${JSON.stringify(name)} of ${
        JSON.stringify(kind)
      } becomes a text by the schema, with all of its numbers: no type of numbers holds all of them`,
    }));
  });
}

function isNumber({ type }: Field): boolean {
  return type !== "text" && type !== "enum" && type !== "bool";
}

/** True for a field of which a good share of values is counted, which are none of those read. */
function isOften(
  { inference }: CheckedReading,
  counts: FieldCounts,
  kind: string,
  field: string,
): boolean {
  const count = counts.get(kind)?.get(field) ?? 0;
  return count > 0 && count >= (count + inference.valuesOf(kind, field)) * TEXT_SHARE;
}

/** A declared schema, with what rows have beside it, and other types where values do not fit. */
export function mendedSchema(
  declared: Schema,
  seen: Schema,
  groups: readonly FaultGroup[],
): Schema {
  const misfit = new Set(
    groups.filter(({ code }) => code === "field-misfit" || code === "field-type")
      .map(({ kind, field }) => JSON.stringify([kind, field])),
  );
  const kinds = declared.kinds.map((kind) => {
    const other = seen.kinds.find(({ name }) => name === kind.name);
    if (other === undefined) return kind;
    const others = new Map(other.fields.map((field) => [field.name, field]));
    const known = new Set(kind.fields.map(({ name }) => name));
    const fields = kind.fields.map((field): Field => {
      const now = others.get(field.name);
      const base = now !== undefined && misfit.has(JSON.stringify([kind.name, field.name]))
        ? now
        : field;
      const isOptional = field.optional === true || now === undefined || now.optional === true;
      return isOptional ? { ...base, optional: true } : base;
    });
    return { ...kind, fields: [...fields, ...other.fields.filter(({ name }) => !known.has(name))] };
  });
  const named = new Set(kinds.map(({ name }) => name));
  return { kinds: [...kinds, ...seen.kinds.filter(({ name }) => !named.has(name))] };
}

/** A schema without kinds that only lines have that are skipped, but for those that are declared. */
export function recordedSchema(
  schema: Schema,
  declared: Schema | undefined,
  recorded: Schema,
): Schema {
  const kinds = [...recorded.kinds, ...declared?.kinds ?? []];
  return { kinds: schema.kinds.filter(({ name }) => kinds.some((kind) => kind.name === name)) };
}
