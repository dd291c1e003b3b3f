import type { Schema } from "../../core/state/schema.ts";
import type { StateEvent, StateFrame } from "../../core/state/state.ts";
import { readStates } from "../../ingest/read_states.ts";
import type { ReadStatesOptions } from "../../ingest/states_options.ts";
import { MemorySink } from "../../recording/container/memory_file.ts";
import { openBytes } from "../../recording/memory_recording_test_helper.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import { RecordingWriter } from "../../recording/recording_writer.ts";
import { RecordingPart } from "../select/recording_part.ts";
import type { Selection } from "../select/selection.ts";
import { ROW_KEYS, type RowKeys } from "./row_keys.ts";
import type { RowWriter, TakeBytes } from "./row_writer.ts";

/** What a part of a recording is as rows. */
export interface RowText {
  readonly text: string;
  /** Codes of the notes. */
  readonly notes: readonly string[];
}

/** Starts rows of a format. */
export type OpenRows = (
  part: RecordingPart,
  write: TakeBytes,
  keys: RowKeys,
) => RowWriter | Promise<RowWriter>;

/** Rows of a recording. */
export async function rowText(
  reader: RecordingReader,
  open: OpenRows,
  { keys = {}, ...selection }: Selection & { readonly keys?: Partial<RowKeys> } = {},
): Promise<RowText> {
  const part = RecordingPart.of(reader, selection);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  const rows = await open(part, (bytes) => text += decoder.decode(bytes, { stream: true }), {
    ...ROW_KEYS,
    ...keys,
  });
  for await (const item of part.timeline()) {
    if ("frame" in item) rows.addFrame(item);
    else rows.addEvent(item);
  }
  rows.finish();
  return { text: text + decoder.decode(), notes: rows.notes().map(({ code }) => code) };
}

/** Reads rows back into a recording, as a pipe is recorded. */
export async function recordText(
  text: string,
  options: ReadStatesOptions = {},
): Promise<RecordingReader> {
  const events: StateEvent[] = [];
  const onEvent = (event: StateEvent) => void events.push(event);
  const frames = readStates(new Blob([text]).stream(), { onEvent, rateHz: 60, ...options });
  return await recordMerged(frames, () => events.splice(0), options.schema);
}

/** Records frames, and before each what events are due by then. */
export async function recordMerged(
  frames: Iterable<StateFrame> | AsyncIterable<StateFrame>,
  due: (frame?: StateFrame) => readonly StateEvent[],
  schema?: Schema,
): Promise<RecordingReader> {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, schema === undefined ? {} : { schema });
  for await (const frame of frames) {
    for (const event of due(frame)) await writer.writeEvent(event);
    await writer.write(frame);
  }
  for (const event of due()) await writer.writeEvent(event);
  await writer.close();
  return await openBytes(sink.bytes());
}

/** Events of a recording with the places at which they stand. */
export async function placedEventsOf(
  reader: RecordingReader,
): Promise<(StateEvent & { readonly offset: number })[]> {
  const events = [];
  for await (const { offset, event } of reader.placedEvents()) events.push({ ...event, offset });
  return events;
}
