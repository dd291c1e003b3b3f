import {
  McapStreamReader,
  McapWriter,
  type McapWriterOptions,
  TempBuffer,
  type TypedMcapRecords,
} from "@mcap/core";
import { crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** How another program writes a recording anew. */
export interface Rewriting {
  /** Compression of its chunks. */
  readonly compression: "none" | "zstd" | "lz4";
  /** Bytes of a chunk at which the next begins. */
  readonly chunkSize?: number;
  /** True to leave our metadata and attachments out. */
  readonly isBare?: boolean;
  /** True for a summary that repeats no schema and no channel, and indexes no chunk. */
  readonly isTerse?: boolean;
  /** True to compute no CRC of chunks and data. */
  readonly isUnchecked?: boolean;
}

/** Records of a file, chunks opened, up to its end or the first byte that is damaged. */
function recordsOf(bytes: Uint8Array) {
  const reader = new McapStreamReader({
    decompressHandlers: { zstd: (data) => new Uint8Array(zstdDecompressSync(data)) },
  });
  reader.append(bytes);
  const records = [];
  for (let record = reader.nextRecord(); record; record = reader.nextRecord()) {
    if (record.type === "DataEnd") break;
    records.push(record);
  }
  return records;
}

/** A recording as programs such as `mcap recover` write it anew: many messages a chunk. */
export async function rewritten(
  bytes: Uint8Array,
  { compression, chunkSize = 4 << 20, isBare, isTerse, isUnchecked }: Rewriting,
): Promise<Uint8Array> {
  const buffer = new TempBuffer();
  const terse = {
    repeatSchemas: false,
    repeatChannels: false,
    useChunkIndex: false,
    useMessageIndex: false,
    useStatistics: false,
    useSummaryOffsets: false,
  };
  const options: McapWriterOptions = {
    writable: buffer,
    chunkSize,
    ...(isTerse ? terse : {}),
    ...(isUnchecked ? { startChannelId: 0 } : {}),
    ...(compression === "none" ? {} : {
      compressChunk: (data) => ({
        compression,
        compressedData: compression === "zstd" ? new Uint8Array(zstdCompressSync(data)) : data,
      }),
    }),
  };
  const writer = new McapWriter(options);
  const schemas = new Map<number, number>();
  const channels = new Map<number, number>();
  for (const record of recordsOf(bytes)) {
    if (record.type === "Header") {
      await writer.start({ profile: record.profile, library: "another program" });
    } else if (record.type === "Schema") {
      if (!schemas.has(record.id)) schemas.set(record.id, await writer.registerSchema(record));
    } else if (record.type === "Channel") {
      if (channels.has(record.id)) continue;
      const schemaId = schemas.get(record.schemaId)!;
      channels.set(record.id, await writer.registerChannel({ ...record, schemaId }));
    } else if (record.type === "Message") {
      const channelId = channels.get((record as TypedMcapRecords["Message"]).channelId)!;
      await writer.addMessage({ ...record, channelId });
    } else if (record.type === "Metadata" && !isBare) await writer.addMetadata(record);
    else if (record.type === "Attachment" && !isBare) await writer.addAttachment(record);
  }
  await writer.end();
  const file = buffer.get();
  return isUnchecked ? withoutCrcs(file) : file;
}

/** A file whose chunks and data have 0 for their CRC: nobody computed it. */
function withoutCrcs(file: Uint8Array): Uint8Array {
  const bytes = file.slice();
  const view = new DataView(bytes.buffer);
  const footer = bytes.length - 8 - 29;
  const summaryStart = Number(view.getBigUint64(footer + 9, true));
  const end = summaryStart > 0 ? summaryStart : footer;
  for (let at = 8; at < end; at += 9 + Number(view.getBigUint64(at + 1, true))) {
    if (bytes[at] === 0x06) view.setUint32(at + 9 + 24, 0, true);
    if (bytes[at] === 0x0f) view.setUint32(at + 9, 0, true);
  }
  if (summaryStart > 0) {
    view.setUint32(footer + 25, crc32(bytes.subarray(summaryStart, footer + 25)), true);
  }
  return bytes;
}
