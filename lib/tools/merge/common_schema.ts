import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import { optionKey, remedy } from "../../core/remedy.ts";
import { type Field, type Kind, NAMES_MAX, type Schema } from "../../core/state/schema.ts";
import { commonField } from "./common_field.ts";
import { MergeError } from "./merge_error.ts";

/** A schema, and where it comes from. */
export interface NamedSchema {
  /** Name for messages, such as the path of a recording. */
  readonly name: string;
  /** The schema. */
  readonly schema: Schema;
}

/** A kind of one of the schemas. */
interface NamedKind {
  readonly name: string;
  readonly kind: Kind;
}

/**
 * Schema that holds every state of several: kinds and fields in the order of their first
 * appearance, each field as {@linkcode commonField} of all of them, and optional when one of the
 * schemas has the kind without it.
 *
 * @throws {MergeError} for a field that holds values of two sorts, and for more fields or kinds than
 *   fit
 */
export function commonSchema(schemas: readonly NamedSchema[]): Schema {
  const groups = new Map<string, NamedKind[]>();
  for (const { name, schema } of schemas) {
    for (const kind of schema.kinds) {
      const group = groups.get(kind.name);
      if (group === undefined) groups.set(kind.name, [{ name, kind }]);
      else group.push({ name, kind });
    }
  }
  if (groups.size > NAMES_MAX) {
    throw new MergeError(
      `there are ${groups.size} kinds in all, at most ${NAMES_MAX} fit`,
      remedy`cut one of the recordings with ${optionKey("kinds")} first`,
    );
  }
  return { kinds: Array.from(groups.values(), commonKind) };
}

function commonKind(group: readonly NamedKind[]): Kind {
  const { kind: { name } } = group[0]!;
  const fields = new Map<string, Field>();
  const origins = new Map<string, readonly [source: string, field: Field]>();
  for (const { name: source, kind } of group) {
    for (const field of kind.fields) {
      const before = fields.get(field.name);
      if (before === undefined) origins.set(field.name, [source, field]);
      const common = before === undefined ? field : commonField(before, field);
      if (common === undefined) {
        const [other, first] = origins.get(field.name)!;
        refuseSorts(name, [other, first], [source, field]);
      }
      fields.set(field.name, common);
    }
    if (fields.size > MASK_FIELDS_MAX) refuseFields(name, fields.size, source);
  }
  const isEverywhere = (field: string) =>
    group.every(({ kind }) => kind.fields.some((one) => one.name === field));
  return {
    name,
    fields: Array.from(fields.values(), (field) => {
      return field.optional || isEverywhere(field.name) ? field : { ...field, optional: true };
    }),
  };
}

type Source = readonly [name: string, field: Field];

function refuseSorts(kind: string, a: Source, b: Source): never {
  const field = a[1].name;
  throw new MergeError(
    `field ${JSON.stringify(field)} of kind ${JSON.stringify(kind)} is ${a[1].type} in ${a[0]} ` +
      `and ${b[1].type} in ${b[0]}, and no type holds both`,
    remedy`record one of them again with another name for it, or cut it out of one with ${
      optionKey("fields")
    }`,
  );
}

function refuseFields(kind: string, count: number, source: string): never {
  throw new MergeError(
    `kind ${JSON.stringify(kind)} has ${count} fields with those of ${source}, ` +
      `at most ${MASK_FIELDS_MAX} fit`,
    remedy`cut one of the recordings with ${optionKey("fields")} first`,
  );
}
