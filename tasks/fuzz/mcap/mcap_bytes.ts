import { Buffer } from "node:buffer";
import { crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** Record of an MCAP file. */
export interface McapRecord {
  readonly opcode: number;
  readonly content: Uint8Array;
}

/** Opcode of a chunk. */
export const CHUNK = 0x06;

/** Records between the magics of a whole file. */
export function recordsOf(file: Uint8Array): McapRecord[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const records: McapRecord[] = [];
  for (let at = 8; at + 9 <= bytes.length - 8;) {
    const length = Number(bytes.readBigUInt64LE(at + 1));
    records.push({ opcode: bytes[at]!, content: bytes.subarray(at + 9, at + 9 + length) });
    at += 9 + length;
  }
  return records;
}

/** Bytes of a record. @param length that it claims, where that is not its own */
export function recordBytes(
  { opcode, content }: McapRecord,
  length: bigint = BigInt(content.length),
): Uint8Array {
  const head = Buffer.alloc(9);
  head[0] = opcode;
  head.writeBigUInt64LE(BigInt.asUintN(64, length), 1);
  return Buffer.concat([head, content]);
}

/** Messages of a chunk, as they are before they are compressed. */
export function chunkMessages(content: Uint8Array): Uint8Array {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const start = 28 + 4 + bytes.readUInt32LE(28) + 8;
  return zstdDecompressSync(bytes.subarray(start));
}

/** What a chunk claims, where that is not what it holds. */
export interface ChunkClaims {
  readonly rawSize?: bigint;
  readonly compression?: string;
  readonly crc?: number;
}

/** A chunk of messages whose CRC fits. @param head the first 16 bytes: times of its messages */
export function chunkOf(head: Uint8Array, raw: Uint8Array, claims: ChunkClaims = {}): McapRecord {
  const { rawSize = BigInt(raw.length), compression = "zstd", crc = crc32(raw) } = claims;
  const sizes = Buffer.alloc(12);
  sizes.writeBigUInt64LE(BigInt.asUintN(64, rawSize), 0);
  sizes.writeUInt32LE(crc >>> 0, 8);
  const name = Buffer.from(compression);
  const nameLength = Buffer.alloc(4);
  nameLength.writeUInt32LE(name.length);
  const records = compression === "zstd" ? zstdCompressSync(raw) : raw;
  const recordsLength = Buffer.alloc(8);
  recordsLength.writeBigUInt64LE(BigInt(records.length));
  const content = [head.subarray(0, 16), sizes, nameLength, name, recordsLength, records];
  return { opcode: CHUNK, content: Buffer.concat(content) };
}
