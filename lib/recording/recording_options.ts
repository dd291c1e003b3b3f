import type { ReadonlyEntityNames } from "../core/names/entity_names.ts";
import { shownValue } from "../core/shown_value.ts";
import { assertSchema, type Schema } from "../core/state/schema.ts";
import { HALF_PAIR } from "./container/json_text.ts";
import {
  checkOptions,
  numberRule,
  type OptionRule,
  type OptionRules,
  TRUTH,
} from "./option_check.ts";
import { assertSchemaShape } from "./schema_shape.ts";

/** How a recording is written; everything may be left out. */
export interface RecordingOptions {
  /**
   * Schema of every frame, declared or inferred from the whole input. Without it each second of
   * frames is looked at before it is written, and the schema is widened when it has to be.
   */
  readonly schema?: Schema;
  /** Frames per second that the source aims at. */
  readonly rateHz?: number;
  /** Level of zstd, 1 (fast) to 22 (small); 15 when left out. */
  readonly level?: number;
  /**
   * Ids of the entities, which the recording keeps of each entity that it has; numbers are their own
   * ids when left out.
   */
  readonly names?: ReadonlyEntityNames;
  /** Facts about the source, such as game, map or licence, by name. */
  readonly source?: Readonly<Record<string, string>>;
  /** How the server replicates, by name: what `replicationFacts` of `./report` gives. */
  readonly replication?: Readonly<Record<string, string>>;
  /** How the server rewinds, by name: what `rewindFacts` of `./rewind` gives. */
  readonly rewind?: Readonly<Record<string, string>>;
  /** True to add the full state once a second as JSON, for viewers that know no blocks. */
  readonly preview?: boolean;
  /**
   * True when states that are the same object are the same state and never change, as those of
   * `readStates` and of {@linkcode FrameObjects}: they are then neither copied nor looked at
   * again. When left out, values are copied before `write` returns.
   */
  readonly sharesStates?: boolean;
  /**
   * True to make blocks in slices of about a millisecond and to compress them off the thread (on
   * Deno, whose zstd has none, in slices too), so that a loop goes on: for servers and live inputs.
   * Blocks then wait in memory for their turn, {@linkcode RecordingWriter.waitingBytes} of it; what
   * fails is told by the writes and flushes after it, and by `close`. When left out, a block is
   * made and handed to the sink within the call that completes it. Same records, in the same order.
   */
  readonly offThread?: boolean;
}

/** Rule of facts, whose names and texts {@linkcode assertFacts} looks at. */
const FACTS: OptionRule = {
  expected: "an object of texts by name",
  isType: (value) => Object.prototype.toString.call(value) === "[object Object]",
};

/** What the options of a recording may be. */
export const RECORDING_RULES: OptionRules<RecordingOptions> = {
  schema: {
    expected: "a schema, as the schema of defineSchema",
    isType: (value) => typeof value === "object" && value !== null,
  },
  rateHz: numberRule("frames per second, above 0", (rate) => rate > 0 && Number.isFinite(rate)),
  level: numberRule(
    "a level of zstd from 1 to 22",
    (level) => Number.isInteger(level) && level >= 1 && level <= 22,
  ),
  names: { expected: "EntityNames", isType: isNames },
  source: FACTS,
  replication: FACTS,
  rewind: FACTS,
  preview: TRUTH,
  sharesStates: TRUTH,
  offThread: TRUTH,
};

/**
 * Refuses options that no recording can be written with.
 *
 * @param rules of all options that there are
 * @throws {RangeError} for a value that is out of its range, {SchemaError} for such a schema
 * @throws {TypeError} for a key that is no option, a value of another type, facts that are no texts
 */
export function assertOptions<T extends RecordingOptions>(
  options: T,
  rules: OptionRules<T>,
): void {
  checkOptions(options, rules);
  const { schema, source, replication, rewind } = options;
  for (const [option, facts] of Object.entries({ source, replication, rewind })) {
    assertFacts(option, facts ?? {});
  }
  if (schema === undefined) return;
  assertSchemaShape(schema);
  assertSchema(schema);
}

function assertFacts(option: string, facts: Readonly<Record<string, unknown>>): void {
  for (const [name, fact] of Object.entries(facts)) {
    const where = `${option} has ${shownValue(name)}: ${shownValue(fact)}`;
    if (typeof fact !== "string") throw new TypeError(`${where}, expected a text`);
    if (name.isWellFormed() && fact.isWellFormed()) continue;
    throw new TypeError(`${where}, which is no Unicode: ${HALF_PAIR}`);
  }
}

function isNames(value: unknown): boolean {
  const { list, idOf, placeOf, entitiesOf } = Object(value) as Record<string, unknown>;
  return Array.isArray(list) && [idOf, placeOf, entitiesOf].every((f) => typeof f === "function");
}

/** What was written, said when a recording is closed. */
export interface RecordingSummary {
  /** Number of frames. */
  readonly frames: number;
  /** Number of events. */
  readonly events: number;
  /** Number of blocks. */
  readonly blocks: number;
  /** Number of schema revisions. */
  readonly revisions: number;
  /** Length of the recording in bytes. */
  readonly bytes: number;
}
