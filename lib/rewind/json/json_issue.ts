import type * as v from "valibot";
import { wordRemedy } from "../../core/names/nearest_word.ts";

/** What of a schema of valibot says which keys an object has. */
interface SchemaPart {
  readonly type: string;
  readonly entries?: Readonly<Record<string, SchemaPart>>;
  readonly wrapped?: SchemaPart;
  readonly item?: SchemaPart;
  readonly value?: SchemaPart;
  readonly options?: readonly unknown[];
  readonly key?: string;
  readonly literal?: unknown;
}

type Issue = v.BaseIssue<unknown>;

/**
 * What is wrong with a JSON value and where, ` at kinds.player: ...`, with all right keys where one is
 * unknown or missing.
 *
 * @param schema by which it was read
 * @param issues of which an unknown key is told before one that is missing, as it may stand for it
 */
export function issueText(
  schema: v.GenericSchema,
  value: unknown,
  issues: readonly [Issue, ...Issue[]],
): string {
  const issue = issues.find(isUnknownKey) ?? issues[0];
  const path = issue.path ?? [];
  const isOfKey = issue.type === "strict_object" && path.at(-1)?.type === "object" &&
    (isUnknownKey(issue) || issue.received === "undefined");
  if (!isOfKey) return placeOf(path) + issue.message;
  const keys = keysAt(schema as unknown as SchemaPart, value, path.slice(0, -1));
  const key = String(path.at(-1)!.key);
  const place = placeOf(path.slice(0, -1));
  if (!isUnknownKey(issue)) return `${place}the key ${key} is missing; keys are ${keys.join(", ")}`;
  return `${place}there is no key ${JSON.stringify(key)}; ${wordRemedy(key, keys, "keys")}`;
}

function isUnknownKey({ expected, type }: Issue): boolean {
  return type === "strict_object" && expected === "never";
}

function placeOf(path: readonly v.IssuePathItem[]): string {
  return path.length === 0 ? ": " : ` at ${path.map(({ key }) => String(key)).join(".")}: `;
}

/** Keys that an object may have at a path of a value. */
function keysAt(
  schema: SchemaPart,
  value: unknown,
  path: readonly v.IssuePathItem[],
): readonly string[] {
  const part = bareOf(schema, value);
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(part.entries ?? {});
  const next = part.entries?.[String(step.key)] ?? part.item ?? part.value;
  return next === undefined ? [] : keysAt(next, step.value, rest);
}

/** A schema without what wraps it; of several, the one of objects that is meant by a value. */
function bareOf(schema: SchemaPart, value: unknown): SchemaPart {
  if (schema.wrapped !== undefined) return bareOf(schema.wrapped, value);
  if (schema.type !== "variant" && schema.type !== "union") return schema;
  const options = (schema.options ?? []) as readonly SchemaPart[];
  const told = schema.key === undefined
    ? undefined
    : (value as Readonly<Record<string, unknown>>)[schema.key];
  const meant = options.find(({ entries }) =>
    entries !== undefined &&
    (schema.key === undefined || entries[schema.key]?.literal === told)
  );
  return meant ?? schema;
}
