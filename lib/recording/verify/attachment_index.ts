import type { AttachmentIndex } from "@mcap/core";
import { ByteReader } from "../../core/bytes/bytes.ts";
import { readBigU64, readText, type RecordPlace } from "../container/mcap_records.ts";

/**
 * What the summary must say of an attachment.
 *
 * @param head the beginning of its record, up to its data
 * @throws {ByteSyntaxError}
 */
export function readAttachmentIndex(head: Uint8Array, place: RecordPlace): AttachmentIndex {
  const input = new ByteReader(head);
  input.take(9);
  const logTime = readBigU64(input);
  const createTime = readBigU64(input);
  const name = readText(input);
  const mediaType = readText(input);
  const dataSize = readBigU64(input);
  const [offset, length] = [BigInt(place.offset), BigInt(place.length)];
  return { logTime, createTime, offset, length, name, mediaType, dataSize };
}
