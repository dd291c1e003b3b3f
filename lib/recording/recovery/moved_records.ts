import type { RecordingIndex } from "../container/recording_index.ts";
import type { RecordingSource } from "../container/sink.ts";
import { type FoundRecord, indexedRecords } from "../definitions/found_record.ts";
import { IndexedSizes, isOfOther } from "../definitions/other_index.ts";
import { DamageLog } from "./damage_log.ts";
import { scanAll } from "./definition_scan.ts";
import { noteNext } from "./file_rest.ts";
import { scanRecords } from "./record_scan.ts";

/**
 * Records as they lie, with the schemas and channels of an index, which has a CRC.
 *
 * @param isOurs true for a file that no other program has written anew: chunks that the index does
 *   not have are of another recording then
 */
export async function* movedRecords(
  source: RecordingSource,
  index: Omit<RecordingIndex, "format">,
  start: number,
  isOurs: boolean,
  log: DamageLog,
): AsyncGenerator<FoundRecord, void, void> {
  const isDefinition = ({ type }: FoundRecord) => type === "schema" || type === "channel";
  for (const record of indexedRecords(index)) if (isDefinition(record)) yield record;
  const sizes = new IndexedSizes(index);
  for await (const record of scanRecords(source, start, log)) {
    if (isDefinition(record)) continue;
    if (!isOurs || record.type !== "chunk" || sizes.has(record.chunk)) yield record;
    else {
      const { chunk } = record;
      const fault = { section: "chunk", offset: chunk.offset, problem: "it is not in the index" };
      log.add(fault, chunk, "anything");
    }
  }
}

/** True when an index stands behind the data of another recording. @param start byte of those */
export async function hasOtherIndex(
  source: RecordingSource,
  index: Omit<RecordingIndex, "format">,
  start: number,
): Promise<boolean> {
  return await isOfOther(source, index, scanRecords(source, start, new DamageLog()));
}

/**
 * Records before the rest of another recording: what an index has that is of that one, and what
 * stands behind it, are none of this one.
 */
export async function* recordsBeforeOther(
  source: RecordingSource,
  index: Omit<RecordingIndex, "format">,
  start: number,
  log: DamageLog,
): AsyncGenerator<FoundRecord, void, void> {
  const sizes = new IndexedSizes(index);
  let other = index.summaryStart;
  for await (const record of scanAll(source, start, log, { isRepeated: false })) {
    if (log.count > 0 && record.type === "chunk" && sizes.has(record.chunk)) {
      other = record.chunk.offset;
      break;
    }
    const isOfEnd = record.type === "metadata" || record.type === "attachment";
    if (log.count === 0 || !isOfEnd) yield record;
  }
  log.hasAllData = false;
  noteNext(other, log);
}
