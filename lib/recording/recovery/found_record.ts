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
  | { readonly type: "schema"; readonly schema: TypedMcapRecords["Schema"] }
  | { readonly type: "channel"; readonly channel: TypedMcapRecords["Channel"] }
  | { readonly type: "chunk"; readonly chunk: ChunkIndex }
  | NamedRecord;

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
  for (const schema of index.schemas.values()) yield { type: "schema", schema };
  for (const channel of index.channels) yield { type: "channel", channel };
  for (const [name, place] of index.metadata) yield { type: "metadata", name, place };
  for (const [name, place] of index.attachments) yield { type: "attachment", name, place };
  for (const chunk of index.chunks) yield { type: "chunk", chunk };
}

/** Schema or channel of a record's bytes. @throws {ByteSyntaxError} */
export function readDefinition(bytes: Uint8Array): FoundRecord {
  const input = new ByteReader(bytes);
  const { opcode } = readRecord(input);
  const found: FoundRecord = opcode === OPCODE.schema
    ? { type: "schema", schema: ownData(readSchemaRecord(input)) }
    : { type: "channel", channel: readChannel(input) };
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

/** Metadata or attachment by the beginning of its record. @throws {ByteSyntaxError} */
export function readNamed(bytes: Uint8Array, place: RecordPlace): NamedRecord {
  const input = new ByteReader(bytes);
  const isAttachment = input.u8() === OPCODE.attachment;
  input.take(isAttachment ? 8 + 16 : 8);
  return { type: isAttachment ? "attachment" : "metadata", name: readText(input), place };
}
