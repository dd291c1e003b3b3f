import type { Field, Schema } from "../../core/state/schema.ts";
import type { CheckedReading } from "./checked_reading.ts";
import type { FaultGroup } from "./fault_groups.ts";

/**
 * Schema by which fields that hold numbers and texts that spell numbers are numbers, and those with
 * integers that no number holds are texts.
 *
 * @param reading took the former for texts, and the latter for absent
 * @param seen what it found, or another one did
 */
export function mixedSchema(
  { mixed, groups }: CheckedReading,
  seen: Schema,
): Schema | undefined {
  const digits = groups.list.filter(({ code, kind, field }) =>
    code === "inexact-number" && kind !== undefined && field !== undefined
  );
  if (mixed.size === 0 && digits.length === 0) return undefined;
  const typed = (kind: string) => (field: Field): Field => {
    const isText = digits.some((group) => group.kind === kind && group.field === field.name);
    const type = isText ? "text" : mixed.get(kind)?.has(field.name) === true ? "f64" : undefined;
    if (type === undefined) return field;
    return { name: field.name, type, ...(field.optional ? { optional: true } : {}) };
  };
  const kinds = seen.kinds.map(({ name, fields }) => ({ name, fields: fields.map(typed(name)) }));
  for (const { kind: name, field } of digits) {
    let kind = kinds.find((one) => one.name === name);
    // One of whose values none was read, as of what stands beside the entities.
    if (kind === undefined) kinds.push(kind = { name: name!, fields: [] });
    if (kind.fields.some((other) => other.name === field)) continue;
    kind.fields.push({ name: field!, type: "text", optional: true });
  }
  return { kinds };
}

/**
 * Schema by which fields are texts that have integers of which no type of numbers holds all, or
 * texts beside them; undefined without such fields.
 */
export function digitsSchema({ integers }: CheckedReading, seen: Schema): Schema | undefined {
  let isOther = false;
  const typed = (kind: string) => (field: Field): Field => {
    if (field.type === "bool" || integers.get(kind)?.has(field.name) !== true) return field;
    isOther = true;
    return { name: field.name, type: "text", ...(field.optional ? { optional: true } : {}) };
  };
  const kinds = seen.kinds.map(({ name, fields }) => ({ name, fields: fields.map(typed(name)) }));
  return isOther ? { kinds } : undefined;
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
