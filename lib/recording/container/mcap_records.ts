import type { TypedMcapRecords } from "@mcap/core";
import { ByteReader } from "../../core/bytes/bytes.ts";
import { fromUtf8 } from "./json_text.ts";

/*
 * The records of an MCAP file that a recording is read through, with the place of every fault.
 * https://mcap.dev/spec
 */

/** First and last bytes of an MCAP file. */
export const MCAP_MAGIC: Uint8Array = Uint8Array.of(0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a);

/** True when bytes begin as an MCAP file does. */
export function startsWithMagic(bytes: Uint8Array): boolean {
  return MCAP_MAGIC.every((byte, i) => bytes[i] === byte);
}

/** Bytes of a record before its content: opcode and length. */
export const RECORD_HEAD_BYTES: number = 9;

/** Bytes of a footer record. */
export const FOOTER_BYTES: number = RECORD_HEAD_BYTES + 20;

/** Opcodes of the MCAP records that are read here. */
export const OPCODE = {
  header: 0x01,
  footer: 0x02,
  schema: 0x03,
  channel: 0x04,
  message: 0x05,
  chunk: 0x06,
  messageIndex: 0x07,
  chunkIndex: 0x08,
  attachment: 0x09,
  attachmentIndex: 0x0a,
  statistics: 0x0b,
  metadata: 0x0c,
  metadataIndex: 0x0d,
  summaryOffset: 0x0e,
  dataEnd: 0x0f,
} as const;

/** Place of a record in a file. */
export interface RecordPlace {
  /** Byte of the file at which the record starts. */
  readonly offset: number;
  /** Bytes of the record. */
  readonly length: number;
}

/** Compression of a chunk, by its name in the file: ours is zstd, other programs may use none. */
export type Compression = "zstd" | "";

/** Chunk index: where a chunk lies and which channels it holds. */
export interface ChunkIndex extends RecordPlace {
  /** Smallest log time in nanoseconds: low and high word. */
  readonly startLow: number;
  readonly startHigh: number;
  /** Largest log time in nanoseconds: low and high word. */
  readonly endLow: number;
  readonly endHigh: number;
  /** Channels with messages in the chunk, as the message indexes behind it say. */
  readonly channels: readonly number[];
  /** How its records are compressed. */
  readonly compression: Compression;
  /** Bytes of the chunk's records as they are in the file. */
  readonly compressedSize: number;
  /** Bytes of the chunk's records. */
  readonly rawSize: number;
}

/** Opcode and content of the next record. @throws {ByteSyntaxError} when it is cut */
export function readRecord(input: ByteReader): { opcode: number; length: number } {
  const opcode = input.u8();
  const length = readU64(input);
  if (length > input.remaining) {
    input.refuse(`the record has ${length} bytes, ${input.remaining} are left`);
  }
  return { opcode, length };
}

/** Unsigned 64-bit integer. @throws {ByteSyntaxError} above 2^53 - 1 */
export function readU64(input: ByteReader): number {
  const value = input.u32() + input.u32() * 2 ** 32;
  if (!Number.isSafeInteger(value)) input.refuse(`${value} exceeds 2^53 - 1`);
  return value;
}

/** Unsigned 64-bit integer, all of it. @throws {ByteSyntaxError} */
export function readBigU64(input: ByteReader): bigint {
  const low = BigInt(input.u32());
  return low | (BigInt(input.u32()) << 32n);
}

/** Text with its length before it. @throws {ByteSyntaxError} */
export function readText(input: ByteReader): string {
  const bytes = input.take(input.u32());
  try {
    return fromUtf8(bytes);
  } catch {
    return input.refuse("a text is not UTF-8");
  }
}

/** Texts by name. @throws {ByteSyntaxError} */
export function readMembers(input: ByteReader): Map<string, string> {
  const bytes = input.u32();
  const end = input.offset + bytes;
  const members = new Map<string, string>();
  while (input.offset < end) {
    const key = readText(input);
    members.set(key, readText(input));
  }
  if (input.offset !== end) input.refuse("a map is longer than it says");
  return members;
}

/** Content of a schema record. @throws {ByteSyntaxError} */
export function readSchemaRecord(input: ByteReader): TypedMcapRecords["Schema"] {
  const id = input.u16();
  const name = readText(input);
  const encoding = readText(input);
  return { type: "Schema", id, name, encoding, data: input.take(input.u32()) };
}

/** Content of a channel record. @throws {ByteSyntaxError} */
export function readChannel(input: ByteReader): TypedMcapRecords["Channel"] {
  const id = input.u16();
  const schemaId = input.u16();
  const topic = readText(input);
  const messageEncoding = readText(input);
  return { type: "Channel", id, schemaId, topic, messageEncoding, metadata: readMembers(input) };
}

/** Content of a chunk index record. @throws {ByteSyntaxError} */
export function readChunkIndex(input: ByteReader): ChunkIndex {
  const startLow = input.i32();
  const startHigh = input.i32();
  const endLow = input.i32();
  const endHigh = input.i32();
  const offset = readU64(input);
  const length = readU64(input);
  const channels = readOffsetChannels(input);
  readU64(input);
  const compression = readCompression(input);
  const compressedSize = readU64(input);
  const rawSize = readU64(input);
  return {
    startLow,
    startHigh,
    endLow,
    endHigh,
    offset,
    length,
    channels,
    compression,
    compressedSize,
    rawSize,
  };
}

/** Channels of a map of message indexes, which has one but for chunks of others. */
function readOffsetChannels(input: ByteReader): number[] {
  const end = input.u32() + input.offset;
  if (input.offset >= end) return [];
  const channels = [input.u16()];
  readU64(input);
  while (input.offset < end) {
    channels.push(input.u16());
    readU64(input);
  }
  return channels;
}

/** Name of the compression of a chunk. @throws {ByteSyntaxError} for one that is not read */
export function readCompression(input: ByteReader): Compression {
  const start = input.offset;
  const length = input.u32();
  if (length === 0) return "";
  if (length === 4 && input.remaining >= 4 && input.u32() === ZSTD_WORD) return "zstd";
  input.offset = start;
  return input.refuse(
    `compression is ${
      JSON.stringify(readText(input).slice(0, 20))
    }, zstd and none are read: write it again by mcap compress`,
  );
}

/** "zstd" as a word. */
const ZSTD_WORD = 0x6474737a;

/** Content of an attachment or metadata index record: place and name. @throws {ByteSyntaxError} */
export function readNamedIndex(
  input: ByteReader,
  opcode: number,
): RecordPlace & { readonly name: string } {
  const offset = readU64(input);
  const length = readU64(input);
  if (opcode === OPCODE.attachmentIndex) input.take(24);
  return { offset, length, name: readText(input) };
}

/** A message in the records of a chunk. */
export interface McapMessage {
  readonly channel: number;
  readonly sequence: number;
  readonly logTime: bigint;
  readonly data: Uint8Array;
}

/** Message of a chunk's records. @throws {ByteSyntaxError} */
export function readMessage(input: ByteReader): McapMessage {
  const { opcode, length } = readRecord(input);
  if (opcode !== OPCODE.message || length < 22) {
    input.refuse(`record 0x${opcode.toString(16)} is no message`);
  }
  const channel = input.u16();
  const sequence = input.u32();
  const logTime = readBigU64(input);
  readBigU64(input);
  return { channel, sequence, logTime, data: input.take(length - 22) };
}

/** Messages of a chunk's records, among which other programs put schemas. @throws {ByteSyntaxError} */
export function* readMessages(raw: Uint8Array): Generator<McapMessage, void, void> {
  const input = new ByteReader(raw);
  while (input.remaining > 0) {
    const opcode = raw[input.offset];
    if (opcode === OPCODE.schema || opcode === OPCODE.channel) input.take(readRecord(input).length);
    else yield readMessage(input);
  }
}
