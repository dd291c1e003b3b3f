import type { RecordingPart, RowKeys, RowWriter, TakeBytes } from "../../lib/recording.ts";
import { openEventsCsv } from "../../lib/tools/table/events_csv.ts";
import { openEventsParquet } from "../../lib/tools/table/events_parquet.ts";
import { openNdjsonRows } from "../../lib/tools/rows/ndjson_rows.ts";
import { openStatesCsv } from "../../lib/tools/table/states_csv.ts";
import { openStatesParquet } from "../../lib/tools/table/states_parquet.ts";
import type { DamageFlags } from "../files/damage_option.ts";
import type { SelectionFlags } from "../select/selection_flags.ts";

/** Options of `hindcast cat`, as the command line gives them. */
export interface CatOptions extends SelectionFlags, DamageFlags {
  readonly csv?: true;
  readonly parquet?: string;
  readonly output: string;
  readonly frameKey: string;
  readonly timeKey: string;
  readonly idKey: string;
  readonly kindKey: string;
  readonly eventKey: string;
}

/** Starts the rows of the format that the options name. @throws {RangeError} for what has none */
export async function openRows(
  part: RecordingPart,
  write: TakeBytes,
  options: CatOptions,
): Promise<RowWriter> {
  if (options.parquet !== undefined) {
    return await (part.isOfEvents ? openEventsParquet : openStatesParquet)(part, write);
  }
  const { frameKey, timeKey, idKey, kindKey, eventKey } = options;
  const keys: RowKeys = {
    frame: frameKey,
    time: timeKey,
    id: idKey,
    kind: kindKey,
    event: eventKey,
  };
  if (options.csv !== true) return openNdjsonRows(part, write, keys);
  return await (part.isOfEvents ? openEventsCsv : openStatesCsv)(part, write, keys);
}
