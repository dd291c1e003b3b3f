import type { TypedMcapRecords } from "@mcap/core";
import { ByteReader } from "../../core/bytes/bytes.ts";
import { hex, readBytes } from "./file_bytes.ts";
import {
  type ChunkIndex,
  FOOTER_BYTES,
  MCAP_MAGIC,
  OPCODE,
  readChannel,
  readChunkIndex,
  readNamedIndex,
  readRecord,
  readSchemaRecord,
  readU64,
  RECORD_HEAD_BYTES,
  type RecordPlace,
  startsWithMagic,
} from "./mcap_records.ts";
import { readHeader, type RecordingHeader, refuseCut } from "./recording_header.ts";
import { Section } from "./section.ts";
import type { RecordingSource } from "./sink.ts";
import { checksum } from "./zstd.ts";

/** What lies where in a recording: what the summary at its end says, or what a scan has found. */
export interface RecordingIndex {
  /** Version of the file format. */
  readonly format: number;
  /** Program that wrote the file. */
  readonly library: string;
  /** Byte at which the summary starts, behind the data and their end. */
  readonly summaryStart: number;
  /** Schema records by id. */
  readonly schemas: ReadonlyMap<number, TypedMcapRecords["Schema"]>;
  /** Byte of the file at which each of those records lies. */
  readonly schemaPlaces: ReadonlyMap<number, number>;
  /** Channels in the order of the file. */
  readonly channels: readonly TypedMcapRecords["Channel"][];
  /** Byte of the file at which the record of each of those lies. */
  readonly channelPlaces: readonly number[];
  /** Chunks in the order of the file. */
  readonly chunks: readonly ChunkIndex[];
  /** Places of attachments by name. */
  readonly attachments: ReadonlyMap<string, RecordPlace>;
  /** Places of metadata records by name. */
  readonly metadata: ReadonlyMap<string, RecordPlace>;
  /** CRC-32 of the records of schemas, channels and chunks. */
  readonly contentCrc: () => number;
}

/**
 * Reads the header, the footer and the summary of a recording.
 *
 * @param header what is taken for its header; it is read when left out
 * @throws {RecordingSyntaxError} when the source is no whole recording of a known format version
 */
export async function readIndex(
  source: RecordingSource,
  header?: RecordingHeader,
): Promise<RecordingIndex> {
  const { end: headerEnd, format, library } = header ?? await readHeader(source);
  const footerOffset = source.size - FOOTER_BYTES - MCAP_MAGIC.length;
  const footerSection = new Section("footer", Math.max(0, footerOffset), source.name);
  if (footerOffset < headerEnd) refuseCut(footerSection);
  const footerPlace = { offset: footerOffset, length: FOOTER_BYTES + MCAP_MAGIC.length };
  const footer = await readBytes(source, footerPlace, footerSection);
  if (!startsWithMagic(footer.subarray(FOOTER_BYTES))) refuseCut(footerSection);
  const places = footerSection.parse(() => readFooter(footer), 0);
  // Other programs leave out the summary, or the offsets in it, and have 0 for where they start.
  const start = places.start === 0 ? footerOffset : places.start;
  const offsetStart = places.offsetStart === 0 ? footerOffset : places.offsetStart;
  const { crc } = places;
  if (!(start >= headerEnd && start <= offsetStart && offsetStart <= footerOffset)) {
    footerSection.refuse(`the summary starts at byte ${start} and ends at ${offsetStart}`);
  }
  const section = new Section("summary", start, source.name);
  const bytes = await readBytes(source, { offset: start, length: footerOffset - start }, section);
  const actual = checksum(footer.subarray(0, FOOTER_BYTES - 4), checksum(bytes));
  if (actual !== crc && crc !== 0) {
    section.refuse(`CRC is 0x${hex(actual)}, expected 0x${hex(crc)}`);
  }
  return section.parse(
    () => ({
      format,
      library,
      summaryStart: start,
      ...readSummary(bytes.subarray(0, offsetStart - start), start),
    }),
    0,
  );
}

function readFooter(bytes: Uint8Array): { start: number; offsetStart: number; crc: number } {
  const input = new ByteReader(bytes);
  const { opcode, length } = readRecord(input);
  if (opcode !== OPCODE.footer || length !== FOOTER_BYTES - RECORD_HEAD_BYTES) {
    input.refuse(`a record of opcode ${opcode} and ${length} bytes stands where the footer does`);
  }
  return { start: readU64(input), offsetStart: readU64(input), crc: input.u32() };
}

function readSummary(
  bytes: Uint8Array,
  start: number,
): Omit<RecordingIndex, "format" | "library" | "summaryStart"> {
  const input = new ByteReader(bytes);
  const schemas = new Map<number, TypedMcapRecords["Schema"]>();
  const channels: TypedMcapRecords["Channel"][] = [];
  const schemaPlaces = new Map<number, number>();
  const channelPlaces: number[] = [];
  const chunks: ChunkIndex[] = [];
  const attachments = new Map<string, RecordPlace>();
  const metadata = new Map<string, RecordPlace>();
  while (input.remaining > 0) {
    const place = start + input.offset;
    const { opcode, length } = readRecord(input);
    const end = input.offset + length;
    if (opcode === OPCODE.schema) {
      const schema = readSchemaRecord(input);
      schemas.set(schema.id, schema);
      schemaPlaces.set(schema.id, place);
    } else if (opcode === OPCODE.channel) {
      channels.push(readChannel(input));
      channelPlaces.push(place);
    } else if (opcode === OPCODE.chunkIndex) {
      const chunk = readChunkIndex(input);
      const before = chunks.at(-1);
      if (chunk.offset + chunk.length > start || chunk.offset < (before?.offset ?? 0)) {
        input.refuse(`a chunk lies at byte ${chunk.offset}`);
      }
      chunks.push(chunk);
    } else if (opcode === OPCODE.attachmentIndex || opcode === OPCODE.metadataIndex) {
      const { name, ...place } = readNamedIndex(input, opcode);
      (opcode === OPCODE.metadataIndex ? metadata : attachments).set(name, place);
    } else {
      input.take(length);
    }
    if (input.offset > end) input.refuse("a record is longer than it says");
    if (input.offset < end) input.take(end - input.offset);
  }
  return {
    schemas,
    schemaPlaces,
    channels,
    channelPlaces,
    chunks,
    attachments,
    metadata,
    contentCrc: () => contentCrc(bytes),
  };
}

/** CRC-32 of the records of a summary that say what the file holds. */
function contentCrc(bytes: Uint8Array): number {
  const input = new ByteReader(bytes);
  let crc = 0;
  while (input.remaining > 0) {
    const start = input.offset;
    const { opcode, length } = readRecord(input);
    input.take(length);
    if (CONTENT.has(opcode)) crc = checksum(bytes.subarray(start, input.offset), crc);
  }
  return crc;
}

const CONTENT: ReadonlySet<number> = new Set([OPCODE.schema, OPCODE.channel, OPCODE.chunkIndex]);
