import type { ReadonlyEntityNames } from "../core/names/entity_names.ts";
import { assertSchema, type Schema } from "../core/state/schema.ts";

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

/**
 * Refuses options that no recording can be written with.
 *
 * @throws {RangeError} for a rate or a level that is none, {SchemaError} for such a schema
 */
export function assertOptions(options: RecordingOptions): void {
  const { rateHz, level, schema, source = {}, replication = {}, rewind = {} } = options;
  for (const [option, facts] of Object.entries({ source, replication, rewind })) {
    for (const [name, fact] of Object.entries(facts)) {
      if (typeof fact === "string") continue;
      throw new TypeError(`${option} has ${name}: ${fact}, expected a text`);
    }
  }
  if (rateHz !== undefined && !(rateHz > 0 && Number.isFinite(rateHz))) {
    throw new RangeError(`Rate is ${rateHz} Hz, expected a number above 0`);
  }
  if (level !== undefined && !(Number.isInteger(level) && level >= 1 && level <= 22)) {
    throw new RangeError(`Compression level is ${level}, expected 1 to 22`);
  }
  if (schema !== undefined) assertSchema(schema);
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
