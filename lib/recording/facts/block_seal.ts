import { hex } from "../container/file_bytes.ts";
import { checksum } from "../container/zstd.ts";

/**
 * What blocks are known by without reading them: what the summary says of their schemas and chunks,
 * and their frames and times. Who writes the file anew changes it. FORMAT.md, "What the states hold".
 *
 * @param contentCrc CRC-32 of the summary's records of schemas, channels and chunks
 * @param table data of the block table
 */
export function blockSeal(contentCrc: number, table: Uint8Array): string {
  return hex(contentCrc) + hex(checksum(table));
}
