import type { RecordingIndex } from "../container/recording_index.ts";
import type { RecordingSource } from "../container/sink.ts";
import type { DamageLog } from "./damage_log.ts";
import { type FoundRecord, indexedRecords } from "../definitions/found_record.ts";
import { scanRecords } from "./record_scan.ts";

/** Records as they lie, with the schemas and channels of an index, which has a CRC. */
export async function* movedRecords(
  source: RecordingSource,
  index: Omit<RecordingIndex, "format">,
  start: number,
  log: DamageLog,
): AsyncGenerator<FoundRecord, void, void> {
  const isDefinition = ({ type }: FoundRecord) => type === "schema" || type === "channel";
  for (const record of indexedRecords(index)) if (isDefinition(record)) yield record;
  for await (const record of scanRecords(source, start, log)) {
    if (!isDefinition(record)) yield record;
  }
}
