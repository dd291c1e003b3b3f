import { jsonInteger } from "../../core/json_integer.ts";
import type { Field, Schema } from "../../core/state/schema.ts";
import { STATE_FACTS_NAME } from "../container/format.ts";
import { exactJsonText, parseJson, utf8 } from "../container/json_text.ts";
import type { RecordPlace } from "../container/mcap_records.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import { readAttachment } from "../container/recording_parts.ts";
import type { RecordingSource } from "../container/sink.ts";
import type { StateFacts, StateFieldFacts, StateKindFacts } from "./state_facts.ts";

/** Version of the stored form; a reader leaves every other one alone. */
const VERSION = 1;

/** Most bytes of it: a recording of ever new kinds would have more. */
const BYTES_MAX = 1 << 20;

/**
 * Bytes of what the states of a recording hold; undefined when they would be too many. FORMAT.md,
 * "What the states hold".
 *
 * @param blocks seal of the blocks that hold them
 */
export function storedFactsBytes(facts: StateFacts, blocks: string): Uint8Array | undefined {
  const kinds = facts.kinds.map((kind) => ({ ...kind, fields: kind.fields.map(storedField) }));
  const bytes = utf8(exactJsonText({ version: VERSION, blocks, gaps: facts.gaps, kinds }));
  return bytes.length <= BYTES_MAX ? bytes : undefined;
}

/** Bytes of what the states hold; undefined where they are not, are damaged, or are too many. */
export async function readStoredBytes(
  source: RecordingSource,
  place: RecordPlace | undefined,
): Promise<Uint8Array | undefined> {
  if (place === undefined || place.length > 2 * BYTES_MAX) return undefined;
  try {
    return (await readAttachment(source, place, STATE_FACTS_NAME)).data;
  } catch (error) {
    if (error instanceof RecordingSyntaxError) return undefined;
    throw error;
  }
}

/**
 * Facts of their stored bytes; undefined unless they are whole and are those of these blocks.
 *
 * @param schema last revision of the schema
 */
export function readStoredFacts(
  bytes: Uint8Array,
  blocks: string,
  schema: Schema,
): StateFacts | undefined {
  try {
    const stored = parseJson(bytes) as StateFacts & { version: number; blocks: string };
    if (stored.version !== VERSION || stored.blocks !== blocks) return undefined;
    const known = new Map(schema.kinds.map(({ name, fields }) => [name, fields]));
    const kinds = stored.kinds.map((kind) => readKind(kind, known.get(kind.name)));
    assertNames(kinds, schema.kinds);
    for (const { name, fields } of kinds) assertNames(fields, known.get(name)!);
    return { gaps: count(stored.gaps), kinds };
  } catch {
    // Whatever it is, the blocks say the same.
    return undefined;
  }
}

interface Named {
  readonly name: string;
}

/** @throws {RangeError} for a name that is not known, or comes twice */
function assertNames(named: readonly Named[], known: readonly Named[]): void {
  const left = new Set(known.map(({ name }) => name));
  for (const { name } of named) if (!left.delete(name)) throw new RangeError("no such name");
}

function storedField({ min, max, step, optional, isDistinctExact, ...rest }: StateFieldFacts) {
  return {
    ...rest,
    ...(isDistinctExact ? {} : { isLowerBound: true }),
    ...(optional ? { optional } : {}),
    ...(min === undefined ? {} : { min: storedNumber(min), max: storedNumber(max!) }),
    ...(step === undefined ? {} : { step }),
  };
}

type StoredField = Record<string, unknown>;

function readKind(
  { name, entities, rows, fields }: StateKindFacts,
  known: readonly Field[] = [],
): StateKindFacts {
  const wide = new Set(known.filter(({ type }) => type === "u64").map(({ name }) => name));
  return {
    name: text(name),
    entities: countOf(entities, rows),
    rows: count(rows),
    fields: fields.map((field) =>
      readField(field as unknown as StoredField, rows, wide.has(field.name))
    ),
  };
}

function readField(
  { name, distinct, ...field }: StoredField,
  rows: number,
  isWide: boolean,
): StateFieldFacts {
  const [min, max] = [field["min"], field["max"]]
    .map((value) => value === undefined ? undefined : (isWide ? readInteger : readNumber)(value));
  const step = field["step"] === undefined ? undefined : readNumber(field["step"]);
  if ((min === undefined) !== (max === undefined) || min! > max!) throw new RangeError("no range");
  if (step !== undefined && !(step > 0)) throw new RangeError("no step");
  return {
    name: text(name),
    optional: field["optional"] === true,
    min,
    max,
    distinct: countOf(distinct, rows),
    isDistinctExact: field["isLowerBound"] !== true,
    step,
  };
}

/** JSON has no infinities: they are texts. */
function storedNumber(value: number | bigint): number | string {
  if (typeof value === "bigint") return jsonInteger(value);
  return Number.isFinite(value) ? value : String(value);
}

function readNumber(value: unknown): number {
  if (value === "Infinity" || value === "-Infinity") return Number(value);
  if (typeof value !== "number") throw new TypeError("no number");
  return value;
}

/** Mirror of {@linkcode jsonInteger}. */
function readInteger(value: unknown): bigint {
  if (typeof value === "number") return BigInt(count(value));
  if (!/^[1-9]\d{15,19}$/.test(text(value))) throw new TypeError("no integer");
  return BigInt(value as string);
}

function count(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new RangeError("no count");
  return value as number;
}

/** Number of different ones of so many. */
function countOf(value: unknown, rows: number): number {
  const different = count(value);
  if (different < 1 || different > rows) throw new RangeError("no such count");
  return different;
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("no text");
  return value;
}
