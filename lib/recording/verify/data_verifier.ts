import type { TypedMcapRecords } from "@mcap/core";
import { ByteReader } from "../../core/bytes/bytes.ts";
import { readBlockHead } from "../block/block_codec.ts";
import { BLOCK_ENCODING, EVENT_COUNTS_NAME, FACTS_NAME, STATE_TOPIC } from "../container/format.ts";
import { hex } from "../container/file_bytes.ts";
import { logTimeNs } from "../container/log_time.ts";
import { McapSummary } from "../container/mcap_summary.ts";
import { type McapMessage, OPCODE, type RecordPlace } from "../container/mcap_records.ts";
import {
  CHUNK_CRC_AT,
  NO_CRC,
  readAttachment,
  readChunk,
  readMetadata,
} from "../container/recording_parts.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import { checksum } from "../container/zstd.ts";
import { DamageLog } from "../recovery/damage_log.ts";
import { checksumOf, DATA_END_BYTES, readDataEnd } from "../recovery/data_end.ts";
import {
  type FoundRecord,
  readChunkHead,
  readDefinition,
  readNamed,
} from "../definitions/found_record.ts";
import { SHAPE_BYTES } from "../recovery/record_shape.ts";
import { type WalkedRecord, walkRecords } from "../recovery/record_walk.ts";
import { SourceWindow } from "../recovery/source_window.ts";
import { recordHash } from "../revision/schema_record.ts";
import { readAttachmentIndex } from "./attachment_index.ts";
import { CheckedChunk } from "./checked_chunk.ts";
import type { FaultList } from "./fault_list.ts";

/** What the records of the data imply. */
export interface VerifiedData {
  /** The summary that must stand behind them. */
  readonly summary: McapSummary;
  /** Byte behind the record that ends the data; undefined when there is none. */
  readonly end: number | undefined;
  /** Members of the record of facts, where that is whole. */
  readonly facts: ReadonlyMap<string, string> | undefined;
  /** Hash of the first schema of states. */
  readonly firstHash: string | undefined;
  /** Bytes at which metadata and attachments stand, by their names. */
  readonly places: ReadonlyMap<string, number>;
}

/** Checks the records of the data, one after the other. Memory holds a chunk and the summary. */
export class DataVerifier {
  /** Bytes at which chunks stand. */
  readonly chunkOffsets = new Set<number>();
  readonly #source: RecordingSource;
  readonly #faults: FaultList;
  readonly #window: SourceWindow;
  readonly #summary = new McapSummary();
  readonly #schemas = new Map<number, TypedMcapRecords["Schema"]>();
  readonly #topics = new Map<number, string>();
  readonly #places = new Map<string, number>();
  readonly #isOurs: boolean;
  readonly #onBytes: ((bytes: number) => void) | undefined;
  #facts: ReadonlyMap<string, string> | undefined;
  #firstHash: string | undefined;
  #chunk: CheckedChunk | undefined;
  /** True behind a chunk that cannot be read, of whose index nothing can be said. */
  #isAfterDamaged = false;
  #chunkOffset = 0;

  /**
   * Nothing yet.
   *
   * @param isOurs true for a file that no other program has written anew
   * @param onBytes called after each record with its bytes
   */
  constructor(
    source: RecordingSource,
    isOurs: boolean,
    faults: FaultList,
    onBytes?: (bytes: number) => void,
  ) {
    this.#onBytes = onBytes;
    this.#source = source;
    this.#isOurs = isOurs;
    this.#faults = faults;
    this.#window = new SourceWindow(source);
  }

  /** Checks all records. @param start byte at which the first stands */
  async verify(start: number): Promise<VerifiedData> {
    const log = new DamageLog();
    let end: number | undefined;
    for await (const record of walkRecords(this.#window, start, log)) {
      if (record.opcode !== OPCODE.messageIndex) this.#endChunk();
      await this.#faults.attempt("nothing", () => this.#take(record));
      this.#onBytes?.(record.length);
      if (record.opcode === OPCODE.dataEnd) end = record.offset + record.length;
    }
    this.#endChunk();
    for (const fault of log.faults) {
      const isOfData = fault.section !== "end" && fault.section !== "recording";
      this.#faults.add(fault, isOfData ? "frames" : "nothing");
    }
    const [summary, facts] = [this.#summary, this.#facts];
    return { summary, end, facts, firstHash: this.#firstHash, places: this.#places };
  }

  async #take(record: WalkedRecord): Promise<void> {
    const { offset, opcode } = record;
    const section = new Section(NAMES[opcode] ?? "record", offset, this.#source.name);
    const head = await this.#window.bytes(offset, SHAPE_BYTES);
    if (opcode === OPCODE.schema || opcode === OPCODE.channel) {
      const bytes = await this.#window.bytes(offset, record.length);
      this.#define(section.parse(() => readDefinition(bytes, offset), 0), section);
    } else if (opcode === OPCODE.chunk) await this.#takeChunk(head, record, section);
    else if (opcode === OPCODE.messageIndex) {
      const bytes = await this.#window.bytes(offset, record.length);
      if (this.#chunk !== undefined) this.#chunk.checkIndex(bytes, record, section);
      else if (!this.#isAfterDamaged) section.refuse("there is no chunk before it");
    } else if (opcode === OPCODE.metadata) await this.#takeMetadata(head, record, section);
    else if (opcode === OPCODE.attachment) await this.#takeAttachment(head, record, section);
    else if (opcode === OPCODE.dataEnd) await this.#takeEnd(head, offset, section);
    else section.refuse(`a record of opcode ${opcode} stands among the data`);
  }

  #define(found: FoundRecord, section: Section): void {
    if (found.type === "schema") {
      this.#schemas.set(found.schema.id, found.schema);
      this.#summary.schemas.add((records) => records.writeSchema(found.schema));
    } else if (found.type === "channel") {
      const { channel } = found;
      const schema = this.#schemas.get(channel.schemaId);
      this.#topics.set(channel.id, channel.topic);
      this.#summary.channels.add((records) => records.writeChannel(channel));
      if (schema === undefined) {
        return section.refuse(`schema ${channel.schemaId} is not before it`);
      }
      if (channel.topic !== STATE_TOPIC) return;
      const hash = recordHash(schema.data);
      this.#firstHash ??= hash;
      if (
        channel.messageEncoding !== BLOCK_ENCODING || channel.metadata.get("schemaHash") !== hash
      ) {
        section.refuse(`it is of another schema than ${hash}`);
      }
    }
  }

  async #takeChunk(head: Uint8Array, record: WalkedRecord, section: Section): Promise<void> {
    const found = section.parse(() => readChunkHead(head, record), 0);
    if (found.type !== "chunk") return;
    this.chunkOffsets.add(record.offset);
    const raw = await this.#faults.attempt(
      "frames",
      () => readChunk(this.#source, found.chunk, section),
    );
    this.#isAfterDamaged = raw === undefined;
    if (raw === undefined) return;
    const crc = head.subarray(CHUNK_CRC_AT, CHUNK_CRC_AT + 4);
    if (this.#isOurs && crc.every((byte) => byte === 0) && checksum(raw) !== 0) {
      this.#faults.add({ section: "chunk", offset: record.offset, problem: NO_CRC }, "frames");
    }
    const chunk = section.parse(() =>
      new CheckedChunk(found.chunk, raw, (message) => {
        this.#summary.countMessages(message.channel, 1);
        if (this.#topics.get(message.channel) === STATE_TOPIC) checkBlockMessage(message);
      })
    );
    this.#chunk = chunk;
    this.#chunkOffset = record.offset;
    chunk.checkTimes(section);
    if (!this.#isOurs) return;
    if (chunk.entries.size !== 1) {
      section.refuse(`it has messages of ${chunk.entries.size} channels`);
    }
    for (const [channel, messages] of chunk.entries) {
      const topic = this.#topics.get(channel);
      if (topic === undefined) section.refuse(`channel ${channel} is not before it`);
      if (topic === STATE_TOPIC && messages.length > 1) {
        section.refuse("it has more than one block");
      }
    }
  }

  /** Keeps for the summary what it must say of a chunk, when its message indexes were met. */
  #endChunk(): void {
    const chunk = this.#chunk;
    if (chunk === undefined) return;
    this.#chunk = undefined;
    const { index } = chunk;
    this.#summary.chunks.add((records) => records.writeChunkIndex(index));
    this.#summary.extend(index.messageStartTime, index.messageEndTime);
    const lacking = chunk.entries.size - chunk.indexes.size;
    if (lacking === 0 || !this.#isOurs) return;
    const problem = "a message index behind it is missing";
    this.#faults.add({ section: "chunk", offset: this.#chunkOffset, problem }, "nothing");
  }

  async #takeMetadata(head: Uint8Array, place: RecordPlace, section: Section): Promise<void> {
    const { name } = section.parse(() => readNamed(head, place), 0);
    const index = { offset: BigInt(place.offset), length: BigInt(place.length), name };
    this.#summary.metadata.add((records) => records.writeMetadataIndex(index));
    this.#places.set(name, place.offset);
    if (name !== FACTS_NAME && name !== EVENT_COUNTS_NAME) return;
    const members = await this.#faults.attempt(
      "facts",
      () => readMetadata(this.#source, place, name),
    );
    if (name === FACTS_NAME) this.#facts = members;
  }

  async #takeAttachment(head: Uint8Array, place: RecordPlace, section: Section): Promise<void> {
    const index = section.parse(() => readAttachmentIndex(head, place), 0);
    this.#places.set(index.name, place.offset);
    this.#summary.attachments.add((records) => records.writeAttachmentIndex(index));
    await readAttachment(this.#source, place, index.name);
  }

  async #takeEnd(head: Uint8Array, offset: number, section: Section): Promise<void> {
    const expected = readDataEnd(head.subarray(0, DATA_END_BYTES))!;
    if (expected === 0 && !this.#isOurs) return;
    const actual = await checksumOf(this.#source, offset);
    if (actual !== expected) {
      section.refuse(`CRC of the data is 0x${hex(actual)}, expected 0x${hex(expected)}`);
    }
  }
}

/** Checks what viewers are told of a block. @throws {RangeError | ByteSyntaxError} */
function checkBlockMessage({ data, logTime, sequence }: McapMessage): void {
  const { frames, timesMs } = readBlockHead(new ByteReader(data));
  if (sequence !== frames[0]) {
    throw new RangeError(`its sequence is ${sequence}, its first frame ${frames[0]}`);
  }
  if (logTime !== logTimeNs(timesMs[0]!)) {
    throw new RangeError(`its log time is ${logTime} ns, its first frame's ${timesMs[0]} ms`);
  }
}

const NAMES: Readonly<Record<number, string>> = {
  [OPCODE.schema]: "schema",
  [OPCODE.channel]: "channel",
  [OPCODE.chunk]: "chunk",
  [OPCODE.messageIndex]: "message index",
  [OPCODE.metadata]: "metadata",
  [OPCODE.attachment]: "attachment",
  [OPCODE.dataEnd]: "data end",
};
