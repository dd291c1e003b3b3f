import { OPCODE } from "../container/mcap_records.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import type { DamageLog } from "./damage_log.ts";
import {
  type FoundRecord,
  readChunkHead,
  readDefinition,
  readMessageIndexHead,
  readNamed,
} from "../definitions/found_record.ts";
import { SHAPE_BYTES } from "./record_shape.ts";
import { type WalkedRecord, walkRecords } from "./record_walk.ts";
import { SourceWindow } from "./source_window.ts";

/** Bytes of a definition that are read; nobody has schemas of more. */
const DEFINITION_BYTES_MAX = 1 << 26;

/**
 * Records of a file's data that a recording is read by, without an index.
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
  for await (const record of walkRecords(window, start, log)) {
    const found = await readAt(window, record, source, log);
    if (found !== undefined) yield found;
  }
}

async function readAt(
  window: SourceWindow,
  { offset, opcode, length }: WalkedRecord,
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
      return section.parse(() => readDefinition(bytes, offset), 0);
    }
    if (opcode === OPCODE.chunk) return section.parse(() => readChunkHead(head, place), 0);
    if (opcode === OPCODE.messageIndex) {
      return section.parse(() => readMessageIndexHead(head, place), 0);
    }
    const isNamed = opcode === OPCODE.metadata || opcode === OPCODE.attachment;
    return isNamed ? section.parse(() => readNamed(head, place), 0) : undefined;
  }, (fault) => log.add(fault, place, opcode === OPCODE.chunk ? "anything" : "nothing"));
}

const SECTIONS: Readonly<Record<number, string>> = {
  [OPCODE.schema]: "schema",
  [OPCODE.channel]: "channel",
  [OPCODE.chunk]: "chunk",
  [OPCODE.messageIndex]: "message index",
  [OPCODE.metadata]: "metadata",
  [OPCODE.attachment]: "attachment",
};
