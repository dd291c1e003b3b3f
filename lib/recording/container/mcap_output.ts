import { type McapChunkBuilder, McapRecordBuilder } from "@mcap/core";
import type { Channel, ChunkIndex, Schema } from "@mcap/core";
import { FORMAT_VERSION, PROFILE_PREFIX } from "./format.ts";
import { utf8 } from "./json_text.ts";
import { McapSummary } from "./mcap_summary.ts";
import type { RecordingSink } from "./sink.ts";
import { checksum, compress } from "./zstd.ts";

/**
 * An MCAP file that is written front to back: records go out as they come, and
 * {@linkcode McapOutput.end} adds the indexes of all of them: about 100 bytes for each chunk, which
 * is all that grows in memory while a file does.
 */
export class McapOutput {
  /** Bytes written so far. */
  length = 0;
  readonly #sink: RecordingSink;
  readonly #record = new McapRecordBuilder();
  #crc = 0;
  #tail: Promise<void> | undefined;
  readonly #summary = new McapSummary();

  /**
   * File that begins with the next byte of a sink.
   *
   * @param library name of the writing program, for the header
   */
  constructor(sink: RecordingSink, library: string) {
    this.#sink = sink;
    this.#record.writeMagic();
    this.#record.writeHeader({ profile: `${PROFILE_PREFIX}${FORMAT_VERSION}`, library });
    this.#send();
  }

  /**
   * Settles when the sink has taken everything; rejects with the sink's error.
   *
   * @returns undefined when there is nothing to wait for
   */
  drain(): Promise<void> | undefined {
    return this.#tail;
  }

  /** Drains, then asks the sink to make the bytes durable. */
  async sync(): Promise<void> {
    await this.#tail;
    await this.#sink.sync?.();
  }

  /** Writes a channel and its schema. */
  channel(schema: Schema, channel: Channel): void {
    this.#summary.schemas.add((records) => records.writeSchema(schema));
    this.#summary.channels.add((records) => records.writeChannel(channel));
    this.#record.writeSchema(schema);
    this.#record.writeChannel(channel);
    this.#send();
  }

  /** Writes a channel of JSON messages and the JSON schema of them, which has the same number. */
  jsonChannel(id: number, topic: string, name: string, schema: string): void {
    this.channel(
      { id, name, encoding: "jsonschema", data: utf8(schema) },
      { id, schemaId: id, topic, messageEncoding: "json", metadata: new Map() },
    );
  }

  /** Writes the messages of a builder as one compressed chunk with its message indexes. */
  chunk(builder: McapChunkBuilder, level: number): void {
    const raw = builder.buffer;
    const records = compress(raw, level);
    const times = {
      messageStartTime: builder.messageStartTime,
      messageEndTime: builder.messageEndTime,
    };
    const offset = this.length;
    this.#record.writeChunk({
      ...times,
      uncompressedSize: BigInt(raw.length),
      uncompressedCrc: checksum(raw),
      compression: "zstd",
      records,
    });
    const chunkLength = this.#record.length;
    const messageIndexOffsets = new Map<number, bigint>();
    for (const index of builder.indices) {
      messageIndexOffsets.set(index.channelId, BigInt(offset + this.#record.length));
      this.#record.writeMessageIndex(index);
      this.#summary.countMessages(index.channelId, index.records.length);
    }
    const index: ChunkIndex = {
      ...times,
      chunkStartOffset: BigInt(offset),
      chunkLength: BigInt(chunkLength),
      messageIndexOffsets,
      messageIndexLength: BigInt(this.#record.length - chunkLength),
      compression: "zstd",
      compressedSize: BigInt(records.length),
      uncompressedSize: BigInt(raw.length),
    };
    this.#summary.chunks.add((records) => records.writeChunkIndex(index));
    this.#summary.extend(times.messageStartTime, times.messageEndTime);
    this.#send();
  }

  /** CRC-32 of what the summary says of schemas, channels and chunks so far. */
  get contentCrc(): number {
    return this.#summary.contentCrc;
  }

  /** Writes a metadata record. */
  metadata(name: string, members: ReadonlyMap<string, string>): void {
    const offset = BigInt(this.length);
    this.#record.writeMetadata({ name, metadata: new Map(members) });
    const length = BigInt(this.#record.length);
    this.#summary.metadata.add((records) => records.writeMetadataIndex({ offset, length, name }));
    this.#send();
  }

  /** Writes an attachment. */
  attachment(name: string, mediaType: string, data: Uint8Array): void {
    const offset = BigInt(this.length);
    const times = { logTime: 0n, createTime: 0n };
    this.#record.writeAttachment({ ...times, name, mediaType, data });
    const length = BigInt(this.#record.length);
    const dataSize = BigInt(data.length);
    this.#summary.attachments.add((records) =>
      records.writeAttachmentIndex({ ...times, offset, length, name, mediaType, dataSize })
    );
    this.#send();
  }

  /** Writes the end of the data, the summary and the footer. */
  end(): void {
    this.#record.writeDataEnd({ dataSectionCrc: this.#crc });
    this.#send();
    this.#write(this.#summary.bytes(this.length));
  }

  #send(): void {
    const bytes = this.#record.buffer;
    this.#record.reset();
    this.#crc = checksum(bytes, this.#crc);
    this.#write(bytes);
  }

  /** Keeps the order of writes also when a caller does not wait for one to settle. */
  #write(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (this.#tail === undefined) {
      const written = this.#sink.write(bytes);
      if (written instanceof Promise) this.#follow(written);
    } else {
      this.#follow(this.#tail.then(() => this.#sink.write(bytes)));
    }
  }

  #follow(written: Promise<void>): void {
    this.#tail = written;
    // The error reaches the caller at the next drain; until then it must not count as unhandled.
    written.catch(() => {});
  }
}
