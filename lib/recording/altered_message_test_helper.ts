import { McapChunkBuilder, McapStreamReader, type TypedMcapRecords } from "@mcap/core";
import { zstdDecompressSync } from "node:zlib";
import { McapOutput } from "./container/mcap_output.ts";
import { MemorySink } from "./container/memory_file.ts";

type Message = TypedMcapRecords["Message"];

/**
 * A recording written anew with other messages and every CRC right: what no checksum tells.
 *
 * @param alter takes each message with its place among those of the file, and gives another
 */
export function withAlteredMessages(
  bytes: Uint8Array,
  alter: (message: Message, index: number) => Message,
): Uint8Array {
  const reader = new McapStreamReader({
    decompressHandlers: { zstd: (data) => new Uint8Array(zstdDecompressSync(data)) },
  });
  reader.append(bytes);
  const sink = new MemorySink();
  const output = new McapOutput(sink, "hindcast");
  const schemas = new Map<number, TypedMcapRecords["Schema"]>();
  const channels = new Set<number>();
  let index = 0;
  for (let record = reader.nextRecord(); record; record = reader.nextRecord()) {
    if (record.type === "DataEnd") break;
    if (record.type === "Schema") schemas.set(record.id, record);
    else if (record.type === "Channel" && !channels.has(record.id)) {
      channels.add(record.id);
      output.channel(schemas.get(record.schemaId)!, record);
    } else if (record.type === "Message") {
      const chunk = new McapChunkBuilder({});
      chunk.addMessage(alter(record, index++));
      output.chunk(chunk, 1);
    } else if (record.type === "Metadata") output.metadata(record.name, record.metadata);
    else if (record.type === "Attachment") {
      output.attachment(record.name, record.mediaType, record.data);
    }
  }
  output.end();
  return sink.bytes();
}

/** A recording whose last block ends too early, and every CRC is right: reading it tells. */
export function withBadEnd(bytes: Uint8Array, lastBlock: number): Uint8Array {
  const isLast = ({ channelId, sequence }: Message) => channelId >= 3 && sequence === lastBlock;
  return withAlteredMessages(bytes, (message) => isLast(message) ? shortened(message) : message);
}

/** Bytes that end a byte too early. */
export function shortened(message: Message): Message {
  return { ...message, data: message.data.slice(0, -1) };
}
