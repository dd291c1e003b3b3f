import { OPCODE, type RecordPlace } from "../container/mcap_records.ts";
import type { DamageLog } from "./damage_log.ts";
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
 */
export async function* walkRecords(
  window: SourceWindow,
  start: number,
  log: DamageLog,
): AsyncGenerator<WalkedRecord, void, void> {
  const { size } = window;
  let at = start;
  while (at < size) {
    const shape = await shapeAt(window, at, size);
    if (shape === undefined) {
      const next = await findShape(window, at + 1, size);
      if (next === undefined) {
        log.unfinishedBytes = size - at;
        log.leftOutBytes += log.unfinishedBytes;
        return;
      }
      const place = { offset: at, length: next - at };
      const problem = `${place.length} bytes are no record`;
      log.add({ section: "record", offset: at, problem }, place, "anything");
      at = next;
      continue;
    }
    yield { ...shape, offset: at };
    if (shape.opcode === OPCODE.dataEnd || shape.opcode === OPCODE.footer) {
      log.hasAllData = true;
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
  const isFollowed = next === size || headOf(await window.bytes(next, SHAPE_BYTES)) !== undefined;
  return isFollowed ? head : undefined;
}

/** Byte of the next record whose lengths fit each other. */
async function findShape(
  window: SourceWindow,
  from: number,
  size: number,
): Promise<number | undefined> {
  for (let at = from; at < size;) {
    const bytes = await window.bytes(at, SEARCH_BYTES);
    const isLast = at + bytes.length >= size;
    const end = isLast ? bytes.length : bytes.length - SHAPE_BYTES;
    if (end <= 0) return undefined;
    for (let i = 0; i < end; i++) {
      const mayBe = bytes[i + 8] === 0 && bytes[i + 7] === 0 && bytes[i + 6] === 0 &&
        bytes[i] !== 0 && bytes[i]! < 0x10;
      if (!mayBe) continue;
      const shape = shapeOf(bytes.subarray(i, i + SHAPE_BYTES));
      if (shape !== undefined && at + i + shape.length <= size) return at + i;
    }
    at += end;
  }
  return undefined;
}
