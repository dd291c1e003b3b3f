import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import { readVectorText } from "../../core/vector_text.ts";
import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import { type DecimalMark, markRemedy } from "../input/decimal_mark.ts";
import { FRAME_ENTITY } from "../input/row_kind.ts";
import { crowdedPaths } from "../input/crowded_paths.ts";
import type { Density } from "../input/density.ts";
import { excerpt } from "../input/excerpt.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";
import { inexactNumber } from "../rows/exact_number.ts";
import { textRemedy } from "./spelt_numbers.ts";
import { isNumberText } from "./text_facts.ts";

/** What makes a field of a schema one that rows may lack. */
export const OPTIONAL_REMEDY: Remedy = remedy`declare it with "optional": true in a ${
  optionKey("schema")
} file`;

/** What makes null a value that a field of a schema may have. */
const NULL_REMEDY: Remedy = remedy`${OPTIONAL_REMEDY}, where null is absence`;

const NO_NUMBER = /^\s*[+-]?(?:nan|inf|infinity|nan\(.*\)|1\.#.*)\s*$/i;

/** Fields of a kind that are named where there are too many. */
const NAMED_MAX = 4;
/** Fields of a kind that are named to be left out. */
const LEFT_OUT_MAX = 16;
/** Fields of a kind that a fault keeps of those to leave out. */
const PATHS_MAX = 256;

/** What a fault says of a table. */
interface FaultyTable {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly origin: string }[];
}

/** What a fault says of a row. */
interface FaultyRow {
  /** Names of what it has, the first `count` of them. */
  readonly names: readonly string[];
  readonly count: number;
  /** Its values, where they are at hand. */
  readonly values?: readonly unknown[];
  path(name: string): string;
}

/** Refuses a field that a schema does not have. @throws {RowFault} always */
export function refuseExtra({ name: kind }: FaultyTable, row: FaultyRow, field: string): never {
  throw new RowFault(
    `the kind ${excerpt(kind)} has no field ${excerpt(field)} by the schema`,
    OPTIONAL_REMEDY,
    { path: row.path(field), part: "key" },
    { code: "field-undeclared", kind, field },
  );
}

/** Refuses a row that lacks what a schema wants. @throws {RowFault} always */
export function refuseMissing({ name: kind }: FaultyTable, field: string, density: Density): never {
  const lacks = `lacks the field ${excerpt(field)}, which the kind ${
    excerpt(kind)
  } has by the schema`;
  const sort = { code: "field-missing", kind, field };
  throw density === "sparse"
    ? new RowFault(
      `the first row of an entity ${lacks}`,
      remedy`send all fields when an entity appears, or ${OPTIONAL_REMEDY}`,
      undefined,
      sort,
    )
    : new RowFault(
      `the row ${lacks}`,
      remedy`${OPTIONAL_REMEDY}, or use ${optionKey("sparse")} if rows hold only what changed`,
      undefined,
      sort,
    );
}

/** Refuses a field above those that a kind may have. @throws {RowFault} always */
export function refuseFieldCount(
  { name: kind, fields }: FaultyTable,
  row: FaultyRow,
): never {
  const names = fieldNames(row);
  const crowds = crowdedPaths([...new Set([...fields.map(({ name }) => name), ...names.keys()])]);
  for (const { name } of fields) names.delete(name);
  const added = [...names.keys()];
  const first = added.slice(0, NAMED_MAX).map(excerpt).join(", ");
  const paths = crowds.length > 0 ? crowds : singlePaths([...new Set(names.values())]);
  const more = added.length > NAMED_MAX ? ` and ${added.length - NAMED_MAX} more` : "";
  throw new RowFault(
    `with ${first}${more} the kind ${excerpt(kind)} has ${
      fields.length + added.length
    } fields, at most ${MASK_FIELDS_MAX} fit`,
    crowdRemedy(kind, crowds, paths),
    { path: row.path(names.get(added[0]!)!), part: "key" },
    { code: "fields-max", kind, field: crowds[0], leaveOut: paths.length > 0 ? paths : undefined },
  );
}

/**
 * Names of the fields that a row makes of what it has, none of null and several of a vector, and of
 * what each is made.
 */
function fieldNames({ names, count, values }: FaultyRow): Map<string, string> {
  const fields = new Map<string, string>();
  for (let i = 0; i < count; i++) {
    const name = names[i]!;
    const value = values?.[i];
    if (value === null) continue;
    const vector = typeof value === "string" ? readVectorText(value) : undefined;
    if (vector === undefined) fields.set(name, name);
    else for (const part of vector.names.split(",")) fields.set(`${name}.${part}`, name);
  }
  return fields;
}

/** Fields as a list of paths names them; none where it cannot, or there are too many. */
function singlePaths(fields: readonly string[]): readonly string[] {
  const isListed = (field: string) => !/[,\p{Cc}]|^\s|\s$/u.test(field);
  return fields.length <= PATHS_MAX && fields.every(isListed) ? fields : [];
}

function crowdRemedy(
  kind: string,
  crowds: readonly string[],
  added: readonly string[],
): Remedy {
  const leaveOut = optionKey("leaveOut");
  const other = kind === FRAME_ENTITY
    ? remedy`name the places of entities with ${optionKey("entities")}`
    : remedy`split the entity into two, each with its own id and kind`;
  const isNamed = added.length > 0 && added.length <= LEFT_OUT_MAX &&
    !added.some((field) => /[\s"']/.test(field));
  const named = isNamed ? ` ${added.join(",")}` : "";
  return crowds.length === 0
    ? remedy`${other}, or leave fields out with ${leaveOut}${named}`
    : remedy`leave out what is not needed with ${leaveOut} ${crowds.join(",")}, or ${other}`;
}

/** Refuses a name above the limit. @throws {RowFault} */
export function refuseLongName(row: FaultyRow, name: string, what: string): void {
  if (name.length <= INPUT_LIMITS.nameLength) return;
  throw new RowFault(
    `the name of ${what} has ${name.length} characters, at most ${INPUT_LIMITS.nameLength} are kept`,
    remedy`shorten it`,
    { path: row.path(name), part: "key" },
    { code: "too-long" },
  );
}

/** Why a field does not take another type. */
export const KEEP = "a field keeps its type";

/** What the values of a category are called. */
export function categoryName(category: ValueCategory): string {
  return category === "integer64" ? "an integer from 0 to 2^64 - 1 (u64)" : `a ${category}`;
}

/** Remedy for a cell that is of another category than its field. */
export function cellRemedy(
  cell: string,
  category: ValueCategory,
  mark: DecimalMark | undefined,
  isDeclared: boolean,
): Remedy {
  return (category === "number" ? markRemedy(cell, mark) : undefined) ??
    noNumberRemedy(cell, isDeclared) ??
    (category === "text"
      ? remedy`${KEEP}: give the other one another name`
      : remedy`${KEEP}: declare it as an enum in a ${optionKey("schema")} file to have texts`);
}

/** Remedy for a value of JSON that is of another category than its field. */
export function valueRemedy(
  value: unknown,
  category: ValueCategory,
  isDeclared: boolean,
): Remedy | undefined {
  if (value === null) return NULL_REMEDY;
  if (typeof value !== "string") return undefined;
  if (category !== "number" || !isNumberText(value)) return noNumberRemedy(value, isDeclared);
  const fault = inexactNumber(Number(value), value);
  if (fault !== undefined) {
    return remedy`no number holds it: ${fault.remedy}, or ${textRemedy(value, "values")}`;
  }
  return remedy`declare it as a number in a ${
    optionKey("schema")
  } file, which takes both, or give the other another name`;
}

/** Remedy for a text that says that there is no number. */
function noNumberRemedy(text: string, isDeclared: boolean): Remedy | undefined {
  if (!NO_NUMBER.test(text)) return undefined;
  const advice = `a field has no ${text.trim()}: leave it out where there is no value`;
  return isDeclared ? remedy`${advice} and ${OPTIONAL_REMEDY}` : remedy`${advice}`;
}
