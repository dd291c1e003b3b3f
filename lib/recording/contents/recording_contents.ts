import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { BlockEntry } from "../block/block_table.ts";
import type { ChunkIndex, RecordPlace } from "../container/mcap_records.ts";
import type { RecordingFacts } from "../facts/recording_facts.ts";
import type { RevisionChain } from "../revision/revision_chain.ts";
import type { RecordingDamage } from "./recording_damage.ts";

/** What opening a recording yields. */
export interface RecordingContents {
  /** Version of the file format. */
  readonly format: number;
  /** Revisions of the schema. */
  readonly revisions: RevisionChain;
  /** Byte of the file at which the schema of the last lies. */
  readonly schemaOffset: number;
  /** Ids of the entities. */
  readonly names: ReadonlyEntityNames;
  /** Byte from which on ids may be lost; undefined where none are. */
  readonly namesLostFrom?: number | undefined;
  /** Channel of each schema revision. */
  readonly stateChannels: readonly number[];
  /** Chunk of each block, in the order of `blocks`. */
  readonly stateChunks: readonly ChunkIndex[];
  /** Byte of each block's message in its chunk; undefined where every block has its own chunk. */
  readonly messageAts: readonly number[] | undefined;
  /** Chunks with events, in the order of the file. */
  readonly eventChunks: readonly ChunkIndex[];
  /** Channels with events. */
  readonly eventChannels: ReadonlySet<number>;
  /** True when it has states as JSON for viewers. */
  readonly hasPreviews: boolean;
  /** Blocks in the order of their frames. */
  readonly blocks: readonly BlockEntry[];
  /** Number of events by name. */
  readonly eventCounts: ReadonlyMap<string, number>;
  /** What the writer was told of the source. */
  readonly facts: RecordingFacts;
  /** Where the writer has left what the states hold; undefined where it has not. */
  readonly stateFacts: RecordPlace | undefined;
  /** What the blocks are known by. */
  readonly blockSeal: () => string;
  /** What of the file is not there; undefined when it is whole. */
  readonly damage: RecordingDamage | undefined;
}
