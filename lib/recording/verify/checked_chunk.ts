import type { ChunkIndex as WrittenIndex } from "@mcap/core";
import { ByteReader } from "../../core/bytes/bytes.ts";
import {
  type ChunkIndex,
  type McapMessage,
  OPCODE,
  readBigU64,
  readMessage,
  readRecord,
  type RecordPlace,
} from "../container/mcap_records.ts";
import type { Section } from "../container/section.ts";

/** Where a message lies in its chunk. */
interface IndexEntry {
  readonly logTime: bigint;
  readonly offset: bigint;
}

/** A chunk that was read whole, with what its message indexes and the summary must say of it. */
export class CheckedChunk {
  /** Messages by their channel, as they lie in the chunk. */
  readonly entries = new Map<number, IndexEntry[]>();
  /** Place of the message index of each channel that has one. */
  readonly indexes = new Map<number, RecordPlace>();
  readonly #chunk: ChunkIndex;
  #startTime: bigint | undefined;
  #endTime = 0n;

  /** Chunk with its records. @throws {ByteSyntaxError} when a record is none */
  constructor(chunk: ChunkIndex, raw: Uint8Array, onMessage: (message: McapMessage) => void) {
    this.#chunk = chunk;
    const input = new ByteReader(raw);
    while (input.remaining > 0) {
      const offset = BigInt(input.offset);
      const opcode = raw[input.offset];
      if (opcode === OPCODE.schema || opcode === OPCODE.channel) {
        input.take(readRecord(input).length);
        continue;
      }
      const message = readMessage(input);
      const { channel, logTime } = message;
      const entries = this.entries.get(channel) ?? [];
      entries.push({ logTime, offset });
      this.entries.set(channel, entries);
      if (logTime < (this.#startTime ??= logTime)) this.#startTime = logTime;
      if (logTime > this.#endTime) this.#endTime = logTime;
      onMessage(message);
    }
  }

  /** Checks the record of a message index behind the chunk. @throws {RecordingSyntaxError} */
  checkIndex(bytes: Uint8Array, place: RecordPlace, section: Section): void {
    section.parse(() => {
      const input = new ByteReader(bytes);
      readRecord(input);
      const channel = input.u16();
      const entries = this.entries.get(channel);
      const count = input.u32() / 16;
      if (entries === undefined || this.indexes.has(channel)) {
        return input.refuse(`it is of channel ${channel}, of which the chunk has no more messages`);
      }
      this.indexes.set(channel, place);
      if (count !== entries.length) {
        input.refuse(`it has ${count} messages, the chunk ${entries.length}`);
      }
      const said = entries.map(() => ({ logTime: readBigU64(input), offset: readBigU64(input) }))
        .sort(byPlace);
      const isSame = entries.toSorted(byPlace).every(({ logTime, offset }, i) =>
        logTime === said[i]!.logTime && offset === said[i]!.offset
      );
      if (!isSame) input.refuse("a message does not lie where it says");
      input.end();
    }, 0);
  }

  /** Checks the times in the record of the chunk. @throws {RecordingSyntaxError} */
  checkTimes(section: Section): void {
    const { endHigh, endLow, startHigh, startLow } = this.#chunk;
    const isStart = bigOf(startLow, startHigh) === (this.#startTime ?? 0n);
    if (!isStart || bigOf(endLow, endHigh) !== this.#endTime) {
      section.refuse("its times are not those of its messages");
    }
  }

  /** Index of the chunk, as the summary must have it. */
  get index(): WrittenIndex {
    const { compressedSize, compression, length, offset, rawSize } = this.#chunk;
    let messageIndexLength = 0;
    for (const place of this.indexes.values()) messageIndexLength += place.length;
    return {
      messageStartTime: this.#startTime ?? 0n,
      messageEndTime: this.#endTime,
      chunkStartOffset: BigInt(offset),
      chunkLength: BigInt(length),
      messageIndexOffsets: new Map(
        [...this.indexes].map(([channel, place]) => [channel, BigInt(place.offset)]),
      ),
      messageIndexLength: BigInt(messageIndexLength),
      compression,
      compressedSize: BigInt(compressedSize),
      uncompressedSize: BigInt(rawSize),
    };
  }
}

function bigOf(low: number, high: number): bigint {
  return BigInt(low >>> 0) | (BigInt(high >>> 0) << 32n);
}

function byPlace(a: IndexEntry, b: IndexEntry): number {
  return Number(a.offset - b.offset);
}
