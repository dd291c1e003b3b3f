import type { TypedMcapRecords } from "@mcap/core";
import { ByteReader } from "../../core/bytes/bytes.ts";
import { FORMAT_VERSION, PROFILE_PREFIX } from "./format.ts";
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
  readText,
  readU64,
  RECORD_HEAD_BYTES,
  type RecordPlace,
} from "./mcap_records.ts";
import { Section } from "./recording_error.ts";
import type { RecordingSource } from "./sink.ts";
import { checksum } from "./zstd.ts";

/** What the summary at the end of an MCAP file says of the rest. */
export interface RecordingIndex {
  /** Version of the file format. */
  readonly format: number;
  /** Schema records by id. */
  readonly schemas: ReadonlyMap<number, TypedMcapRecords["Schema"]>;
  /** Channels in the order of the file. */
  readonly channels: readonly TypedMcapRecords["Channel"][];
  /** Chunks in the order of the file. */
  readonly chunks: readonly ChunkIndex[];
  /** Places of attachments by name. */
  readonly attachments: ReadonlyMap<string, RecordPlace>;
  /** Places of metadata records by name. */
  readonly metadata: ReadonlyMap<string, RecordPlace>;
}

const REMEDY =
  "the file was cut or is still being written and has no index; let the recorder end, or record again";

/**
 * Reads bytes of a source.
 *
 * @throws {RecordingSyntaxError} when the source ends before
 */
export async function readBytes(
  source: RecordingSource,
  place: RecordPlace,
  section: Section,
): Promise<Uint8Array> {
  const { offset, length } = place;
  if (offset + length > source.size) {
    section.refuse(`${length} bytes expected, the file ends at byte ${source.size}`);
  }
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) section.refuse(`${bytes.length} bytes come, ${length} expected`);
  return bytes;
}

/**
 * Reads the header, the footer and the summary of a recording.
 *
 * @throws {RecordingSyntaxError} when the source is no whole recording of a known format version
 */
export async function readIndex(source: RecordingSource): Promise<RecordingIndex> {
  const { end: headerEnd, format } = await readHeader(source);
  const footerOffset = source.size - FOOTER_BYTES - MCAP_MAGIC.length;
  const footerSection = new Section("footer", Math.max(0, footerOffset), source.name);
  if (footerOffset < headerEnd) footerSection.refuse(REMEDY);
  const footerPlace = { offset: footerOffset, length: FOOTER_BYTES + MCAP_MAGIC.length };
  const footer = await readBytes(source, footerPlace, footerSection);
  if (!startsWithMagic(footer.subarray(FOOTER_BYTES))) footerSection.refuse(REMEDY);
  const { start, offsetStart, crc } = footerSection.parse(() => readFooter(footer), 0);
  if (!(start >= headerEnd && start <= offsetStart && offsetStart <= footerOffset)) {
    footerSection.refuse(`the summary starts at byte ${start} and ends at ${offsetStart}`);
  }
  const section = new Section("summary", start, source.name);
  const bytes = await readBytes(source, { offset: start, length: footerOffset - start }, section);
  const actual = checksum(footer.subarray(0, FOOTER_BYTES - 4), checksum(bytes));
  if (actual !== crc) section.refuse(`CRC is 0x${hex(actual)}, expected 0x${hex(crc)}`);
  return section.parse(
    () => ({ format, ...readSummary(bytes.subarray(0, offsetStart - start), start) }),
    0,
  );
}

/** Checks magic, profile and version; returns the version and the byte after the header. */
async function readHeader(source: RecordingSource): Promise<{ end: number; format: number }> {
  const section = new Section("header", 0, source.name);
  const head = await source.read(0, Math.min(source.size, HEADER_BYTES_MAX));
  if (head.length === 0) section.refuse("the file is empty");
  const known = head.subarray(0, MCAP_MAGIC.length);
  if (!startsWithMagic(known)) {
    const isCut = known.every((byte, i) => byte === MCAP_MAGIC[i]);
    if (isCut && known.length < MCAP_MAGIC.length) section.refuse(REMEDY);
    section.refuse(
      `this is no MCAP file, which begins with ${
        spaced(MCAP_MAGIC)
      }; name a file that hindcast record wrote`,
    );
  }
  const input = new ByteReader(head);
  input.take(MCAP_MAGIC.length);
  if (head.length === source.size && !holdsRecord(head)) section.refuse(REMEDY);
  return section.parse(() => {
    const { opcode, length } = readRecord(input);
    const end = input.offset + length;
    if (opcode !== OPCODE.header) input.refuse(`opcode is ${opcode}, expected ${OPCODE.header}`);
    const profile = readText(input);
    const format = readFormat(profile, section);
    readText(input);
    if (input.offset !== end) input.refuse("the header has another length than it says");
    return { end, format };
  }, 0);
}

/** Ours has a few dozen bytes. */
const HEADER_BYTES_MAX = 4096;

function holdsRecord(head: Uint8Array): boolean {
  const start = MCAP_MAGIC.length + RECORD_HEAD_BYTES;
  if (head.length < start) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return BigInt(head.length - start) >= view.getBigUint64(MCAP_MAGIC.length + 1, true);
}

function readFormat(profile: string, section: Section): number {
  const version = profile.startsWith(PROFILE_PREFIX) ? profile.slice(PROFILE_PREFIX.length) : "";
  if (!/^[1-9][0-9]{0,8}$/.test(version)) {
    section.refuse(
      `it is an MCAP file of profile ${JSON.stringify(profile.slice(0, 60))}, not of hindcast`,
    );
  }
  if (Number(version) > FORMAT_VERSION) {
    section.refuse(
      `its format version is ${version}, this hindcast reads up to ${FORMAT_VERSION}; use a newer one`,
    );
  }
  return Number(version);
}

function readFooter(bytes: Uint8Array): { start: number; offsetStart: number; crc: number } {
  const input = new ByteReader(bytes);
  const { opcode, length } = readRecord(input);
  if (opcode !== OPCODE.footer || length !== FOOTER_BYTES - RECORD_HEAD_BYTES) {
    input.refuse(`a record of opcode ${opcode} and ${length} bytes stands where the footer does`);
  }
  return { start: readU64(input), offsetStart: readU64(input), crc: input.u32() };
}

function readSummary(bytes: Uint8Array, start: number): Omit<RecordingIndex, "format"> {
  const input = new ByteReader(bytes);
  const schemas = new Map<number, TypedMcapRecords["Schema"]>();
  const channels: TypedMcapRecords["Channel"][] = [];
  const chunks: ChunkIndex[] = [];
  const attachments = new Map<string, RecordPlace>();
  const metadata = new Map<string, RecordPlace>();
  while (input.remaining > 0) {
    const { opcode, length } = readRecord(input);
    const end = input.offset + length;
    if (opcode === OPCODE.schema) {
      const schema = readSchemaRecord(input);
      schemas.set(schema.id, schema);
    } else if (opcode === OPCODE.channel) {
      channels.push(readChannel(input));
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
    input.take(end - input.offset);
  }
  return { schemas, channels, chunks, attachments, metadata };
}

function startsWithMagic(bytes: Uint8Array): boolean {
  return MCAP_MAGIC.every((byte, i) => bytes[i] === byte);
}

/** Eight hexadecimal digits. */
export function hex(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}

function spaced(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
