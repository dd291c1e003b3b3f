import { McapRecordBuilder } from "@mcap/core";
import { FOOTER_BYTES } from "./mcap_records.ts";
import { checksum } from "./zstd.ts";

/** Records of one group of the summary. */
class Group {
  /** Number of records. */
  count = 0;
  /** The records as bytes: as objects they would take ten times the memory. */
  readonly records = new McapRecordBuilder();

  /** Adds a record. */
  add(write: (records: McapRecordBuilder) => void): void {
    this.count++;
    write(this.records);
  }
}

/** The end of an MCAP file: what stands where in it, as it grows while the file does. */
export class McapSummary {
  /** Schemas. */
  readonly schemas: Group = new Group();
  /** Channels. */
  readonly channels: Group = new Group();
  /** Indexes of chunks. */
  readonly chunks: Group = new Group();
  /** Indexes of attachments. */
  readonly attachments: Group = new Group();
  /** Indexes of metadata. */
  readonly metadata: Group = new Group();
  readonly #messageCounts = new Map<number, bigint>();
  #startTime: bigint | undefined;
  #endTime = 0n;

  /** Counts messages of a channel. */
  countMessages(channel: number, count: number): void {
    this.#messageCounts.set(channel, (this.#messageCounts.get(channel) ?? 0n) + BigInt(count));
  }

  /** Takes the log times of a chunk, in nanoseconds, into those of the file. */
  extend(startTime: bigint, endTime: bigint): void {
    if (startTime < (this.#startTime ??= startTime)) this.#startTime = startTime;
    if (endTime > this.#endTime) this.#endTime = endTime;
  }

  /** CRC-32 of the records that say what the file holds: schemas, channels, indexes of chunks. */
  get contentCrc(): number {
    return [this.schemas, this.channels, this.chunks]
      .reduce((crc, { records }) => checksum(records.buffer, crc), 0);
  }

  /** Summary, footer and magic. @param start byte of the file at which they stand */
  bytes(start: number): Uint8Array {
    const offsets = new McapRecordBuilder();
    const groups: Uint8Array[] = [];
    let groupStart = start;
    for (const [groupOpcode, group] of this.#groups()) {
      const groupLength = BigInt(group.length);
      if (groupLength === 0n) continue;
      offsets.writeSummaryOffset({ groupOpcode, groupStart: BigInt(groupStart), groupLength });
      groups.push(group);
      groupStart += group.length;
    }
    const summary = concat(...groups, offsets.buffer);
    const places = { summaryStart: BigInt(start), summaryOffsetStart: BigInt(groupStart) };
    const footer = footerBytes({ ...places, summaryCrc: 0 });
    const summaryCrc = checksum(footer.subarray(0, FOOTER_BYTES - 4), checksum(summary));
    return concat(summary, footerBytes({ ...places, summaryCrc }));
  }

  /** Records by the opcode of their group, in the order of the file. */
  #groups(): (readonly [opcode: number, records: Uint8Array])[] {
    return [
      [0x03, this.schemas.records.buffer],
      [0x04, this.channels.records.buffer],
      [0x0b, this.#statistics()],
      [0x08, this.chunks.records.buffer],
      [0x0a, this.attachments.records.buffer],
      [0x0d, this.metadata.records.buffer],
    ];
  }

  #statistics(): Uint8Array {
    let messageCount = 0n;
    for (const count of this.#messageCounts.values()) messageCount += count;
    const record = new McapRecordBuilder();
    record.writeStatistics({
      messageCount,
      schemaCount: this.schemas.count,
      channelCount: this.channels.count,
      attachmentCount: this.attachments.count,
      metadataCount: this.metadata.count,
      chunkCount: this.chunks.count,
      messageStartTime: this.#startTime ?? 0n,
      messageEndTime: this.#endTime,
      channelMessageCounts: this.#messageCounts,
    });
    return record.buffer;
  }
}

function footerBytes(
  footer: { summaryStart: bigint; summaryOffsetStart: bigint; summaryCrc: number },
): Uint8Array {
  const builder = new McapRecordBuilder();
  builder.writeFooter(footer);
  builder.writeMagic();
  return builder.buffer;
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
