import type { Field, Kind, Schema } from "../../core/state/schema.ts";

/** A field that a revision adds or changes: all of it, or the texts that its enum gains. */
export interface AddedField extends Field {
  /** Texts that follow those of the revision before; the other members hold as they stand. */
  readonly more?: readonly string[];
}

/** A kind that a revision adds or changes, with its new and changed fields. */
export interface AddedKind {
  /** Name of the kind. */
  readonly name: string;
  /** Fields that are new, after all others, or changed, in their place. */
  readonly fields: readonly AddedField[];
}

/**
 * What a schema adds to another.
 *
 * @returns undefined when it is no addition: a kind or a field is gone or stands elsewhere
 */
export function addedKinds(before: Schema, after: Schema): AddedKind[] | undefined {
  const added: AddedKind[] = [];
  if (after.kinds.length < before.kinds.length) return undefined;
  for (let k = 0; k < after.kinds.length; k++) {
    const old = before.kinds[k];
    const kind = after.kinds[k]!;
    if (old === kind) continue;
    const fields = old === undefined ? kind.fields : addedFields(old, kind);
    if (fields === undefined) return undefined;
    if (old === undefined || fields.length > 0) added.push({ name: kind.name, fields });
  }
  return added;
}

/**
 * True when an addition moves or widens words of rows: all but new kinds and more texts. A new kind
 * with a text field counts as well, because blocks then begin with a list of texts.
 *
 * @param kindOf kind of a name as it was before
 */
export function changesRows(
  added: readonly AddedKind[],
  kindOf: (name: string) => Kind | undefined,
): boolean {
  return added.some(({ name, fields }) => {
    const kind = kindOf(name);
    if (kind === undefined) return fields.some((field) => field.type === "text");
    return fields.some((field) => {
      const before = kind.fields.find((one) => one.name === field.name);
      return field.more === undefined || (before?.optional === true) !== (field.optional === true);
    });
  });
}

/** Number of kinds and fields of a schema: what a revision that changes rows costs a reader. */
export function countNames(schema: Schema): number {
  return schema.kinds.reduce((sum, kind) => sum + 1 + kind.fields.length, 0);
}

function addedFields(before: Kind, after: Kind): AddedField[] | undefined {
  if (before.name !== after.name || after.fields.length < before.fields.length) return undefined;
  const added: AddedField[] = [];
  for (let f = 0; f < after.fields.length; f++) {
    const old = before.fields[f];
    const field = after.fields[f]!;
    if (old === field) continue;
    if (old === undefined) added.push(field);
    else if (old.name !== field.name) return undefined;
    else {
      const change = addedField(old, field);
      if (change !== undefined) added.push(change);
    }
  }
  return added;
}

/** The change of a field; undefined when there is none. */
function addedField(before: Field, after: Field): AddedField | undefined {
  const isOptional = after.optional === true;
  const isSame = before.type === after.type && (before.optional === true) === isOptional;
  if (before.type !== "enum" || after.type !== "enum") {
    return isSame && before.step === after.step ? undefined : after;
  }
  const old = before.values ?? [];
  const values = after.values ?? [];
  if (!old.every((text, i) => text === values[i])) return after;
  const more = values.slice(old.length);
  if (isSame && more.length === 0) return undefined;
  return { name: after.name, type: "enum", more, ...(isOptional ? { optional: true } : {}) };
}
