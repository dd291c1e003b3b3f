import type { TypedMcapRecords } from "@mcap/core";
import { ByteReader } from "../../core/bytes/bytes.ts";
import {
  type ChunkIndex,
  OPCODE,
  readChannel,
  readCompression,
  readRecord,
  readSchemaRecord,
  readText,
  readU64,
  type RecordPlace,
} from "../container/mcap_records.ts";
import type { RecordingIndex } from "../container/recording_index.ts";

/** A record that a recording is read by. */
export type FoundRecord =
  | Definition
  | { readonly type: "chunk"; readonly chunk: ChunkIndex }
  | NamedRecord
  | MessageIndexRecord;

/** What says where the messages of one channel lie in the chunk before it. */
export interface MessageIndexRecord extends RecordPlace {
  readonly type: "messageIndex";
  readonly channel: number;
}

/** A schema or a channel. */
export type Definition =
  & {
    /** Byte of the file at which it lies. */
    readonly offset: number;
  }
  & (
    | { readonly type: "schema"; readonly schema: TypedMcapRecords["Schema"] }
    | { readonly type: "channel"; readonly channel: TypedMcapRecords["Channel"] }
  );

/** Metadata or an attachment. */
export interface NamedRecord {
  readonly type: "metadata" | "attachment";
  readonly name: string;
  readonly place: RecordPlace;
}

/** Records that an index leads to, those of schemas and channels as it has them. */
export function* indexedRecords(
  index: Omit<RecordingIndex, "format">,
): Generator<FoundRecord, void, void> {
  const { channelPlaces, schemaPlaces } = index;
  for (const [id, schema] of index.schemas) {
    yield { type: "schema", schema, offset: schemaPlaces.get(id)! };
  }
  for (const [i, channel] of index.channels.entries()) {
    yield { type: "channel", channel, offset: channelPlaces[i]! };
  }
  for (const [name, place] of index.metadata) yield { type: "metadata", name, place };
  for (const [name, place] of index.attachments) yield { type: "attachment", name, place };
  for (const chunk of index.chunks) yield { type: "chunk", chunk };
}

/**
 * Schema or channel of a record's bytes.
 *
 * @param offset byte of the file at which it lies
 * @throws {ByteSyntaxError}
 */
export function readDefinition(bytes: Uint8Array, offset: number): Definition {
  const input = new ByteReader(bytes);
  const { opcode } = readRecord(input);
  const found: Definition = opcode === OPCODE.schema
    ? { type: "schema", schema: ownData(readSchemaRecord(input)), offset }
    : { type: "channel", channel: readChannel(input), offset };
  input.end();
  return found;
}

/** A schema that keeps nothing of the file but its own bytes. */
function ownData(schema: TypedMcapRecords["Schema"]): TypedMcapRecords["Schema"] {
  return { ...schema, data: schema.data.slice() };
}

/** Chunk by the bytes of its record before those of its messages. @throws {ByteSyntaxError} */
export function readChunkHead(bytes: Uint8Array, { offset, length }: RecordPlace): FoundRecord {
  const input = new ByteReader(bytes);
  input.take(9);
  const [startLow, startHigh, endLow, endHigh] = [
    input.i32(),
    input.i32(),
    input.i32(),
    input.i32(),
  ];
  const rawSize = readU64(input);
  input.u32();
  const compression = readCompression(input);
  const compressedSize = readU64(input);
  const times = { startLow, startHigh, endLow, endHigh };
  const sizes = { compressedSize, rawSize, channels: [] };
  return { type: "chunk", chunk: { ...times, ...sizes, offset, length, compression } };
}

/** Message index by the beginning of its record. @throws {ByteSyntaxError} */
export function readMessageIndexHead(bytes: Uint8Array, place: RecordPlace): MessageIndexRecord {
  const input = new ByteReader(bytes);
  input.take(9);
  return { type: "messageIndex", channel: input.u16(), ...place };
}

/** Metadata or attachment by the beginning of its record. @throws {ByteSyntaxError} */
export function readNamed(bytes: Uint8Array, place: RecordPlace): NamedRecord {
  const input = new ByteReader(bytes);
  const isAttachment = input.u8() === OPCODE.attachment;
  input.take(isAttachment ? 8 + 16 : 8);
  return { type: isAttachment ? "attachment" : "metadata", name: readText(input), place };
}
