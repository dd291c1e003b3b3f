import { ByteReader } from "../../core/bytes/bytes.ts";
import { hex, readBytes } from "./file_bytes.ts";
import { CHUNK_BYTES_MAX } from "./format.ts";
import {
  type ChunkIndex,
  OPCODE,
  readCompression,
  readMembers,
  readRecord,
  readText,
  readU64,
  RECORD_HEAD_BYTES,
  type RecordPlace,
} from "./mcap_records.ts";
import { openMembers } from "./metadata_facts.ts";
import { Section } from "./section.ts";
import type { RecordingSource } from "./sink.ts";
import { checksum, decompress } from "./zstd.ts";

/** Byte of a chunk's record at which its CRC stands. */
export const CHUNK_CRC_AT: number = RECORD_HEAD_BYTES + 8 + 8 + 8;

/** What is wrong with a chunk of ours that has no CRC. */
export const NO_CRC =
  "it has no CRC, so that nobody knows if its values are those that were written";

/**
 * Raw records of a chunk, checked against its index and its CRC.
 *
 * @throws {RecordingSyntaxError} when the chunk is damaged
 */
export async function readChunk(
  source: RecordingSource,
  index: ChunkIndex,
  section: Section,
): Promise<Uint8Array> {
  if (index.length > CHUNK_BYTES_MAX || index.rawSize > CHUNK_BYTES_MAX) {
    section.refuse(
      `it has ${index.length} bytes and ${index.rawSize} raw, at most ${CHUNK_BYTES_MAX} are read`,
    );
  }
  const bytes = await readBytes(source, index, section);
  const { records, crc } = section.parse(() => readChunkRecord(bytes, index), 0);
  const raw = section.parse(() => expand(records, index));
  const actual = checksum(raw);
  // MCAP has 0 for a CRC that nobody computed; ours are.
  if (actual !== crc && crc !== 0) {
    section.refuse(`CRC is 0x${hex(actual)}, expected 0x${hex(crc)}`);
  }
  return raw;
}

function expand(records: Uint8Array, { compression, rawSize }: ChunkIndex): Uint8Array {
  if (compression === "zstd") return decompress(records, rawSize);
  if (records.length === rawSize) return records;
  throw new RangeError(`it has ${records.length} bytes, expected ${rawSize}`);
}

function readChunkRecord(
  bytes: Uint8Array,
  index: ChunkIndex,
): { records: Uint8Array; crc: number } {
  const input = new ByteReader(bytes);
  const opcode = input.u8();
  // The index says it as well, and the CRC proves it.
  input.take(RECORD_HEAD_BYTES - 1);
  if (opcode !== OPCODE.chunk) input.refuse(`opcode is ${opcode}, expected ${OPCODE.chunk}`);
  const isSame = input.i32() === index.startLow && input.i32() === index.startHigh &&
    input.i32() === index.endLow && input.i32() === index.endHigh &&
    readU64(input) === index.rawSize;
  const crc = input.u32();
  const compression = readCompression(input);
  const isSameSize = readU64(input) === index.compressedSize;
  if (!isSame || compression !== index.compression || !isSameSize) {
    input.refuse("the chunk and its index disagree");
  }
  const records = input.take(index.compressedSize);
  input.end();
  return { records, crc };
}

/**
 * Members of one of our metadata records, checked against their CRC.
 *
 * @throws {RecordingSyntaxError} when the record is missing or damaged
 */
export async function readMetadata(
  source: RecordingSource,
  place: RecordPlace | undefined,
  name: string,
): Promise<Map<string, string>> {
  const section = new Section(`metadata ${name}`, place?.offset ?? 0, source.name);
  if (place === undefined) return section.refuse("the file has none");
  const bytes = await readBytes(source, place, section);
  const sealed = section.parse(() => {
    const input = new ByteReader(bytes);
    const { opcode } = readRecord(input);
    if (opcode !== OPCODE.metadata) input.refuse(`opcode is ${opcode}, expected 12`);
    if (readText(input) !== name) input.refuse("the record has another name");
    const members = readMembers(input);
    input.end();
    return members;
  }, 0);
  return section.parse(() => openMembers(sealed));
}

/**
 * Data of an attachment, checked against its CRC.
 *
 * @throws {RecordingSyntaxError} when the attachment is missing or damaged
 */
export async function readAttachment(
  source: RecordingSource,
  place: RecordPlace | undefined,
  name: string,
): Promise<{ data: Uint8Array; section: Section }> {
  const section = new Section(`attachment ${name}`, place?.offset ?? 0, source.name);
  if (place === undefined) return section.refuse("the file has none");
  const bytes = await readBytes(source, place, section);
  const { data, crc } = section.parse(() => {
    const input = new ByteReader(bytes);
    const { opcode } = readRecord(input);
    if (opcode !== OPCODE.attachment) input.refuse(`opcode is ${opcode}, expected 9`);
    input.take(16);
    if (readText(input) !== name) input.refuse("the attachment has another name");
    readText(input);
    const data = input.take(readU64(input));
    const crc = input.u32();
    input.end();
    return { data, crc };
  }, 0);
  // The CRC covers the content of the record up to itself.
  const actual = checksum(bytes.subarray(9, bytes.length - 4));
  if (actual !== crc) section.refuse(`CRC is 0x${hex(actual)}, expected 0x${hex(crc)}`);
  return { data, section };
}
