import { ByteReader } from "../../core/bytes/bytes.ts";
import { type BlockTable, readBlockTable } from "../block/block_table.ts";
import type { RecordingContents } from "../contents/recording_contents.ts";
import type { DamageFault, LostFrames, RecordingDamage } from "../contents/recording_damage.ts";
import {
  BLOCK_TABLE_NAME,
  EVENT_COUNTS_NAME,
  FACTS_NAME,
  FORMAT_VERSION,
} from "../container/format.ts";
import type { RecordPlace } from "../container/mcap_records.ts";
import { readAttachment, readMetadata } from "../container/recording_parts.ts";
import type { RecordingSource } from "../container/sink.ts";
import { countsOf, factsOf } from "../facts/recording_facts.ts";
import { ChunkSurvey } from "./chunk_survey.ts";
import type { DamageLog } from "./damage_log.ts";
import { FoundChannels } from "../definitions/found_channels.ts";
import type { FoundRecord } from "../definitions/found_record.ts";
import { noteNext } from "./file_rest.ts";
import type { KeptBlocks } from "./found_blocks.ts";
import { lostByPlace, lostByTable } from "./lost_frames.ts";
import { UNKNOWN_FORMAT } from "./almost_header.ts";

/** Most blocks of a table that is read without knowing how many there are. */
const TABLE_BLOCKS_MAX = 1 << 22;

/** How the records of a recording were found. */
export interface SurveyedFile {
  /** Version of the file format; undefined where its record of facts alone can say it. */
  readonly format: number | undefined;
  /** Byte of the file at which its records begin. */
  readonly start: number;
  /** What is at fault with a header of which nothing is there. */
  readonly lacksHeader: DamageFault | undefined;
  /** True when schemas and channels are those that were written, by a CRC. */
  readonly isProven: boolean;
  /** True when our recorder wrote the records in their order, and no other program anew. */
  readonly isOurs: boolean;
  /** Records, schemas and channels before the chunks that need them. */
  readonly records: Iterable<FoundRecord> | AsyncIterable<FoundRecord>;
}

/** What a recording holds by its chunks, all of which are read: those that are damaged are left out. */
export async function surveyedContents(
  source: RecordingSource,
  { format, isOurs, isProven, lacksHeader, records, start }: SurveyedFile,
  log: DamageLog,
): Promise<RecordingContents> {
  const channels = new FoundChannels(isOurs);
  const survey = new ChunkSurvey(source, channels, log, isOurs);
  const places = new Map<string, RecordPlace>();
  for await (const record of records) {
    if (record.type === "schema") channels.addSchema(record.schema, record.offset);
    else if (record.type === "channel") {
      if (isOurs && !isProven && channels.isOfOther(record.channel)) {
        log.hasAllData = false;
        noteNext(record.offset, log);
        break;
      }
      channels.addChannel(record.channel, record.offset, isProven);
    } else if (record.type === "chunk") await survey.add(record.chunk);
    else if (record.type === "messageIndex" && isOurs) survey.addIndex(record);
    else if (record.type !== "messageIndex") {
      const key = `${record.type} ${record.name}`;
      // What stands before the blocks says what they are, and not what may stand behind.
      if (record.name !== FACTS_NAME || !places.has(key)) places.set(key, record.place);
    }
  }
  const [facts, counts] = [
    await readMembers(source, places, FACTS_NAME, log),
    await readMembers(source, places, EVENT_COUNTS_NAME, log),
  ];
  const hasParts = survey.blocks.count > 0 || survey.eventChunks.length > 0;
  if (isOurs && hasParts && !places.has(`metadata ${FACTS_NAME}`)) {
    const fault = { section: `metadata ${FACTS_NAME}`, offset: start, problem: "it is lost" };
    log.add(fault, undefined, "nothing");
  }
  // The facts stand behind the header: where they are gone as well, frames may be.
  if (lacksHeader !== undefined) {
    log.add(lacksHeader, undefined, facts === undefined ? "anything" : "nothing");
  }
  // Our recorder counts its events when it has written all else.
  if (isOurs && counts !== undefined) log.hasAllData = true;
  const table = await readTable(source, places.get(`attachment ${BLOCK_TABLE_NAME}`), log);
  const { chain, channels: stateChannels, offset: schemaOffset } = channels.revisions();
  for (const { offset, problem } of channels.refusals()) {
    log.add({ section: "schema", offset, problem }, undefined, "nothing");
  }
  const kept = survey.blocks.keep(stateChannels, (channel) => channels.refusal(channel), log);
  const expected = counts && countsOf(counts);
  survey.leaveOutRepeated(expected);
  const damage = damageOf(log, kept, table, lostEventsOf(survey.eventCounts, expected, log));
  return {
    format: format ?? formatOf(facts),
    revisions: chain,
    schemaOffset,
    names: survey.names.names,
    namesLostFrom: channels.has("names") || survey.names.names.list.length > 0
      ? log.namesLostFrom
      : undefined,
    stateChannels,
    stateChunks: kept.chunks,
    messageAts: kept.messageAts,
    eventChunks: survey.eventChunks,
    eventChannels: new Set(channels.of("event")),
    hasPreviews: channels.has("preview"),
    blocks: kept.entries,
    eventCounts: survey.eventCounts,
    facts: factsOf(facts ?? new Map()),
    stateFacts: undefined,
    blockSeal: () => "",
    damage,
  };
}

function formatOf(facts: ReadonlyMap<string, string> | undefined): number {
  const format = Number(facts?.get("format"));
  return format >= 1 && format <= FORMAT_VERSION ? format : UNKNOWN_FORMAT;
}

async function readMembers(
  source: RecordingSource,
  places: ReadonlyMap<string, RecordPlace>,
  name: string,
  log: DamageLog,
): Promise<Map<string, string> | undefined> {
  const place = places.get(`metadata ${name}`);
  if (place === undefined) return undefined;
  const read = () => readMetadata(source, place, name);
  return await log.attempt(read, (fault) => log.add(fault, place, "nothing"));
}

async function readTable(
  source: RecordingSource,
  place: RecordPlace | undefined,
  log: DamageLog,
): Promise<BlockTable | undefined> {
  if (place === undefined) return undefined;
  return await log.attempt(async () => {
    const { data, section } = await readAttachment(source, place, BLOCK_TABLE_NAME);
    return section.parse(() => {
      const count = new ByteReader(data).varint();
      if (count > TABLE_BLOCKS_MAX) section.refuse(`the table has ${count} blocks`);
      return readBlockTable(data, count);
    });
  }, (fault) => log.add(fault, place, "nothing"));
}

/** Number of events that are lost; undefined where nobody knows. */
function lostEventsOf(
  found: ReadonlyMap<string, number>,
  expected: ReadonlyMap<string, number> | undefined,
  log: DamageLog,
): number | undefined {
  if (expected === undefined) {
    return log.mayLackEvents || hasTornPart(log) ? undefined : 0;
  }
  const sum = (counts: ReadonlyMap<string, number>) =>
    [...counts.values()].reduce((sum, count) => sum + count, 0);
  return Math.max(0, sum(expected) - sum(found));
}

/** True when what the end of the file belongs to may have held frames and events. */
function hasTornPart({ hasAllData, unfinishedBytes }: DamageLog): boolean {
  return unfinishedBytes > 0 && !hasAllData;
}

function damageOf(
  log: DamageLog,
  { entries }: KeptBlocks,
  table: BlockTable | undefined,
  lostEvents: number | undefined,
): RecordingDamage | undefined {
  const byTable = table && lostByTable(table, entries);
  const lost: readonly LostFrames[] = byTable ??
    lostByPlace(entries, hasTornPart(log) ? [...log.blockOffsets, Infinity] : log.blockOffsets);
  const isWhole = log.count === 0 && !log.isCut && lost.length === 0 && lostEvents === 0;
  if (isWhole) return undefined;
  const isKnown = lost.every(({ known }) => known !== undefined);
  return {
    isCut: log.isCut,
    hasAllData: log.hasAllData,
    unfinishedBytes: log.unfinishedBytes,
    leftOutBytes: log.leftOutBytes,
    faults: [...log.faults].sort((a, b) => a.offset - b.offset),
    faultCount: log.count,
    lost,
    lostIds: 0,
    lostFrames: isKnown ? lost.reduce((sum, { known }) => sum + known!.frames, 0) : undefined,
    lostEvents,
  };
}
