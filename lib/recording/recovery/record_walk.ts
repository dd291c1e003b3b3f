import {
  MCAP_MAGIC,
  OPCODE,
  RECORD_HEAD_BYTES,
  type RecordPlace,
} from "../container/mcap_records.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import { readAttachment, readChunk } from "../container/recording_parts.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import type { DamageLog } from "./damage_log.ts";
import { readChunkHead, readNamed } from "../definitions/found_record.ts";
import { beginsRecording, noteNext, noteRest } from "./file_rest.ts";
import { headOf, type RecordShape, SHAPE_BYTES, shapeOf } from "./record_shape.ts";
import type { SourceWindow } from "./source_window.ts";

/** Bytes that are searched at once for the next record. */
const SEARCH_BYTES = 1 << 18;

/** A record where it lies. */
export interface WalkedRecord extends RecordPlace {
  readonly opcode: number;
}

/** Records of a summary, which are met where the record before it is damaged. */
const OF_SUMMARY: ReadonlySet<number> = new Set([
  OPCODE.statistics,
  OPCODE.chunkIndex,
  OPCODE.attachmentIndex,
  OPCODE.metadataIndex,
  OPCODE.summaryOffset,
]);

/**
 * Records of a file's data, front to back, up to the one that ends it. After bytes that are none it
 * goes on with the next that can be one; each byte is looked at once, so time grows with the file
 * alone.
 *
 * @param start byte of the file at which to begin
 * @param log takes what is no record, and bytes of a last one that is not whole
 * @param looks how many times the bytes of a file are looked at in search of records inside others
 */
export async function* walkRecords(
  window: SourceWindow,
  start: number,
  log: DamageLog,
  looks: number = LOOKS_INSIDE,
): AsyncGenerator<WalkedRecord, void, void> {
  const { size } = window;
  // Looking into records is what could be done without end.
  let budget = looks * size;
  let at = start;
  while (at < size) {
    if (await beginsRecording(window, at)) return noteNext(at, log);
    const shape = await shapeAt(window, at, size);
    if (shape === undefined) {
      const next = await findShape(window, at + 1, size);
      if (next === undefined) {
        log.unfinishedBytes = size - at;
        log.leftOutBytes += log.unfinishedBytes;
        return;
      }
      const place = { offset: at, length: next - at };
      const problem = place.length === 1
        ? "1 byte is no record"
        : `${place.length} bytes are no record`;
      log.add({ section: "record", offset: at, problem }, place, "anything");
      at = next;
      continue;
    }
    const record = { ...shape, offset: at };
    if (budget > 0 && !await isFollowed(window, at + shape.length)) {
      budget -= shape.length;
      const inside = await isProven(window.source, record)
        ? undefined
        : await findShape(window, at + 1, size, at + shape.length);
      if (inside !== undefined) {
        const place = { offset: at, length: inside - at };
        const problem = `a record that lacks its end, ${
          place.length === 1 ? "1 byte is" : `${place.length} bytes are`
        } left of it`;
        log.add({ section: "record", offset: at, problem }, place, "anything");
        at = inside;
        continue;
      }
    }
    yield record;
    if (shape.opcode === OPCODE.dataEnd || shape.opcode === OPCODE.footer) {
      log.hasAllData = true;
      if (shape.opcode === OPCODE.dataEnd) await noteRest(window, at + shape.length, log);
      return;
    }
    at += shape.length;
  }
}

/** Shape of the record at a byte, where records before it lead to it. */
async function shapeAt(
  window: SourceWindow,
  at: number,
  size: number,
): Promise<RecordShape | undefined> {
  const bytes = await window.bytes(at, SHAPE_BYTES);
  const shape = shapeOf(bytes);
  if (shape !== undefined) return at + shape.length <= size ? shape : undefined;
  const head = headOf(bytes);
  if (head === undefined || at + head.length > size) return undefined;
  if (head.opcode < 0x10 && !OF_SUMMARY.has(head.opcode)) return undefined;
  const next = at + head.length;
  // One that is not known has nothing else that speaks for it.
  const isFollowed = next === size || shapeOf(await window.bytes(next, SHAPE_BYTES)) !== undefined;
  return isFollowed ? head : undefined;
}

/** True when a record, or the beginning of the last one, or nothing stands at a byte. */
async function isFollowed(window: SourceWindow, at: number): Promise<boolean> {
  const { size } = window;
  if (at === size || await shapeAt(window, at, size) !== undefined) return true;
  const head = headOf(await window.bytes(at, SHAPE_BYTES));
  return size - at < RECORD_HEAD_BYTES ||
    (head !== undefined && head.opcode < 0x10 && at + head.length > size);
}

/** True when the CRC of a record says that all of it is there. */
async function isProven(source: RecordingSource, record: WalkedRecord): Promise<boolean> {
  const section = new Section("record", record.offset, source.name);
  try {
    if (record.opcode === OPCODE.chunk) {
      const head = await source.read(record.offset, Math.min(record.length, SHAPE_BYTES));
      const found = section.parse(() => readChunkHead(head, record), 0);
      if (found.type === "chunk") await readChunk(source, found.chunk, section);
      return true;
    }
    if (record.opcode !== OPCODE.attachment) return false;
    const head = await source.read(record.offset, Math.min(record.length, SHAPE_BYTES));
    await readAttachment(source, record, section.parse(() => readNamed(head, record), 0).name);
    return true;
  } catch (error) {
    if (error instanceof RecordingSyntaxError) return false;
    throw error;
  }
}

/** How many times the bytes of a file are looked at in search of records inside others. */
const LOOKS_INSIDE = 2;

/**
 * Byte of the next record whose lengths fit each other.
 *
 * @param size byte at which the file is taken to end
 * @param limit byte before which it must begin
 */
export async function findShape(
  window: SourceWindow,
  from: number,
  size: number,
  limit: number = size,
): Promise<number | undefined> {
  for (let at = from; at < limit;) {
    const bytes = await window.bytes(at, SEARCH_BYTES);
    const isLast = at + bytes.length >= size;
    const end = isLast ? bytes.length : bytes.length - SHAPE_BYTES;
    if (end <= 0) return undefined;
    for (let i = 0; i < end && at + i < limit; i++) {
      const mayBe = bytes[i + 8] === 0 && bytes[i + 7] === 0 && bytes[i + 6] === 0 &&
        bytes[i] !== 0 && bytes[i]! < 0x10;
      if (!mayBe) continue;
      const shape = shapeOf(bytes.subarray(i, i + SHAPE_BYTES));
      if (shape === undefined || at + i + shape.length > size) continue;
      const magic = at + i - MCAP_MAGIC.length;
      const isNext = shape.opcode === OPCODE.header && magic >= from &&
        await beginsRecording(window, magic);
      return isNext ? magic : at + i;
    }
    at += end;
  }
  return undefined;
}
