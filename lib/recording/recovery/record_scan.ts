import { OPCODE } from "../container/mcap_records.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import type { DamageLog } from "./damage_log.ts";
import { type FoundRecord, readChunkHead, readDefinition, readNamed } from "./found_record.ts";
import { headOf, type RecordShape, SHAPE_BYTES, shapeOf } from "./record_shape.ts";
import { SourceWindow } from "./source_window.ts";

/** Bytes of a definition that are read; nobody has schemas of more. */
const DEFINITION_BYTES_MAX = 1 << 26;

/** Bytes that are searched at once for the next record. */
const SEARCH_BYTES = 1 << 18;

/** Records of a summary, which are met where the record before it is damaged. */
const OF_SUMMARY: ReadonlySet<number> = new Set([
  OPCODE.statistics,
  OPCODE.chunkIndex,
  OPCODE.attachmentIndex,
  OPCODE.metadataIndex,
  OPCODE.summaryOffset,
]);

/**
 * Records of a file's data, front to back, without an index. After bytes that are none it goes on
 * with the next that can be one; each byte is looked at once, so time grows with the file alone.
 *
 * @param start byte of the file at which to begin
 * @param log takes what is no record, and bytes of a last one that is not whole
 */
export async function* scanRecords(
  source: RecordingSource,
  start: number,
  log: DamageLog,
): AsyncGenerator<FoundRecord, void, void> {
  const window = new SourceWindow(source);
  let at = start;
  while (at < source.size) {
    const shape = await shapeAt(window, at, source.size);
    if (shape === undefined) {
      const next = await findShape(window, at + 1, source.size);
      if (next === undefined) {
        log.unfinishedBytes = source.size - at;
        log.leftOutBytes += log.unfinishedBytes;
        return;
      }
      const place = { offset: at, length: next - at };
      const problem = `${place.length} bytes are no record`;
      log.add({ section: "record", offset: at, problem }, place, "anything");
      at = next;
      continue;
    }
    if (shape.opcode === OPCODE.dataEnd || shape.opcode === OPCODE.footer) return;
    const found = await readAt(window, at, shape, source, log);
    if (found !== undefined) yield found;
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

async function readAt(
  window: SourceWindow,
  offset: number,
  { opcode, length }: RecordShape,
  source: RecordingSource,
  log: DamageLog,
): Promise<FoundRecord | undefined> {
  const place = { offset, length };
  const section = new Section(SECTIONS[opcode] ?? "record", offset, source.name);
  const head = await window.bytes(offset, SHAPE_BYTES);
  return await log.attempt(async () => {
    if (opcode === OPCODE.schema || opcode === OPCODE.channel) {
      if (length > DEFINITION_BYTES_MAX) section.refuse(`it has ${length} bytes`);
      const bytes = await window.bytes(offset, length);
      return section.parse(() => readDefinition(bytes), 0);
    }
    if (opcode === OPCODE.chunk) return section.parse(() => readChunkHead(head, place), 0);
    const isNamed = opcode === OPCODE.metadata || opcode === OPCODE.attachment;
    return isNamed ? section.parse(() => readNamed(head, place), 0) : undefined;
  }, (fault) => log.add(fault, place, opcode === OPCODE.chunk ? "anything" : "nothing"));
}

const SECTIONS: Readonly<Record<number, string>> = {
  [OPCODE.schema]: "schema",
  [OPCODE.channel]: "channel",
  [OPCODE.chunk]: "chunk",
  [OPCODE.metadata]: "metadata",
  [OPCODE.attachment]: "attachment",
};
