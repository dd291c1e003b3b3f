import type { ReadonlyEntityNames } from "../core/names/entity_names.ts";
import type { Schema } from "../core/state/schema.ts";

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
