import type { Schema } from "../core/state/schema.ts";
import { writeBlockTable } from "./block/block_table.ts";
import {
  BLOCK_TABLE_MEDIA_TYPE,
  BLOCK_TABLE_NAME,
  EVENT_COUNTS_NAME,
  STATE_FACTS_MEDIA_TYPE,
  STATE_FACTS_NAME,
} from "./container/format.ts";
import type { McapOutput } from "./container/mcap_output.ts";
import { sealMembers } from "./container/metadata_facts.ts";
import { blockSeal } from "./facts/block_seal.ts";
import { storedFactsBytes } from "./facts/stored_facts.ts";
import { countMembers, factMembers, type RecordingFacts } from "./facts/recording_facts.ts";
import type { RecordingOptions } from "./recording_options.ts";
import { schemaHash } from "./revision/schema_record.ts";
import type { StateStream } from "./state_stream.ts";

/** What options say of a recording besides its states. */
export function factsOfOptions(options: RecordingOptions): RecordingFacts {
  const { rateHz, source = {}, replication = {}, rewind = {} } = options;
  return {
    rateHz,
    source: new Map(Object.entries(source)),
    replication: new Map(Object.entries(replication)),
    rewind: new Map(Object.entries(rewind)),
  };
}

/**
 * What the metadata says that is written with the first frame.
 *
 * @param frame the first frame; undefined when there is none
 */
export function beginningMembers(
  facts: RecordingFacts,
  schema: Schema | undefined,
  frame: number | undefined,
): Map<string, string> {
  const hash = schema === undefined ? undefined : schemaHash(schema);
  return sealMembers(factMembers(facts, { frame, schemaHash: hash }));
}

/** Writes what is known when no frame follows, and the indexes and the footer of the file. */
export function writeEnd(
  output: McapOutput,
  states: StateStream,
  eventCounts: ReadonlyMap<string, number>,
): void {
  output.metadata(EVENT_COUNTS_NAME, sealMembers(countMembers(eventCounts)));
  const table = writeBlockTable(states.spans);
  output.attachment(BLOCK_TABLE_NAME, BLOCK_TABLE_MEDIA_TYPE, table);
  const { facts } = states;
  const bytes = facts && storedFactsBytes(facts, blockSeal(output.contentCrc, table));
  if (bytes !== undefined) output.attachment(STATE_FACTS_NAME, STATE_FACTS_MEDIA_TYPE, bytes);
  output.end();
}
