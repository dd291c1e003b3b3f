import { type BlockEntry, type BlockTable, readBlockTable } from "../block/block_table.ts";
import {
  BLOCK_TABLE_NAME,
  EVENT_COUNTS_NAME,
  EVENT_TOPIC,
  FACTS_NAME,
  NAME_TOPIC,
  PREVIEW_TOPIC,
  SCHEMA_ENCODING,
  STATE_FACTS_NAME,
  STATE_TOPIC,
} from "../container/format.ts";
import type { ChunkIndex } from "../container/mcap_records.ts";
import { Section } from "../container/section.ts";
import type { RecordingIndex } from "../container/recording_index.ts";
import { readAttachment, readMetadata } from "../container/recording_parts.ts";
import { blockSeal } from "../facts/block_seal.ts";
import { readNames } from "../names/read_names.ts";
import { countsOf, factsOf } from "../facts/recording_facts.ts";
import type { RecordingContents } from "./recording_contents.ts";
import { RevisionChain } from "../revision/revision_chain.ts";
import type { RecordingSource } from "../container/sink.ts";

/**
 * What a recording holds by its index: nothing but that is read, and the names of entities.
 *
 * @throws {RecordingSyntaxError} when the index, or what it leads to, is damaged or is not ours
 */
export async function indexedContents(
  source: RecordingSource,
  index: RecordingIndex,
): Promise<RecordingContents> {
  const facts = await readMetadata(source, index.metadata.get(FACTS_NAME), FACTS_NAME);
  const countsPlace = index.metadata.get(EVENT_COUNTS_NAME);
  const counts = await readMetadata(source, countsPlace, EVENT_COUNTS_NAME);
  const tablePlace = index.attachments.get(BLOCK_TABLE_NAME);
  const table = await readAttachment(source, tablePlace, BLOCK_TABLE_NAME);
  const states = index.channels.filter((channel) => channel.topic === STATE_TOPIC);
  const stateChannels = states.map((channel) => channel.id);
  const stateChunks = chunksOf(index, new Set(stateChannels));
  const blockTable = table.section.parse(() => readBlockTable(table.data, stateChunks.length));
  const blocks = blocksOf(blockTable, stateChunks, stateChannels, table.section);
  assertOrder(blocks, table.section);
  const eventChannels = channelsOf(index, EVENT_TOPIC);
  const nameChannels = channelsOf(index, NAME_TOPIC);
  const revisions = readRevisions(source, index, states.map((channel) => channel.schemaId));
  return {
    format: index.format,
    revisions,
    schemaOffset: schemaPlaceOf(index, states.at(-1)?.schemaId),
    names: await readNames(source, chunksOf(index, nameChannels), nameChannels),
    stateChannels,
    stateChunks,
    messageAts: undefined,
    eventChunks: chunksOf(index, eventChannels),
    eventChannels,
    hasPreviews: index.channels.some((channel) => channel.topic === PREVIEW_TOPIC),
    blocks,
    eventCounts: countsOf(counts),
    facts: factsOf(facts),
    stateFacts: index.attachments.get(STATE_FACTS_NAME),
    blockSeal: () => blockSeal(index.contentCrc(), table.data),
    damage: undefined,
  };
}

function blocksOf(
  table: BlockTable,
  chunks: readonly ChunkIndex[],
  channels: readonly number[],
  section: Section,
): BlockEntry[] {
  const revisionOf = new Map(channels.map((channel, revision) => [channel, revision]));
  const blocks: BlockEntry[] = [];
  for (let index = 0; index < chunks.length; index++) {
    const { offset, length, channels } = chunks[index]!;
    const revision = channels.length === 1 ? revisionOf.get(channels[0]!) : undefined;
    if (revision === undefined) return section.refuse("a block shares its chunk", { offset });
    const firstFrame = table.firstFrames[index]!;
    blocks.push({
      firstFrame,
      lastFrame: (firstFrame + table.lengths[index]!) >>> 0,
      frameCount: table.frameCounts[index]!,
      firstTimeMs: table.firstTimesMs[index]!,
      lastTimeMs: table.lastTimesMs[index]!,
      minTimeMs: table.minTimesMs[index]!,
      index,
      offset,
      length,
      revision,
    });
  }
  return blocks;
}

function channelsOf(index: RecordingIndex, topic: string): Set<number> {
  const channels = index.channels.filter((channel) => channel.topic === topic);
  return new Set(channels.map((channel) => channel.id));
}

function chunksOf(index: RecordingIndex, channels: ReadonlySet<number>): ChunkIndex[] {
  const isOne = (channel: number) => channels.has(channel);
  return index.chunks.filter((chunk) => chunk.channels.some(isOne));
}

function schemaPlaceOf(
  { schemaPlaces, summaryStart }: RecordingIndex,
  id: number | undefined,
): number {
  return schemaPlaces.get(id ?? -1) ?? summaryStart;
}

function readRevisions(
  source: RecordingSource,
  index: RecordingIndex,
  schemaIds: readonly number[],
): RevisionChain {
  const chain = new RevisionChain();
  let before: Uint8Array | undefined;
  for (const id of schemaIds) {
    const section = new Section(`schema ${id}`, schemaPlaceOf(index, id), source.name);
    const record = index.schemas.get(id);
    if (record?.encoding !== SCHEMA_ENCODING) return section.refuse("the summary has none");
    section.parse(() => chain.add(record.data, before));
    before = record.data;
  }
  return chain;
}

/** Refuses frames that do not go forward or go around 2^32 twice, and revisions that go back. */
function assertOrder(blocks: readonly BlockEntry[], section: Section): void {
  let span = 0;
  blocks.forEach((block, i) => {
    const before = blocks[i - 1];
    const step = before === undefined ? 0 : (block.firstFrame - before.lastFrame) >>> 0;
    const length = (block.lastFrame - block.firstFrame) >>> 0;
    span += step + length;
    const isSound = (before === undefined || step > 0) && span <= 0xffffffff &&
      block.frameCount >= 1 && block.frameCount <= length + 1;
    if (!isSound) section.refuse(`block ${i} has frames ${block.firstFrame} to ${block.lastFrame}`);
    if (before !== undefined && block.revision < before.revision) {
      section.refuse(`block ${i} has revision ${block.revision} after ${before.revision}`);
    }
  });
}
