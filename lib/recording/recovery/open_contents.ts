import { LIBRARY } from "../container/format.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import { readIndex } from "../container/recording_index.ts";
import type { RecordingSource } from "../container/sink.ts";
import { indexedContents } from "../contents/indexed_contents.ts";
import type { RecordingContents } from "../contents/recording_contents.ts";
import { isDataWhole } from "./data_end.ts";

/** What is done about a file that is damaged: refuse it, or leave out what cannot be read. */
export type DamageHandling = "refuse" | "leave-out";

/**
 * What a recording holds: by its index where that and the bytes before it are whole, else by what
 * lies in the file.
 *
 * @throws {RecordingSyntaxError} when it is no recording, or nothing of it can be read; with
 *   `refuse` also when it is not whole
 */
export async function openContents(
  source: RecordingSource,
  handling: DamageHandling,
): Promise<RecordingContents> {
  if (handling === "refuse") return await openWhole(source);
  const contents = await wholeContents(source);
  return contents ?? await (await import("./open_damaged.ts")).openDamaged(source);
}

/** What a recording holds that is whole, and in which nothing may stand twice; undefined for others. */
async function wholeContents(source: RecordingSource): Promise<RecordingContents | undefined> {
  try {
    const index = await readIndex(source);
    if (!await isDataWhole(source, index.summaryStart)) return undefined;
    const contents = await indexedContents(source, index);
    return mayRepeat(contents) ? undefined : contents;
  } catch (error) {
    if (error instanceof RecordingSyntaxError) return undefined;
    throw error;
  }
}

async function openWhole(source: RecordingSource): Promise<RecordingContents> {
  const index = await readIndex(source);
  try {
    return await indexedContents(source, index);
  } catch (error) {
    if (!(error instanceof RecordingSyntaxError) || index.library === LIBRARY) throw error;
    // Whoever wrote it anew has other chunks and an index of his own.
    if (!await isDataWhole(source, index.summaryStart)) throw error;
    const { openRewritten } = await import("./open_damaged.ts");
    const contents = await openRewritten(source, index);
    if (contents === undefined) throw error;
    return contents;
  }
}

/** True when an index has chunks of events that may be the same: copies of one have equal lengths. */
function mayRepeat({ eventChunks }: RecordingContents): boolean {
  const lengths = eventChunks.map(({ startHigh, startLow, length, rawSize }) =>
    `${startHigh} ${startLow} ${length} ${rawSize}`
  );
  return new Set(lengths).size < lengths.length;
}
