import { McapRecordBuilder } from "@mcap/core";
import type { Channel, ChunkIndex, MessageIndex, Schema } from "@mcap/core";
import { OrderedSink } from "./ordered_sink.ts";
import { finish, waitFor, type Work } from "../queue/work.ts";
import { FORMAT_VERSION, PROFILE_PREFIX } from "./format.ts";
import { utf8 } from "./json_text.ts";
import { McapSummary } from "./mcap_summary.ts";
import type { RecordingSink } from "./sink.ts";
import { checksum, compress, compressInPieces } from "./zstd.ts";

/** Messages that become a chunk: a builder of `@mcap/core` is such. */
export interface ChunkMessages {
  /** The records of the messages. */
  readonly buffer: Uint8Array;
  /** Smallest log time in nanoseconds. */
  readonly messageStartTime: bigint;
  /** Largest log time in nanoseconds. */
  readonly messageEndTime: bigint;
  /** Where the messages lie, by channel. */
  readonly indices: Iterable<MessageIndex>;
}

/**
 * An MCAP file that is written front to back: records go out as they come, and
 * {@linkcode McapOutput.end} adds the indexes of all of them: about 100 bytes for each chunk, which
 * is all that grows in memory while a file does.
 */
export class McapOutput {
  /** Bytes written so far. */
  length = 0;
  readonly #sink: OrderedSink;
  readonly #isOffThread: boolean;
  readonly #record = new McapRecordBuilder();
  #crc = 0;
  readonly #summary = new McapSummary();

  /**
   * File that begins with the next byte of a sink.
   *
   * @param library name of the writing program, for the header
   * @param isOffThread true to let others run while chunks are compressed
   */
  constructor(sink: RecordingSink, library: string, isOffThread: boolean = false) {
    this.#sink = new OrderedSink(sink);
    this.#isOffThread = isOffThread;
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
    return this.#sink.drain();
  }

  /** Drains, then asks the sink to make the bytes durable. */
  sync(): Promise<void> {
    return this.#sink.sync();
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

  /** Writes messages as one compressed chunk with its message indexes. @param level of zstd */
  chunk(messages: ChunkMessages, level: number): void {
    finish(this.chunkInSlices(messages, level));
  }

  /** As {@linkcode McapOutput.chunk}, in slices. */
  *chunkInSlices(messages: ChunkMessages, level: number): Work {
    const raw = messages.buffer;
    const crc = checksum(raw);
    yield;
    const records = this.#isOffThread
      ? yield* waitFor(compressInPieces(raw, level))
      : compress(raw, level);
    const { messageStartTime, messageEndTime } = messages;
    const times = { messageStartTime, messageEndTime };
    const offset = this.length;
    this.#record.writeChunk({
      ...times,
      uncompressedSize: BigInt(raw.length),
      uncompressedCrc: crc,
      compression: "zstd",
      records,
    });
    const chunkLength = this.#record.length;
    const messageIndexOffsets = new Map<number, bigint>();
    for (const index of messages.indices) {
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

  #write(bytes: Uint8Array): void {
    this.length += bytes.length;
    this.#sink.write(bytes);
  }
}
