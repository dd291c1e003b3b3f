import { ByteReader } from "../../core/bytes/bytes.ts";
import { OPCODE, RECORD_HEAD_BYTES } from "../container/mcap_records.ts";
import type { RecordingSource } from "../container/sink.ts";
import { checksum } from "../container/zstd.ts";
import { shapeOf } from "./record_shape.ts";

/** Bytes of the record that ends the data. */
export const DATA_END_BYTES: number = RECORD_HEAD_BYTES + 4;

/** Bytes that are read at once. */
const PIECE = 1 << 20;

/**
 * True when the bytes before the summary are those that were written: their CRC-32 is that of the
 * record that ends them. False where they are not, or nobody computed it.
 */
export async function isDataWhole(source: RecordingSource, summaryStart: number): Promise<boolean> {
  const end = summaryStart - DATA_END_BYTES;
  if (end < 0) return false;
  const expected = readDataEnd(await source.read(end, DATA_END_BYTES));
  if (expected === undefined) return false;
  const actual = await checksumOf(source, end);
  return actual === expected && actual !== 0;
}

/** CRC-32 of the first bytes of a source. */
export async function checksumOf(source: RecordingSource, length: number): Promise<number> {
  let crc = 0;
  for (let at = 0; at < length; at += PIECE) {
    const bytes = await source.read(at, Math.min(PIECE, length - at));
    if (bytes.length === 0) return crc;
    crc = checksum(bytes, crc);
  }
  return crc;
}

/** CRC that the record which ends the data holds; undefined where the bytes are no such record. */
export function readDataEnd(bytes: Uint8Array): number | undefined {
  if (bytes.length < DATA_END_BYTES) return undefined;
  if (shapeOf(bytes)?.opcode !== OPCODE.dataEnd) return undefined;
  const input = new ByteReader(bytes);
  input.take(RECORD_HEAD_BYTES);
  return input.u32();
}
